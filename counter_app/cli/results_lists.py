"""What `export` prints with `--json`."""

from datetime import datetime

from msgspec import Struct


class RegisterLine(Struct, frozen=True, kw_only=True):
    """One dossier of the register or of a list, as it stands now; `entry` 0 is not entered."""

    entry: int
    code: str
    procedure: str
    applicant: str
    received_at: datetime
    due_at: datetime | None
    returned_at: datetime | None
    note: str
