"""Results that are handed out: the stack at the left, whoever takes it at the right."""

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from counter_app.desktop import theme
from counter_app.desktop.returning.collector import CollectorPanel
from counter_app.desktop.returning.slips import SlipList
from counter_app.desktop.returning.state import ReturningState
from counter_app.desktop.widgets.banner import Banner
from counter_app.desktop.widgets.basics import column, label, row
from counter_app.desktop.widgets.empty import EmptyState
from counter_app.i18n import _

_PANEL: Final = 430


class ReturningView(QWidget):
    """Shows a ReturningState."""

    typed = Signal(str)
    submitted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.trouble = Banner()
        self.told = Banner()
        self.line = QLineEdit()
        self.line.setProperty("role", "scan")
        self.line.setPlaceholderText(_("Scan the receipt, or type the dossier code and Enter"))
        self.line.setAccessibleName(_("Receipt or dossier code"))
        self.line.returnPressed.connect(self._enter)
        self.count = label("", "muted")
        self.slips = SlipList()
        self.empty = EmptyState()
        self._below = QStackedWidget()
        self._below.addWidget(self.empty)
        self._below.addWidget(self.slips)
        self.panel = CollectorPanel()
        scale = self.font().pointSizeF() / theme.BASE_POINTS
        self.panel.setFixedWidth(round(_PANEL * min(scale, 1.15)))
        head = row(label(_("Return results"), "title"), 1, self.count)
        left = column(head, self.line, self._below, spacing=10)
        left.setStretch(2, 1)
        body = row(left, self.panel, spacing=12)
        body.setStretch(0, 1)
        whole = column(self.told, self.trouble, body, into=self, spacing=10)
        whole.setStretch(2, 1)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self, self.submitted.emit)
        self.setFocusProxy(self.line)

    def show_state(self, state: ReturningState) -> None:
        """Make the widgets say what `state` says."""
        self._say(self.told, state.told, "good")
        self._say(self.trouble, state.trouble, "danger")
        self._below.setCurrentIndex(1 if state.slips else 0)
        self.panel.setEnabled(bool(state.slips))
        if not state.slips:
            words = _("Scan a receipt to hand its result out, or the ID card of whoever collects.")
            self.empty.say("scan-line", words)
        self.count.setText(
            _("{ready} of {count} can be handed out").format(
                ready=len(state.ready), count=len(state.slips)
            )
            if state.slips
            else ""
        )
        self.slips.show_state(state)
        self.panel.show_state(state)

    def await_slip(self) -> None:
        """Put the cursor where the next slip is scanned."""
        QTimer.singleShot(0, self, self.line.setFocus)

    def _enter(self) -> None:
        text = self.line.text()
        self.line.clear()
        self.typed.emit(text)

    def _say(self, banner: Banner, words: str, tone: str) -> None:
        if words and (banner.message.text() != words or banner.isHidden()):
            banner.say(words, "good" if tone == "good" else "danger")
        elif not words:
            banner.setVisible(False)
