"""What is entered to put a dossier right or to hand papers back; without Qt."""

from collections.abc import Mapping, Sequence
from typing import Final

from counter_app.desktop.dossier.asking import Ask, Asked, PaperLine, Values, text_of
from counter_app.desktop.dossier.corrections import choices_of, correctable, what_stands
from counter_app.desktop.dossier.situation import EntryKind, Situation, given, papers, reason, taken
from counter_app.domain import operation as op
from counter_app.domain.body import Body
from counter_app.domain.papers import PaperTaken
from counter_app.i18n import _


def _papers_returned(s: Situation, _v: Values) -> Sequence[Ask]:
    lines = [
        PaperLine(id=p.id, name=p.name, originals=p.originals, copies=p.copies)
        for p in s.dossier.papers
    ]
    return [
        papers(_("What is handed back"), "papers", lines),
        Ask(id="to", caption=_("Who took them"), needed=True, start=s.person.full_name),
    ]


def _make_papers_returned(_s: Situation, v: Values) -> Body:
    return op.PapersReturned(papers=taken(v, "papers"), to=given("to", text_of(v, "to")))


def _papers_changed(s: Situation, _v: Values) -> Sequence[Ask]:
    taken = {paper.id: paper for paper in s.dossier.papers}
    rest = [line for line in s.asked_for if line.id not in taken]
    lines = [
        PaperLine(id=p.id, name=p.name, ticked=True, originals=p.originals, copies=p.copies)
        for p in taken.values()
    ]
    return [papers(_("What is in the dossier"), "papers", [*lines, *rest])]


def _make_papers_changed(s: Situation, v: Values) -> Body:
    shown = {paper.id for paper in s.dossier.papers if paper.shown}
    papers = tuple(
        PaperTaken(
            id=p.id, name=p.name, originals=p.originals, copies=p.copies, shown=p.id in shown
        )
        for p in taken(v, "papers")
    )
    return op.PapersChanged(papers=papers)


def _amended(s: Situation, v: Values) -> Sequence[Ask]:
    field = text_of(v, "field")
    return [
        Ask(
            id="field",
            caption=_("What is wrong"),
            kind=Asked.CHOICE,
            needed=True,
            choices=correctable(s.dossier, s.procedure),
        ),
        *([_right_value(s, field)] if field else []),
        reason(s, presumed=True),
    ]


def _right_value(s: Situation, field: str) -> Ask:
    """Ask what an entry should say; below stands what it says now."""
    stands = what_stands(s.dossier, field, s.procedure)
    choices = choices_of(field, s.procedure)
    words = dict(choices).get(stands, stands) or _("nothing")
    return Ask(
        id="new",
        caption=_("What it should say"),
        kind=Asked.CHOICE if choices else Asked.TEXT,
        start=stands,
        choices=choices,
        hint=_("Now it says: {value}").format(value=words),
    )


def _make_amended(s: Situation, v: Values) -> Body:
    field = given("field", text_of(v, "field"))
    old = what_stands(s.dossier, field, s.procedure)
    return op.Amended(field=field, old=old, new=text_of(v, "new"), reason=text_of(v, "reason"))


def _reassigned(s: Situation, _v: Values) -> Sequence[Ask]:
    others = tuple((a.code, f"{a.name} ({a.code})") for a in s.prepared.agencies)
    kind = Asked.CHOICE if others else Asked.TEXT
    hint = "" if others else _("The code of the agency, as H57.133")
    caption = _("Agency that decides it from now on")
    return [
        Ask(id="agency", caption=caption, kind=kind, needed=True, choices=others, hint=hint),
        reason(s, presumed=True),
    ]


def _make_reassigned(_s: Situation, v: Values) -> Body:
    return op.Reassigned(agency=text_of(v, "agency").upper(), reason=text_of(v, "reason"))


def _noted(_s: Situation, _v: Values) -> Sequence[Ask]:
    return [Ask(id="text", caption=_("Note"), kind=Asked.LINES, needed=True)]


def _make_noted(_s: Situation, v: Values) -> Body:
    return op.Noted(text=text_of(v, "text"))


MENDING: Final[Mapping[str, EntryKind]] = {
    "papers_returned": EntryKind(_papers_returned, _make_papers_returned, ("papers-returned",)),
    "papers_changed": EntryKind(_papers_changed, _make_papers_changed),
    "amended": EntryKind(_amended, _make_amended, resets={"field": "new"}),
    "noted": EntryKind(_noted, _make_noted),
    "reassigned": EntryKind(_reassigned, _make_reassigned),
    "voided": EntryKind(
        lambda s, _v: [reason(s)], lambda _s, v: op.Voided(reason=text_of(v, "reason"))
    ),
}
"""Each kind of entry with its fields, and what is made of them."""
