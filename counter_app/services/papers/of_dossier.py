"""Papers of a dossier: which there are, each print of one, and the note of it in the journal.

Noted first: if the power goes before the paper is out, the next one is marked as a reprint. The
very version of the form that was used is kept, and used again.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta, timezone
from functools import partial
from typing import Final
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from counter_app.catalogue.print_forms import decode_print_form
from counter_app.desk import Desk
from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_paper import dossier_paper, officer_names
from counter_app.domain.form_file import FormRef
from counter_app.domain.form_name import form_name
from counter_app.domain.operation import Header, Operation, PaperPrinted
from counter_app.domain.paper import DossierPaper
from counter_app.domain.print_form import WHOLE_DOSSIER, PaperSize, PaperStyle, PrintForm
from counter_app.domain.sheet import Sheet
from counter_app.domain.workflow import check
from counter_app.errors import NoSuchPaper, UnknownDossier
from counter_app.printing import render
from counter_app.services.receipts import PrintedReceipt, preview_receipt, print_receipt
from counter_app.store.forms import kept_bytes
from counter_app.store.print_jobs import unprinted
from counter_app.store.timeline import Entry, timeline
from counter_app.store.timeline import dossier as dossier_in

RECEIPT: Final = "receipt"
PAYMENT_SLIP: Final = "payment-slip"

_DOSSIER: Final = "dossier"
_Kept = Callable[[FormRef], bytes | None]


class PaperOffer(Struct, frozen=True, kw_only=True):
    """A paper that can be printed of a dossier now, and how often it was `printed`.

    It tells of the operation `about`, done at `done_at`, or of the whole dossier.
    """

    form: str
    title: str
    about: UUID | None = None
    done_at: datetime | None = None
    printed: int = 0
    sizes: tuple[PaperSize, ...]


class _Case(Struct, frozen=True, kw_only=True):
    """What of a dossier papers can say."""

    dossier: Dossier
    operations: tuple[Operation, ...]

    def first_print(self, form: str, about: UUID | None) -> PaperPrinted | None:
        """Return how a paper was printed the first time, as far as that was noted."""
        for operation in self.operations:
            body = operation.body
            if isinstance(body, PaperPrinted) and (body.form, body.about) == (form, about):
                return body
        return None


class _Made(Struct, frozen=True, kw_only=True):
    """What a paper is rendered from, and the bytes of its form."""

    offer: PaperOffer
    form: PrintForm
    raw: bytes
    paper: DossierPaper
    numbering: str


def papers_of(desk: Desk, dossier_id: UUID) -> tuple[PaperOffer, ...]:
    """Return what can be printed of a dossier now: of the whole of it, then as things were done.

    Raises:
        UnknownDossier: this desk has not seen its reception.
    """
    with desk.store.read() as connection:
        case = _case(dossier_in(connection, dossier_id), timeline(connection, dossier_id))
    return tuple(_offers(desk, case))


def print_paper(
    desk: Desk,
    dossier_id: UUID,
    form: str,
    *,
    about: UUID | None = None,
    size: PaperSize,
    to: str,
    bilingual: bool | None = None,
) -> Sheet:
    """Note in the journal that a paper goes to `to`, and return it.

    Without `about` it tells of the last operation that has such a paper. Where the form is not
    laid out for `size`, it is on the size that it is made for. A copy that is known not to have
    come out is made again, and not noted twice.

    Raises:
        UnknownDossier: this desk has not seen its reception.
        NoSuchPaper: the dossier has none of this form, or none that tells of `about`.
    """
    style = _style(desk, bilingual)
    if form == RECEIPT:
        receipt = print_receipt(desk, dossier_id, size=size, to=to, bilingual=style.bilingual)
        return _receipt(receipt, dossier_id)
    with desk.store.begin() as uow:
        dossier, kept = uow.dossier(dossier_id), partial(kept_bytes, uow.connection)
        case = _case(dossier, timeline(uow.connection, dossier_id))
        made = _made(desk, case, form, about, style=style, kept=kept)
        unseen = unprinted(uow.connection, dossier_id, form, made.offer.about)
        if unseen:
            return _rendered(_as(made, unseen[0].copy), size, bilingual=style.bilingual)
        role = check("paper_printed", dossier.status, desk.officer.roles)
        body = PaperPrinted(
            form=form,
            about=made.offer.about,
            copy=made.offer.printed,
            paper=made.form.fitting(size),
            to=to,
            title=made.form.title,
            form_ref=uow.keep_form(form, made.form.version, made.raw),
            numbering=made.numbering,
            officer_name=made.paper.officer_name,
        )
        uow.append(desk.operation(body, role=role, on=dossier))
    return _rendered(made, size, bilingual=style.bilingual)


def preview_paper(
    desk: Desk,
    dossier_id: UUID,
    form: str,
    *,
    about: UUID | None = None,
    size: PaperSize,
    bilingual: bool | None = None,
) -> Sheet:
    """Return a paper as it would be printed now; nothing is noted.

    Raises:
        UnknownDossier: this desk has not seen its reception.
        NoSuchPaper: the dossier has none of this form, or none that tells of `about`.
    """
    style = _style(desk, bilingual)
    if form == RECEIPT:
        shown = preview_receipt(desk, dossier_id, size=size, bilingual=style.bilingual)
        return _receipt(shown, dossier_id)
    with desk.store.read() as connection:
        case = _case(dossier_in(connection, dossier_id), timeline(connection, dossier_id))
        kept = partial(kept_bytes, connection)
        made = _made(desk, case, form, about, style=style, kept=kept)
        unseen = unprinted(connection, dossier_id, form, made.offer.about)
    if unseen:
        made = _as(made, unseen[0].copy)
    return _rendered(made, size, bilingual=style.bilingual)


def payment_sheet(
    desk: Desk, dossier_id: UUID, payment: UUID, *, size: PaperSize, to: str = ""
) -> Sheet:
    """Note that the slip of a payment goes to `to`, and return it.

    Raises:
        NoSuchPaper: the dossier has no such payment.
    """
    return print_paper(desk, dossier_id, PAYMENT_SLIP, about=payment, size=size, to=to)


def form_of_step(desk: Desk, kind: str) -> str | None:
    """Return the form that is printed after an operation of `kind`, if there is one today."""
    forms = (file.form for file in desk.catalogue.print_forms(desk.business_date))
    return next((form.id for form in forms if kind in form.about and _DOSSIER in form.kinds), None)


def _case(dossier: Dossier, entries: Sequence[Entry]) -> _Case:
    if dossier.received is None:
        raise UnknownDossier(code=str(dossier.id))
    counting = tuple(entry.operation for entry in entries if entry.counts)
    return _Case(dossier=dossier, operations=counting)


def _offers(desk: Desk, case: _Case) -> Iterator[PaperOffer]:
    """Return what can be printed: a form says itself after which kinds of operation."""
    day, dossier = desk.business_date, case.dossier
    forms = [f.form for f in desk.catalogue.print_forms(day) if _DOSSIER in f.form.kinds]
    receipt = desk.catalogue.print_form(RECEIPT, day).form
    yield _offer(receipt, dossier.prints)
    for form in forms:
        if WHOLE_DOSSIER in form.about:
            yield _offer(form, dossier.printed.get((form.id, None), 0))
    for operation in case.operations:
        for form in forms:
            about = operation.header.op_id
            if operation.body.kind in form.about and WHOLE_DOSSIER not in form.about:
                yield _offer(form, dossier.printed.get((form.id, about), 0), operation)


def _offer(form: PrintForm, printed: int, operation: Operation | None = None) -> PaperOffer:
    return PaperOffer(
        form=form.id,
        title=form_name(form.id, form.title),
        about=operation.header.op_id if operation else None,
        done_at=_done_at(operation.header) if operation else None,
        printed=printed,
        sizes=tuple(form.size),
    )


def _done_at(header: Header) -> datetime:
    return header.wall_utc.astimezone(timezone(timedelta(minutes=header.utc_offset)))


def _made(
    desk: Desk, case: _Case, form: str, about: UUID | None, *, style: PaperStyle, kept: _Kept
) -> _Made:
    offer = _wanted(tuple(_offers(desk, case)), form, about)
    file = desk.catalogue.print_form(form, desk.business_date)
    raw, numbering, names = file.raw, style.numbering, _names(desk, case)
    signer = names.get(_actor(case, offer.about) or desk.officer.id, "")
    first = case.first_print(form, offer.about)
    if first is not None:
        # What was printed at another desk is known by its wording, and not by its bytes.
        raw = (kept(first.form_ref) if first.form_ref else None) or raw
        numbering = first.numbering or numbering
        signer = first.officer_name or signer
    paper = dossier_paper(
        case.dossier.id, case.operations, offer.about, officer_name=signer, copy=offer.printed
    )
    assert paper is not None  # its reception is there, and what it tells of was found above
    form_file = decode_print_form(raw, form)
    return _Made(offer=offer, form=form_file, raw=raw, paper=paper, numbering=numbering)


def _wanted(offers: Sequence[PaperOffer], form: str, about: UUID | None) -> PaperOffer:
    """Return the paper that is meant: of a form for the whole dossier there is only one."""
    fitting_ones = [each for each in offers if each.form == form]
    named = [each for each in fitting_ones if each.about in {None, about} or about is None]
    if not named:
        papers = ", ".join(dict.fromkeys(each.form for each in offers))
        raise NoSuchPaper(form=form, papers=papers)
    return named[-1]


def _actor(case: _Case, about: UUID | None) -> str | None:
    """Return who did what a paper tells of."""
    for operation in case.operations:
        if operation.header.op_id == about:
            return operation.header.actor
    return None


def _names(desk: Desk, case: _Case) -> dict[str, str]:
    return officer_names(case.operations) | {desk.officer.id: desk.officer.name}


def _style(desk: Desk, bilingual: bool | None) -> PaperStyle:
    style = desk.paper_style
    if bilingual is None:
        return style
    return PaperStyle(numbering=style.numbering, bilingual=bilingual)


def _rendered(made: _Made, size: PaperSize, *, bilingual: bool) -> Sheet:
    used = made.form.fitting(size)
    code = made.paper.dossier.code
    return Sheet(
        form=made.offer.form,
        title=f"{made.offer.title} · {code}",
        about=made.offer.about,
        dossier_id=made.paper.dossier.id,
        copy=made.offer.printed,
        size=used,
        pdf=render(made.form, made.paper, size=used, numbering=made.numbering, bilingual=bilingual),
    )


def _as(made: _Made, copy: int) -> _Made:
    """Return what is printed as another copy."""
    offer, paper = replace(made.offer, printed=copy), replace(made.paper, copy=copy)
    return replace(made, offer=offer, paper=paper)


def _receipt(printed: PrintedReceipt, dossier_id: UUID) -> Sheet:
    return Sheet(
        form=RECEIPT,
        title=f"{form_name(RECEIPT)} · {printed.code}",
        dossier_id=dossier_id,
        copy=printed.copy,
        size=printed.size,
        pdf=printed.pdf,
    )
