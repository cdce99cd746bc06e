"""The people of an intake: who a scanned card belongs to, and what earlier dossiers tell."""

from typing import Final

from msgspec.structs import replace

from counter_app.desktop.intake.state import (
    IntakeState,
    doubts_of,
    person_of,
    value_at,
    with_value,
)
from counter_app.domain.id_card import IdCard
from counter_app.domain.identity import document_number
from counter_app.domain.intake import Intake
from counter_app.domain.party import Party, PartyKind
from counter_app.store.applicants import ReturningApplicant

_RECALLED: Final = ("full_name", "birth_date", "sex", "address", "phone", "email")


def place_of(card: IdCard, intake: Intake) -> str | None:
    """Return whose card it is, "applicant" or "submitter"; None if of somebody else."""
    applicant, submitter = intake.applicant, intake.submitter
    if card.number and document_number(applicant.id_number) == card.number:
        return "applicant"
    if submitter and (_is_nobody(submitter) or submitter.id_number == card.number):
        return "submitter"
    if applicant.kind is not PartyKind.PERSON:
        return "submitter" if submitter is None else None
    return "applicant" if _is_nobody(applicant) else None


def with_card(state: IntakeState, who: str, card: IdCard) -> IntakeState:
    """Return `state` with what the card says of one of the two."""
    intake = state.intake
    known = (intake.applicant if who == "applicant" else intake.submitter) or Party()
    if card.number != document_number(known.id_number):
        state = _without_recalled(state, who)
        known = (state.intake.applicant if who == "applicant" else intake.submitter) or Party()
    person = person_of(card, known)
    if who == "applicant":
        intake = replace(state.intake, applicant=person)
    else:
        intake = replace(state.intake, submitter=person)
    others = {path: doubt for path, doubt in state.doubts.items() if not path.startswith(who)}
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
        intake = replace(intake, applicant=Party(kind=kind), submitter=person)
        return _renamed(replace(state, intake=intake), "applicant", "submitter")
    if is_person and intake.submitter and _is_nobody(intake.applicant):
        intake = replace(intake, applicant=intake.submitter, submitter=None)
        return _renamed(replace(state, intake=intake), "submitter", "applicant")
    party = replace(intake.applicant, kind=kind)
    if not is_person:
        party = replace(party, birth_date="", sex=None)
    return replace(state, intake=replace(intake, applicant=party))


def with_submitter(state: IntakeState, *, wanted: bool) -> IntakeState:
    """Return `state` with or without somebody who came for the applicant."""
    present = state.intake.submitter
    intake = replace(state.intake, submitter=(present or state.aside) if wanted else None)
    return replace(state, intake=intake, aside=present or state.aside)


def edited(state: IntakeState, path: str) -> IntakeState:
    """Return `state` after the officer has changed the field at `path`: it is theirs now.

    What was filled in from earlier dossiers went with the number, and goes with it.
    """
    doubts = {known: doubt for known, doubt in state.doubts.items() if known != path}
    state = replace(state, doubts=doubts, recalled=state.recalled - {path})
    who, _dot, name = path.partition(".")
    return _without_recalled(state, who) if name == "id_number" else state


def recalled(state: IntakeState, who: str, known: ReturningApplicant) -> IntakeState:
    """Return `state` with what was left empty filled in from the last dossier."""
    intake, filled = state.intake, set()
    party = intake.applicant if who == "applicant" else intake.submitter
    same_kind = party is not None and party.kind is known.party.kind
    for name in _RECALLED if same_kind else ():
        path, value = f"{who}.{name}", str(getattr(known.party, name) or "")
        if value and not value_at(intake, path):
            intake = with_value(intake, None, path, value)
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
        intake = with_value(intake, None, path, "")
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
