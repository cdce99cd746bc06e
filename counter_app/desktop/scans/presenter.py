"""The scans of the dossier in sight: files come in one by one, while the officer goes on."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Protocol
from uuid import UUID

from msgspec.structs import replace

from counter_app.desk import Desk
from counter_app.desktop.lanes import Tasks
from counter_app.desktop.navigator import Navigator
from counter_app.desktop.scans.incoming import Incoming
from counter_app.desktop.scans.state import Coming, ScansState, moved, order_of, turned
from counter_app.devices.watched import Dropped, WatchedFolder
from counter_app.domain.operation import Digitised
from counter_app.domain.text import visible
from counter_app.errors import CounterError, ScanKept
from counter_app.i18n import _
from counter_app.services.scans import (
    DossierScans,
    EarlierScans,
    arrange,
    check_count,
    earlier_scans,
    reuse,
    scans_of,
    thumbnails,
    withdraw,
)

Look = Callable[[UUID, UUID], None]
_Loaded = tuple[DossierScans, dict[UUID, bytes], tuple[str, ...]]


class View(Protocol):
    """What shows a ScansState."""

    def show_state(self, state: ScansState) -> None:
        """Make the widgets say what `state` says."""
        ...


class ScansPresenter:
    """Turns what the officer does into the next state, and has it shown.

    `look` leads to a scan in full, which asks for the reason.
    """

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        navigator: Navigator,
        look: Look = lambda _dossier, _scan: None,
    ) -> None:
        self._desk = desk
        self._tasks = tasks
        self._navigator = navigator
        self._look = look
        self._view: View | None = None
        self._state = ScansState()
        self._incoming = Incoming(desk, tasks, self._ended)
        self._watched: WatchedFolder | None = None
        self._looking = False

    @property
    def is_at_rest(self) -> bool:
        """Whether no file is on its way into a dossier."""
        return self._incoming.is_idle

    def attach(self, view: View) -> None:
        """Show on `view` from here on."""
        self._view = view
        view.show_state(self._state)

    def open(self, dossier_id: UUID) -> None:
        """Take up a dossier; its scans are read as soon as the sheet comes into sight."""
        if dossier_id != self._state.dossier_id:
            done, coming = self._state.done, self._state.coming  # these go on
            self._show(ScansState(dossier_id=dossier_id, done=done, coming=coming))

    def enter(self) -> None:
        """Look again at what may have changed."""
        settings = self._navigator.settings
        if self._watched is None or str(self._watched.folder) != settings.scanner_folder:
            folder = settings.scanner_folder
            self._watched = WatchedFolder(Path(folder)) if folder else None
        self._show(
            replace(
                self._state,
                folder=settings.scanner_folder,
                deletes=settings.scanner_delete,
                dropped=self._state.dropped if self._watched else (),
            )
        )
        self._load()

    # Choosing

    def choose_paper(self, component: str) -> None:
        """Another paper is meant."""
        if component != self._state.chosen:
            after = replace(self._state, chosen=component, selected=None, asking=False)
            self._show(replace(after, selected=_first(after)))

    def choose_scan(self, scan: UUID | None) -> None:
        """Another page is meant."""
        if scan != self._state.selected:
            self._show(replace(self._state, selected=scan))

    def choose_results(self, results: bool) -> None:
        """What is added from now on comes from results of other dossiers, or is scanned here."""
        self._show(replace(self._state, results=results))

    # Adding

    def add_files(self, paths: Sequence[Path]) -> None:
        """Files were chosen or dropped."""
        self._add([(visible(path.name), path, None) for path in paths])

    def add_pictures(self, pictures: Sequence[bytes]) -> None:
        """Pictures were pasted, or dropped out of another program."""
        self._add([(_("Pasted picture"), picture, None) for picture in pictures])

    def take_from_scanner(self) -> None:
        """What lies in the scanner's folder belongs to the paper in sight."""
        dropped = self._state.dropped
        self._show(replace(self._state, dropped=()))
        self._add([(visible(file.path.name), file.path, file) for file in dropped])

    def refuse_unreachable(self) -> None:
        """Something was dropped that has no file on this PC."""
        words = _(
            "This is no file of this PC. Copy the pictures from the phone into a folder first, "
            "and drop them from there."
        )
        self._show(replace(self._state, problems=(words,)))

    def refuse_nothing(self) -> None:
        """Something was to be pasted, and no program has copied a picture."""
        words = _("No picture was copied. Copy one in the other program first, then paste it here.")
        self._show(replace(self._state, problems=(words,)))

    def forget_problems(self) -> None:
        """The officer has read what is the matter."""
        self._show(replace(self._state, problems=()))

    def _add(self, given: Sequence[tuple[str, Path | bytes, Dropped | None]]) -> None:
        state = self._state
        if state.dossier_id is None or not state.may_add or not given:
            return
        try:
            check_count(len(given))
        except CounterError as error:
            self._show(replace(state, problems=(str(error),)))
            return
        digitised = Digitised.FROM_RESULT if state.results else Digitised.SCANNED
        coming = [
            Coming(
                name=name,
                source=source,
                dossier_id=state.dossier_id,
                component=state.chosen,
                digitised=digitised,
                dropped=dropped,
            )
            for name, source, dropped in given
        ]
        done, before = (0, 0) if self._incoming.is_idle else (state.done, state.coming)
        self._show(replace(state, done=done, coming=before + len(given), problems=()))
        self._incoming.add(coming)

    def _ended(self, coming: Coming, scan: UUID | None, error: CounterError | None) -> None:
        """A file is in, or will not come in."""
        if error is None or isinstance(error, ScanKept):
            self._put_away(coming)
        state = replace(self._state, done=self._state.done + 1)
        if error is not None:
            words = _("{file}: {problem}").format(file=coming.name, problem=error)
            state = replace(state, problems=(*state.problems, words))
        elif (coming.dossier_id, coming.component) == (state.dossier_id, state.chosen):
            state = replace(state, selected=scan)
        self._show(state)
        self._load()
        if self._incoming.is_idle:
            self._show(replace(self._state, done=0, coming=0))
            self._navigator.changed()

    def _put_away(self, coming: Coming) -> None:
        """Have a file out of the scanner's folder that is safe here."""
        if (file := coming.dropped) is not None and (watched := self._watched) is not None:
            delete = self._state.deletes
            self._tasks.away(
                lambda: watched.done_with(file, delete=delete),
                done=lambda gone: None if gone else self._tell_it_stays(coming.name),
                failed=self._navigator.refuse,
            )

    def _tell_it_stays(self, name: str) -> None:
        """Say that a file may be offered for another dossier, which it does not belong to."""
        words = _(
            "{file}: it is safe here, but could not be moved out of the scanner's folder. Delete "
            "it there, or it may be added to another dossier."
        ).format(file=name)
        self._show(replace(self._state, problems=(*self._state.problems, words)))

    # The scanner's folder

    def look_into_folder(self) -> None:
        """Some seconds have passed: there may be something new."""
        watched = self._watched
        if watched is None or self._looking or not self._state.may_add:
            return
        self._looking = True
        self._tasks.away(watched.look, done=self._looked, failed=self._blind)

    def choose_folder(self, folder: str) -> None:
        """The scanner's own software drops its files there; "" is nowhere."""
        self._navigator.apply_settings(replace(self._navigator.settings, scanner_folder=folder))
        self.enter()

    def choose_deleting(self, deletes: bool) -> None:
        """What is safe goes from the scanner's folder, or is laid aside there."""
        self._navigator.apply_settings(replace(self._navigator.settings, scanner_delete=deletes))
        self.enter()

    def _looked(self, dropped: tuple[Dropped, ...]) -> None:
        self._looking = False
        under_way = {coming.dropped for coming in self._incoming.files}
        fresh = tuple(file for file in dropped if file not in under_way)
        if fresh != self._state.dropped:
            self._show(replace(self._state, dropped=fresh))

    def _blind(self, error: CounterError) -> None:
        self._looking = False
        self._watched = None  # said once; `enter` looks again
        self._show(replace(self._state, dropped=(), problems=(str(error),)))

    # What is there

    def open_scan(self) -> None:
        """The selected scan is to be seen in full."""
        state = self._state
        if state.dossier_id is not None and state.scan is not None:
            self._look(state.dossier_id, state.scan.added.scan)

    def turn(self) -> None:
        """The selected scan lies on its side."""
        self._arrange(turned(self._state))

    def move(self, step: int) -> None:
        """The selected scan belongs `step` places later."""
        self._arrange(moved(self._state, step))

    def ask_why(self) -> None:
        """The selected scan does not belong here; why, has to be said."""
        if self._state.scan is not None and self._state.may_withdraw:
            self._show(replace(self._state, asking=True))

    def steps_back(self) -> bool:
        """Leave what was begun besides, and say whether there was anything."""
        if not self._state.asking and self._state.earlier is None:
            return False
        self._show(replace(self._state, asking=False, earlier=None))
        return True

    def withdraw(self, reason: str) -> None:
        """The officer has said why the selected scan does not belong here."""
        dossier_id, scan = self._state.dossier_id, self._state.scan
        self._show(replace(self._state, asking=False))
        if dossier_id is None or scan is None:
            return
        self._tasks.write(
            lambda: withdraw(self._desk, dossier_id, scan.added.scan, reason),
            done=lambda _dossier: self._changed(),
            failed=self._fail,
        )

    def _arrange(self, after: ScansState) -> None:
        dossier_id, paper = self._state.dossier_id, after.paper
        if dossier_id is None or paper is None or after == self._state:
            return
        self._show(after)  # at once: the next key goes by it
        self._tasks.write(
            lambda: arrange(self._desk, dossier_id, paper.component, order_of(paper)),
            done=lambda _dossier: None,
            failed=self._fail,
        )

    # Earlier dossiers

    def show_earlier(self) -> None:
        """Something that was scanned before may do."""
        if (dossier_id := self._state.dossier_id) is not None:
            self._tasks.read(
                lambda: self._with_pictures(earlier_scans(self._desk, dossier_id)),
                done=self._show_found,
                failed=self._fail,
            )

    def reuse(self, earlier: UUID, scan: UUID) -> None:
        """A scan of an earlier dossier is to be used for the paper in sight."""
        state = self._state
        if (dossier_id := state.dossier_id) is None:
            return
        self._tasks.write(
            lambda: reuse(self._desk, dossier_id, scan, earlier=earlier, component=state.chosen),
            done=lambda added: self._reused(added.scan),
            failed=self._fail,
        )

    def _with_pictures(
        self, found: tuple[EarlierScans, ...]
    ) -> tuple[tuple[EarlierScans, ...], dict[UUID, bytes]]:
        scans = [scan for each in found for scan in each.scans]
        return found, thumbnails(self._desk, scans)

    def _show_found(self, found: tuple[tuple[EarlierScans, ...], dict[UUID, bytes]]) -> None:
        earlier, pictures = found
        known = {**self._state.pictures, **pictures}
        self._show(replace(self._state, earlier=earlier, pictures=known, asking=False))

    def _reused(self, scan: UUID) -> None:
        self._show(replace(self._state, earlier=None, selected=scan))
        self._changed()

    # Reading

    def _load(self) -> None:
        if (dossier_id := self._state.dossier_id) is not None:
            known = frozenset(self._state.pictures)
            self._tasks.read(
                lambda: self._read(dossier_id, known), done=self._loaded, failed=self._fail
            )

    def _read(self, dossier_id: UUID, known: Collection[UUID]) -> _Loaded:
        found = scans_of(self._desk, dossier_id)
        scans = [s for p in found.papers for s in p.scans if s.added.scan not in known]
        reasons = self._desk.catalogue.reasons.of("scan_withdrawn")
        return found, thumbnails(self._desk, scans), reasons

    def _loaded(self, loaded: _Loaded) -> None:
        found, pictures, reasons = loaded
        state = self._state
        if found.dossier_id != state.dossier_id:  # another may have been opened since
            return
        known = [paper.component for paper in found.papers]
        begun = state.papers and state.chosen in known
        after = replace(
            state,
            papers=found.papers,
            count=found.count,
            size=found.size,
            may_add=found.may_add,
            may_withdraw=found.may_withdraw,
            has_earlier=found.has_earlier,
            pictures={**state.pictures, **pictures},
            chosen=state.chosen if begun else known[0],
            reasons=reasons,
        )
        selected = after.selected if after.scan else _first(after)
        self._show(replace(after, selected=selected))

    def _changed(self) -> None:
        self._load()
        self._navigator.changed()

    def _fail(self, error: CounterError) -> None:
        self._show(replace(self._state, problems=(str(error),)))
        self._load()

    def _show(self, state: ScansState) -> None:
        self._state = state
        if self._view is not None:
            self._view.show_state(state)


def _first(state: ScansState) -> UUID | None:
    """Return the first scan of the paper in sight: keys act on something."""
    scans = state.paper.scans if state.paper else ()
    return scans[0].added.scan if scans else None
