"""How numbers are drawn at an office: the groups of procedures, and who is let forward by law."""

from collections.abc import Iterable
from typing import Annotated

from msgspec import Meta, Struct

from counter_app.domain.form_file import FormFile

_Id = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,30}$")]
# The other letters are keys of the queue's screen, or too like a digit when called out.
_Letter = Annotated[str, Meta(pattern=r"^[A-HJ-L]$")]
_Name = Annotated[str, Meta(min_length=1, max_length=60)]


class Group(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Procedures whose applicants wait together; `fields` are those of the procedures."""

    id: _Id
    letter: _Letter
    name: _Name
    fields: tuple[str, ...] = ()


class PriorityClass(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who is called before others. `who` are the grounds: an officer sees, nobody notes them."""

    id: _Id
    name: _Name
    who: tuple[str, ...]


class QueueRules(FormFile, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The schema of forms/rules/queue.toml.

    A number has `digits` digits at least. Procedures of a field that no group names belong to
    the group `other`.

    Raises:
        ValueError: two groups have one id, letter or field, or `other` is none.
    """

    digits: Annotated[int, Meta(ge=2, le=4)]
    other: str
    group: Annotated[tuple[Group, ...], Meta(min_length=1, max_length=11)]
    priority: tuple[PriorityClass, ...] = ()

    def __post_init__(self) -> None:
        """Refuse groups that cannot be told apart."""
        FormFile.__post_init__(self)
        _check_apart("id", (group.id for group in self.group))
        _check_apart("letter", (group.letter for group in self.group))
        _check_apart("fields", (field for group in self.group for field in group.fields))
        _check_apart("id", (one.id for one in self.priority))
        if self.find(self.other) is None:
            raise ValueError(f"`other` names no group: {self.other}")

    def find(self, group: str) -> Group | None:
        """Return a group by its id or its letter; None if there is none."""
        return next((one for one in self.group if group in {one.id, one.letter}), None)

    def group_of(self, field: str) -> Group:
        """Return the group in which one waits for a procedure of this field."""
        named = next((one for one in self.group if field in one.fields), None)
        return named or next(one for one in self.group if one.id == self.other)

    def number(self, letter: str, count: int, mark: str = "") -> str:
        """Return a number as it is printed and called: “A012”, or “A2-012” with a desk's mark."""
        between = f"{mark}-" if mark else ""
        return f"{letter}{between}{count:0{self.digits}}"


def _check_apart(what: str, values: Iterable[str]) -> None:
    seen = set()
    for value in values:
        if value in seen:
            raise ValueError(f"`{what}` comes twice: {value}")
        seen.add(value)
