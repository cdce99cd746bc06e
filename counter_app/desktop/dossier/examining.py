"""What is entered while a dossier is examined: fields and entries, kind by kind; without Qt."""

from collections.abc import Mapping, Sequence
from typing import Final

from counter_app.desktop.dossier.asking import (
    Ask,
    Asked,
    PaperLine,
    Values,
    date_in,
    in_figures,
    moment_in,
    money_in,
    person_in,
    shown_moment,
    text_of,
    ticked,
)
from counter_app.desktop.dossier.situation import EntryKind, Situation, given, papers, reason, taken
from counter_app.domain import operation as op
from counter_app.domain.body import Body
from counter_app.domain.papers import MissingPaper
from counter_app.i18n import _, format_instant, format_money


def _forwarded(s: Situation, _v: Values) -> Sequence[Ask]:
    units = s.prepared.units
    last = units[0] if units else None
    receivers = tuple(dict.fromkeys(unit.receiver for unit in units if unit.receiver))
    return [
        Ask(
            id="unit",
            caption=_("Unit that examines it"),
            needed=True,
            start=last.unit if last else "",
            offers=tuple(unit.unit for unit in units),
        ),
        Ask(
            id="receiver",
            caption=_("Who takes it there"),
            start=last.receiver if last else "",
            offers=receivers,
        ),
    ]


def _make_forwarded(_s: Situation, v: Values) -> Body:
    return op.Forwarded(unit=text_of(v, "unit"), receiver=text_of(v, "receiver"))


def _supplement(s: Situation, _v: Values) -> Sequence[Ask]:
    until = s.prepared.until
    return [
        papers(_("What is to be brought"), "missing", s.asked_for),
        reason(s, presumed=True),
        Ask(
            id="until",
            caption=_("To be brought by"),
            kind=Asked.DATE,
            start=f"{until:%d/%m/%Y}" if until else "",
            hint=_("Empty where no last day is set."),
        ),
    ]


def _make_supplement(_s: Situation, v: Values) -> Body:
    missing = tuple(
        MissingPaper(name=line.name, originals=line.originals, copies=line.copies)
        for line in ticked(v, "missing")
    )
    return op.SupplementRequested(
        missing=missing, reason=text_of(v, "reason"), until=date_in(v, "until")
    )


def _brought(s: Situation, _v: Values) -> Sequence[Ask]:
    ids = {line.name: line.id for line in s.asked_for}
    lines = [
        PaperLine(
            id=ids.get(paper.name, f"brought_{place}"),
            name=paper.name,
            originals=paper.originals,
            copies=paper.copies,
        )
        for place, paper in enumerate(s.dossier.missing, 1)
    ]
    return [papers(_("What was brought"), "papers", lines)]


def _make_brought(s: Situation, v: Values) -> Body:
    return op.SupplementReceived(papers=taken(v, "papers"), due_before=s.dossier.due_at)


def _obligation(s: Situation, v: Values) -> Sequence[Ask]:
    return [
        Ask(
            id="amount",
            caption=_("Amount in dong"),
            kind=Asked.MONEY,
            needed=True,
            hint=in_figures(v, "amount"),
        ),
        reason(s, presumed=True),
    ]


def _make_obligation(_s: Situation, v: Values) -> Body:
    return op.ObligationSet(amount=money_in(v, "amount"), reason=text_of(v, "reason"))


def _obligation_met(_s: Situation, _v: Values) -> Sequence[Ask]:
    caption = _("Paper that shows the payment")
    return [Ask(id="evidence", caption=caption, needed=True, hint=_("Kind, number and date of it"))]


def _make_obligation_met(s: Situation, v: Values) -> Body:
    return op.ObligationMet(evidence=text_of(v, "evidence"), due_before=s.dossier.due_at)


def _clock_goes_on(s: Situation) -> Sequence[str]:
    """Say which hour was promised, which will be, and why, before it is done."""
    due = s.prepared.new_due
    if due is None or due.at is None or s.dossier.due_at is None:
        return [_("No due date was promised for this dossier.")]
    old, new = s.calendar.local(s.dossier.due_at), s.calendar.local(due.at)
    words = _("Due until now: {old}. Due from now on: {new}.")
    said = words.format(old=format_instant(old), new=format_instant(new))
    return [said, *due.reasons]


def _extended(s: Situation, _v: Values) -> Sequence[Ask]:
    due = s.prepared.new_due
    return [
        Ask(
            id="due_at",
            caption=_("New date"),
            kind=Asked.MOMENT,
            needed=True,
            start=shown_moment(due.at if due else None, s.calendar),
            hint=" ".join(due.reasons) if due else "",
        ),
        reason(s, presumed=True),
    ]


