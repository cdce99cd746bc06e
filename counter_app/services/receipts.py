"""The receipt on paper: the first print, the same again, and the note of each in the journal."""

from uuid import UUID

from msgspec import Struct

from counter_app.catalogue.print_forms import decode_print_form
from counter_app.desk import Desk
from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_code import DossierCode
from counter_app.domain.operation import ReceiptPrinted
from counter_app.domain.paper import ReceiptPaper
from counter_app.domain.workflow import check
from counter_app.errors import UnknownDossier
from counter_app.printing import render
from counter_app.settings import PaperName
from counter_app.store import timeline
from counter_app.store.forms import kept_form
from counter_app.store.print_jobs import unprinted

Size = PaperName


class PrintedReceipt(Struct, frozen=True, kw_only=True):
    """A receipt as PDF; `copy` 0 is the first print, every other is marked as a reprint.

    `size` is the one asked for, or another if its form is not laid out for that.
    """

    code: DossierCode
    copy: int
    size: Size
    pdf: bytes


def print_receipt(
    desk: Desk, dossier_id: UUID, *, size: Size, to: str, bilingual: bool | None = None
) -> PrintedReceipt:
    """Note in the journal that a receipt goes to `to`, and return it.

    Noted first: if the power goes before the paper is out, the next one is marked as a
    reprint, and never are there two that look like the first. A copy that is known not to have
    come out is made again, and not noted twice. It is in two languages if the
    office has chosen so, unless `bilingual` says otherwise.

    Raises:
        UnknownDossier: this desk has not seen the dossier that it is for.
    """
    with desk.store.begin() as uow:
        dossier = uow.dossier(dossier_id)
        if dossier.received is None:
            raise UnknownDossier(code=str(dossier_id))
        role = check("receipt_printed", dossier.status, desk.officer.roles)
        unseen = unprinted(uow.connection, dossier_id, "receipt", None)
        copy = unseen[0].copy if unseen else dossier.prints
        if not unseen:
            body = ReceiptPrinted(copy=copy, paper=size, to=to)
            uow.append(desk.operation(body, role=role, on=dossier))
    return render_receipt(desk, dossier, copy=copy, size=size, bilingual=bilingual)


def preview_receipt(
    desk: Desk,
    dossier_id: UUID,
    *,
    size: Size,
    copy: int | None = None,
    bilingual: bool | None = None,
) -> PrintedReceipt:
    """Return the receipt as it would be printed now, or as its `copy` was; nothing is noted.

    Raises:
        UnknownDossier: this desk has not seen the dossier that it is for.
    """
    with desk.store.read() as connection:
        dossier = timeline.dossier(connection, dossier_id)
        unseen = unprinted(connection, dossier_id, "receipt", None)
    if dossier.received is None:
        raise UnknownDossier(code=str(dossier_id))
    to_come = unseen[0].copy if unseen else dossier.prints
    shown = to_come if copy is None else copy
    return render_receipt(desk, dossier, copy=shown, size=size, bilingual=bilingual)


def render_receipt(
    desk: Desk, dossier: Dossier, *, copy: int, size: Size, bilingual: bool | None = None
) -> PrintedReceipt:
    """Return the paper by the very form under which the dossier was received."""
    received = dossier.received
    assert received is not None
    with desk.store.read() as connection:
        raw = kept_form(connection, received.receipt_form)
    form = decode_print_form(raw, received.receipt_form.id)
    used = form.fitting(size)
    pdf = render(
        form,
        ReceiptPaper(received=received, copy=copy),
        size=used,
        numbering=received.numbering,
        bilingual=desk.paper_style.bilingual if bilingual is None else bilingual,
    )
    return PrintedReceipt(code=dossier.code, copy=copy, size=used, pdf=pdf)
