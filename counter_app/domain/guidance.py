"""Guidance before anything is received: what is still missing, told once and completely.

Whoever comes with an application that cannot be received is told at once all that it lacks
(Decree 61/2018/NĐ-CP, art. 17; forms 02 and 03 of Circular 03/2025/TT-VPCP).
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from counter_app.domain.intake import Intake, settled
from counter_app.domain.intake import tidied as tidied_intake
from counter_app.domain.intake_check import (
    LONGEST_LINE,
    LONGEST_NOTE,
    MOST_PAPERS,
    Named,
    Problem,
    of_text,
    problems,
)
from counter_app.domain.operation import GuidanceGiven, GuidanceOutcome
from counter_app.domain.papers import MissingPaper
from counter_app.domain.procedure import Component, Procedure
from counter_app.domain.text import tidy, tidy_lines
from counter_app.errors import IncompleteEntry, InvalidField
from counter_app.i18n import N_, _

MOST_LINES: Final = 100
"""Of one paper; no procedure asks for as much."""

_PATH: Final = "components."


def missing_of(intake: Intake, procedure: Procedure, today: date) -> tuple[MissingPaper, ...]:
    """Return all that keeps `intake` from being received: papers first, with how many of each.

    A field that was left empty or cannot be true is named too, in the language spoken.
    """
    whole = settled(tidied_intake(intake), procedure)
    found = problems(whole, procedure, today)
    asked = _asked(whole, procedure)
    papers = [p for p in found if p.field.removeprefix(_PATH) in asked]
    rest = [p for p in found if p not in papers]
    return (*(_paper(asked[p.field.removeprefix(_PATH)], p) for p in papers), *map(_field, rest))


def tidied(body: GuidanceGiven) -> GuidanceGiven:
    """Return `body` with its texts as they are stored."""
    return replace(
        body,
        intake=tidied_intake(body.intake),
        missing=tuple(
            replace(line, name=tidy(line.name), reason=tidy(line.reason)) for line in body.missing
        ),
        reason=tidy_lines(body.reason),
        agency=tidy(body.agency),
    )


def check_guidance(body: GuidanceGiven) -> None:
    """Let tidied guidance pass that tells somebody something.

    Raises:
        IncompleteEntry: what it is there to say was left out.
        InvalidField: a text cannot be stored, or there can be no such number of papers.
    """
    if lacking := list(_left_out(body)):
        raise IncompleteEntry(fields=", ".join(_(name) for name in lacking))
    for problem in (*_of_lines(body), *_of_texts(body)):
        raise InvalidField(field=Named(_(problem.label)), reason=problem.sentence)


def _asked(intake: Intake, procedure: Procedure) -> dict[str, Component]:
    known = intake.case is None or intake.case in {case.id for case in procedure.case}
    return {c.id: c for c in procedure.components_of(intake.case)} if known else {}


def _paper(component: Component, problem: Problem) -> MissingPaper:
    return MissingPaper(
        name=component.name,
        originals=component.originals,
        copies=component.copies,
        reason="" if problem.is_missing else problem.sentence,
    )


def _field(problem: Problem) -> MissingPaper:
    name = problem.named
    said = N_("to be filled in on the application") if problem.is_missing else problem.sentence
    return MissingPaper(name=name[:1].upper() + name[1:], reason=_(said))


def _left_out(body: GuidanceGiven) -> Iterator[str]:
    match body.outcome:
        case GuidanceOutcome.SUPPLEMENT:
            if not body.missing:
                yield N_("what is missing")
        case GuidanceOutcome.REFUSAL:
            if not body.intake.applicant.full_name:
                yield N_("full name")
            if not body.reason:
                yield N_("reason")
        case GuidanceOutcome.HELPED:
            if not body.agency:
                yield N_("agency")


def _of_lines(body: GuidanceGiven) -> Iterator[Problem]:
    label = N_("what is missing")
    if len(body.missing) > MOST_LINES:
        reason = N_("At most {most} lines fit.")
        yield Problem(field="missing", label=label, reason=reason, values={"most": MOST_LINES})
    for line in body.missing:
        if not line.name:
            yield Problem(field="missing", label=label, reason=N_("A line has no name."))
        if not all(0 <= n <= MOST_PAPERS for n in (line.originals, line.copies)):
            reason = N_("Between 0 and {most} of a paper can be handed in.")
            yield Problem(field="missing", label=label, reason=reason, values={"most": MOST_PAPERS})


def _of_texts(body: GuidanceGiven) -> Iterator[Problem]:
    yield from of_text("agency", N_("agency"), body.agency, LONGEST_LINE)
    yield from of_text("reason", N_("reason"), body.reason, LONGEST_NOTE)
    for line in body.missing:
        for text in (line.name, line.reason):
            yield from of_text("missing", N_("what is missing"), text, LONGEST_NOTE)
    for text in _texts(msgspec.to_builtins(body.intake)):
        yield from of_text("intake", N_("application"), text, LONGEST_NOTE)


def _texts(value: Any) -> Iterator[str]:
    """Walk through all that was typed into an intake."""
    match value:
        case str():
            yield value
        case dict():
            for key, each in value.items():
                yield from _texts(key)
                yield from _texts(each)
        case list() | tuple():
            for each in value:
                yield from _texts(each)
