"""The beginning and the end of the window: fonts, colours, language, log, and the last backup."""

import sys
from typing import NamedTuple

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app import __version__
from counter_app.desktop import theme, translator
from counter_app.desktop.entrance import Opening
from counter_app.desktop.incidents import Incidents
from counter_app.desktop.logbook import keep_log, log
from counter_app.desktop.main_window import MainWindow
from counter_app.desktop.tasks import TaskRunner
from counter_app.devices.printers import Printer
from counter_app.errors import CounterError, UnreadableFile
from counter_app.i18n import speak
from counter_app.settings import Settings, has_desk, load


class Running(NamedTuple):
    """What has to be kept as long as the window is there."""

    app: QApplication
    window: MainWindow
    tasks: TaskRunner
    incidents: Incidents

    def close(self) -> None:
        """Finish what was begun, and leave bugs to whom they were left before."""
        self.window.rest()
        self.tasks.close()
        self.incidents.rest()


def run(opening: Opening, *, language: str | None) -> int:
    """Show the window until it is closed, and return the exit code.

    `language` None means the one that was spoken last.
    """
    running = start(opening, language=language)
    running.window.closed.connect(running.app.quit)
    try:
        return running.app.exec()
    finally:
        running.close()


def start(opening: Opening, *, language: str | None = None) -> Running:
    """Show the sign-in, or the first run; what takes long is imported after the first paint."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication([sys.argv[0]])
    app.setApplicationName("counter-app")
    app.setQuitOnLastWindowClosed(False)  # the backup comes after the last window
    settings, trouble = _settings(opening, language)
    speak(settings.language)
    theme.load_fonts()
    theme.choose(app, dark=settings.dark, scale=settings.scale)
    app.installTranslator(translator.installed_on(app))
    incidents = Incidents(app)
    incidents.watch()
    tasks = TaskRunner(app)
    window = MainWindow(opening, settings, tasks, _printers)
    if trouble is not None:
        window.sign_in.warn(trouble)
    window.painted.connect(
        lambda: tasks.paper(
            lambda: _prepare(opening), done=lambda _none: None, failed=window.sign_in.warn
        )
    )
    later = Qt.ConnectionType.QueuedConnection
    window.painted.connect(lambda: _begin_the_log(opening), later)
    theme.dress(window, scale=settings.scale)
    window.open()
    return Running(app, window, tasks, incidents)


def _begin_the_log(opening: Opening) -> None:
    if has_desk(opening.folder):
        keep_log(opening.folder)
        log.info("started, version %s", __version__)


def _settings(opening: Opening, language: str | None) -> tuple[Settings, CounterError | None]:
    """Return the settings, or those of a new desk and why: nobody is kept out by a typing slip."""
    trouble = None
    try:
        settings = load(opening.folder)
    except UnreadableFile as error:
        settings, trouble = Settings(), error
    return (replace(settings, language=language) if language else settings), trouble


def _prepare(opening: Opening) -> None:
    """Do while the password is typed what would take long after it."""
    opening.prepare()
    import counter_app.desktop.confirm_day
    import counter_app.desktop.workplace
    import counter_app.devices.apart  # noqa: F401


def _printers() -> Printer:
    from counter_app.desktop.printing_process import COMMAND  # as above
    from counter_app.devices.apart import PrintersApart

    return PrintersApart(COMMAND)
