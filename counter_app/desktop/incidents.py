"""Bugs, as the officer meets them: one calm sentence, a number, and what to do."""

import sys
import threading
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from counter_app.desktop.icons import icon
from counter_app.desktop.logbook import Incident, incident_of, log
from counter_app.desktop.theme import worn
from counter_app.desktop.widgets.basics import button, column, label, row
from counter_app.i18n import _


class Incidents(QObject):
    """Takes every error that nobody expected, in whatever thread, logs it and shows it once."""

    happened = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: IncidentDialog | None = None
        self._before = sys.excepthook, threading.excepthook
        self.happened.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def watch(self) -> None:
        """Be told of every bug from here on."""
        self._before = sys.excepthook, threading.excepthook
        sys.excepthook = self._caught
        threading.excepthook = self._caught_in_thread

    def rest(self) -> None:
        """Leave bugs again to whom they were left before."""
        sys.excepthook, threading.excepthook = self._before

    def _caught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt | SystemExit):
            sys.__excepthook__(kind, error, trace)
            return
        incident = incident_of(error.with_traceback(trace))
        log.error("incident %s", incident)
        self.happened.emit(incident)

    def _caught_in_thread(self, found: threading.ExceptHookArgs) -> None:
        if found.exc_value is not None:
            self._caught(found.exc_type, found.exc_value, found.exc_traceback)

    def _show(self, incident: Incident) -> None:
        if self._shown is not None:  # one bug often brings others; the first says it
            return
        self._shown = IncidentDialog(incident, QApplication.activeWindow() or _in_sight())
        self._shown.finished.connect(self._seen)
        self._shown.open()

    def _seen(self) -> None:
        self._shown = None


def _in_sight() -> QWidget | None:
    """Return the window behind another program, if there is one: the dialog is dressed as it is."""
    return next((each for each in QApplication.topLevelWidgets() if each.isVisible()), None)


class IncidentDialog(QDialog):
    """Says that something went wrong, what is safe, and gives the number to pass on."""

    def __init__(self, incident: Incident, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Unexpected error"))
        self._incident = incident
        symbol = QLabel()
        symbol.setPixmap(icon("triangle-alert", worn().warning).pixmap(32, 32))
        words = _(
            "Something unexpected went wrong. What was saved up to the step before is safe. "
            "Incident {code} — copy it for the support."
        )
        message = label(words.format(code=incident.code), wrap=True)
        message.setMinimumWidth(380)
        self.copy_button = button(_("&Copy"), self._copy, symbol="copy")
        close = button(_("&Go on"), self.accept, role="primary")
        close.setDefault(True)
        head = row(symbol, message, spacing=14)
        head.setStretch(1, 1)
        head.setAlignment(symbol, Qt.AlignmentFlag.AlignTop)
        column(head, row(1, self.copy_button, close), into=self, margin=20, spacing=18)
        close.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(str(self._incident))
        self.copy_button.setText(_("Copied"))
