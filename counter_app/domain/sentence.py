"""What the timeline says of each operation, in one sentence and the language spoken."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from counter_app.domain import operation as op
from counter_app.domain.body import Body
from counter_app.domain.form_name import form_name
from counter_app.domain.operation import Operation
from counter_app.domain.party import Authority
from counter_app.i18n import N_, _, format_count, format_date, format_instant, format_money


def sentence(operation: Operation) -> str:
    """Return what has happened."""
    body = operation.body
    return _SENTENCES[type(body)](body)


def _received(body: op.Received) -> str:
    received = _("Received by {officer}; {count} papers.").format(
        officer=body.officer_name, count=len(body.papers)
    )
    if body.submitter is None:
        return received
    brought = _("Handed in by {name}{authority}.").format(
        name=body.submitter.full_name, authority=_acting(body.authority)
    )
    return f"{received} {brought}"


def _supplement_requested(body: op.SupplementRequested) -> str:
    missing = ", ".join(paper.name for paper in body.missing)
    return _("The applicant was asked to bring: {papers}. {reason}").format(
        papers=missing, reason=body.reason
    )


def _supplement_received(body: op.SupplementReceived) -> str:
    if body.due_at is None:
        return _("What was missing has been brought.")
    return _("What was missing has been brought; due {due}.").format(
        due=format_instant(body.due_at)
    )


def _forwarded(body: op.Forwarded) -> str:
    told = _("Handed over to {unit}.").format(unit=body.unit)
    if not body.hand_over:
        return told
    listed = _("List {number}, taken by {receiver}.") if body.receiver else _("List {number}.")
    return f"{told} {listed.format(number=body.hand_over, receiver=body.receiver)}"


def _stopped(body: op.Stopped) -> str:
    told = _("Stopped: {reason}").format(reason=body.reason)
    return f"{told} {body.settlement}".strip()


def _papers_returned(body: op.PapersReturned) -> str:
    if not body.to:
        return _("{count} papers were handed back.").format(count=len(body.papers))
    return _("{count} papers were handed back to {name}.").format(
        count=len(body.papers), name=body.to
    )


def _extended(body: op.Extended) -> str:
    return _("Apology; the new date is {due}. {reason}").format(
        due=format_instant(body.due_at), reason=body.reason
    )


def _receipt_printed(body: op.ReceiptPrinted) -> str:
    if body.copy == 0:
        return _("Receipt printed.")
    return _("Receipt printed again (reprint {copy}).").format(copy=body.copy)


def _sheet_printed(body: op.SheetPrinted) -> str:
    name = " ".join(filter(None, (form_name(body.form), body.number)))
    if body.copy:
        return _("{paper}, printed again (reprint {copy}).").format(paper=name, copy=body.copy)
    if body.lines:
        return _("{paper}, printed with {count} dossiers.").format(paper=name, count=body.lines)
    return _("{paper}, printed.").format(paper=name)


def _fee_paid(body: op.FeePaid) -> str:
    return _("{amount} paid.").format(amount=format_money(body.amount))


def _fee_reversed(body: op.FeeReversed) -> str:
    return _("{amount} given back: {reason}").format(
        amount=format_money(body.amount), reason=body.reason
    )


def _amended(body: op.Amended) -> str:
    return _("Corrected {field}: “{old}” became “{new}”. {reason}").format(
        field=_field(body.field), old=body.old, new=body.new, reason=body.reason
    )


def _field(path: str) -> str:
    """Return what a field of a dossier is called; what only a form knows stays as it is."""
    whose, _dot, part = path.partition(".")
    answer, _dot, cell = part.rpartition(".")
    if whose == "answers" and answer:
        return f"{_(_PARTS[cell]) if cell in _PARTS else cell} ({answer})"
    name = _PARTS.get(part or whose)
    if name is None:
        return path
    return f"{_(name)} ({_(_PEOPLE[whose])})" if whose in _PEOPLE else _(name)


_PEOPLE: Final[Mapping[str, str]] = {
    "applicant": N_("Applicant"),
    "submitter": N_("Handed in by"),
    "collector": N_("Named to collect"),
}
_PARTS: Final[Mapping[str, str]] = {
    "full_name": N_("Name"),
    "id_number": N_("ID number"),
    "birth_date": N_("Born"),
    "sex": N_("Sex"),
    "phone": N_("Phone"),
    "address": N_("Address"),
    "email": N_("E-mail"),
    "note": N_("Note"),
}


def _clock_confirmed(body: op.ClockConfirmed) -> str:
    return _("The day was confirmed: {day}.").format(day=format_date(body.day))


def _reserve_opened(body: op.ReserveOpened) -> str:
    return _("The reserve of dossier numbers was opened for {day}.").format(
        day=format_date(body.day)
    )


def _store_restored(body: op.StoreRestored) -> str:
    told = _("The desk's data were restored from a backup.")
    if not body.next_entry:
        return told
    on = _("The register goes on with line {line}.").format(line=format_count(body.next_entry))
    return f"{told} {on}"


def _result_returned(body: op.ResultReturned) -> str:
    return _("The result was handed to {name}{authority}.").format(
        name=body.collector.full_name, authority=_acting(body.authority)
    )


def _acting(authority: Authority | None) -> str:
    """Return on what ground somebody acts for another, to stand behind their name."""
    if authority is None:
        return ""
    if not authority.document:
        return _(", {ground}").format(ground=authority.kind)
    return _(", {ground} ({document})").format(ground=authority.kind, document=authority.document)


def _guidance_given(body: op.GuidanceGiven) -> str:
    if body.outcome is op.GuidanceOutcome.HELPED:
        return _("Helped to apply elsewhere: {agency}").format(agency=body.agency)
    if body.outcome is op.GuidanceOutcome.REFUSAL:
        return _("Not received; told why: {reason}").format(reason=body.reason)
    missing = ", ".join(paper.name for paper in body.missing)
    return _("Not received yet; told what is missing: {papers}").format(papers=missing)


def _fee_exempted(body: op.FeeExempted) -> str:
    return _("{amount} need not be paid: {ground}").format(
        amount=format_money(body.amount), ground=body.ground
    )


def _exemption_reversed(body: op.ExemptionReversed) -> str:
    if body.amount is None:
        return _("An exemption was taken back: {reason}").format(reason=body.reason)
    return _("An exemption of {amount} was taken back: {reason}").format(
        amount=format_money(body.amount), reason=body.reason
    )


def _paper_printed(body: op.PaperPrinted) -> str:
    if body.copy == 0:
        return _("Printed: {form}.").format(form=form_name(body.form, body.title))
    return _("Printed again: {form} (reprint {copy}).").format(
        form=form_name(body.form, body.title), copy=body.copy
    )


_SENTENCES: Final[Mapping[type[Body], Callable[[Any], str]]] = {
    op.Received: _received,
    op.NotAccepted: lambda b: _("Not accepted: {reason}").format(reason=b.reason),
    op.Forwarded: _forwarded,
    op.SupplementRequested: _supplement_requested,
    op.SupplementReceived: _supplement_received,
    op.ObligationSet: lambda b: _("The applicant has to pay elsewhere: {amount}.").format(
        amount=format_money(b.amount)
    ),
    op.ObligationMet: lambda _b: _("What had to be paid elsewhere has been paid."),
    op.WithdrawalRequested: lambda _b: _("The applicant asks to withdraw it."),
    op.WithdrawalTakenBack: lambda _b: _("The applicant wants it to go on after all."),
    op.Stopped: _stopped,
    op.Refused: lambda b: _("Refused after examination: {reason}").format(reason=b.reason),
    op.Extended: _extended,
    op.Finished: lambda b: _("The result is there: {result}").format(result=b.result),
    op.ResultReturned: _result_returned,
    op.PapersReturned: _papers_returned,
    op.PapersChanged: lambda _b: _("The list of papers was put right."),
    op.FeePaid: _fee_paid,
    op.FeeReversed: _fee_reversed,
    op.Amended: _amended,
    op.Reassigned: lambda b: _("{agency} decides it now.").format(agency=b.agency),
    op.GuidanceGiven: _guidance_given,
    op.Served: lambda b: _("The result was handed over at once: {result}").format(result=b.result),
    op.FeeAssessed: lambda b: _("The fee comes to {amount}.").format(
        amount=format_money(b.unit_amount * b.quantity)
    ),
    op.FeeExempted: _fee_exempted,
    op.ExemptionReversed: _exemption_reversed,
    op.TransferRequested: lambda b: _("A transfer of {amount} was asked for.").format(
        amount=format_money(b.amount)
    ),
    op.ReceiptLinked: lambda b: _("Receipt number {number} was entered.").format(
        number=b.receipt_number
    ),
    op.ScanAdded: lambda b: _("Scanned: {name}").format(name=b.name or b.component or b.media),
    op.ScansArranged: lambda _b: _("Scans were put in order."),
    op.ScanWithdrawn: lambda b: _("A scan was withdrawn: {reason}").format(reason=b.reason),
    op.ScanOpened: lambda b: _("A scan was opened: {reason}").format(reason=b.reason),
    op.PaperPrinted: _paper_printed,
    op.TicketIssued: lambda b: _("Number {number} was drawn.").format(number=b.number),
    op.TicketCalled: lambda b: _("A number was called to {place}.").format(place=b.place),
    op.TicketMoved: lambda _b: _("A number was sent on."),
    op.TicketEnded: lambda _b: _("A number was done with."),
    op.Noted: lambda b: _("Note: {text}").format(text=b.text),
    op.Voided: lambda b: _("Voided: {reason}").format(reason=b.reason),
    op.ReceiptPrinted: _receipt_printed,
    op.SheetPrinted: _sheet_printed,
    op.RecordViewed: lambda _b: _("The dossier was opened and read."),
    op.OfficerSignedIn: lambda _b: _("An officer signed in."),
    op.ClockConfirmed: _clock_confirmed,
    op.ReserveOpened: _reserve_opened,
    op.StoreRestored: _store_restored,
    op.Unreadable: lambda _b: _("Done by a newer program; update this one to read it."),
}
