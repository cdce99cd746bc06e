"""An administrative procedure: what it asks for, how long it takes and what it costs.

These are the schema of the files under forms/procedures/; a file that does not hold
together is refused when it is read, with the place.
"""

import re
from datetime import date
from typing import Final, Literal

from msgspec import Struct

from counter_app.domain.channel import Channel
from counter_app.domain.deadline import Deadline
from counter_app.domain.fee import FeeLine, FeeRule
from counter_app.domain.form_file import FormFile

_CODE: Final = re.compile(r"\d\.\d{6}(\.\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2})?")
_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")

Answer = str | int


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


class Choice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of the answers that a question allows."""

    id: str
    label: str


class Question(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that one procedure asks besides what every dossier has."""

    id: str
    label: str
    type: Literal["text", "date", "number", "choice"] = "text"
    required: bool = False
    choices: tuple[Choice, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    default: Answer | None = None

    def __post_init__(self) -> None:
        """Refuse a choice without choices."""
        if (self.type == "choice") != bool(self.choices):
            raise ValueError("`choices` belong to `type = \"choice\"`, and to nothing else")


class Case(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of the situations a procedure tells apart, with the papers that it asks for."""

    id: str
    name: str
    components: tuple[str, ...]
    deadline: Deadline | None = None


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
    deadline: Deadline
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
        for what, parts in (
            ("component", self.component),
            ("case", self.case),
            ("question", self.question),
            ("fee", self.fee),
        ):
            _check_ids(what, [part.id for part in parts])
        _check_named("component", {c.id for c in self.component}, self._named_components())
        _check_named("question", {q.id for q in self.question}, self._named_questions())
        _check_named("case", {c.id for c in self.case}, [c for f in self.fee for c in f.cases])

    def _named_components(self) -> list[str]:
        return [name for case in self.case for name in case.components]

    def _named_questions(self) -> list[str]:
        return [name for rule in self.fee for name in (rule.copies, rule.pages) if name]

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

    def deadline_of(self, case_id: str | None) -> Deadline:
        """Return how long this case may take."""
        case = self.case_of(case_id)
        return (case and case.deadline) or self.deadline

    def fees_of(
        self, case_id: str | None, channel: Channel, answers: dict[str, Answer]
    ) -> tuple[FeeLine, ...]:
        """Return what this application costs, a line for each part of the tariff."""
        return tuple(
            FeeLine(
                id=rule.id,
                name=rule.name,
                kind=rule.kind,
                unit_amount=rule.unit_amount(_number(answers, rule.pages)),
                quantity=_number(answers, rule.copies),
            )
            for rule in self.fee
            if rule.concerns(case_id, channel)
        )


class ProcedureRef(Struct, frozen=True, kw_only=True):
    """A procedure as it was called when a dossier was received under it."""

    code: str
    name: str
    field: str
    version: int
    sha256: str


def _number(answers: dict[str, Answer], question: str) -> int:
    value = answers.get(question, 1)
    return value if isinstance(value, int) and value >= 1 else 1


def _check_ids(what: str, ids: list[str]) -> None:
    for identifier in ids:
        if not _ID.fullmatch(identifier):
            raise ValueError(f"{identifier!r} is no identifier of a {what}: use a-z, 0-9 and _")
    if len(set(ids)) != len(ids):
        raise ValueError(f"two of [[{what}]] have the same id")


def _check_named(what: str, known: set[str], named: list[str]) -> None:
    if strange := sorted(set(named) - known):
        raise ValueError(f"there is no {what} {', '.join(strange)}")


def in_force(versions: list[Procedure], day: date) -> Procedure | None:
    """Return the version that holds on `day`: of those in force, the highest."""
    holding = [version for version in versions if version.holds_on(day)]
    return max(holding, key=lambda version: version.version, default=None)
