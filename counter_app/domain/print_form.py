"""A printed form as data: what stands on the paper, block by block, and how large.

These are the schema of the files under forms/print/. A lawyer can read one and compare it
with the decree; `printing` draws it. Lengths are in millimetres, sizes of letters in points.
"""

from collections.abc import Iterator, Mapping, Set
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct
from msgspec.structs import fields

from counter_app.domain import placeholders
from counter_app.domain.form_file import FormFile
from counter_app.domain.operation import BODIES
from counter_app.domain.print_block import Block, Length, Table

PaperSize = Literal["a4", "a5", "roll80"]
Points = Annotated[float, Meta(ge=5, le=72)]

ROLL_DOTS_PER_INCH: Final = 203
"""How fine the printers are that print on a roll."""

SHEETS: Final[Mapping[PaperSize, tuple[float, float | None]]] = {
    "a4": (210, 297),
    "a5": (148, 210),
    "roll80": (640 / ROLL_DOTS_PER_INCH * 25.4, None),  # 80 mm in whole dots
}
"""Width and height of the paper, upright; what comes from a roll is as long as it has to be."""

DEFAULT_NUMBERING: Final = "tt03-2025"
"""By which circular forms are numbered where an office has not chosen another."""

WHOLE_DOSSIER: Final = "received"
"""What a form is about that tells of the whole dossier, and of no single step."""

_FORM_NAMES: Final = frozenset({"form_number", "form_caption", "form_basis"})