def _make_extended(s: Situation, v: Values) -> Body:
    due_at = moment_in(v, "due_at", s.calendar, s.now)
    return op.Extended(
        due_before=s.dossier.due_at, due_at=given("due_at", due_at), reason=text_of(v, "reason")
    )


def _promised(s: Situation) -> Sequence[str]:
    if s.dossier.due_at is None:
        return [_("No due date was promised for this dossier.")]
    words = _("Due until now: {old}. It can be put off only once.")
    return [words.format(old=format_instant(s.calendar.local(s.dossier.due_at)))]


def _stopped(s: Situation, _v: Values) -> Sequence[Ask]:
    hint = _("What becomes of the money: paid so far {amount}.")
    return [
        reason(s),
        Ask(
            id="settlement",
            caption=_("Settlement of money"),
            hint=hint.format(amount=format_money(s.dossier.paid)) if s.dossier.paid else "",
        ),
    ]


def _make_stopped(_s: Situation, v: Values) -> Body:
    return op.Stopped(reason=text_of(v, "reason"), settlement=text_of(v, "settlement"))


def _result_name(s: Situation) -> str:
    return s.procedure.result if s.procedure else ""


def _finished(s: Situation, _v: Values) -> Sequence[Ask]:
    now = shown_moment(s.now, s.calendar)
    result = Ask(
        id="result", caption=_("Result"), needed=True, start=_result_name(s),
        hint=_("Several documents are parted by semicolons."),
    )  # fmt: skip
    return [
        result,
        Ask(id="signed_at", caption=_("Signed on"), kind=Asked.MOMENT, start=now),
        Ask(id="issued_at", caption=_("Issued on"), kind=Asked.MOMENT, start=now),
    ]


def _make_finished(s: Situation, v: Values) -> Body:
    return op.Finished(
        result=text_of(v, "result"),
        signed_at=moment_in(v, "signed_at", s.calendar, s.now),
        issued_at=moment_in(v, "issued_at", s.calendar, s.now),
    )


def _served(s: Situation, _v: Values) -> Sequence[Ask]:
    return [
        Ask(id="result", caption=_("Result"), needed=True, start=_result_name(s)),
        Ask(
            id="collector",
            caption=_("Who takes it"),
            kind=Asked.PERSON,
            needed=True,
            start=s.person,
            hint=_("An ID card that is scanned now fills this in."),
        ),
    ]


def _make_served(_s: Situation, v: Values) -> Body:
    return op.Served(result=text_of(v, "result"), collector=person_in(v, "collector"))


def _only_reason(s: Situation, _v: Values) -> Sequence[Ask]:
    return [reason(s)]


def _nothing(_s: Situation, _v: Values) -> Sequence[Ask]:
    return []


EXAMINING: Final[Mapping[str, EntryKind]] = {
    "not_accepted": EntryKind(
        _only_reason, lambda _s, v: op.NotAccepted(reason=text_of(v, "reason")), ("refusal",)
    ),
    "served": EntryKind(_served, _make_served),
    "forwarded": EntryKind(_forwarded, _make_forwarded, ("hand-over-list", "control-slip")),
    "supplement_requested": EntryKind(_supplement, _make_supplement, ("supplement-request",)),
    "supplement_received": EntryKind(
        _brought, _make_brought, ("supplement-receipt",), told=_clock_goes_on
    ),
    "obligation_set": EntryKind(_obligation, _make_obligation),
    "obligation_met": EntryKind(_obligation_met, _make_obligation_met, told=_clock_goes_on),
    "extended": EntryKind(_extended, _make_extended, ("extension",), told=_promised),
    "withdrawal_requested": EntryKind(
        lambda s, _v: [reason(s, presumed=True)],
        lambda _s, v: op.WithdrawalRequested(reason=text_of(v, "reason")),
    ),
    "withdrawal_taken_back": EntryKind(
        _nothing,
        lambda s, _v: op.WithdrawalTakenBack(due_before=s.dossier.due_at),
        told=lambda s: _clock_goes_on(s) if s.prepared.new_due else (),
    ),
    "stopped": EntryKind(_stopped, _make_stopped, ("stop-notice",)),
    "refused": EntryKind(
        _only_reason, lambda _s, v: op.Refused(reason=text_of(v, "reason")), ("rejection",)
    ),
    "finished": EntryKind(_finished, _make_finished),
}
"""Each kind of entry with its fields, what is made of them, and the papers that go with it."""
