"""What was scanned for the same applicant before: a page of it may do for this dossier."""

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from counter_app.desktop.scans.page_list import PageList
from counter_app.desktop.scans.state import ScansState
from counter_app.desktop.widgets.basics import button, column, label, row
from counter_app.desktop.widgets.field import Field, set_choices
from counter_app.desktop.widgets.steady import SteadyCombo
from counter_app.i18n import _, law
from counter_app.services.scans import EarlierScans

_FRAME = 8


class EarlierPages(QFrame):
    """Shows the pages of one earlier dossier after the other."""

    reused = Signal(object, object)  # dossier and scan
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.dossiers = SteadyCombo()
        self.pages = PageList(_("Pages of the earlier dossier"))
        self.pages.setMinimumHeight(self.pages.gridSize().height() + _FRAME)
        self.use_button = button("", self._use, role="primary")
        self.back_button = button(_("&Back (Esc)"), self.left.emit)
        self.hint = label("", "muted", wrap=True)
        self._found: tuple[EarlierScans, ...] = ()
        self._state = ScansState()
        self._selected: UUID | None = None
        self.dossiers.activated.connect(lambda _place: self._show_pages())
        self.pages.chosen.connect(self._choose)
        self.pages.opened.connect(self._use)
        field = Field(_("&Earlier dossier"), self.dossiers)
        buttons = row(self.use_button, self.back_button, 1)
        column(field, self.hint, self.pages, buttons, into=self, margin=10).setStretch(2, 1)
        self.setFocusProxy(self.pages)

    def show_state(self, state: ScansState) -> None:
        """Offer the earlier dossiers there are."""
        self._state, self._found = state, state.earlier or ()
        choices = [(str(each.dossier_id), _named(each)) for each in self._found]
        set_choices(self.dossiers, choices, choices[0][0] if choices else "")
        name = law(state.paper.name) if state.paper and state.chosen else _("Other papers")
        self.hint.setText(_("The page is used for “{paper}”.").format(paper=name))
        self.use_button.setText(_("&Use this page"))
        self._show_pages()
        if self._found:
            self.pages.setFocus()

    def _show_pages(self) -> None:
        shown = self._shown()
        scans = shown.scans if shown else ()
        self._selected = scans[0].added.scan if scans else None
        self.pages.show_pages(scans, self._state.pictures, self._selected)
        self.use_button.setEnabled(bool(scans))

    def _shown(self) -> EarlierScans | None:
        chosen = self.dossiers.currentData()
        return next((each for each in self._found if str(each.dossier_id) == chosen), None)

    def _choose(self, scan: UUID) -> None:
        self._selected = scan

    def _use(self) -> None:
        shown = self._shown()
        if shown is not None and self._selected is not None:
            self.reused.emit(shown.dossier_id, self._selected)


def _named(each: EarlierScans) -> str:
    return f"{each.code}  {each.procedure_name}"
