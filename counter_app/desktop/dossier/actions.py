"""What can be done to a dossier now: the likeliest as buttons, all of it in a menu."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QMenu

from counter_app.desktop import theme
from counter_app.desktop.dossier.entries import ORDER
from counter_app.desktop.widgets.basics import button, clear, row
from counter_app.domain.kind_name import kind_name
from counter_app.errors import CounterError
from counter_app.i18n import _
from counter_app.services.acting import Possible

_ROOM: Final = 4
_ROOM_FOR_LARGE: Final = 2
_DIGITS: Final = "123456789"
_KEYS: Final = {"supplement_requested": "Ctrl+U", "supplement_received": "Ctrl+U"}


class Actions(QFrame):
    """Buttons that Alt with their number presses; 0 opens the menu of all."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[object, ...] = ()
        self._line = row(into=self, spacing=8)
        self.menu = QMenu(self)
        self.more = button(_("More (Alt+&0)"), self._open)
        self.buttons: dict[str, object] = {}

    def show_possible(
        self, possible: Sequence[Possible], barred: Mapping[str, CounterError]
    ) -> None:
        """Offer what is possible now, and say of the rest whose work it is or why it is not."""
        said = {kind: str(error) for kind, error in barred.items()}
        if (possible, said, _("More (Alt+&0)")) == self._shown:
            return
        self._shown = (possible, said, _("More (Alt+&0)"))
        known = {each.kind: each for each in possible}
        allowed = [kind for kind in ORDER if kind in known and known[kind].allowed]
        others = [known[kind] for kind in ORDER if kind in known and not known[kind].allowed]
        self._offer(allowed)
        self._fill(allowed, others, said)
        self.setVisible(bool(allowed or others))

    def _offer(self, allowed: Sequence[str]) -> None:
        clear(self._line)
        self.buttons = {}
        room = _ROOM_FOR_LARGE if theme.is_large() else _ROOM
        for digit, kind in zip(_DIGITS, allowed[:room], strict=False):
            made = button(f"&{digit}  {kind_name(kind)}", partial(self.chosen.emit, kind))
            keys = f"Alt+{digit}, {_KEYS[kind]}" if kind in _KEYS else f"Alt+{digit}"
            made.setToolTip(f"{kind_name(kind)} ({keys})")
            self.buttons[kind] = made
            self._line.addWidget(made)
        self.more = button(_("More (Alt+&0)"), self._open, symbol="chevron-down")
        self._line.addWidget(self.more)
        self._line.addStretch(1)

    def _fill(
        self, allowed: Sequence[str], others: Sequence[Possible], said: Mapping[str, str]
    ) -> None:
        self.menu.clear()
        for place, kind in enumerate(allowed):
            digit = f"&{_DIGITS[place]}  " if place < len(_DIGITS) else "     "
            action = self.menu.addAction(f"{digit}{kind_name(kind)}")
            action.triggered.connect(lambda _on=False, k=kind: self.chosen.emit(k))
        if others or said:
            self.menu.addSeparator()
        for each in others:
            roles = ", ".join(f"{role}" for role in each.roles)
            words = _("{name} — {roles}").format(name=kind_name(each.kind), roles=roles)
            self.menu.addAction(f"     {words}").setEnabled(False)
        for kind, why in said.items():
            short = why.split(". ")[0].rstrip(".")
            words = _("{name} — {roles}").format(name=kind_name(kind), roles=short)
            action = self.menu.addAction(f"     {words}")
            action.setToolTip(why)
            action.setEnabled(False)

    def _open(self) -> None:
        self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))
