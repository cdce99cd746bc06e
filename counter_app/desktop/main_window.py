"""The one window: first run, sign-in, the day, the work; and the lock in front of it."""

from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace
from PySide6.QtCore import QByteArray, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from counter_app.desktop import beforehand, sign_in, theme
from counter_app.desktop.entrance import Opening
from counter_app.desktop.icons import app_icon
from counter_app.desktop.lanes import Tasks
from counter_app.desktop.logbook import keep_log, log
from counter_app.desktop.sign_in import SignInPresenter
from counter_app.desktop.widgets.banner import Banner
from counter_app.desktop.widgets.basics import column
from counter_app.devices.printers import Printer
from counter_app.errors import CounterError
from counter_app.i18n import _, speak
from counter_app.keys.durable import actionable
from counter_app.settings import Settings, has_desk, load, save

if TYPE_CHECKING:  # the sign-in window is there before the database
    from counter_app.desk import Desk
    from counter_app.desktop.closing import Closing
    from counter_app.desktop.workplace import Workplace
    from counter_app.services.business_day import ProposedDay

_SMALL: Final = (1366, 768)
_BACKUP_EVERY_MS: Final = 60 * 60 * 1000
_LOOK_AGAIN_MS: Final = 100


class MainWindow(QWidget):
    """Lets one officer at a time at the desk; it is the `Entrance` of the steps before the work."""

    painted = Signal()
    """For the first time: now there is leisure to import the rest."""
    closed = Signal()
    """All is saved, and the store is closed."""

    def __init__(
        self, opening: Opening, settings: Settings, tasks: Tasks, printers: Callable[[], Printer]
    ) -> None:
        super().__init__()
        self.settings = settings
        self._printers = printers
        self.workplace: Workplace | None = None
        self.sign_in = SignInPresenter(opening, tasks, self)
        self._opening = opening
        self._tasks = tasks
        self._was_painted = False
        self._watchers: tuple[QObject, ...] = ()
        self.painted.connect(self._watch_the_input, Qt.ConnectionType.QueuedConnection)
        self._may_close = False
        self._closing: Closing | None = None
        self._lets_go: Callable[[], bool] = lambda: True
        self._notice = ""
        self._asked_on: date | None = None
        self._make_step: Callable[[], QWidget] | None = None
        self._idle_banner = Banner()
        self._pages = QStackedWidget()
        column(self._idle_banner, self._pages, into=self, spacing=0)
        self._hourly = QTimer(self, interval=_BACKUP_EVERY_MS)
        self._hourly.timeout.connect(self.back_up)
        self.setWindowIcon(app_icon())
        self._begin()

    def open(self) -> None:
        """Come into sight: as it was left, or filling a small screen."""
        room = self.screen().availableSize()
        if room.width() <= _SMALL[0] or room.height() <= _SMALL[1]:
            self.resize(room)
            self.showMaximized()
            return
        self.resize(*_SMALL)
        if self.settings.window:
            self.restoreGeometry(QByteArray.fromBase64(self.settings.window.encode()))
        self.show()

    @cached_property
    def printer(self) -> Printer:
        """The printers of the PC, looked for when one is asked for."""
        return self._printers()

    @property
    def is_working(self) -> bool:
        """Whether an officer's work is in sight."""
        return self.workplace is not None and self._pages.currentWidget() is self.workplace

    # What the steps before the work ask for

    def founded(self) -> None:
        """Go on to sign-in: the desk has been set up."""
        self._lets_go = lambda: True
        keep_log(self._opening.folder)
        self._tasks.read(
            lambda: load(self._opening.folder), done=self._take_up, failed=self.sign_in.warn
        )

    def entered(self, desk: "Desk", notice: str = "") -> None:
        """Go on with the officer who has signed in; after a night it is asked what day it is."""
        from counter_app.services.business_day import proposed_day  # brings the database

        self._notice = notice
        self._keep(replace(self.settings, last_officer=desk.officer.id))
        back = self.workplace is not None and self.workplace.desk is desk
        if back and self._asked_on == desk.clock.now().date():
            self.begin_work(desk)
            return
        self._tasks.read(
            lambda: proposed_day(desk),
            done=lambda proposed: self._ask_for_the_day(desk, proposed),
            failed=lambda error: self._keep_out(desk, error),
        )

    def begin_work(self, desk: "Desk") -> None:
        """Go to the day's work: it is agreed what day it is."""
        with self.wedge.resting():
            self._show_work(desk)
        self.idle.start(self.settings.idle_minutes)
        self._hourly.start()
        if self._notice and self.workplace is not None:
            self.workplace.say(self._notice, "warning")
            self._notice = ""

    def apply_settings(self, settings: Settings) -> None:
        """Keep other settings, and dress the window by them."""
        before = self.settings
        self._keep(settings)
        if _looks(settings) != _looks(before):
            self._redress()
        if self.is_working:
            self.idle.start(settings.idle_minutes)

    # Lock, backup, end

    def lock(self) -> None:
        """Hide everything until the password is given again; what was typed stays."""
        if self.workplace is None or not self.is_working:
            return
        self.idle.stop()
        self._idle_banner.hush()
        for front in (QApplication.activePopupWidget, QApplication.activeModalWidget):
            while (found := front()) is not None and found.close():
                pass
        self.workplace.keep_draft()
        self.sign_in.lock(self.workplace.desk)
        self._show_step(lambda: sign_in.build(self.sign_in))
        log.info("locked")

    def back_up(self) -> None:
        """Make a backup in turn, in the background."""
        if self.workplace is None:
            return
        from counter_app.services.care import back_up_in_turn  # brings the database

        workplace = self.workplace
        self._tasks.care(
            lambda: back_up_in_turn(workplace.desk),
            done=lambda _made: workplace.changed(),
            failed=workplace.refuse,
        )

    def leave(self) -> None:
        """Keep what was typed, make a backup, and close."""
        if has_desk(self._opening.folder):
            geometry = bytes(self.saveGeometry().toBase64().data()).decode()
            self._keep(replace(self.settings, window=geometry))
        desk = self.workplace.desk if self.workplace else self.sign_in.open_desk
        if desk is None:
            self._go()
            return
        from counter_app.desktop.closing import Closing  # brings the database

        self.idle.stop()
        self._hourly.stop()
        if self.workplace is not None:
            self.workplace.keep_draft()
            self.workplace.leave()
        at_rest = (lambda: True) if self.workplace is None else self.workplace.at_rest
        self._closing = closing = Closing(desk, self._tasks, self._go, at_rest)
        self._show_step(lambda: closing.view)
        self._make_step = None  # the last there is
        closing.begin()

    def rest(self) -> None:
        """Look at nothing and ask for nothing any more: the program has ended around it."""
        self._hourly.stop()
        if (app := QApplication.instance()) is not None:
            for watcher in self._watchers:
                app.removeEventFilter(watcher)
        if self.workplace is not None:
            self.workplace.leave()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save everything first; the window goes when that is done."""
        if self._may_close:
            event.accept()
            self.closed.emit()
            return
        event.ignore()
        if self._closing is not None:
            self._closing.view.show_doubt()
        elif self._lets_go():
            self.leave()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Note the first time."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def _go(self) -> None:
        self._may_close = True
        QTimer.singleShot(0, self, self.close)  # not from within the close that brought us here

    # Input

    def _watch_the_input(self) -> None:
        """Listen for scanners, and for nobody being there.

        It brings every event to Python, and half of Qt with the first: after the first paint.
        """
        from counter_app.desktop.idle import IdleWatch
        from counter_app.desktop.wedge import WedgeFilter

        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.wedge = WedgeFilter(app)
        self.wedge.scanned.connect(self._scanned)
        self.idle = IdleWatch(app)
        self.idle.warned.connect(self._warn_of_lock)
        self.idle.resumed.connect(self._idle_banner.hush)
        self.idle.expired.connect(self.lock)
        self._watchers = (self.wedge, self.idle)
        self._tasks.paper(
            beforehand.fetch, done=lambda _none: beforehand.draw(), failed=self.sign_in.warn
        )

    def _scanned(self, payload: str) -> None:
        if self.workplace and self.is_working and QApplication.activeModalWidget() is None:
            self.workplace.scanned(payload)

    def _warn_of_lock(self, seconds: int) -> None:
        words = _("Nobody seems to be here: the screen locks in {seconds} s.")
        go_on = (_("Go on working"), self._idle_banner.hush)  # the press itself is the sign
        self._idle_banner.say(words.format(seconds=seconds), "warning", [go_on])

    # From step to step

    def _begin(self) -> None:
        if has_desk(self._opening.folder):
            self._show_step(lambda: sign_in.build(self.sign_in))
            self.sign_in.enter()
            return
        from counter_app.desktop import first_run  # once in the life of a desk

        presenter = first_run.FirstRunPresenter(self._opening.folder, self._tasks, self)
        self._lets_go = presenter.lets_go
        self._show_step(lambda: first_run.build(presenter))

    def _take_up(self, made: Settings) -> None:
        """Join what the first run has written to what was chosen on its screens."""
        now = self.settings
        self._keep(replace(made, language=now.language, scale=now.scale, dark=now.dark))
        self._begin()

    def _ask_for_the_day(self, desk: "Desk", proposed: "ProposedDay") -> None:
        self._asked_on = proposed.pc_day
        if not (proposed.is_new or proposed.doubtful):
            self.begin_work(desk)
            return
        from counter_app.desktop import confirm_day  # brings the database

        presenter = confirm_day.ConfirmDayPresenter(desk, proposed, self._tasks, self)
        self._show_step(lambda: confirm_day.build(presenter))

    def _keep_out(self, desk: "Desk", error: CounterError) -> None:
        self.sign_in.lock(desk)
        self.sign_in.warn(error)

    def _show_work(self, desk: "Desk") -> None:
        # It brings all screens, and the database: not before it is needed.
        from counter_app.desktop.workplace import Workplace

        if self.workplace is None or self.workplace.desk is not desk:
            self._end_session()
            self.workplace = Workplace(desk, self._tasks, self.settings, self.printer)
            self.workplace.locked.connect(self.lock)
            self.workplace.redressed.connect(self.apply_settings)
            self._pages.addWidget(self.workplace)
        self.sign_in.detach()
        self._drop_step(self.workplace)

    def _end_session(self) -> None:
        """Let the views of the last officer go, once nothing is on its way to them."""
        ended, self.workplace = self.workplace, None
        if ended is None:
            return
        ended.keep_draft()
        ended.leave()
        self._pages.removeWidget(ended)
        tasks = self._tasks
        lanes = [tasks.write, tasks.read, tasks.paper, tasks.care, tasks.away, tasks.quick]

        def next_lane() -> None:
            if lanes:
                lanes.pop()(lambda: None, done=lambda _none: next_lane(), failed=self.sign_in.warn)
            elif ended.at_rest():
                ended.deleteLater()
            else:  # files of a scanner: whoever dropped them has left them to us
                QTimer.singleShot(_LOOK_AGAIN_MS, ended, next_lane)

        next_lane()

    def _show_step(self, make: Callable[[], QWidget]) -> None:
        """Show what `make` makes, now and after each change of language or looks."""
        self.sign_in.detach()
        step = make()
        self._pages.addWidget(step)
        self._drop_step(step)
        self._make_step = make

    def _drop_step(self, shown: QWidget) -> None:
        """Go from the present step to `shown`."""
        old, self._make_step = self._pages.currentWidget(), None
        self._pages.setCurrentWidget(shown)
        shown.setFocus()
        if old is not None and old is not shown and old is not self.workplace:
            self._pages.removeWidget(old)
            old.deleteLater()
        self._name_window()

    def _name_window(self) -> None:
        """Name the desk only while somebody works at it."""
        program = _("One-stop desk")
        if self.workplace is not None and self.is_working:
            profile = self.workplace.desk.profile
            self.setWindowTitle(f"{profile.name} · {profile.office.name} — {program}")
        else:
            self.setWindowTitle(program)

    # Settings

    def _keep(self, settings: Settings) -> None:
        """Take `settings` for those of now, and write them down where there is a profile."""
        self.settings = settings
        if self.workplace is not None:
            self.workplace.settings = settings
        folder = self._opening.folder
        if has_desk(folder):
            self._tasks.write(
                lambda: _save(folder, settings), done=lambda _none: None, failed=self._refuse
            )

    def _refuse(self, error: CounterError) -> None:
        if self.workplace is not None:
            self.workplace.refuse(error)
        else:
            self.sign_in.warn(error)

    def _redress(self) -> None:
        """Speak and dress as the settings say, and make all views anew."""
        speak(self.settings.language)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        if self.workplace is not None:
            self.workplace.undress()
        theme.choose(app, dark=self.settings.dark, scale=self.settings.scale)
        theme.dress(self, scale=self.settings.scale)
        self._idle_banner.hush()
        if self.workplace is not None:
            self.workplace.rebuild()
        if self._make_step is not None:
            self._show_step(self._make_step)
        self._name_window()


def _looks(settings: Settings) -> tuple[str, int, bool]:
    return settings.language, settings.scale, settings.dark


def _save(folder: Path, settings: Settings) -> None:
    with actionable():
        save(folder, settings)
