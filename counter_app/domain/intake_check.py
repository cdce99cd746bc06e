"""What is still wrong with an intake, field by field, before it may become a dossier."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from counter_app.domain.answer_check import of_answers
from counter_app.domain.dossier_code import is_agency_code
from counter_app.domain.intake import Intake
from counter_app.domain.party_check import of_authority, of_party
from counter_app.domain.problem import LABELS, LONGEST_LINE, LONGEST_NOTE, Problem, of_text
from counter_app.domain.procedure import Procedure
from counter_app.errors import IncompleteIntake, InvalidField
from counter_app.i18n import N_

__all__ = [
    "LONGEST_LINE",
    "LONGEST_NOTE",
    "MOST_PAPERS",
    "Named",
    "Problem",
    "check",
    "of_party",
    "of_text",
    "problems",
]

MOST_PAPERS: Final = 999


def problems(intake: Intake, procedure: Procedure | None, today: date) -> tuple[Problem, ...]:
    """Return all that keeps a tidied `intake` from being received, in the order of the screen.

    That no `procedure` has been chosen is one of them.
    """
    return (
        *_of_people(intake, today),
        *(_of_what_is_asked(intake, procedure, today) if procedure else _no_procedure()),
        *_of_agency(intake.competent_agency),
        *of_text("note", LABELS["note"], intake.note, LONGEST_NOTE),
    )


def check(intake: Intake, procedure: Procedure, today: date) -> None:
    """Let a tidied `intake` pass that may become a dossier.

    Raises:
        InvalidField: a value cannot be true.
        IncompleteIntake: something required is empty.
    """
    found = problems(intake, procedure, today)
    for problem in found:
        if not problem.is_missing:
            raise InvalidField(field=Named(problem.named), reason=problem.sentence)
    if found:
        raise IncompleteIntake(fields=", ".join(problem.named for problem in found))


class Named(str):
    """A field's name at the head of a sentence."""

    def __format__(self, spec: str) -> str:
        """Return it with its first letter in upper case."""
        return format(self[:1].upper() + self[1:], spec)


def _no_procedure() -> Iterator[Problem]:
    yield Problem(field="procedure", label=LABELS["procedure"])


def _of_people(intake: Intake, today: date) -> Iterator[Problem]:
    yield from of_party("applicant", intake.applicant, today)
    if intake.submitter:
        yield from of_party("submitter", intake.submitter, today, within=LABELS["submitter"])
    if intake.authority and intake.submitter:
        yield from of_authority(intake.authority, today)
    elif intake.authority:
        reason = N_("Nobody hands this in for the applicant: there is no `submitter`.")
        yield Problem(field="authority", label=LABELS["authority"], reason=reason)
    if intake.collector:
        yield from of_party("collector", intake.collector, today, within=LABELS["collector"])


def _of_what_is_asked(intake: Intake, procedure: Procedure, today: date) -> Iterator[Problem]:
    yield from _of_case(intake, procedure)
    yield from _of_components(intake, procedure)
    yield from of_answers(intake.answers, procedure.question, today)


def _of_agency(code: str) -> Iterator[Problem]:
    if code and not is_agency_code(code):
        label = LABELS["competent_agency"]
        reason = N_("An agency code looks like H57.132 or 000.00.19.H47.")
        yield Problem(field="competent_agency", label=label, reason=reason)


def _of_case(intake: Intake, procedure: Procedure) -> Iterator[Problem]:
    known = {case.id for case in procedure.case}
    if known and intake.case is None:
        yield Problem(field="case", label=LABELS["case"])
    elif intake.case is not None and intake.case not in known:
        reason = N_("This procedure has no case “{case}”.")
        yield Problem(
            field="case", label=LABELS["case"], reason=reason, values={"case": intake.case}
        )


def _of_components(intake: Intake, procedure: Procedure) -> Iterator[Problem]:
    if procedure.case and intake.case not in {case.id for case in procedure.case}:
        return  # which papers are asked for is not known before the case is
    if intake.components == "all":
        return
    asked = procedure.components_of(intake.case)
    given = {paper.id: paper for paper in intake.components}
    for strange in sorted(given.keys() - {component.id for component in asked}):
        reason = N_("This procedure asks for no paper “{paper}” in this case.")
        yield Problem(
            field=f"components.{strange}", label=strange, reason=reason, values={"paper": strange}
        )
    for component in asked:
        path = f"components.{component.id}"
        paper = given.get(component.id)
        if paper is None:
            if component.required:
                yield Problem(field=path, label=component.name)
        elif not all(0 <= n <= MOST_PAPERS for n in (paper.originals or 0, paper.copies or 0)):
            reason = N_("Between 0 and {most} of a paper can be handed in.")
            yield Problem(
                field=path, label=component.name, reason=reason, values={"most": MOST_PAPERS}
            )
