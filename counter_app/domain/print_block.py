"""The blocks of a printed form: each type of what can stand on a paper, as a file says it.

`printing` draws them. Lengths are in millimetres; letters are named by their use on the paper
and as large as the form's `letters` say.
"""

from collections.abc import Mapping
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

Align = Literal["left", "center", "right"]
Length = Annotated[float, Meta(ge=0, le=420)]
Side = Literal["left", "right"]

SHARES: Final[Mapping[Align, float]] = {"left": 0.0, "center": 0.5, "right": 1.0}
"""Which part of the free room stands left of a line."""


class Paragraph(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag="paragraph"
):
    """A text of its own; `optional` ones are left out where nothing is to be filled in.

    `keep` ones are not parted from what follows. Its first line begins `indent` further in; a
    `justified` one goes from edge to edge, but for its last line.
    """

    text: str
    size: Literal["body", "small", "title", "large"] = "body"
    bold: bool = False
    italic: bool = False
    align: Align = "left"
    optional: bool = False
    keep: bool = False
    space_before: Length = 0
    indent: Length = 0
    justified: bool = False


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
    """One column of a table; widths are shares of the table's.

    `blank` stands in the rows that are left to be filled in by hand.
    """

    title: str
    cell: str
    blank: str = ""
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

    A table without rows is left out, or replaced by `empty`. One with fewer than `least_rows`
    has blank ones besides, to be filled in by hand; each row is at least `row_height` high.
    The last row of a `keep` one is not parted from what follows.
    """

    rows: str
    columns: tuple[Column, ...]
    foot: tuple[FootCell, ...] = ()
    caption: str = ""
    empty: str = ""
    least_rows: Annotated[int, Meta(ge=0, le=100)] = 0
    row_height: Length = 0
    keep: bool = False

    def __post_init__(self) -> None:
        """Refuse a foot that does not stand below all columns."""
        if self.foot and sum(cell.span for cell in self.foot) != len(self.columns):
            raise ValueError("the spans of `foot` do not add up to the number of columns")


class Qr(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag="qr"):
    """A QR code in a square of `side`, each module a whole number of a printer's dots.

    Where there is nothing to be filled in, there is none.
    """

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


Inner = Paragraph | Fields | Table | Qr | Barcode | Space | Rule | Signatures


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


class Mark(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag="mark"
):
    """What is stamped into the top margin of every page, moving nothing; or nothing at all.

    It is left out where nothing is to be filled in. Those of one side stand beside each other,
    the first one at the edge.
    """

    text: str
    side: Side = "left"
    framed: bool = True
    first_page_only: bool = False


Block = Inner | Beside | Header | Mark
