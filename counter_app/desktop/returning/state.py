"""Results that somebody has come for, and who that is; without Qt."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from counter_app.domain.channel import ReturnChannel
from counter_app.domain.collecting import (
    Collector,
    documents_of,
    people_of,
    person_of,
    stands_as,
    who_is,
)
from counter_app.domain.dossier import Dossier
from counter_app.domain.id_card import IdCard
from counter_app.domain.operation import Forwarded, ResultReturned
from counter_app.domain.party import Authority, Party
from counter_app.domain.status import Status
from counter_app.i18n import _, format_instant, law
from counter_app.services.returning import ToReturn
from counter_app.services.viewing import OpenDossier


class Slip(Struct, frozen=True, kw_only=True):
    """One dossier whose result is asked for; `left_out` are documents that do not go out now.

    `receipt_shown`: its receipt was scanned, or the officer says that it was there.
    """

    opened: OpenDossier
    documents: tuple[str, ...] = ()
    left_out: frozenset[str] = frozenset()
    receipt_shown: bool = False

    @property
    def dossier(self) -> Dossier:
        """The dossier."""
        return self.opened.dossier

    @property
    def ready(self) -> bool:
        """Whether the result can be handed out; of what is not known here, the paper tells."""
        return self.dossier.status in {Status.FINISHED, None}

    @property
    def owes_unknown(self) -> bool:
        """Whether a fee of it has no amount yet."""
        return any(line.amount is None for line in self.dossier.fees)


class ReturningState(Struct, frozen=True, kw_only=True):
    """All that the screen shows.

    `collector` is who takes the results, `card` what was scanned of them; without one the
    officer has compared by eye. `told` is what became of the last stack.
    """

    slips: tuple[Slip, ...] = ()
    collector: Party = Party()
    choice: Collector = Collector.APPLICANT
    card: IdCard | None = None
    authority: Authority = Authority()
    channel: ReturnChannel = ReturnChannel.DESK
    number: str = ""
    printing: bool = False
    problems: Mapping[str, str] = {}
    busy: bool = False
    told: str = ""
    trouble: str = ""

    @property
    def ready(self) -> Sequence[Slip]:
        """The results that can be handed out."""
        return [slip for slip in self.slips if slip.ready]

    @property
    def strange_to(self) -> Sequence[Slip]:
        """Those of them in whose dossier the collector is not named."""
        return [
            slip
            for slip in self.ready
            if slip.dossier.received is not None and self.who(slip) is Collector.OTHER
        ]

    def who(self, slip: Slip) -> Collector:
        """Return as whom the collector stands in a dossier."""
        if self.card is not None:
            return who_is(self.card, slip.dossier)
        return stands_as(self.collector, slip.dossier)


def new_slip(opened: OpenDossier, *, receipt_shown: bool) -> Slip:
    """Return a dossier whose result is asked for, with all its documents."""
    done = [entry.operation for entry in reversed(opened.entries) if entry.counts]
    presumed = opened.procedure.result if opened.procedure else ""
    return Slip(
        opened=opened,
        documents=documents_of(done, presumed),
        receipt_shown=receipt_shown,
    )


def with_slip(state: ReturningState, slip: Slip) -> ReturningState:
    """Return the state with one more result; one that is there already is brought up to date."""
    ids = [each.dossier.id for each in state.slips]
    if slip.dossier.id in ids:
        before = state.slips[ids.index(slip.dossier.id)]
        shown = before.receipt_shown or slip.receipt_shown
        after = replace(slip, receipt_shown=shown, left_out=before.left_out)
        slips = tuple(after if s.dossier.id == slip.dossier.id else s for s in state.slips)
        return replace(state, slips=slips)
    more = replace(state, slips=(*state.slips, slip), told="", trouble="", problems={})
    return _with_usual_collector(more) if len(more.slips) == 1 else more


def _with_usual_collector(state: ReturningState) -> ReturningState:
    """Presume that whoever was named collects, or else whose dossier it is."""
    received = state.slips[0].dossier.received
    if received is not None:
        state = replace(state, channel=received.return_channel)
    if state.card is not None:
        return with_card(state, state.card)
    people = people_of(state.slips[0].dossier)
    who = next(iter(people), Collector.OTHER)
    return replace(state, choice=who, collector=people.get(who, Party()))


def with_card(state: ReturningState, card: IdCard) -> ReturningState:
    """Return the state with the card of whoever stands at the desk."""
    who = who_is(card, state.slips[0].dossier) if state.slips else Collector.OTHER
    return replace(state, card=card, collector=person_of(card), choice=who, problems={})


def body_of(state: ReturningState, slip: Slip) -> ResultReturned:
    """Return what is noted of one result."""
    who = state.who(slip)
    received = slip.dossier.received
    authority = None
    if who is Collector.OTHER and received is not None:
        authority = state.authority if state.authority.document.strip() else None
    elif who is Collector.SUBMITTER and received is not None:
        authority = received.authority
    return ResultReturned(
        collector=people_of(slip.dossier).get(who, state.collector),
        channel=state.channel,
        documents=tuple(each for each in slip.documents if each not in slip.left_out),
        authority=authority,
        identified=state.card is not None and who is not Collector.OTHER,
        receipt_shown=slip.receipt_shown,
        number=state.number.strip() if state.channel is ReturnChannel.POST else "",
    )


def stack_of(state: ReturningState) -> list[ToReturn]:
    """Return all that goes out now."""
    return [ToReturn(dossier_id=slip.dossier.id, body=body_of(state, slip)) for slip in state.ready]


def where_it_is(slip: Slip) -> str:
    """Say where a dossier stands whose result cannot be handed out, and when it will be there."""
    dossier = slip.dossier
    match dossier.status:
        case Status.RETURNED:
            at = dossier.returned_at
            return _("Handed out already, {when}.").format(when=format_instant(_local(slip, at)))
        case Status.STOPPED | Status.NOT_ACCEPTED:
            return _("It was ended: {status}. There is no result.").format(status=dossier.status)
        case Status.SUPPLEMENT:
            papers = ", ".join(law(paper.name) for paper in dossier.missing)
            return _("It waits for papers: {papers}.").format(papers=papers)
        case Status.OBLIGATION:
            return _("It waits until the financial obligation is met.")
        case Status.PROCESSING:
            unit = _unit(slip) or _("the unit that examines it")
            words = _("Still with {unit}; {due}.")
            return words.format(unit=unit, due=_due(slip))
        case _:
            words = _("Not handed over for examination yet; {due}.")
            return words.format(due=_due(slip))


def _unit(slip: Slip) -> str:
    bodies = [entry.operation.body for entry in slip.opened.entries if entry.counts]
    return next((body.unit for body in bodies if isinstance(body, Forwarded)), "")


def _due(slip: Slip) -> str:
    due = slip.dossier.due_at
    if due is None:
        return _("no due date")
    return _("due {when}").format(when=format_instant(_local(slip, due)))


def _local(slip: Slip, instant: datetime | None) -> datetime:
    return (instant or slip.opened.now).astimezone(slip.opened.now.tzinfo)
