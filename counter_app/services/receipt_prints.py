"""Receipts among the print jobs: noted first, and the very same copy again if none came out."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from msgspec import Struct

from counter_app.desk import Desk
from counter_app.i18n import _
from counter_app.services.papers import Sheet
from counter_app.services.print_jobs import queue_copies, queue_print, unprinted, wait_anew
from counter_app.services.receipts import PrintedReceipt, Size, preview_receipt, print_receipt

FORM: Final = "receipt"
_FILE: Final = "pdf"  # what the journal says of a receipt that went into a file, never its name


class ForFile(Struct, frozen=True, kw_only=True):
    """A receipt to be written to a file, and the jobs that are done with that."""

    receipt: PrintedReceipt
    jobs: Sequence[int]


def next_receipt(desk: Desk, dossier_id: UUID, *, size: Size) -> PrintedReceipt:
    """Return the receipt as it would go out now; nothing is noted.

    Raises:
        UnknownDossier: this desk has not seen the dossier that it is for.
    """
    kept = unprinted(desk, dossier_id, FORM)
    copy = kept[0].copy if kept else None
    return preview_receipt(desk, dossier_id, size=size, copy=copy)


def queue_receipt(
    desk: Desk, dossier_id: UUID, *, size: Size, printer: str, twice: bool = False
) -> Sequence[int]:
    """Note that a receipt goes to a printer, and return its jobs, which wait for it.

    A copy that is known not to have come out is laid out anew instead, and nothing is noted:
    a receipt that nobody has seen is not a reprint. `twice` is for the citizen and for the file.

    Raises:
        UnknownDossier: this desk has not seen the dossier that it is for.
    """
    kept = unprinted(desk, dossier_id, FORM)
    if kept:
        receipt = preview_receipt(desk, dossier_id, size=size, copy=kept[0].copy)
        sheet = receipt_sheet(receipt, dossier_id, size)
        return [wait_anew(desk, job.id, sheet, printer=printer).id for job in kept]
    receipt = print_receipt(desk, dossier_id, size=size, to=printer)
    sheet = receipt_sheet(receipt, dossier_id, size)
    return queue_copies(desk, sheet, printer=printer, titles=titles_of(sheet, twice=twice))


def receipt_for_file(desk: Desk, dossier_id: UUID, *, size: Size) -> ForFile:
    """Note that a receipt goes into a file, and return it; its jobs wait until it is written.

    Raises:
        UnknownDossier: this desk has not seen the dossier that it is for.
    """
    kept = unprinted(desk, dossier_id, FORM)
    if kept:
        receipt = preview_receipt(desk, dossier_id, size=size, copy=kept[0].copy)
        return ForFile(receipt=receipt, jobs=[job.id for job in kept])
    receipt = print_receipt(desk, dossier_id, size=size, to=_FILE)
    job = queue_print(desk, receipt_sheet(receipt, dossier_id, size), printer="")
    return ForFile(receipt=receipt, jobs=[job])


def receipt_sheet(receipt: PrintedReceipt, dossier_id: UUID, size: Size) -> Sheet:
    """Return a receipt as a paper among others."""
    return Sheet(
        form=FORM,
        title=_("Receipt {code}").format(code=receipt.code),
        dossier_id=dossier_id,
        copy=receipt.copy,
        size=size,
        pdf=receipt.pdf,
    )


def titles_of(sheet: Sheet, *, twice: bool) -> Sequence[str]:
    """Return what the sheets of a receipt are called in lists; of a reprint there is only one."""
    if not twice or sheet.copy:
        return [sheet.title]
    words = (_("{title} · for the applicant"), _("{title} · for the file"))
    return [each.format(title=sheet.title) for each in words]
