"""What is printed: the values that a form's placeholders are filled from, one Struct a kind."""

from datetime import date, datetime

from msgspec import Struct

from counter_app.domain.agency import Agency
from counter_app.domain.operation import Received
from counter_app.domain.reports.daily import DailySummary


class ReceiptPaper(Struct, frozen=True, kw_only=True):
    """A receipt as it was first given, or its reprint number `copy`.

    All that it says comes from what was recorded when the application was received, so that a
    reprint says the same whatever has become of the dossier.
    """

    received: Received
    copy: int = 0


class SummaryPaper(Struct, frozen=True, kw_only=True):
    """A desk's day, with who drew it up and when."""

    summary: DailySummary
    office: Agency
    desk_name: str
    officer_name: str
    printed_at: datetime


class RecoverySheet(Struct, frozen=True, kw_only=True):
    """The recovery key of a desk, for the office's safe."""

    office: Agency
    desk_name: str
    made_on: date
    recovery_key: str


Paper = ReceiptPaper | SummaryPaper | RecoverySheet
