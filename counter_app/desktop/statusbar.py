"""The line at the foot of the window: in words how the desk stands, never by colour alone."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy

from counter_app.desktop.standing import Standing, in_words, to_see_to
from counter_app.desktop.widgets.basics import Tone, label, row, set_look
from counter_app.errors import CounterError
from counter_app.i18n import _, format_instant, ngettext
from counter_app.services.status import DeskStatus

_LEAST: Final = 160


class StatusBar(QFrame):
    """Shows what it is told; what it says of the centre leads there."""

    centre_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "statusbar")
        self.state = _Line(self.centre_wanted.emit)
        self.reports = _Line(self.centre_wanted.emit)
        self.warning = label("", "hint")
        self.backup = label("", "muted")
        self.clock = label("", "muted")
        parts = (self.state, self.reports, self.warning, self.backup, self.clock)
        layout = row(*parts, into=self, spacing=18)
        layout.setContentsMargins(8, 3, 14, 3)
        layout.setStretch(2, 1)
        self.reports.hide()

    def show_standing(self, standing: Standing) -> None:
        """Say how the desk stands."""
        said = in_words(standing)
        self.state.say(said.text, said.tone)
        wanted = to_see_to(standing)
        self.reports.say(wanted, "warning")
        self.reports.setVisible(bool(wanted))
        self.warning.setText(_codes_warning(standing.status))
        when = format_instant(standing.backed_up_at) if standing.backed_up_at else _("never")
        self.backup.setText(_("Last backup: {when}").format(when=when))
        self.clock.setText(f"{standing.now:%H:%M}")

    def show_trouble(self, error: CounterError) -> None:
        """Say why nothing is known."""
        self.warning.setText(str(error))


class _Line(QPushButton):
    """Words that lead somewhere when they are clicked; cut where there is no room for them."""

    def __init__(self, pressed: Callable[[], None]) -> None:
        super().__init__()
        self._words = ""
        self.setProperty("role", "status")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # F8 leads there from everywhere
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda *_: pressed())

    def say(self, words: str, tone: Tone) -> None:
        """Say something else."""
        self._words = words
        self.setAccessibleName(words)
        self.setToolTip(f"{words} (F8)")
        set_look(self, "tone", tone)
        self._cut()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the room for all words."""
        hint = super().sizeHint()
        metrics = self.fontMetrics()
        missing = metrics.horizontalAdvance(self._words) - metrics.horizontalAdvance(self.text())
        return QSize(hint.width() + missing, hint.height())

    def minimumSizeHint(self) -> QSize:
        """Return room for the first words."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), _LEAST), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say as much as there is room for."""
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        around = super().sizeHint().width() - self.fontMetrics().horizontalAdvance(self.text())
        room = self.width() - around if self.isVisible() else self.maximumWidth()
        shown = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        if shown != self.text():
            self.setText(shown)


def _codes_warning(status: DeskStatus) -> str:
    if status.codes_left > status.codes_low:
        return ""
    words = ngettext(
        "Only {count} dossier number is left for today.",
        "Only {count} dossier numbers are left for today.",
        status.codes_left,
    )
    return words.format(count=status.codes_left)
