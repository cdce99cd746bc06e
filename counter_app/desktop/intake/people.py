"""The people of an intake: who a scanned card belongs to, and what earlier dossiers tell."""

from typing import Final

from msgspec.structs import replace

from counter_app.desktop.intake.entering import party_at, value_at, with_party, with_value
from counter_app.desktop.intake.state import IntakeState, doubts_of, people_in, person_of
from counter_app.domain.id_card import IdCard
from counter_app.domain.identity import document_number
from counter_app.domain.intake import Intake
from counter_app.domain.party import Authority, AuthorityKind, Party, PartyKind
from counter_app.store.applicants import ReturningApplicant

_RECALLED: Final = ("full_name", "birth_date", "sex", "address", "phone", "email")


def place_of(card: IdCard, state: IntakeState) -> str | None:
    """Return the path of the person whose card it is; None if of somebody else.

    Where the cursor is in the empty fields of another person than the applicant, it is theirs.
    """
    intake = state.intake
    for who, party in people_in(intake):
        if card.number and document_number(party.id_number) == card.number:
            return who
    elsewhere = state.at not in {"", "applicant"}
    if elsewhere and _is_nobody(party_at(intake, state.at) or Party()):
        return state.at
    if intake.submitter and _is_nobody(intake.submitter):
        return "submitter"
    if intake.applicant.kind is not PartyKind.PERSON:
        return "submitter" if intake.submitter is None else None
    return "applicant" if _is_nobody(intake.applicant) else None


def with_card(state: IntakeState, who: str, card: IdCard) -> IntakeState:
    """Return `state` with what the card says of the person at a path."""
    known = party_at(state.intake, who) or Party()
    if card.number != document_number(known.id_number):
        state = _without_recalled(state, who)
        known = party_at(state.intake, who) or Party()
    intake = with_ground(with_party(state.intake, who, person_of(card, known)))
    others = {path: doubt for path, doubt in state.doubts.items() if not path.startswith(f"{who}.")}
    return replace(state, intake=intake, doubts=others | doubts_of(card, who))


def with_kind(state: IntakeState, kind: PartyKind) -> IntakeState:
    """Return `state` with an applicant of another kind.

    A person who turns out to have come for a business is then its submitter, and the other
    way round.
    """
    intake = state.intake
    was_person, is_person = (k is PartyKind.PERSON for k in (intake.applicant.kind, kind))
    if was_person and not is_person and not intake.submitter:
        person = None if intake.applicant == Party() else intake.applicant
        intake = with_ground(replace(intake, applicant=Party(kind=kind), submitter=person))
        return _renamed(replace(state, intake=intake), "applicant", "submitter")
    if is_person and intake.submitter and _is_nobody(intake.applicant):
        intake = replace(intake, applicant=intake.submitter, submitter=None, authority=None)
        return _renamed(replace(state, intake=intake), "submitter", "applicant")
    party = replace(intake.applicant, kind=kind)
    if not is_person:
        party = replace(party, birth_date="", sex=None)
    return replace(state, intake=replace(intake, applicant=party))


def with_submitter(state: IntakeState, *, wanted: bool) -> IntakeState:
    """Return `state` with or without somebody who came for the applicant."""
    present, ground = state.intake.submitter, state.intake.authority
    aside, aside_ground = present or state.aside, ground or state.aside_ground
    intake = replace(
        state.intake,
        submitter=aside if wanted else None,
        authority=aside_ground if wanted else None,
    )
    return replace(state, intake=with_ground(intake), aside=aside, aside_ground=aside_ground)


def with_collector(state: IntakeState, *, wanted: bool) -> IntakeState:
    """Return `state` with or without somebody else who fetches the result."""
    aside = state.intake.collector or state.aside_collector
    intake = replace(state.intake, collector=aside if wanted else None)
    return replace(state, intake=intake, aside_collector=aside)


def with_ground(intake: Intake) -> Intake:
    """Return `intake` with the usual ground to act, where somebody came for the applicant."""
    if intake.submitter is None or intake.authority is not None:
        return intake
    person = intake.applicant.kind is PartyKind.PERSON
    kind = AuthorityKind.AUTHORISED if person else AuthorityKind.STAFF
    return replace(intake, authority=Authority(kind=kind))


def edited(state: IntakeState, path: str) -> IntakeState:
    """Return `state` after the officer has changed the field at `path`: it is theirs now.

    What was filled in from earlier dossiers went with the number, and goes with it.
    """
    doubts = {known: doubt for known, doubt in state.doubts.items() if known != path}
    state = replace(state, doubts=doubts, recalled=state.recalled - {path})
    who, _dot, name = path.rpartition(".")
    return _without_recalled(state, who) if name == "id_number" else state


def recalled(state: IntakeState, who: str, known: ReturningApplicant) -> IntakeState:
    """Return `state` with what was left empty filled in from the last dossier."""
    intake, filled = state.intake, set()
    party = party_at(intake, who)
    same_kind = party is not None and party.kind is known.party.kind
    for name in _RECALLED if same_kind else ():
        path, value = f"{who}.{name}", str(getattr(known.party, name) or "")
        if value and not value_at(intake, path):
            intake = with_value(intake, state.procedure, path, value)
            filled.add(path)
    returning = known.dossiers if who == "applicant" else state.returning
    return replace(state, intake=intake, recalled=state.recalled | filled, returning=returning)


def is_still(state: IntakeState, token: bytes, who: str, number: str) -> bool:
    """Say whether that number stands there yet: an answer may come late."""
    return state.token == token and value_at(state.intake, f"{who}.id_number") == number


def _is_nobody(party: Party) -> bool:
    return not party.full_name.strip() and not party.id_number.strip()


def _without_recalled(state: IntakeState, who: str) -> IntakeState:
    theirs = {path for path in state.recalled if path.startswith(f"{who}.")}
    intake = state.intake
    for path in theirs:
        intake = with_value(intake, state.procedure, path, "")
    returning = 0 if who == "applicant" else state.returning
    return replace(state, intake=intake, recalled=state.recalled - theirs, returning=returning)


def _renamed(state: IntakeState, old: str, new: str) -> IntakeState:
    def rename(path: str) -> str:
        return f"{new}{path.removeprefix(old)}" if path.startswith(f"{old}.") else path

    return replace(
        state,
        doubts={rename(path): doubt for path, doubt in state.doubts.items()},
        recalled=frozenset(rename(path) for path in state.recalled),
        returning=0,
    )
