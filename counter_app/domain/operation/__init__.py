"""What can happen at a desk: a header that all operations share, and one body for each kind.

A body is named for what has happened, and is at once the journal's row, the message on the
wire and the schema in the API description. Within a version fields are only ever added,
each with a default; a field that nobody here knows stays in the stored bytes.
"""

from collections.abc import Mapping
from typing import Final

from counter_app.domain.body import Body
from counter_app.domain.operation.at_desk import (
    ClockConfirmed,
    OfficerSignedIn,
    RecordViewed,
    ReserveOpened,
    SheetPrinted,
    StoreRestored,
    TicketCalled,
    TicketEnd,
    TicketEnded,
    TicketIssued,
    TicketMoved,
)
from counter_app.domain.operation.documents import (
    Digitised,
    PaperPrinted,
    PapersChanged,
    ReceiptPrinted,
    ScanAdded,
    ScanOpened,
    ScanPlace,
    ScansArranged,
    ScanWithdrawn,
)
from counter_app.domain.operation.examination import (
    Extended,
    Finished,
    Forwarded,
    ObligationMet,
    ObligationSet,
    Refused,
    Stopped,
    SupplementReceived,
    SupplementRequested,
    WithdrawalRequested,
    WithdrawalTakenBack,
)
from counter_app.domain.operation.handing_back import (
    PapersReturned,
    ResultReturned,
)
from counter_app.domain.operation.header import (
    ClockQuality,
    Header,
    Operation,
)
from counter_app.domain.operation.money import (
    ExemptionReversed,
    FeeAssessed,
    FeeExempted,
    FeePaid,
    FeeReversed,
    PaymentMeans,
    ReceiptLinked,
    TransferRequested,
)
from counter_app.domain.operation.reception import (
    Amended,
    GuidanceGiven,
    GuidanceOutcome,
    NotAccepted,
    Noted,
    Reassigned,
    Received,
    Served,
    Voided,
)

__all__ = [
    "BODIES",
    "Amended",
    "ClockConfirmed",
    "ClockQuality",
    "Digitised",
    "ExemptionReversed",
    "Extended",
    "FeeAssessed",
    "FeeExempted",
    "FeePaid",
    "FeeReversed",
    "Finished",
    "Forwarded",
    "GuidanceGiven",
    "GuidanceOutcome",
    "Header",
    "NotAccepted",
    "Noted",
    "ObligationMet",
    "ObligationSet",
    "OfficerSignedIn",
    "Operation",
    "PaperPrinted",
    "PapersChanged",
    "PapersReturned",
    "PaymentMeans",
    "Reassigned",
    "ReceiptLinked",
    "ReceiptPrinted",
    "Received",
    "RecordViewed",
    "Refused",
    "ReserveOpened",
    "ResultReturned",
    "ScanAdded",
    "ScanOpened",
    "ScanPlace",
    "ScanWithdrawn",
    "ScansArranged",
    "Served",
    "SheetPrinted",
    "Stopped",
    "StoreRestored",
    "SupplementReceived",
    "SupplementRequested",
    "TicketCalled",
    "TicketEnd",
    "TicketEnded",
    "TicketIssued",
    "TicketMoved",
    "TransferRequested",
    "Unreadable",
    "Voided",
    "WithdrawalRequested",
    "WithdrawalTakenBack",
]


class Unreadable(Body, frozen=True, kw_only=True):
    """Something done by a newer program; kept as it is, and not to be judged by this one."""

    kind = "unreadable"


BODIES: Final[Mapping[tuple[str, int], type[Body]]] = {
    (body.kind, body.version): body
    for body in (
        Received,
        GuidanceGiven,
        Served,
        NotAccepted,
        Amended,
        Reassigned,
        Noted,
        Voided,
        Forwarded,
        SupplementRequested,
        SupplementReceived,
        ObligationSet,
        ObligationMet,
        WithdrawalRequested,
        WithdrawalTakenBack,
        Stopped,
        Refused,
        Extended,
        Finished,
        ResultReturned,
        PapersReturned,
        PapersChanged,
        ReceiptPrinted,
        PaperPrinted,
        ScanAdded,
        ScansArranged,
        ScanWithdrawn,
        ScanOpened,
        FeeAssessed,
        FeeExempted,
        ExemptionReversed,
        TransferRequested,
        FeePaid,
        FeeReversed,
        ReceiptLinked,
        RecordViewed,
        OfficerSignedIn,
        ClockConfirmed,
        ReserveOpened,
        SheetPrinted,
        StoreRestored,
        TicketIssued,
        TicketCalled,
        TicketMoved,
        TicketEnded,
    )
}
