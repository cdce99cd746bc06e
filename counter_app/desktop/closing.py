"""The last thing one sees: the desk is being saved, and what to do if that fails."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from counter_app.desk import Desk
from counter_app.desktop.lanes import Tasks
from counter_app.desktop.theme import BASE_POINTS
from counter_app.desktop.widgets.basics import button, card, column, label, row
from counter_app.errors import CounterError
from counter_app.i18n import _
from counter_app.services.care import back_up_in_turn

_WIDTH = 460
_LOOK_AGAIN_MS = 100


class ClosingView(QWidget):
    """Says that a backup is being made; after a failure asks whether to close without one."""

    again = Signal()
    without = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._heading = label("", "title")
        self._words = label("", wrap=True)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self.again_button = button(_("&Try again"), self.again.emit, role="primary")
        self.without_button = button(_("&Close without a backup"), self.without.emit)
        self._choices = QWidget()
        row(1, self.without_button, self.again_button, into=self._choices)
        box = card(self._heading, self._words, self._bar, self._choices, margin=26, spacing=16)
        box.setFixedWidth(round(_WIDTH * self.font().pointSizeF() / BASE_POINTS))
        column(1, row(1, box, 1), 1, into=self)
        self.show_busy()

    def show_busy(self) -> None:
        """Say that it is being done."""
        self._heading.setText(_("Backing up…"))
        self._words.setText(_("The window closes by itself when everything has been saved."))
        self._choices.hide()
        self._bar.show()

    def show_doubt(self) -> None:
        """Leave it to the officer: somebody wants to close a second time."""
        self._words.setText(_("The backup is not finished yet."))
        self._choices.show()

    def show_failure(self, error: CounterError) -> None:
        """Say why there is no backup."""
        self._heading.setText(_("No backup could be made"))
        self._words.setText(str(error))
        self._bar.hide()
        self._choices.show()
        self.again_button.setFocus()


class Closing:
    """Lets what is under way end, makes a backup and closes the store; then calls `done`."""

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        done: Callable[[], None],
        at_rest: Callable[[], bool] = lambda: True,
    ) -> None:
        self._desk = desk
        self._tasks = tasks
        self._done = done
        self._at_rest = at_rest
        self._over = False
        self.view = ClosingView()
        self.view.again.connect(self.begin)
        self.view.without.connect(self._close)

    def begin(self) -> None:
        """Begin, or begin again."""
        self.view.show_busy()
        self._back_up_at_rest()

    def _back_up_at_rest(self) -> None:
        if self._over:
            return
        if not self._at_rest():  # scans that were dropped a moment ago
            QTimer.singleShot(_LOOK_AGAIN_MS, self.view, self._back_up_at_rest)
            return
        # In the writers' lane: after the last of what was typed.
        self._tasks.write(
            lambda: back_up_in_turn(self._desk),
            done=lambda _made: self._close(),
            failed=self.view.show_failure,
        )

    def _close(self) -> None:
        self._over = True
        self._tasks.write(
            self._desk.store.close, done=lambda _none: self._done(), failed=self.view.show_failure
        )
