"""Papers of a dossier: what was handed in, scanned and printed."""

from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from counter_app.domain.body import Body, Scope
from counter_app.domain.form_file import FormRef
from counter_app.domain.papers import PaperTaken


class PapersChanged(Body, frozen=True, kw_only=True):
    """The list of papers in the dossier was put right."""

    kind = "papers_changed"

    papers: tuple[PaperTaken, ...]


class ReceiptPrinted(Body, frozen=True, kw_only=True):
    """The receipt went to the printer or into a file; `copy` 0 is the first time."""

    kind = "receipt_printed"

    copy: int
    paper: str
    to: str


class PaperPrinted(Body, frozen=True, kw_only=True):
    """A form other than the receipt went to the printer or into a file.

    `about` is the operation that it tells of, none if of the whole dossier; `copy` 0 is the
    first time. `title` is what the form calls itself, `form_ref` which version of it was used,
    `numbering` by which circular it was numbered, and `officer_name` who signs it: the next
    print says the same.
    """

    kind = "paper_printed"

    form: str
    about: UUID | None = None
    copy: int
    paper: str
    to: str
    title: str = ""
    form_ref: FormRef | None = None
    numbering: str = ""
    officer_name: str = ""


class Digitised(StrEnum):
    """Where the electronic copy of a paper comes from, as the nation counts it (1, 2, 3)."""

    SCANNED = "scanned"
    REUSED = "reused"
    FROM_RESULT = "from_result"


class ScanAdded(Body, frozen=True, kw_only=True):
    """One page or file was scanned; its bytes are kept, sealed, beside the store.

    `sha256` is that of the bytes as they are kept, `size` theirs: a picture is made anew when it
    is taken in. `component` names the paper that it shows, "" for none of those asked for.
    `pages` is 0 where only opening a PDF would tell; `earlier` is the dossier that a reused scan
    is from.
    """

    kind = "scan_added"

    scan: UUID
    component: str = ""
    name: str = ""
    sha256: str
    size: int
    media: str
    pages: int = 1
    digitised: Digitised = Digitised.SCANNED
    earlier: UUID | None = None


class ScanPlace(Struct, frozen=True, kw_only=True):
    """One scan in its order, turned clockwise by so many degrees: 0, 90, 180 or 270."""

    scan: UUID
    turn: int = 0


class ScansArranged(Body, frozen=True, kw_only=True):
    """The scans of a paper were put in order or turned."""

    kind = "scans_arranged"

    component: str = ""
    order: tuple[ScanPlace, ...]


class ScanWithdrawn(Body, frozen=True, kw_only=True):
    """A scan belongs to another paper or dossier; it is shown no longer, and kept."""

    kind = "scan_withdrawn"

    scan: UUID
    reason: str


class ScanOpened(Body, frozen=True, kw_only=True):
    """An officer looked at a scan, and why."""

    kind = "scan_opened"
    scope = Scope.DESK

    scan: UUID
    reason: str
