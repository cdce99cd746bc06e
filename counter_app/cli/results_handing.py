"""What `hand-over --json` prints: its schema is in docs/."""

from datetime import datetime

from msgspec import Struct


class WaitingResult(Struct, frozen=True, kw_only=True):
    """One dossier that was received and is still at the desk.

    `tomorrow`: it came so late today that it may go on the next working day; `unit` is where
    its field of law was handed to the last time, "" if nobody knows.
    """

    id: str
    code: str
    procedure_name: str
    received_at: datetime
    due_at: datetime | None
    tomorrow: bool
    unit: str


class HandedOverResult(Struct, frozen=True, kw_only=True):
    """A numbered list of dossiers that were handed over together."""

    number: str
    unit: str
    receiver: str
    codes: list[str]
    pdf: str | None = None
