"""The key map as a page one can take in at a glance, and beside it what the program is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QWidget

from counter_app.desktop.help.presenter import HelpState
from counter_app.desktop.icons import app_icon
from counter_app.desktop.widgets.basics import card, column, label, row, tag
from counter_app.i18n import _


class HelpView(QWidget):
    """Shows a HelpState."""

    def __init__(self) -> None:
        super().__init__()
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column(label(_("Keys and help"), "title"), self._area, into=self, spacing=10)
        self.setFocusProxy(self._area)

    def show_state(self, state: HelpState) -> None:
        """Make the widgets say what `state` says."""
        inner = QWidget()
        keys = [_keys(_(name), lines) for name, lines in state.keys]
        left = column(*keys[:1], _scanning(), 1, spacing=12)
        middle = column(*keys[1:], 1, spacing=12)
        columns = row(left, middle, column(_about(state), 1), into=inner, spacing=12)
        for place in range(3):
            columns.setStretch(place, 1)
        self._area.setWidget(inner)


def _keys(name: str, lines: tuple[tuple[str, str], ...]) -> QFrame:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    for place, (key, words) in enumerate(lines):
        grid.addWidget(tag(key), place, 0)
        grid.addWidget(label(_(words), wrap=True), place, 1)
    return card(label(name, "heading"), grid)


def _scanning() -> QFrame:
    words = _(
        "Scan an ID card on any screen: a new application opens with the person filled in. "
        "Scan a receipt: its dossier opens. No field needs the cursor for it."
    )
    return card(label(_("Scanner"), "heading"), label(words, wrap=True))


def _about(state: HelpState) -> QFrame:
    mark = QLabel()
    mark.setPixmap(app_icon().pixmap(48, 48))
    name = column(
        label(_("One-stop desk"), "heading"),
        label(_("Version {version}").format(version=state.version), "muted"),
        spacing=0,
    )
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(0, 1)
    for place, (part, licence) in enumerate(state.parts):
        grid.addWidget(label(part, wrap=True), place, 0)
        grid.addWidget(label(licence, "muted", wrap=True), place, 1)
    words = _(
        "Free software under the Apache License 2.0. It works without a network; what is "
        "registered stays encrypted on this PC."
    )
    return card(
        row(mark, name, 1, spacing=12),
        label(words, wrap=True),
        label(_("Made with"), "heading"),
        grid,
    )