class Margins(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The empty edges of a page."""

    top: Length
    right: Length
    bottom: Length
    left: Length


class Letters(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How large the letters are."""

    nation: Points
    motto: Points
    agency: Points
    number: Points
    place_date: Points
    title: Points
    large: Points
    body: Points
    table: Points
    small: Points


class PageSetup(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a form is laid out on one size of paper.

    `line_spacing` is in parts of the letters' size, `paragraph_gap` in millimetres. `block`
    stands there instead of the form's own blocks, where those would not fit.
    """

    orientation: Literal["portrait", "landscape"] = "portrait"
    margins: Margins
    letters: Letters
    line_spacing: Annotated[float, Meta(ge=1, le=2)] = 1.15
    paragraph_gap: Length = 0
    block: tuple[Block, ...] = ()


class PaperStyle(Struct, frozen=True, kw_only=True):
    """How an office wants its papers: numbered by which circular, and in how many languages."""

    numbering: str = DEFAULT_NUMBERING
    bilingual: bool = False


class FormNumber(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a form is numbered and called by one circular: `number` as “Mẫu số 01”."""

    id: str
    number: str
    caption: str = ""
    legal_basis: str = ""


class PrintForm(FormFile, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A printed form in one version of its file.

    `paper` says whose values fill it; in one for several kinds, what a paper does not know is
    empty. `about` are the kinds of operation after which it is printed, "received" for a paper
    of the whole dossier. `numbering` is how each circular numbers it, `english` what stands
    behind a text of the form where it is wanted in two languages. `terms` are the words that
    values are given in, as in `terms.return_channel.post`. A value longer than `longest_value`
    characters is cut on paper.

    Raises:
        ValueError: a placeholder, a source of rows or a kind of operation is not known, with
            its place.
    """

    id: str
    title: str
    language: str = "vi"
    paper: placeholders.PaperKind | tuple[placeholders.PaperKind, ...]
    about: tuple[str, ...] = ()
    numbering: tuple[FormNumber, ...] = ()
    size: dict[PaperSize, PageSetup]
    terms: dict[str, dict[str, str]] = {}
    english: dict[str, str] = {}
    longest_value: Annotated[int, Meta(ge=100, le=5000)] = 800
    block: tuple[Block, ...]

    def __post_init__(self) -> None:
        """Refuse what could not be filled in."""
        FormFile.__post_init__(self)
        if not self.size:
            raise ValueError("no size of paper is given: add [size.a4] or [size.a5]")
        if strange := sorted(set(self.about) - _KINDS):
            raise ValueError(f"unknown kind of operation {strange[0]!r} - at `$.about`")
        names = _FORM_NAMES.union(*(kind.values for kind in self._kinds))
        for place, blocks in self._blocks():
            _check(blocks, names, self._kinds, place)
        for text, english in self.english.items():
            # A cell's names are its table's; whatever stands in the Vietnamese is known.
            _check(english, names | set(placeholders.names_in(text)), (), f"$.english[{text!r}]")

    @property
    def kinds(self) -> tuple[placeholders.PaperKind, ...]:
        """The kinds of paper that fill it."""
        return self.paper if isinstance(self.paper, tuple) else (self.paper,)

    def fitting(self, size: PaperSize) -> PaperSize:
        """Return the size of paper to print on: the one asked for, if it is laid out for it."""
        return size if size in self.size else next(iter(self.size))

    def blocks_on(self, size: PaperSize) -> tuple[Block, ...]:
        """Return what stands on this size of paper."""
        return self.size[size].block or self.block

    def number_by(self, numbering: str) -> FormNumber:
        """Return how a circular numbers and calls this form; by another, only what it is called."""
        for each in self.numbering:
            if each.id == numbering:
                return each
        caption = self.numbering[0].caption if self.numbering else ""
        return FormNumber(id="", number="", caption=caption or self.title.upper())

    @property
    def missing_terms(self) -> tuple[str, ...]:
        """The words that a form of today must bring along and this one does not.

        Not refused where it is read: an old form that is kept for reprints lacks what was
        added after it, and needs none of it.
        """
        asked = {name for _place, blocks in self._blocks() for name in _names(blocks)}
        needed = {
            term
            for kind in self._kinds
            for name, terms in kind.terms.items()
            if name in asked
            for term in terms
        }
        return tuple(
            name
            for name in sorted(needed)
            if not self.terms.get(name.split(".")[0], {}).get(name.split(".")[1])
        )

    @property
    def _kinds(self) -> tuple[placeholders.Kind, ...]:
        return tuple(placeholders.KINDS[kind] for kind in self.kinds)

    def _blocks(self) -> Iterator[tuple[str, tuple[Block, ...]]]:
        yield "$.block", self.block
        for size, setup in self.size.items():
            yield f"$.size.{size}.block", setup.block


_KINDS: Final = frozenset(kind for kind, _version in BODIES)


def _check(
    value: object, names: Set[str], kinds: tuple[placeholders.Kind, ...], place: str
) -> None:
    """Raise ValueError for the first text that could not be filled in, with its place."""
    if isinstance(value, str):
        if problem := placeholders.problem(value, names):
            raise ValueError(f"{problem} - at `{place}`")
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            _check(part, names, kinds, f"{place}[{index}]")
    elif isinstance(value, Table):
        sources = [kind.rows[value.rows] for kind in kinds if value.rows in kind.rows]
        if not sources:
            raise ValueError(f"unknown source of rows {value.rows!r} - at `{place}.rows`")
        for rows in sources:
            _check(value.columns, frozenset(rows.cells), kinds, f"{place}.columns")
        _check((value.caption, value.empty, value.foot), names, kinds, place)
    elif isinstance(value, Struct):
        for field in fields(value):
            _check(getattr(value, field.name), names, kinds, f"{place}.{field.name}")


def _names(value: object, rows: str = "") -> Iterator[str]:
    """Return the placeholders in all texts of a value, those of a table's cells as rows.cell."""
    if isinstance(value, str):
        yield from (f"{rows}{name}" for name in placeholders.names_in(value))
    elif isinstance(value, tuple):
        for part in value:
            yield from _names(part, rows)
    elif isinstance(value, Table):
        yield from _names(value.columns, f"{value.rows}.")
        yield from _names((value.caption, value.empty, value.foot))
    elif isinstance(value, Struct):
        for field in fields(value):
            yield from _names(getattr(value, field.name), rows)
