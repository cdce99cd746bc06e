"""A scan in full: asked for with a reason, leafed through, and forgotten when one leaves."""

from pathlib import Path
from typing import Final, Protocol
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from counter_app.desk import Desk
from counter_app.desktop.lanes import Tasks
from counter_app.desktop.navigator import Navigator
from counter_app.domain.dossier import Scan
from counter_app.domain.dossier_code import DossierCode
from counter_app.errors import CounterError
from counter_app.i18n import _
from counter_app.imaging.taking_in import Leaf
from counter_app.services.saving import save_pdf
from counter_app.services.scans import DossierScans, is_pdf, open_scan, page_of, scans_of

_SECONDS: Final = 6


class ScanState(Struct, frozen=True, kw_only=True):
    """All that the screen shows.

    `scans` are those of one paper in order, `scan` the one in sight. Nothing is shown before
    there is a `reason`. `picture` is a JPEG, turned clockwise by `turn`; of a PDF it is page
    `number`, counted from 1, of `pages`.
    """

    dossier_id: UUID | None = None
    code: DossierCode = DossierCode("")
    name: str = ""
    scans: tuple[Scan, ...] = ()
    scan: UUID | None = None
    reasons: tuple[str, ...] = ()
    reason: str = ""
    picture: bytes = b""
    turn: int = 0
    number: int = 1
    pages: int = 1
    busy: bool = False
    problem: str = ""

    @property
    def place(self) -> int:
        """Where the scan in sight stands among those of its paper, counted from 0."""
        ids = [scan.added.scan for scan in self.scans]
        return ids.index(self.scan) if self.scan in ids else 0


class View(Protocol):
    """What shows a ScanState."""

    def show_state(self, state: ScanState) -> None:
        """Make the widgets say what `state` says."""
        ...


class ScanPresenter:
    """Turns what the officer does into the next state, and has it shown."""

    def __init__(self, desk: Desk, tasks: Tasks, navigator: Navigator) -> None:
        self._desk = desk
        self._tasks = tasks
        self._navigator = navigator
        self._view: View | None = None
        self._state = ScanState()
        self._content = b""

    def attach(self, view: View) -> None:
        """Show on `view` from here on."""
        self._view = view
        view.show_state(self._state)

    def open(self, dossier_id: UUID, scan: UUID) -> None:
        """Go to a scan; the reason is asked for when the screen comes into sight."""
        self._content = b""
        self._show(ScanState(dossier_id=dossier_id, scan=scan))
        self._navigator.show_place("scan")

    def enter(self) -> None:
        """Look where the scan stands; what is in sight already stays so."""
        dossier_id = self._state.dossier_id
        if dossier_id is not None and not self._state.scans:
            self._tasks.read(
                lambda: (scans_of(self._desk, dossier_id), self._reasons()),
                done=lambda found: self._found(*found),
                failed=self._fail,
            )

    def give_reason(self, reason: str) -> None:
        """The officer has said why; it holds for the pages of this paper."""
        if self._state.scans:
            self._show(replace(self._state, reason=reason))
            self._look()

    def step(self, step: int) -> None:
        """Another page: of the PDF in sight, or the next scan of the paper."""
        state = self._state
        if state.busy or not state.picture:
            return
        if 1 <= state.number + step <= state.pages:
            self._turn_to(state.number + step)
        elif 0 <= (place := state.place + step) < len(state.scans):
            scan = state.scans[place].added.scan
            self._content = b""
            self._show(replace(state, scan=scan, picture=b"", number=1, pages=1, problem=""))
            self._look()

    def save(self, path: Path) -> None:
        """A copy is wanted in a file; that the scan was opened is noted already."""
        content = self._content
        if content:
            self._tasks.paper(
                lambda: save_pdf(path, content),
                done=lambda _none: self._navigator.say(
                    _("Saved as {file}").format(file=path.name), "good", seconds=_SECONDS
                ),
                failed=self._navigator.refuse,
            )

    def leave(self) -> bool:
        """Go back to the dossier, and keep nothing of what was seen; always something to leave."""
        dossier_id = self._state.dossier_id
        self._content = b""
        self._show(ScanState())
        if dossier_id is None:
            return False
        self._navigator.open_dossier(dossier_id)
        return True

    def _reasons(self) -> tuple[str, ...]:
        return self._desk.catalogue.reasons.of("scan_opened")

    def _found(self, found: DossierScans, reasons: tuple[str, ...]) -> None:
        state = self._state
        for paper in found.papers:
            if any(scan.added.scan == state.scan for scan in paper.scans):
                self._show(
                    replace(
                        state,
                        code=found.code,
                        name=paper.name,
                        scans=paper.scans,
                        reasons=reasons,
                    )
                )
                return
        self._show(replace(state, problem=_("This scan was withdrawn.")))

    def _look(self) -> None:
        state = self._state
        dossier_id, scan = state.dossier_id, state.scan
        if dossier_id is None or scan is None or state.busy:
            return
        kept = state.scans[state.place]
        self._show(replace(state, busy=True, problem="", turn=kept.turn))
        self._tasks.write(  # that it was opened is noted first
            lambda: open_scan(self._desk, dossier_id, scan, state.reason),
            done=lambda content: self._opened(kept, content),
            failed=self._fail,
        )

    def _opened(self, kept: Scan, content: bytes) -> None:
        self._navigator.changed()
        if kept.added.scan != self._state.scan:  # one has left meanwhile
            return
        self._content = content
        if is_pdf(kept):
            self._turn_to(1)
        else:
            self._show(replace(self._state, busy=False, picture=content))

    def _turn_to(self, number: int) -> None:
        content, scan = self._content, self._state.scan
        self._show(replace(self._state, busy=True, problem=""))

        def drawn(leaf: Leaf) -> None:
            if scan == self._state.scan and self._content:
                page = {"picture": leaf.content, "number": number, "pages": leaf.pages}
                self._show(replace(self._state, busy=False, **page))

        self._tasks.paper(lambda: page_of(content, number - 1), done=drawn, failed=self._fail)

    def _fail(self, error: CounterError) -> None:
        self._show(replace(self._state, busy=False, problem=str(error)))

    def _show(self, state: ScanState) -> None:
        self._state = state
        if self._view is not None:
            self._view.show_state(state)
