"""Papers among the print jobs: kept as new ones, or in place of those that never came out."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from msgspec import Struct

from counter_app.desk import Desk
from counter_app.i18n import _
from counter_app.services.papers import Sheet
from counter_app.services.print_jobs import queue_copies, queue_print, unprinted, wait_anew
from counter_app.services.receipts import PrintedReceipt, Size, print_receipt

FORM: Final = "receipt"
_FILE: Final = "pdf"  # what the journal says of a receipt that went into a file, never its name


class ForFile(Struct, frozen=True, kw_only=True):
    """A receipt to be written to a file, and the jobs that are done with that."""

    receipt: PrintedReceipt
    jobs: Sequence[int]


def keep_sheet(desk: Desk, sheet: Sheet, *, printer: str, twice: bool = False) -> Sequence[int]:
    """Keep a paper that is to be printed, and return its jobs, which wait for their printer.

    If the very same copy is kept already, as it never came out, it is laid out anew there. A
    receipt that is printed `twice` is for the citizen and for the file.
    """
    kept = _kept(desk, sheet)
    if kept:
        return [wait_anew(desk, job, sheet, printer=printer).id for job in kept]
    titles = titles_of(sheet, twice=twice and sheet.form == FORM)
    return queue_copies(desk, sheet, printer=printer, titles=titles)


def queue_receipt(
    desk: Desk, dossier_id: UUID, *, size: Size, printer: str, twice: bool = False
) -> Sequence[int]:
    """Note that a receipt goes to a printer, and return its jobs, which wait for it.

    Raises:
        UnknownDossier: this desk has not seen the dossier that it is for.
    """
    receipt = print_receipt(desk, dossier_id, size=size, to=printer)
    return keep_sheet(desk, receipt_sheet(receipt, dossier_id), printer=printer, twice=twice)


def receipt_for_file(desk: Desk, dossier_id: UUID, *, size: Size) -> ForFile:
    """Note that a receipt goes into a file, and return it; its jobs wait until it is written.

    Raises:
        UnknownDossier: this desk has not seen the dossier that it is for.
    """
    receipt = print_receipt(desk, dossier_id, size=size, to=_FILE)
    sheet = receipt_sheet(receipt, dossier_id)
    kept = _kept(desk, sheet)
    return ForFile(receipt=receipt, jobs=kept or [queue_print(desk, sheet, printer="")])


def receipt_sheet(receipt: PrintedReceipt, dossier_id: UUID) -> Sheet:
    """Return a receipt as a paper among others."""
    return Sheet(
        form=FORM,
        title=_("Receipt {code}").format(code=receipt.code),
        dossier_id=dossier_id,
        copy=receipt.copy,
        size=receipt.size,
        pdf=receipt.pdf,
    )


def titles_of(sheet: Sheet, *, twice: bool) -> Sequence[str]:
    """Return what the sheets of a receipt are called in lists; of a reprint there is only one."""
    if not twice or sheet.copy:
        return [sheet.title]
    words = (_("{title} · for the applicant"), _("{title} · for the file"))
    return [each.format(title=sheet.title) for each in words]


def _kept(desk: Desk, sheet: Sheet) -> Sequence[int]:
    """Return the jobs of the very same copy that never came out."""
    if sheet.dossier_id is None:
        return ()
    found = unprinted(desk, sheet.dossier_id, sheet.form, sheet.about)
    return [job.id for job in found if job.copy == sheet.copy]
