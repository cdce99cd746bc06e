"""What every operation says of itself: who did what to which dossier, where and when."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from counter_app.domain.body import Body
from counter_app.domain.officer import Role


class ClockQuality(StrEnum):
    """How far the PC's clock could be trusted when something happened."""

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    DOUBTFUL = "doubtful"


class Header(Struct, frozen=True, kw_only=True):
    """Who did what to which dossier, where and when. Its exact bytes are what is hashed.

    `base_version` is how many operations on the dossier the centre had confirmed when this
    one was made; `utc_offset` is in minutes.
    """

    op_id: UUID
    kind: str
    version: int
    dossier_id: UUID | None
    base_version: int
    actor: str
    role: Role
    desk_id: UUID
    shift_id: UUID | None = None
    business_date: date
    wall_utc: datetime
    utc_offset: int
    clock_quality: ClockQuality


class Operation(Struct, frozen=True, kw_only=True):
    """One fact or intent, as the journal has it."""

    header: Header
    body: Body
