"""The dossiers that a push touches, each judged under its lock."""

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from uuid import UUID

from msgspec import Struct

from counter_app.central.desks import EnrolledDesk
from counter_app.central.driver import Raw
from counter_app.central.feeds import Told
from counter_app.central.judging import Bench, Entry, Turn, take_turn
from counter_app.central.reading import KnownDossier, lock_dossiers
from counter_app.central.writing import DossierRow, insert_dossiers, update_dossiers
from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_code import is_agency_code
from counter_app.domain.operation import Received

_UNHEARD_OF = KnownDossier("", "", ())


class Handled(Struct, frozen=True):
    """One dossier after its turn: how it stands, and who is to be told what of it."""

    turn: Turn
    row: DossierRow
    told: tuple[Told, ...]


def handle(
    raw: Raw, desk: EnrolledDesk, bench: Bench, arrived: Mapping[UUID, Sequence[Entry]]
) -> list[Handled]:
    """Judge what has come for each dossier, and write where it stands now.

    A dossier that begins with its reception is most likely new: it is judged as such and put in
    as it is. Only if it was there, or begins otherwise, its past is read under its lock.
    """
    new = {
        dossier_id: _handle(dossier_id, _UNHEARD_OF, entries, desk.agency, bench)
        for dossier_id, entries in arrived.items()
        if isinstance(entries[0].operation.body, Received)
    }
    rows = [new[one].row if one in new else DossierRow(Dossier(id=one), "", "") for one in arrived]
    there = arrived.keys() - (insert_dossiers(raw, desk.home, rows) & new.keys())
    if not there:
        return list(new.values())
    known = lock_dossiers(raw, there)
    old = {one: _handle(one, known[one], arrived[one], desk.agency, bench) for one in there}
    update_dossiers(raw, [one.row for one in old.values()])
    both = new | old
    return [both[one] for one in arrived]


def handle_again(raw: Raw, dossiers: Iterable[UUID], bench: Bench) -> list[Handled]:
    """Judge again what waits on dossiers that there are, and write where they stand now."""
    known = lock_dossiers(raw, dossiers)
    handled = [_handle(one, before, (), "", bench) for one, before in known.items()]
    update_dossiers(raw, [one.row for one in handled])
    return handled


def in_order(handled: Iterable[Handled], arrived: Sequence[UUID]) -> list[Told]:
    """Return what is to be told in the order in which the operations have arrived.

    What another has set free is told after it.
    """
    places = {op_id: place for place, op_id in enumerate(arrived)}
    told = []
    for one in handled:
        place = 0
        for news in one.told:
            place = max(place, places.get(news.news.op_id, place))
            told.append((place, news))
    told.sort(key=itemgetter(0))
    return [news for _place, news in told]


def _handle(
    dossier_id: UUID, before: KnownDossier, entries: Sequence[Entry], agency: str, bench: Bench
) -> Handled:
    turn = take_turn(dossier_id, before.entries, entries, bench)
    unless_told = before.receiving or agency
    row = DossierRow(turn.dossier, *_parties(turn.dossier, unless_told))
    return Handled(turn, row, tuple(_told(turn, before, unless_told)))


def _told(turn: Turn, before: KnownDossier, unless_told: str) -> Iterable[Told]:
    """Yield who is to be told what; an agency that joins is told all that was before."""
    history = {entry.op_id: entry for entry in before.entries}
    earlier = frozenset({before.receiving, before.competent} - {""})
    for entry, state in zip(turn.judged, turn.states, strict=True):
        now = frozenset(_parties(state, unless_told))
        joining = now - earlier if history else frozenset()
        past = tuple(history.values()) if joining else ()
        yield Told(now | earlier, joining, past, entry)
        history[entry.op_id] = entry
        earlier = now


def _parties(dossier: Dossier, unless_told: str) -> tuple[str, str]:
    """Return who receives a dossier and who decides it."""
    receiving = unless_told
    if dossier.received and is_agency_code(dossier.received.office.code):
        receiving = dossier.received.office.code
    return receiving, dossier.competent_agency or receiving
