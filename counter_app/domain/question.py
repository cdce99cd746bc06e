"""What a procedure asks besides what every dossier has, and which of it is asked at all."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal, Protocol

from msgspec import Struct

from counter_app.domain.party import Party

MOST_ROWS: Final = 200
"""Of a repeated group, where its question says nothing; more is a slip of the key."""

_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")

AnswerRow = dict[str, str | int]
"""One row of a repeated group: an answer for each of its parts."""

Answer = str | int | Party | tuple[AnswerRow, ...]
"""Text, choice, date or place; a number; a person; or the rows of a repeated group."""


class Choice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of the answers that a question allows."""

    id: str
    label: str


class _Asked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What questions and the parts of a group have in common."""

    id: str
    label: str
    required: bool = False
    choices: tuple[Choice, ...] = ()
    minimum: int | None = None
    maximum: int | None = None

    def _check(self, kind: str) -> None:
        if (kind == "choice") != bool(self.choices):
            raise ValueError('`choices` belong to `type = "choice"`, and to nothing else')
        if kind != "number" and (self.minimum, self.maximum) != (None, None):
            raise ValueError('`minimum` and `maximum` belong to `type = "number"`')
        check_ids("choice", self.choices)

    def _is_in_range(self, number: int) -> bool:
        least = number if self.minimum is None else self.minimum
        most = number if self.maximum is None else self.maximum
        return least <= number <= most


class Part(_Asked, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of the things asked in each row of a repeated group."""

    type: Literal["text", "date", "number", "choice", "place"] = "text"

    def __post_init__(self) -> None:
        """Refuse a part that nobody could answer."""
        self._check(self.type)


class Question(_Asked, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that one procedure asks besides what every dossier has.

    `default` is the answer as long as nobody gives another one. A `place` is an address that is
    completed from the list of communes, a `person` a citizen like the applicant. A `group` asks
    for each `part` in every one of its rows, of which there are `fewest` to `most`. It is asked
    only if the choices named in `when` are answered so; without any, always.
    """

    type: Literal["text", "date", "number", "choice", "place", "person", "group"] = "text"
    default: Answer | None = None
    part: tuple[Part, ...] = ()
    fewest: int = 0
    most: int | None = None
    when: dict[str, str] = {}

    def __post_init__(self) -> None:
        """Refuse a question that nobody could answer, and a default that is no answer."""
        self._check(self.type)
        if (self.type == "group") != bool(self.part):
            raise ValueError('`part` belongs to `type = "group"`, and to nothing else')
        if self.type != "group" and (self.fewest, self.most) != (0, None):
            raise ValueError('`fewest` and `most` belong to `type = "group"`')
        check_ids("question.part", self.part)
        if not 0 <= self.fewest <= self.most_rows <= MOST_ROWS or not self.most_rows:
            raise ValueError(f"a group has 1 to {MOST_ROWS} rows, and `fewest` is not above `most`")
        if self.default is not None and not self._allows(self.default):
            raise ValueError(f"the default {self.default!r} does not answer the question")

    @property
    def most_rows(self) -> int:
        """Return how many rows there can be."""
        return MOST_ROWS if self.most is None else self.most

    @property
    def fewest_rows(self) -> int:
        """Return how many rows there must be."""
        return max(self.fewest, int(self.required))

    def _allows(self, answer: Answer) -> bool:
        match self.type:
            case "choice":
                return answer in {choice.id for choice in self.choices}
            case "number":
                return isinstance(answer, int) and self._is_in_range(answer)
            case "person" | "group":
                return False  # nobody is presumed
            case _:
                return isinstance(answer, str)


def asked_of(questions: Sequence[Question], answers: Mapping[str, Answer]) -> tuple[Question, ...]:
    """Return the questions that are asked once these answers are given.

    A question that is not asked is not answered either, whatever was typed before: what hangs
    on it is not asked.
    """
    chosen: dict[str, Answer | None] = {}
    asked = []
    for question in questions:
        if all(chosen.get(other) == choice for other, choice in question.when.items()):
            asked.append(question)
            chosen[question.id] = answers.get(question.id, question.default)
    return tuple(asked)


def is_blank(answer: Answer | None) -> bool:
    """Say whether an answer says nothing: no text, nobody, or rows with nothing in them."""
    match answer:
        case None:
            return True
        case str():
            return not answer
        case Party():
            return answer == Party(kind=answer.kind)
        case tuple():
            return all(is_blank(cell) for row in answer for cell in row.values())
        case _:
            return False


def check_questions(questions: Sequence[Question]) -> None:
    """Let questions pass whose conditions speak of choices that are asked before.

    Raises:
        ValueError: with the place, as in "question[2].when".
    """
    choices: dict[str, set[str]] = {}
    for place, question in enumerate(questions):
        for other, choice in question.when.items():
            where = f"question[{place}].when"
            if other not in choices:
                raise ValueError(f"{where}: no question {other} for a choice stands before this")
            if choice not in choices[other]:
                raise ValueError(f"{where}: there is no choice {choice} of the question {other}")
        if question.type == "choice":
            choices[question.id] = {choice.id for choice in question.choices}


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


def check_ids(what: str, parts: Iterable[_Identified]) -> None:
    """Let the parts of a file pass that can be told apart.

    Raises:
        ValueError: an identifier is none, or is given twice.
    """
    ids = [part.id for part in parts]
    for identifier in ids:
        if not _ID.fullmatch(identifier):
            raise ValueError(f"{identifier!r} is no identifier of a {what}: use a-z, 0-9 and _")
    if len(set(ids)) != len(ids):
        raise ValueError(f"two of [[{what}]] have the same id")
