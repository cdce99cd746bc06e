"""A stack of receipts: one job for each dossier, sent in one go; without Qt."""

from collections.abc import Callable, Iterable
from uuid import UUID

from counter_app.desk import Desk
from counter_app.desktop.navigator import Navigator
from counter_app.desktop.receipts import receipt_sheet
from counter_app.devices.printers import Size
from counter_app.domain.sheet import Sheet
from counter_app.services.print_jobs import RECEIPT
from counter_app.services.receipts import print_receipt


def print_receipts(desk: Desk, navigator: Navigator, dossiers: Iterable[UUID]) -> None:
    """Have the receipts of these dossiers printed, in their order."""
    for dossier_id in dossiers:
        navigator.print_sheet(_receipt_of(desk, dossier_id), form=RECEIPT)


def _receipt_of(desk: Desk, dossier_id: UUID) -> Callable[[Size, str], Sheet]:
    def make(size: Size, printer: str) -> Sheet:
        receipt = print_receipt(desk, dossier_id, size=size, to=printer)
        return receipt_sheet(receipt, dossier_id)

    return make
