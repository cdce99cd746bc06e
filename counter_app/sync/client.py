"""The centre as a desk speaks with it: nothing that it has not signed is ever read."""

from datetime import date, datetime, timedelta
from typing import Final, TypeVar
from uuid import UUID

import msgspec
from msgspec import Struct

from counter_app.desk import Clock, Desk
from counter_app.domain.desk_profile import CentreLink, DeskProfile
from counter_app.errors import (
    CentreNotTrusted,
    CentreRefused,
    CentreUnreachable,
    CertificateNotInForce,
    ChainForked,
    ClockWrong,
    CounterError,
    DeskRevoked,
    DeskUnknown,
    EnrolCodeRefused,
    NotEnrolled,
    ProgramTooOld,
)
from counter_app.i18n import _, format_instant
from counter_app.sync.line import Answer, Line
from counter_app.wire.codec import encode
from counter_app.wire.compression import pack
from counter_app.wire.envelope import is_answer_of
from counter_app.wire.messages import (
    CentreCard,
    PushAnswer,
    PushBatch,
    QueueAnswer,
    QueueCount,
    QueueCountRequest,
    Reference,
    Refusal,
    TimeAnswer,
)
from counter_app.wire.signing import SigningKey

CLOCK_TOLERANCE: Final = timedelta(minutes=5)

_OK: Final = 200
_NOT_MODIFIED: Final = 304
PACKED: Final = {"content-type": "application/json", "content-encoding": "zstd"}
"""The headers of a body that `wire.compression` has made small."""

_PLAIN: Final = {"content-type": "application/json"}

M = TypeVar("M", bound=Struct)


