"""The scans of a dossier: added page by page, put in order, opened for a reason, used again."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from uuid import UUID

from msgspec import Struct

from counter_app.catalogue.procedures import decode_procedure
from counter_app.desk import Desk, uuid7
from counter_app.domain.body import Body
from counter_app.domain.dossier import Dossier, Scan
from counter_app.domain.dossier_code import DossierCode
from counter_app.domain.entry import check_entry, tidied
from counter_app.domain.officer import Role
from counter_app.domain.operation import (
    Digitised,
    ScanAdded,
    ScanOpened,
    ScanPlace,
    ScansArranged,
    ScanWithdrawn,
)
from counter_app.domain.procedure import Procedure
from counter_app.domain.scans import (
    MOST_BYTES,
    MOST_SCANS,
    TURNS,
    PaperScans,
    by_paper,
    size_of,
)
from counter_app.domain.workflow import TRANSITIONS, check
from counter_app.errors import (
    InvalidField,
    NeedsNewerProgram,
    ScanKept,
    ScanLost,
    TooManyFiles,
    TooManyScans,
    UnknownScan,
)
from counter_app.i18n import _, format_size, law
from counter_app.imaging.limits import MOST_FILES
from counter_app.imaging.taking_in import PDF, Leaf, Page, leaf_of, take_in
from counter_app.store import UnitOfWork, timeline
from counter_app.store.audit import was_opened
from counter_app.store.earlier_scans import with_scans
from counter_app.store.forms import kept_procedure


class DossierScans(Struct, frozen=True, kw_only=True):
    """A dossier's papers with their scans; what the officer at this desk may do with them."""

    dossier_id: UUID
    code: DossierCode
    papers: tuple[PaperScans, ...]
    count: int
    size: int
    may_add: bool
    may_withdraw: bool
    has_earlier: bool = False


class EarlierScans(Struct, frozen=True, kw_only=True):
    """An earlier dossier of the same applicant, with the scans that can be used again."""

    dossier_id: UUID
    code: DossierCode
    procedure_name: str
    scans: tuple[Scan, ...]


def add_scan(
    desk: Desk,
    dossier_id: UUID,
    source: Path | bytes,
    *,
    component: str = "",
    digitised: Digitised = Digitised.SCANNED,
) -> tuple[ScanAdded, ...]:
    """Take in a file, and keep its pages with a dossier; what `take_in` and `keep_pages` do.

    Raises:
        UnusableScan: with what is the matter with the file.
        UnreadableFile: it is not there, or cannot be read.
        RuleViolation: it is kept already, or the dossier takes no more.
    """
    pages = take_in(source)
    return keep_pages(desk, dossier_id, pages, component=component, digitised=digitised)


def keep_pages(
    desk: Desk,
    dossier_id: UUID,
    pages: Sequence[Page],
    *,
    component: str = "",
    digitised: Digitised = Digitised.SCANNED,
) -> tuple[ScanAdded, ...]:
    """Keep the pages of one file; they are on the disk before the journal speaks of them.

    Raises:
        ScanKept: the paper has these very pages already.
        TooManyScans: the dossier takes no more.
        InvalidField: the dossier has no such paper.
        NotPermitted: the officer has no role that may do it.
        StoreFull, StoreReadOnly: the disk cannot be written; nothing was added.
    """
    with desk.store.begin() as uow:
        dossier, role = _ready(desk, uow, dossier_id, "scan_added")
        paper = _paper(uow, dossier, component)
        kept = [desk.store.scans.keep(page.content, page.thumbnail) for page in pages]
        added = tuple(
            ScanAdded(
                scan=uuid7(desk.now()),
                component=component,
                name=paper.name,
                sha256=one.sha256,
                size=one.size,
                media=page.media,
                pages=page.pages,
                digitised=digitised,
            )
            for one, page in zip(kept, pages, strict=True)
        )
        _check_new(dossier, paper, added)
        for body in added:
            uow.append(desk.operation(body, role=role, on=dossier))
    return added


def check_count(count: int) -> None:
    """Let so many files pass at once.

    Raises:
        TooManyFiles: they are too many.
    """
    if count > MOST_FILES:
        raise TooManyFiles(count=count, most=MOST_FILES)


