"""An administrative procedure: what it asks for, how long it takes and what it costs.

These are the schema of the files under forms/procedures/; a file that does not hold
together is refused when it is read, with the place.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final, Literal

from msgspec import Struct

from counter_app.domain.channel import Channel
from counter_app.domain.deadline import Deadline, DeadlineInForm
from counter_app.domain.fee import FeeLine, FeeRule
from counter_app.domain.form_file import FormFile
from counter_app.domain.question import (
    Answer,
    AnswerRow,
    Choice,
    Part,
    Question,
    asked_of,
    check_ids,
    check_questions,
)

__all__ = [
    "Answer",
    "AnswerRow",
    "Case",
    "Choice",
    "Component",
    "Part",
    "Procedure",
    "ProcedureRef",
    "Question",
    "asked_of",
    "national_code",
]

_CODE: Final = re.compile(r"(\d\.\d{6})(\.\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2})?", re.ASCII)


class Component(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One paper that a procedure asks for.

    `shown` papers are looked at and handed back; `form_name` is the number of a printed form.
    """

    id: str
    name: str
    required: bool = True
    originals: int = 1
    copies: int = 0
    shown: bool = False
    form_name: str = ""

    def __post_init__(self) -> None:
        """Refuse a paper of which there is none."""
        if min(self.originals, self.copies) < 0 or not self.originals + self.copies:
            raise ValueError("a component has at least one original or copy")


class Case(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of the situations a procedure tells apart, with the papers that it asks for."""

    id: str
    name: str
    components: tuple[str, ...]
    deadline: DeadlineInForm | None = None


class Procedure(FormFile, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An administrative procedure in one version of its file.

    Raises:
        ValueError: a code, an identifier or a reference in the file does not hold together.
    """

    code: str
    name: str
    field: str
    level: Literal["province", "commune"]
    request: str = ""
    result: str = ""
    deadline: DeadlineInForm
    on_the_spot: bool = False
    anywhere_in_province: bool = False
    component: tuple[Component, ...]
    case: tuple[Case, ...] = ()
    question: tuple[Question, ...] = ()
    fee: tuple[FeeRule, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a file whose parts do not fit together."""
        FormFile.__post_init__(self)
        if not _CODE.fullmatch(self.code):
            raise ValueError(f"{self.code!r} is no procedure code")
        check_ids("component", self.component)
        check_ids("case", self.case)
        check_ids("question", self.question)
        check_ids("fee", self.fee)
        check_questions(self.question)
        self._check_components()
        self._check_fees()

    def _check_components(self) -> None:
        known = {component.id for component in self.component}
        asked = {name for case in self.case for name in case.components}
        _check_named("component", asked, known)
        if self.case and known - asked:
            raise ValueError(f"no case asks for the component {', '.join(sorted(known - asked))}")

    def _check_fees(self) -> None:
        numbers = {q.id for q in self.question if q.type == "number"}
        choices = {(q.id, choice.id) for q in self.question for choice in q.choices}
        for rule in self.fee:
            _check_named("case", rule.cases, {case.id for case in self.case})
            _check_named("question for a number", filter(None, (rule.copies, rule.pages)), numbers)
            for question, choice in rule.when.items():
                if (question, choice) not in choices:
                    raise ValueError(f"there is no choice {choice} of a question {question}")

    def case_of(self, case_id: str | None) -> Case | None:
        """Return the case with this identifier, or none where the procedure tells none apart.

        Raises:
            KeyError: the procedure has no such case.
        """
        if case_id is None:
            return None
        return {case.id: case for case in self.case}[case_id]

    def components_of(self, case_id: str | None) -> tuple[Component, ...]:
        """Return the papers asked for in this case, in the order of the file."""
        case = self.case_of(case_id)
        return tuple(c for c in self.component if case is None or c.id in case.components)

    def questions_of(self, answers: Mapping[str, Answer]) -> tuple[Question, ...]:
        """Return what is asked once these answers are given, in the order of the file."""
        return asked_of(self.question, answers)

    def deadline_of(self, case_id: str | None) -> Deadline:
        """Return how long this case may take."""
        case = self.case_of(case_id)
        return ((case and case.deadline) or self.deadline).plain()

    def fees_of(
        self, case_id: str | None, channel: Channel, answers: Mapping[str, Answer]
    ) -> tuple[FeeLine, ...]:
        """Return what this application costs, a line for each part of the tariff.

        A question that is not answered yet counts with its default, a number without one as 1.
        What was answered to a question that is not asked does not count.
        """
        asked = {q.id: answers.get(q.id, q.default) for q in self.questions_of(answers)}
        given = {name: answer for name, answer in asked.items() if answer is not None}
        return tuple(
            FeeLine(
                id=rule.id,
                name=rule.name,
                kind=rule.kind,
                unit_amount=rule.unit_amount(_number(given, rule.pages)),
                quantity=_number(given, rule.copies),
            )
            for rule in self.fee
            if rule.concerns(case_id, channel, given)
        )


class ProcedureRef(Struct, frozen=True, kw_only=True):
    """A procedure as it was called when a dossier was received under it."""

    code: str
    name: str
    field: str
    version: int
    sha256: str


def national_code(code: str) -> str:
    """Return a code without an agency's suffix; what is no code comes back as it is."""
    found = _CODE.fullmatch(code)
    return found[1] if found else code


def _number(answers: Mapping[str, Answer], question: str) -> int:
    value = answers.get(question, 1)
    return value if isinstance(value, int) and value >= 1 else 1


def _check_named(what: str, named: Iterable[str], known: set[str]) -> None:
    if strange := sorted(set(named) - known):
        raise ValueError(f"there is no {what} {', '.join(strange)}")
