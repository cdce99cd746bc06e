"""A printed form as data: what stands on the paper, block by block, and how large.

These are the schema of the files under forms/print/. A lawyer can read one and compare it
with the decree; `printing` draws it. Lengths are in millimetres, sizes of letters in points.
"""

from collections.abc import Mapping, Set
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct
from msgspec.structs import fields

from counter_app.domain import placeholders
from counter_app.domain.form_file import FormFile

PaperSize = Literal["a4", "a5"]
Align = Literal["left", "center", "right"]
Length = Annotated[float, Meta(ge=0, le=420)]
Points = Annotated[float, Meta(ge=5, le=36)]

SHEETS: Final[Mapping[PaperSize, tuple[float, float]]] = {"a4": (210, 297), "a5": (148, 210)}
"""Width and height of the sheets of ISO 216, upright."""


SHARES: Final[Mapping[Align, float]] = {"left": 0.0, "center": 0.5, "right": 1.0}
"""Which part of the free room stands left of a line."""


class Paragraph(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag="paragraph"
):
    """A text of its own; `optional` ones are left out where nothing is to be filled in.

    `keep` ones are not parted from what follows.
    """

    text: str
    size: Literal["body", "small", "title", "large"] = "body"
    bold: bool = False
    italic: bool = False
    align: Align = "left"
    optional: bool = False
    keep: bool = False
    space_before: Length = 0


class Field(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A label and what is filled in behind it.

    Where there is nothing to fill in, `otherwise` stands there; without one the field is
    dropped, dotted to be written in by hand, or left blank.
    """

    label: str
    value: str
    strong: bool = False
    otherwise: str = ""
    empty: Literal["drop", "dots", "blank"] = "dots"
    share: Annotated[float, Meta(gt=0)] = 1


class Fields(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag="fields"
):
    """Fields line by line; those in one row share its line.

    The last row of `keep` ones is not parted from what follows.
    """

    rows: tuple[tuple[Field, ...], ...]
    keep: bool = False


class Column(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One column of a table; widths are shares of the table's."""

    title: str
    cell: str
    width: Annotated[float, Meta(gt=0)]
    align: Align = "left"


class FootCell(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What stands below `span` columns of a table, in bold."""

    text: str
    span: Annotated[int, Meta(ge=1)] = 1
    align: Align = "left"


class Table(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag="table"
):
    """The rows of one source, with the titles again on every page.

    A table without rows is left out, or replaced by `empty`.
    """

    rows: str
    columns: tuple[Column, ...]
    foot: tuple[FootCell, ...] = ()
    caption: str = ""
    empty: str = ""

    def __post_init__(self) -> None:
        """Refuse a foot that does not stand below all columns."""
        if self.foot and sum(cell.span for cell in self.foot) != len(self.columns):
            raise ValueError("the spans of `foot` do not add up to the number of columns")


class Qr(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag="qr"):
    """A QR code in a square of `side`, each module a whole number of a printer's dots."""

    text: str
    side: Length = 30
    dots_per_inch: Annotated[int, Meta(ge=72)] = 203
    dots_per_module: Annotated[int, Meta(ge=1)] = 4


class Barcode(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag="barcode"
):
    """A Code 128, its narrowest bar a whole number of a printer's dots."""

    text: str
    height: Length = 8
    dots_per_inch: Annotated[int, Meta(ge=72)] = 203
    dots_per_bar: Annotated[int, Meta(ge=1)] = 2


class Space(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag="space"
):
    """Nothing, so high; not parted from what follows."""

    height: Length


class Rule(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag="rule"
):
    """A line across, or across a share of the width in the middle."""

    share: Annotated[float, Meta(gt=0, le=1)] = 1


Inner = Paragraph | Fields | Table | Qr | Barcode | Space | Rule


class Beside(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag="beside"
):
    """Blocks on the left and others on the right, which are `right_width` wide."""

    right_width: Length
    gap: Length = 3
    left: tuple[Inner, ...]
    right: tuple[Inner, ...]


class Header(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag="header"
):
    """The head of an official paper.

    On the left the agency above, the agency (bold and ruled) and the number; on the right the
    nation's name, the motto (bold and ruled), place and date. `left_share` is the part of the
    width that the left one has.
    """

    parent: str
    agency: tuple[str, ...]
    number: str = ""
    nation: str
    motto: str
    place_date: str = ""
    left_share: Annotated[float, Meta(gt=0, lt=1)] = 0.42


class Signature(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who signs: the caption in bold capitals, how in brackets, and the name below."""

    caption: str
    hint: str = ""
    name: str = ""


class Signatures(
    Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="signatures",
):
    """Those who sign, side by side, with `room` to do it; `keep` holds them to what follows."""

    columns: tuple[Signature, ...]
    room: Length = 15
    keep: bool = False


class Mark(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag="mark"
):
    """What is stamped into the top margin of every page, moving nothing; or nothing at all.

    It is left out where nothing is to be filled in.
    """

    text: str
    side: Literal["left", "right"] = "left"


Block = Inner | Beside | Header | Signatures | Mark


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

    `line_spacing` is in parts of the letters' size, `paragraph_gap` in millimetres.
    """

    orientation: Literal["portrait", "landscape"] = "portrait"
    margins: Margins
    letters: Letters
    line_spacing: Annotated[float, Meta(ge=1, le=2)] = 1.15
    paragraph_gap: Length = 0


class PrintForm(FormFile, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A printed form in one version of its file.

    `terms` are the words that values are given in, as in `terms.return_channel.post`.
    A value longer than `longest_value` characters is cut on paper.

    Raises:
        ValueError: a placeholder or a source of rows is not known, with its place.
    """

    id: str
    title: str
    language: str = "vi"
    paper: placeholders.PaperKind
    size: dict[PaperSize, PageSetup]
    terms: dict[str, dict[str, str]] = {}
    longest_value: Annotated[int, Meta(ge=100, le=5000)] = 800
    block: tuple[Block, ...]

    def __post_init__(self) -> None:
        """Refuse what could not be filled in."""
        FormFile.__post_init__(self)
        if not self.size:
            raise ValueError("no size of paper is given: add [size.a4] or [size.a5]")
        names = frozenset(placeholders.PLACEHOLDERS[self.paper])
        _check(self.block, names, self.paper, "$.block")

    @property
    def missing_terms(self) -> tuple[str, ...]:
        """The words that a form of today must bring along and this one does not.

        Not refused where it is read: an old form that is kept for reprints lacks what was
        added after it, and needs none of it.
        """
        return tuple(
            name
            for name in sorted(placeholders.TERMS[self.paper])
            if not self.terms.get(name.split(".")[0], {}).get(name.split(".")[1])
        )


def _check(value: object, names: Set[str], paper: placeholders.PaperKind, place: str) -> None:
    """Raise ValueError for the first text that could not be filled in, with its place."""
    if isinstance(value, str):
        if problem := placeholders.problem(value, names):
            raise ValueError(f"{problem} - at `{place}`")
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            _check(part, names, paper, f"{place}[{index}]")
    elif isinstance(value, Table):
        rows = placeholders.ROWS[paper].get(value.rows)
        if rows is None:
            raise ValueError(f"unknown source of rows {value.rows!r} - at `{place}.rows`")
        _check(value.columns, frozenset(rows.cells), paper, f"{place}.columns")
        _check((value.caption, value.empty, value.foot), names, paper, place)
    elif isinstance(value, Struct):
        for field in fields(value):
            _check(getattr(value, field.name), names, paper, f"{place}.{field.name}")
