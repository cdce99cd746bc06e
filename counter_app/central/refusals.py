"""What the centre says when it does not do what was asked: one form, whatever went wrong."""

import logging
import traceback
from typing import Final, Protocol

import msgspec
import sqlalchemy as sa
from litestar.exceptions import HTTPException
from litestar.types import Send

from counter_app.errors import DatabaseUnusable, EnrolCodeRefused, InvalidField, NoNumbersLeft
from counter_app.wire.codec import encode
from counter_app.wire.messages import Refusal

_log: Final = logging.getLogger("counter_app.central")

_BUSY_SECONDS: Final = 10
_FIRST_OF_SERVER: Final = 500

# 40001 serialization failure, 40P01 deadlock, 55P03 lock not had: the same again may go well.
# 23505, 23P01: of two that write the same at once, the second sees it when it tries again.
_CONTENDED: Final = frozenset({"40001", "40P01", "23505", "23P01", "55P03"})

_WORDS: Final = {
    405: ("bad_request", "This address is not asked in this way."),
}


class Refused(Exception):
    """The centre does not do what was asked; this is what it answers."""

    def __init__(self, status: int, reason: str, message: str) -> None:
        super().__init__(status, reason, message)
        self.status: Final = status
        self.refusal: Final = Refusal(reason=reason, message=message)

    @property
    def body(self) -> bytes:
        """The answer's bytes."""
        return encode(self.refusal)

    @property
    def headers(self) -> dict[str, str]:
        """The answer's headers."""
        size = {"content-type": "application/json", "content-length": str(len(self.body))}
        again = {"retry-after": str(_BUSY_SECONDS)} if self.status in {429, 503} else {}
        return size | again

    async def send(self, send: Send, *, hang_up: bool = False) -> None:
        """Answer; `hang_up` when the client may still be sending what nobody reads."""
        headers = self.headers | ({"connection": "close"} if hang_up else {})
        raw = [(name.encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": self.status, "headers": raw})
        await send({"type": "http.response.body", "body": self.body, "more_body": False})


class _Driver(Protocol):
    sqlstate: str | None


def busy() -> Refused:
    """Return the answer for whoever may come again in a while."""
    return Refused(503, "too_busy", "The centre cannot do this now. Try again in a while.")


def nothing_here() -> Refused:
    """Return the answer at an address that there is not."""
    return Refused(404, "not_found", "There is nothing at this address.")


def unknown_desk() -> Refused:
    """Return the answer to a desk that was never enrolled here."""
    return Refused(401, "unknown_desk", "No such desk was enrolled here.")


def revoked_desk() -> Refused:
    """Return the answer to a desk whose word is no longer taken."""
    return Refused(403, "revoked", "This desk was revoked.")


def unreadable(error: Exception) -> Refused:
    """Return the answer to a body that is not what it should be."""
    place = str(error) if isinstance(error, msgspec.MsgspecError) else "it cannot be read"
    return Refused(400, "bad_request", f"The body is not what it should be: {place}.")


def is_contended(error: Exception) -> bool:
    """Say whether the database has only asked to try the same again."""
    if not isinstance(error, sa.exc.DBAPIError):
        return False
    return getattr(error.orig, "sqlstate", None) in _CONTENDED


def refusal_of(error: Exception) -> Refused:
    """Return what is answered when `error` has ended a request. A bug is logged.

    The log names the place and the kind of a bug, never its message: that can hold what a
    citizen has given.
    """
    match error:
        case Refused():
            return error
        case HTTPException() if error.status_code < _FIRST_OF_SERVER:
            said = "bad_request", "The request is not what it should be."
            reason, message = _WORDS.get(error.status_code, said)
            return Refused(error.status_code, reason, message)
        case RecursionError() | msgspec.MsgspecError() | UnicodeDecodeError():
            return unreadable(error)
        case EnrolCodeRefused():
            return Refused(403, "code_refused", str(error))
        case InvalidField():
            return Refused(400, "bad_request", str(error))
        case NoNumbersLeft():
            return Refused(409, "no_numbers", str(error))
        case DatabaseUnusable() | sa.exc.TimeoutError():
            return busy()
        case sa.exc.OperationalError() | sa.exc.InterfaceError():
            _log.warning("the database does not answer: %s", type(error.orig).__name__)
            return busy()
        case sa.exc.DBAPIError() if error.connection_invalidated:
            return busy()
    place = "".join(traceback.format_tb(error.__traceback__))
    _log.error("a request was ended by %s\n%s", type(error).__name__, place)
    return Refused(500, "internal_error", "The centre has made a mistake. It has been noted.")
