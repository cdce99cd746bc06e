"""What a desk and the centre say to each other, message by message.

Every message is JSON; bytes travel as base64. The journal's rows travel with the exact bytes
that were hashed (`msgspec.Raw`), so that nothing that any release writes is lost on the way.
How messages are signed and bound to each other is in `wire.envelope`.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from msgspec import Raw, Struct

from counter_app.domain.agency import Agency
from counter_app.domain.lease import Lease
from counter_app.wire.delivery import Verdict

PROTOCOL: Final = 1
OLDEST_PROTOCOL: Final = 1
"""The centre answers this and all between; a desk two releases behind is still understood."""

MOST_ROWS: Final = 100
MOST_BYTES: Final = 256 * 1024
"""A push holds at most so many rows, and so many bytes before it is compressed."""


class SentRow(Struct, frozen=True, kw_only=True):
    """One row of a desk's chain: its place, and the operation that it stands for.

    `header` and `body` are the bytes that were hashed. The hashes themselves are not sent but
    for the last one of a push: whoever has the rows can reckon them.
    """

    seq: int
    nonce: bytes
    header: Raw
    body: Raw


class PushBatch(Struct, frozen=True, kw_only=True):
    """Rows of one chain, one after the other without a gap.

    `prev_hash` is the hash of the row before the first one, `head` that of the last one.
    An empty push asks how far the centre has heard this desk.
    """

    protocol: int = PROTOCOL
    desk_id: UUID
    epoch: int
    prev_hash: bytes
    head: bytes
    rows: tuple[SentRow, ...] = ()


class PushOutcome(StrEnum):
    """What the centre has done with a push.

    * stored: all of it is durable, and the chain goes on from `high_water`
    * gap: the centre lacks rows before the first; send from `high_water` + 1
    * retry: nothing was stored, nothing is wrong; send it again after a while
    * quarantined: kept apart and not acted on, because the desk is revoked or its chain forks
    """

    STORED = "stored"
    GAP = "gap"
    RETRY = "retry"
    QUARANTINED = "quarantined"


class Judgement(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the centre says of one operation.

    `dossier_version` is its place among the dossier's confirmed operations, `reason` a short
    word of `domain.judgement` for what is not applied as it came.
    """

    op_id: UUID
    verdict: Verdict
    dossier_version: int | None = None
    reason: str = ""


class Standing(Struct, frozen=True, kw_only=True):
    """Where the centre stands with one desk; it goes with every answer to a desk.

    `high_water` is the last row of the desk's present chain that is stored, `head` its hash;
    `feed_seq` and `feed_hash` tell the end of the agency's feed.
    """

    centre_id: UUID
    generation: int
    now: datetime
    high_water: int
    head: bytes
    feed_seq: int
    feed_hash: bytes
    reference_version: int
    oldest_program: str = ""


class PushAnswer(Struct, frozen=True, kw_only=True):
    """The centre's answer to a push: an acknowledgement only if its signature holds.

    `judgements` are of the rows just sent, and of earlier ones of this desk that have been
    judged since; whatever is missing here has been stored and not yet judged. `reason` says why
    a push was quarantined, in a word of `Refusal`.
    """

    outcome: PushOutcome
    standing: Standing
    judgements: tuple[Judgement, ...] = ()
    reason: str = ""


class EnrolRequest(Struct, frozen=True, kw_only=True):
    """A desk asks to become one of the centre's, with the one-time code that it was given.

    It is signed with the desk's own key. `leases` are the numbers that it has given out from
    while it stood alone: by signing, the desk gives them up from the day after `today`.
    """

    protocol: int = PROTOCOL
    secret: bytes
    desk_id: UUID
    epoch: int
    public_key: bytes
    desk_name: str
    office: Agency
    practice: bool
    today: date
    leases: tuple[Lease, ...] = ()


class Certificate(Struct, frozen=True, kw_only=True):
    """The centre's root says that answers are signed with `public_key`.

    `signature` is the root's, over everything before it (`wire.envelope.certify`).
    """

    centre_id: UUID
    public_key: bytes
    issued_at: datetime
    signature: bytes


class CentreCard(Struct, frozen=True, kw_only=True):
    """Who a centre says it is, before a desk trusts it: two people compare the fingerprint."""

    centre_id: UUID
    root_key: bytes


class EnrolAnswer(Struct, frozen=True, kw_only=True):
    """The desk is one of the centre's now.

    `root_key` is what the desk pins for good: the code it typed holds the start of its hash.
    """

    centre_id: UUID
    generation: int
    root_key: bytes
    tracking_url: str
    standing: Standing
    leases: tuple[Lease, ...]


class KnownDesk(Struct, frozen=True, kw_only=True):
    """A desk whose receipts others may be shown: its public key, its name and its office.

    `mark` tells it from the other desks of its office on numbers of the queue that it counts
    by itself; 0 if it has none.
    """

    public_key: bytes
    desk_name: str
    agency: str
    revoked: bool = False
    mark: int = 0


class LawFile(Struct, frozen=True, kw_only=True):
    """A file of law that is newer than the one in the program, by its place under forms/."""

    path: str
    sha256: str
    content: bytes


class Reference(Struct, frozen=True, kw_only=True):
    """What all desks of an agency have from the centre; `version` rises with every change."""

    version: int
    standing: Standing
    leases: tuple[Lease, ...]
    desks: tuple[KnownDesk, ...]
    agencies: tuple[Agency, ...]
    law: tuple[LawFile, ...]


class TimeAnswer(Struct, frozen=True, kw_only=True):
    """What time it is at the centre, for a PC whose clock fails TLS."""

    centre_id: UUID
    now: datetime


class QueueRow(Struct, frozen=True, kw_only=True):
    """What was done with a number of the queue: the operation's kind and body, where and when."""

    op_id: UUID
    desk_id: UUID
    at: datetime
    kind: str
    version: int
    body: Raw


class QueueAnswer(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the desks of an office did with the numbers of a day, in the order that counts.

    Rows after the one that the desk has named; or all of the day if `whole`, because it has
    named none, or one that the centre does not have. With `more` there are others after these.
    """

    rows: tuple[QueueRow, ...]
    whole: bool = False
    more: bool = False


class QueueCountRequest(Struct, frozen=True, kw_only=True):
    """A desk asks for the next number of a group, by its letter, on a day.

    `above` is the highest that it knows of: no desk gets that one or a lower one.
    """

    protocol: int = PROTOCOL
    day: date
    letter: str
    above: int = 0


class QueueCount(Struct, frozen=True, kw_only=True):
    """The number that the desk may give out: no other desk of the office gets it that day."""

    count: int


class Refusal(Struct, frozen=True, kw_only=True):
    """Why the centre did not do what was asked: a word for programs, a sentence for people."""

    reason: str
    message: str = ""
