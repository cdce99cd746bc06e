"""The line at the foot of the window: in words how the desk stands, never by colour alone."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame

from counter_app.desk import Desk
from counter_app.desktop.lanes import Tasks
from counter_app.desktop.widgets.basics import label, row
from counter_app.errors import CounterError
from counter_app.i18n import _, format_instant, ngettext
from counter_app.services.status import DeskStatus, desk_status

_EVERY_MS = 30_000


class StatusBar(QFrame):
    """Looks at the store every half minute, and whenever it is told to."""

    def __init__(self, desk: Desk, tasks: Tasks) -> None:
        super().__init__()
        self.setProperty("role", "statusbar")
        self._desk = desk
        self._tasks = tasks
        self.state = label("…", "plain")
        self.warning = label("", "hint")
        self._backup = label("", "muted")
        self._clock = label("", "muted")
        layout = row(self.state, self.warning, self._backup, self._clock, into=self, spacing=18)
        layout.setContentsMargins(14, 5, 14, 5)
        layout.setStretch(1, 1)
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        self.refresh()

    def refresh(self) -> None:
        """Ask the store how things stand."""
        self._tasks.read(lambda: desk_status(self._desk), done=self._show, failed=self._fail)

    def _show(self, status: DeskStatus) -> None:
        waiting = ngettext("{count} dossier kept here", "{count} dossiers kept here", status.unsent)
        self.state.setText(
            _("Stand-alone desk") + " — " + waiting.format(count=status.unsent)
        )
        self.warning.setText(_codes_warning(status))
        when = format_instant(status.backed_up_at) if status.backed_up_at else _("never")
        self._backup.setText(_("Last backup: {when}").format(when=when))
        self._clock.setText(f"{self._desk.clock.now():%H:%M}")

    def _fail(self, error: CounterError) -> None:
        self.warning.setText(str(error))


def _codes_warning(status: DeskStatus) -> str:
    if status.codes_left > status.codes_low:
        return ""
    return _("Only {count} dossier numbers are left for today.").format(count=status.codes_left)
