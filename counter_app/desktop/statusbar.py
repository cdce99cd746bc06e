"""The line at the foot of the window: in words how the desk stands, never by colour alone."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
)

from counter_app.desktop.standing import Standing, in_words, to_print, to_see_to
from counter_app.desktop.widgets.basics import Tone, label, row, set_look
from counter_app.errors import CounterError
from counter_app.i18n import _, format_instant, ngettext
from counter_app.services.status import DeskStatus

_LEAST: Final = 160


class StatusBar(QFrame):
    """Shows what it is told; what it says of the centre, or of papers, leads there."""

    centre_wanted = Signal()
    prints_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "statusbar")
        self.state = _Line(self.centre_wanted.emit, "F8")
        self.reports = _Line(self.centre_wanted.emit, "F8", bold=True)
        self.papers = _Line(self.prints_wanted.emit, "Ctrl+9", bold=True)
        self.warning = label("", "hint")
        self.backup = label("", "muted")
        self.clock = label("", "muted")
        parts = (
            self.state, self.reports, self.papers, self.warning, self.backup, self.clock,
        )  # fmt: skip
        layout = row(*parts, into=self, spacing=18)
        layout.setContentsMargins(8, 3, 14, 3)
        layout.setStretch(3, 1)
        self.reports.hide()
        self.papers.hide()

    def show_standing(self, standing: Standing) -> None:
        """Say how the desk stands."""
        said = in_words(standing)
        self.state.say(said.text, said.tone)
        wanted = to_see_to(standing)
        self.reports.say(wanted, "warning")
        self.reports.setVisible(bool(wanted))
        unprinted = to_print(standing)
        self.papers.say(unprinted, "warning")
        self.papers.setVisible(bool(unprinted))
        self.warning.setText(_codes_warning(standing.status))
        when = format_instant(standing.backed_up_at) if standing.backed_up_at else _("never")
        self.backup.setText(_("Last backup: {when}").format(when=when))
        self.clock.setText(f"{standing.now:%H:%M}")

    def show_trouble(self, error: CounterError) -> None:
        """Say why nothing is known."""
        self.warning.setText(str(error))


class _Line(QPushButton):
    """Words that lead somewhere when they are clicked; cut where there is no room for them."""

    def __init__(self, pressed: Callable[[], None], key: str, *, bold: bool = False) -> None:
        super().__init__()
        self._key = key
        self.setProperty("role", "status")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its key leads there from everywhere
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        font = self.font()
        font.setBold(bold)
        self.setFont(font)
        self.clicked.connect(lambda *_: pressed())

    def say(self, words: str, tone: Tone) -> None:
        """Say something else."""
        self.setText(words)
        self.setAccessibleName(words)
        self.setToolTip(words if self._key in words else f"{words} ({self._key})")
        set_look(self, "tone", tone)

    def minimumSizeHint(self) -> QSize:
        """Return room for the first words."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), _LEAST), hint.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw as many words as there is room for."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        missing = max(self.sizeHint().width() - self.width(), 0)
        if missing:
            room = self.fontMetrics().horizontalAdvance(self.text()) - missing
            cut = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
            option.text = cut
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)


def _codes_warning(status: DeskStatus) -> str:
    if status.codes_left > status.codes_low:
        return ""
    words = ngettext(
        "Only {count} dossier number is left for today.",
        "Only {count} dossier numbers are left for today.",
        status.codes_left,
    )
    return words.format(count=status.codes_left)
