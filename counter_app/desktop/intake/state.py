"""All that the intake shows, and what is odd about the people in it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from counter_app.desktop.intake.entering import given
from counter_app.domain.agency import Agency
from counter_app.domain.deadline import Due
from counter_app.domain.dossier import Dossier
from counter_app.domain.fee import FeeLine
from counter_app.domain.finding import Finding
from counter_app.domain.fitting import LeftOut
from counter_app.domain.id_card import IdCard
from counter_app.domain.identity import DocumentKind, check_personal_number, document_kind
from counter_app.domain.intake import Intake, PaperGiven
from counter_app.domain.intake_check import Problem
from counter_app.domain.partial_date import PartialDate, parse_partial_date
from counter_app.domain.party import Authority, Party, PartyKind
from counter_app.domain.procedure import Component, Procedure
from counter_app.errors import ImpossibleDate
from counter_app.services.procedures import Match
from counter_app.store.rows import DossierRow

_OF_CARD: Final = {
    "number": "id_number",
    "full_name": "full_name",
    "birth_date": "birth_date",
    "sex": "sex",
    "address": "address",
}


class PaperRow(Struct, frozen=True, kw_only=True):
    """One line of the checklist; the numbers are those asked for until others are set."""

    component: Component
    given: bool
    originals: int
    copies: int


class Last(Struct, frozen=True, kw_only=True):
    """What was registered last: offered again when the same person wants something more."""

    intake: Intake
    procedure: Procedure
    registered: frozenset[UUID]


class IntakeState(Struct, frozen=True, kw_only=True):
    """All that the screen shows.

    `token` was drawn with the draft. `query` is what stands in the procedure box while one is
    looked for, None when none is; `matches` answer the query `matched`. `problems` are those to
    be shown by now, in full once the officer has tried to register (`complained`). `doubts`
    come from the scanned card; `recalled` fields were filled in from an earlier dossier.
    `aside`, `aside_ground` and `aside_collector` are the submitter, their ground and the
    collector while there are to be none. `at` is the person in whose fields the cursor is.

    `agencies` are those that may decide instead of the one that is `here`. `same` is a dossier
    of the same person and procedure that is still open, `warned` the one that the officer was
    stopped for.
    `left_out` is what a newer version of the procedure has no place for. `last` was registered
    before, and `known` are all dossiers registered for this person since their card was scanned.
    """

    intake: Intake
    token: bytes
    procedure: Procedure | None = None
    query: str | None = None
    matches: tuple[Match, ...] = ()
    matched: str | None = None
    problems: tuple[Problem, ...] = ()
    complained: bool = False
    visited: frozenset[str] = frozenset()
    due: Due | None = None
    fees: tuple[FeeLine, ...] = ()
    papers: tuple[PaperRow, ...] = ()
    doubts: Mapping[str, Finding] = {}
    hints: Mapping[str, tuple[Finding, ...]] = {}
    recalled: frozenset[str] = frozenset()
    returning: int = 0
    aside: Party = Party()
    aside_ground: Authority | None = None
    aside_collector: Party = Party()
    at: str = ""
    here: Agency | None = None
    agencies: tuple[Agency, ...] = ()
    same: DossierRow | None = None
    warned: UUID | None = None
    left_out: tuple[LeftOut, ...] = ()
    addresses: tuple[str, ...] = ()
    addresses_for: str = ""
    kept_at: datetime | None = None
    busy: bool = False
    registered: Dossier | None = None
    last: Last | None = None
    known: frozenset[UUID] = frozenset()

    @property
    def required(self) -> int:
        """Return how many papers there must be."""
        return sum(row.component.required for row in self.papers)

    @property
    def attested(self) -> int:
        """Return how many of those the officer has ticked."""
        return sum(row.component.required and row.given for row in self.papers)


def rows_of(intake: Intake, procedure: Procedure | None) -> tuple[PaperRow, ...]:
    """Return the checklist; none before the procedure is known."""
    if procedure is None:
        return ()
    asked = procedure.components_of(intake.case)
    ticked = {paper.id: paper for paper in given(intake, asked)}
    return tuple(_row(component, ticked.get(component.id)) for component in asked)


def person_of(card: IdCard, known: Party) -> Party:
    """Return `known` as the card has it; what stands on no card stays."""
    return replace(
        known,
        kind=PartyKind.PERSON,
        full_name=card.full_name,
        id_number=card.number,
        birth_date=card.birth_date.iso() if card.birth_date else "",
        sex=card.sex,
        address=card.address,
    )


def doubts_of(card: IdCard, who: str) -> dict[str, Finding]:
    """Return what to compare with the card, by field."""
    return {
        f"{who}.{_OF_CARD[doubt.field]}": doubt.finding
        for doubt in reversed(card.doubts)
        if doubt.field in _OF_CARD
    }


def people_in(intake: Intake) -> Iterator[tuple[str, Party]]:
    """Walk through all parties of an intake, each with its path."""
    yield "applicant", intake.applicant
    if intake.submitter:
        yield "submitter", intake.submitter
    if intake.collector:
        yield "collector", intake.collector
    for name, answer in intake.answers.items():
        if isinstance(answer, Party):
            yield f"answers.{name}", answer


def hints_of(intake: Intake, doubts: Mapping[str, Finding]) -> dict[str, tuple[Finding, ...]]:
    """Return what is odd, by field: what the card left in doubt, and what the numbers tell."""
    found: dict[str, tuple[Finding, ...]] = {path: (odd,) for path, odd in doubts.items()}
    for who, party in people_in(intake):
        if more := _odd_about(party):
            known = found.get(f"{who}.id_number", ())
            found[f"{who}.id_number"] = tuple(dict.fromkeys((*known, *more)))
    return found


def _row(component: Component, paper: PaperGiven | None) -> PaperRow:
    originals = paper.originals if paper else None
    copies = paper.copies if paper else None
    return PaperRow(
        component=component,
        given=paper is not None,
        originals=component.originals if originals is None else originals,
        copies=component.copies if copies is None else copies,
    )


def _odd_about(party: Party) -> tuple[Finding, ...]:
    personal = document_kind(party.id_number) is DocumentKind.PERSONAL_NUMBER
    if party.kind is not PartyKind.PERSON or not personal:
        return ()
    return check_personal_number(party.id_number, sex=party.sex, born=_born(party))


def _born(party: Party) -> PartialDate | None:
    try:
        return parse_partial_date(party.birth_date)
    except ImpossibleDate:
        return None