def scans_of(desk: Desk, dossier_id: UUID) -> DossierScans:
    """Return the papers of a dossier with their scans, in the order of the procedure."""
    with desk.store.read() as connection:
        dossier = timeline.dossier(connection, dossier_id)
        procedure = _decoded(dossier, kept_procedure(connection, dossier))
        earlier = with_scans(connection, _number(dossier), dossier_id)
    return DossierScans(
        dossier_id=dossier_id,
        code=dossier.code,
        papers=by_paper(dossier, procedure),
        count=len(dossier.scans),
        size=size_of(dossier.scans),
        may_add=_may(desk, dossier, "scan_added"),
        may_withdraw=_may(desk, dossier, "scan_withdrawn"),
        has_earlier=bool(earlier),
    )


def thumbnails(desk: Desk, scans: Iterable[Scan]) -> dict[UUID, bytes]:
    """Return a small JPEG of each scan that has one: too small to read, so nobody is noted."""
    files = desk.store.scans
    found = {scan.added.scan: files.thumbnail(scan.added.sha256) for scan in scans}
    return {scan: picture for scan, picture in found.items() if picture}


def open_scan(desk: Desk, dossier_id: UUID, scan: UUID, reason: str) -> bytes:
    """Return the bytes of a scan, after it was noted who wanted to see it, and why.

    Raises:
        UnknownScan: the dossier has no such scan.
        IncompleteEntry: there is no reason.
        ScanLost: what was kept is not there, or not what was written.
    """
    body = tidied(ScanOpened(scan=scan, reason=reason))
    assert isinstance(body, ScanOpened)
    check_entry(body, desk.business_date)
    with desk.store.begin() as uow:
        dossier = uow.dossier(dossier_id)
        role = check(body.kind, dossier.status, desk.officer.roles)
        found = _scan(dossier, scan)
        day, officer = desk.business_date, desk.officer.id
        if not was_opened(uow.connection, dossier_id, body, officer, day):
            uow.append(desk.operation(body, role=role, on=dossier))
    try:
        return desk.store.scans.read(found.added.sha256)
    except ScanLost as error:
        raise ScanLost(scan=scan) from error


def page_of(content: bytes, number: int) -> Leaf:
    """Return page `number`, counted from 0, of an opened PDF as a picture.

    Raises:
        UnusableScan: it cannot be shown; it is kept as it was.
    """
    return leaf_of(content, number)


def arrange(desk: Desk, dossier_id: UUID, component: str, order: Sequence[ScanPlace]) -> Dossier:
    """Put the scans of one paper in this order, turned as it says.

    Raises:
        InvalidField: the order does not name each of them once, or turns one in between.
    """

    def body(dossier: Dossier) -> Body:
        theirs = {s.added.scan for s in dossier.scans if s.added.component == component}
        if len(order) != len(theirs) or {place.scan for place in order} != theirs:
            reason = _("This is not each scan of the paper once. Look at its list again.")
            raise InvalidField(field="order", reason=reason)
        if any(place.turn not in TURNS for place in order):
            reason = _("A scan is turned by 0, 90, 180 or 270 degrees.")
            raise InvalidField(field="turn", reason=reason)
        return ScansArranged(component=component, order=tuple(order))

    return _note(desk, dossier_id, "scans_arranged", body)


def withdraw(desk: Desk, dossier_id: UUID, scan: UUID, reason: str) -> Dossier:
    """Take a scan out of a dossier's list; it is kept, and the journal says why it went.

    Raises:
        UnknownScan: the dossier has no such scan.
        IncompleteEntry: there is no reason.
    """

    def body(dossier: Dossier) -> Body:
        return ScanWithdrawn(scan=_scan(dossier, scan).added.scan, reason=reason)

    return _note(desk, dossier_id, "scan_withdrawn", body)


def earlier_scans(desk: Desk, dossier_id: UUID) -> tuple[EarlierScans, ...]:
    """Return what earlier dossiers of the same applicant have in scans, the newest first."""
    with desk.store.read() as connection:
        dossier = timeline.dossier(connection, dossier_id)
        others = [
            timeline.dossier(connection, other)
            for other in with_scans(connection, _number(dossier), dossier_id)
        ]
    return tuple(
        EarlierScans(
            dossier_id=other.id,
            code=other.code,
            procedure_name=law(other.received.procedure.name) if other.received else "",
            scans=other.scans,
        )
        for other in others
        if other.scans
    )


