"""What is rarely asked for: behind one line that says in words what stands there."""

from collections.abc import Collection

from PySide6.QtWidgets import QWidget

from counter_app.desktop.widgets.basics import (
    button,
    column,
    hold_together,
    label,
    paint_symbol,
    row,
)
from counter_app.i18n import _


class Fold(QWidget):
    """Fields that can be folded away once they are filled in, and unfold when one is wrong."""

    def __init__(self, name: str, *parts: QWidget) -> None:
        super().__init__()
        self.line = button(name, self.turn, role="link", symbol="chevron-down")
        self.said = label("", "muted", wrap=True)
        self.said.hide()
        head = row(self.line, self.said, spacing=6)
        head.setStretch(1, 1)
        self._inside = QWidget()
        column(*parts, into=self._inside, spacing=8)
        hold_together(self, column(head, self._inside, into=self, spacing=2))
        self._wrong: frozenset[str] = frozenset()
        self._open = True
        self._name = name
        self._tell()

    def show_fold(self, *, wanted: bool, said: str, wrong: Collection[str]) -> None:
        """Say what stands in the fields, and show them where something is `wrong` with one.

        What is not `wanted` is out of sight, and comes back unfolded.
        """
        self.setVisible(wanted)
        self.said.setText(said)
        now = frozenset(wrong)
        if not wanted or now - self._wrong:
            self.unfold()
        self._wrong = now

    def turn(self) -> None:
        """Fold the fields away, or unfold them."""
        self._open = not self._open
        self._tell()

    def unfold(self) -> None:
        """Have the fields in sight."""
        if not self._open:
            self._open = True
            self._tell()

    def _tell(self) -> None:
        self._inside.setVisible(self._open)
        self.said.setVisible(not self._open)
        self.line.setProperty("symbol", "chevron-down" if self._open else "chevron-right")
        paint_symbol(self.line)
        what = _("fold away") if self._open else _("unfold")
        self.line.setAccessibleName(f"{self._name}: {what}")
        self.line.setToolTip(what.capitalize())
