"""A receipt on its way into the list of print jobs, or into a file; without Qt."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from msgspec import Struct

from counter_app.desk import Desk
from counter_app.domain.sheet import Sheet
from counter_app.i18n import _
from counter_app.services.print_jobs import (
    RECEIPT,
    THE_USUAL,
    keep_sheet,
    queue_print,
    unseen_jobs,
)
from counter_app.services.receipts import PrintedReceipt, Size, print_receipt

_FILE: Final = "pdf"  # what the journal says of a receipt that went into a file, never its name


class ForFile(Struct, frozen=True, kw_only=True):
    """A receipt to be written to a file, and the jobs that are done with that."""

    receipt: PrintedReceipt
    jobs: Sequence[int]


def queue_receipt(
    desk: Desk, dossier_id: UUID, *, size: Size, printer: str, twice: bool = False
) -> Sequence[int]:
    """Note that a receipt goes to a printer, and return its jobs, which wait for it.

    `printer` "" means the usual one, whichever that is when it is sent.

    Raises:
        UnknownDossier: this desk has not seen the dossier that it is for.
    """
    receipt = print_receipt(desk, dossier_id, size=size, to=printer or THE_USUAL)
    return keep_sheet(desk, receipt_sheet(receipt, dossier_id), printer=printer, twice=twice)


def receipt_for_file(desk: Desk, dossier_id: UUID, *, size: Size) -> ForFile:
    """Note that a receipt goes into a file, and return it; its jobs wait until it is written.

    Raises:
        UnknownDossier: this desk has not seen the dossier that it is for.
    """
    receipt = print_receipt(desk, dossier_id, size=size, to=_FILE)
    sheet = receipt_sheet(receipt, dossier_id)
    kept = unseen_jobs(desk, sheet)
    return ForFile(receipt=receipt, jobs=kept or [queue_print(desk, sheet, printer="")])


def receipt_sheet(receipt: PrintedReceipt, dossier_id: UUID) -> Sheet:
    """Return a receipt as a paper among others."""
    return Sheet(
        form=RECEIPT,
        title=_("Receipt {code}").format(code=receipt.code),
        dossier_id=dossier_id,
        copy=receipt.copy,
        size=receipt.size,
        pdf=receipt.pdf,
    )
