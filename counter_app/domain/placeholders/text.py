"""Texts with names in braces, as `{applicant}`, and how values are put in their place.

Values are put in once and never read again: braces that a citizen has typed stay braces.
"""

import re
from collections.abc import Callable, Set
from functools import cache
from typing import Final

_PLACEHOLDER: Final = re.compile(r"\{([a-z_]+)\}")


def problem(text: str, names: Set[str]) -> str:
    """Return what is wrong with the placeholders in `text`, or ""."""
    for name in _PLACEHOLDER.findall(text):
        if name not in names:
            return f"unknown placeholder {{{name}}}"
    rest = _PLACEHOLDER.sub("", text)
    return "a brace that belongs to no placeholder" if "{" in rest or "}" in rest else ""


def fill(text: str, value_of: Callable[[str], str]) -> str:
    """Return `text` with what `value_of` says for each placeholder in it."""
    pieces = _pieces(text)
    if len(pieces) == 1:
        return text
    return "".join(value_of(piece) if n % 2 else piece for n, piece in enumerate(pieces))


def names_in(text: str) -> tuple[str, ...]:
    """Return the placeholders in `text`, in its order."""
    return _pieces(text)[1::2]


@cache
def _pieces(text: str) -> tuple[str, ...]:
    """Return text and placeholders by turns; only texts of forms come here."""
    return tuple(_PLACEHOLDER.split(text))
