"""A kind of paper: whose values a form can be filled with, and which words it has to bring along.

A name once given stays: papers are printed again for ever by the form that they were given on.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec import Struct

Terms = Mapping[str, Mapping[str, str]]
"""The words of a form by group and term."""

Value = Callable[[Any, Terms], str]
Cell = Callable[[int, Any, Terms], str]


class Rows(Struct, frozen=True):
    """A source of a table's rows, and what a cell may say of one; rows count from 1."""

    of: Callable[[Any], Iterable[Any]]
    cells: Mapping[str, Cell]


class Kind(Struct, frozen=True, kw_only=True):
    """What a form may ask for of papers of one type: `values` and `rows` by name.

    `terms` are the words, as group.term, that a form has to bring along which asks for a value,
    or for a cell, as rows.cell.
    """

    of: type
    values: Mapping[str, Value]
    rows: Mapping[str, Rows] = {}
    terms: Mapping[str, frozenset[str]] = {}


def plain(value: Callable[[Any], str]) -> Value:
    """Return a value that needs none of the form's words."""
    return lambda paper, _terms: value(paper)