class CentreClient:
    """The centre that a desk was enrolled at, on one kept connection.

    For one thread at a time; `close` may be called from any. Each method raises
    CentreUnreachable if nothing came back, CentreNotTrusted if it is not proved to be the
    centre's, ClockWrong if that could not be found out because of this PC's clock, and
    CentreRefused or a child of it if the centre said no.
    """

    def __init__(
        self,
        profile: DeskProfile,
        key: SigningKey,
        clock: Clock,
        *,
        patience: float | None = None,
    ) -> None:
        """Make ready; nothing is sent yet. With `patience`, seconds, nobody waits any longer.

        Raises:
            NotEnrolled: the desk has no centre.
        """
        if profile.centre is None:
            raise NotEnrolled
        self.link: Final[CentreLink] = profile.centre
        self._profile = profile
        self._key = key
        self._clock = clock
        self._patience = patience
        self._line = self._opened()

    def push(self, batch: PushBatch) -> PushAnswer:
        """Send rows; the answer acknowledges those up to its high-water, and no others."""
        answer = self._ask("POST", "/v1/push", pack(encode(batch)), PACKED)
        return self._message(answer, PushAnswer)

    def reference(self, held: int) -> Reference | None:
        """Return the reference data, or None if the centre has none newer than `held`."""
        headers = {"if-none-match": f'"{held}"'} if held else {}
        answer = self._ask("GET", "/v1/reference", headers=headers)
        if held and answer.status == _NOT_MODIFIED:
            return None
        return self._message(answer, Reference)

    def queue(self, day: date, after: UUID | None) -> QueueAnswer | None:
        """Return what the office's desks did with the numbers of a day, after a row; None: nothing.

        Without a row, all of the day, or the first part of it.
        """
        since = "" if after is None else f"&after={after}"
        answer = self._ask("GET", f"/v1/queue?day={day.isoformat()}{since}")
        if after is not None and answer.status == _NOT_MODIFIED:
            return None
        return self._message(answer, QueueAnswer)

    def count_ticket(self, request: QueueCountRequest) -> int:
        """Return the office's next number of a group, which is this desk's to give out."""
        answer = self._ask("POST", "/v1/queue/count", encode(request), _PLAIN)
        return self._message(answer, QueueCount).count

    def card(self) -> CentreCard:
        """Return who it is that answers: the same centre, wherever its address leads."""
        return self._message(self._ask("GET", "/v1/centre"), CentreCard)

    def time(self) -> datetime:
        """Return what time it is at the centre."""
        return self._message(self._ask("GET", "/v1/time"), TimeAnswer).now

    def close(self) -> None:
        """Hang up; an exchange that is under way fails."""
        self._line.close()

    def _opened(self, *, blind: bool = False) -> Line:
        link = self.link
        return Line(
            link.url,
            link.authority,
            profile=self._profile,
            key=self._key,
            clock=self._clock,
            blind=blind,
            patience=self._patience,
        )

    def _ask(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> Answer:
        try:
            return self._proved(self._line.ask(method, path, body, headers))
        except CertificateNotInForce:
            self._blame_clock()
            raise

    def _proved(self, answer: Answer) -> Answer:
        """Return the answer if the centre has signed it."""
        check_proved(answer, self.link.root_key, self.link, self.link.url)
        return answer

    def _message(self, answer: Answer, kind: type[M]) -> M:
        return message_of(answer, kind, self.link.url)

    def _blame_clock(self) -> None:
        """Ask what time it is, by the one way on which the certificate's dates do not matter.

        The answer is signed by the centre and bound to the question: TLS need prove nothing.

        Raises:
            ClockWrong: the clock of this PC is.
        """
        line = self._opened(blind=True)
        try:
            there = self._message(self._proved(line.ask("GET", "/v1/time")), TimeAnswer).now
        except (CentreUnreachable, CentreRefused):
            return  # then the certificate is all that is known to be wrong
        finally:
            line.close()
        here = self._clock.now()
        if abs(there - here) > CLOCK_TOLERANCE:
            shown = format_instant(there.astimezone(here.tzinfo))
            raise ClockWrong(here=format_instant(here), there=shown)


def client_for(desk: Desk, *, patience: float | None = None) -> CentreClient:
    """Return the way to the desk's centre; whoever asks for it closes it.

    Raises:
        NotEnrolled: it has none.
    """
    return CentreClient(desk.profile, desk.key, desk.clock, patience=patience)


def check_proved(
    answer: Answer, root_key: bytes, centre: CentreLink | CentreCard, address: str
) -> None:
    """Let an answer pass that the centre of this root key has signed, for this very question.

    Raises:
        CentreNotTrusted: anybody may have written it.
    """
    proved = is_answer_of(
        root_key,
        centre.centre_id,
        answer.headers,
        request=answer.request,
        status=answer.status,
        body=answer.body,
    )
    if not proved:
        words = _("its answer (HTTP {status}) is not signed by the centre")
        raise CentreNotTrusted(address=address, reason=words.format(status=answer.status))


def message_of(answer: Answer, kind: type[M], address: str) -> M:
    """Return what a proved answer says.

    Raises:
        CentreRefused: that the centre did not do what was asked; with the reason as a class.
        CentreUnreachable: that it is too busy, or speaks another protocol.
    """
    try:
        if answer.status == _OK:
            return msgspec.json.decode(answer.body, type=kind)
        refusal = msgspec.json.decode(answer.body, type=Refusal)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        words = _("its answer is signed, but cannot be read ({why})")
        raise CentreNotTrusted(address=address, reason=words.format(why=error)) from error
    raise refused(refusal)


def refused(refusal: Refusal) -> CounterError:
    """Return the error that stands for the centre's refusal."""
    match refusal.reason:
        case "too_busy":
            return CentreUnreachable(reason=_("it is too busy just now"))
        case "revoked":
            return DeskRevoked()
        case "forked":
            return ChainForked()
        case "unknown_desk":
            return DeskUnknown()
        case "code_refused":
            return EnrolCodeRefused()
        case "program_too_old":
            return ProgramTooOld(reason=refusal.message)
        case reason:
            return CentreRefused(reason=f"{reason}: {refusal.message}".removesuffix(": "))