def reuse(
    desk: Desk, dossier_id: UUID, scan: UUID, *, earlier: UUID, component: str = ""
) -> ScanAdded:
    """Use a scan of an earlier dossier of the same applicant; its bytes are kept once.

    Raises:
        UnknownScan: the earlier dossier has no such scan, or is another applicant's.
        ScanKept: the paper has it already.
        TooManyScans: the dossier takes no more.
    """
    with desk.store.begin() as uow:
        dossier, role = _ready(desk, uow, dossier_id, "scan_added")
        paper = _paper(uow, dossier, component)
        other = uow.dossier(earlier)
        if not _same_applicant(dossier, other):
            raise UnknownScan(scan=scan)
        found = _scan(other, scan).added
        added = ScanAdded(
            scan=uuid7(desk.now()),
            component=component,
            name=paper.name,
            sha256=found.sha256,
            size=found.size,
            media=found.media,
            pages=found.pages,
            digitised=Digitised.REUSED,
            earlier=earlier,
        )
        _check_new(dossier, paper, (added,))
        uow.append(desk.operation(added, role=role, on=dossier))
    return added


def is_pdf(scan: Scan) -> bool:
    """Say whether a scan is a PDF, kept as it came; all others are JPEG."""
    return scan.added.media == PDF


def _note(desk: Desk, dossier_id: UUID, kind: str, body: Callable[[Dossier], Body]) -> Dossier:
    with desk.store.begin() as uow:
        dossier, role = _ready(desk, uow, dossier_id, kind)
        said = tidied(body(dossier))
        check_entry(said, desk.business_date)
        uow.append(desk.operation(said, role=role, on=dossier))
        return uow.dossier(dossier_id)


def _ready(desk: Desk, uow: UnitOfWork, dossier_id: UUID, kind: str) -> tuple[Dossier, Role]:
    dossier = uow.dossier(dossier_id)
    if dossier.needs_newer_program:
        raise NeedsNewerProgram(code=dossier.code)
    return dossier, check(kind, dossier.status, desk.officer.roles)


def _may(desk: Desk, dossier: Dossier, kind: str) -> bool:
    return not dossier.needs_newer_program and bool(TRANSITIONS[kind].by & desk.officer.roles)


def _decoded(dossier: Dossier, raw: bytes) -> Procedure | None:
    """Return the very version of the procedure under which a dossier was received."""
    if dossier.received is None:
        return None
    return decode_procedure(raw, dossier.received.procedure.code).form


def _paper(uow: UnitOfWork, dossier: Dossier, component: str) -> PaperScans:
    procedure = _decoded(dossier, kept_procedure(uow.connection, dossier))
    papers = {paper.component: paper for paper in by_paper(dossier, procedure)}
    if component in papers:
        return papers[component]
    if dossier.received is None:  # what was asked for is not known here
        return PaperScans(component=component, name="")
    words = _("This dossier has no paper “{component}”. It may be: {papers}.")
    known = ", ".join(name for name in papers if name)
    raise InvalidField(field="component", reason=words.format(component=component, papers=known))


def _check_new(dossier: Dossier, paper: PaperScans, added: Sequence[ScanAdded]) -> None:
    there = {scan.added.sha256 for scan in paper.scans}
    # Two blank pages of one file are alike, and both are pages of it.
    if all(body.sha256 in there for body in added):
        raise ScanKept(paper=law(paper.name) or _("Other papers"))
    count = len(dossier.scans) + len(added)
    size = size_of(dossier.scans) + sum(body.size for body in added)
    if count > MOST_SCANS or size > MOST_BYTES:
        raise TooManyScans(most=MOST_SCANS, size=format_size(MOST_BYTES))


def _scan(dossier: Dossier, scan: UUID) -> Scan:
    for each in dossier.scans:
        if each.added.scan == scan:
            return each
    raise UnknownScan(scan=scan)


def _number(dossier: Dossier) -> str:
    return dossier.received.applicant.id_number if dossier.received else ""


def _same_applicant(dossier: Dossier, other: Dossier) -> bool:
    return bool(_number(dossier)) and _number(dossier) == _number(other)
