"""A dossier as the officer sees it: head, sheets, and what has happened beside them."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QTabWidget, QWidget

from counter_app.desktop import theme
from counter_app.desktop.dossier.actions import Actions
from counter_app.desktop.dossier.facts import sections
from counter_app.desktop.dossier.head import Head
from counter_app.desktop.dossier.panel import EntryPanel
from counter_app.desktop.dossier.presenter import DossierState
from counter_app.desktop.dossier.sheets import ColumnSheet, FactSheet
from counter_app.desktop.dossier.timeline import Timeline
from counter_app.desktop.widgets.banner import Banner
from counter_app.desktop.widgets.basics import button, card, column, label, row
from counter_app.desktop.widgets.empty import EmptyState
from counter_app.domain.dossier import Dossier
from counter_app.domain.papers import PaperTaken
from counter_app.i18n import _, format_count, law
from counter_app.services.viewing import OpenDossier

_TIMELINE: Final = 340
_PANEL: Final = 470
_MOST: Final = 1.25  # times the usual width, however large the letters
_ROOM_FOR_WORDS: Final = 860


class Tab(NamedTuple):
    """A sheet of the dossier that somebody else shows: its name, how it is made, and Ctrl+Enter."""

    name: Callable[[], str]
    build: Callable[[], QWidget]
    submit: Callable[[], None] = lambda: None


class DossierView(QWidget):
    """Shows a DossierState."""

    numbers_toggled = Signal()
    print_wanted = Signal()
    look_wanted = Signal()
    paper_wanted = Signal(object)
    begun = Signal(str)
    supplement_wanted = Signal()
    all_ticked = Signal()
    done = Signal()
    came_back = Signal()

    def __init__(self, tabs: Sequence[Tab] = ()) -> None:
        super().__init__()
        self.head = Head()
        self.head.print_wanted.connect(self.print_wanted)
        self.head.look_wanted.connect(self.look_wanted)
        self.head.paper_wanted.connect(self.paper_wanted)
        self.warning = Banner()
        self.facts = FactSheet(_("Information"))
        self.papers = ColumnSheet(_("Papers"), (_("Paper"), _("Originals"), _("Copies"), _("Note")))
        self.timeline = Timeline()
        self.bar = Actions()
        self.bar.chosen.connect(self.begun)
        self.panel = EntryPanel()
        self._others = [(tab, tab.build()) for tab in tabs]
        self.eye = button("", self.numbers_toggled.emit, role="link", symbol="eye")
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setAccessibleName(_("Dossier"))
        self.empty = EmptyState()
        self._scale = self.font().pointSizeF() / theme.BASE_POINTS
        self._shown: OpenDossier | None = None
        self._numbers_shown = False
        self._was_other = False
        self._lay_out()
        for key, act in (
            ("Ctrl+U", self.supplement_wanted.emit),
            ("F9", self.all_ticked.emit),
            ("Ctrl+Return", self._submit),
            ("Ctrl+Enter", self._submit),
        ):
            QShortcut(QKeySequence(key), self, act)
        self.setFocusProxy(self.tabs.tabBar())

    def show_state(self, state: DossierState) -> None:
        """Make the widgets say what `state` says."""
        opened = state.opened
        self._below.setCurrentIndex(1 if opened is None else 0)
        if opened is None:
            self.empty.say("search", state.problem)
            self._shown = None
            return
        self.bar.show_possible(state.possible, state.barred)
        self.head.show_offers(state.offers)
        self._show_entry(state)
        if (opened, state.numbers_shown) == (self._shown, self._numbers_shown):
            return
        self._shown, self._numbers_shown = opened, state.numbers_shown
        self.head.show_dossier(opened)
        self._warn(opened)
        self._name_eye()
        told = sections(opened, numbers_shown=state.numbers_shown)
        self.facts.show_sections(told)
        self.eye.setVisible(opened.dossier.received is not None)
        self._show_papers(opened.dossier)
        self.timeline.show_entries(opened)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the eye without its words where they would crowd the tabs."""
        super().resizeEvent(event)
        self._name_eye()

    def _submit(self) -> None:
        """Do what is being entered beside the sheets, or on the sheet in sight."""
        other = self._other
        if other is not None and not self.panel.isVisibleTo(self):
            other.submit()
        else:
            self.done.emit()

    @property
    def _other(self) -> Tab | None:
        """The sheet in sight, if somebody else shows it."""
        shown = self.tabs.currentWidget()
        return next((tab for tab, sheet in self._others if sheet is shown), None)

    def _make_room(self) -> None:
        """Show what has happened where neither an entry nor another's sheet needs the room."""
        entering = self.panel.isVisibleTo(self)
        away = self._other is None and self._was_other
        self._was_other = self._other is not None
        self._happened.setVisible(not entering and self._other is None)
        if away:
            self.came_back.emit()

    def _show_entry(self, state: DossierState) -> None:
        """Have what is entered in the place of what has happened, as long as something is."""
        entering = state.entry is not None
        left = self.panel.isVisibleTo(self) and not entering
        if entering and self._other is not None:
            self.tabs.setCurrentIndex(0)
        if entering:  # before the panel comes: side by side they would widen the window
            self._happened.hide()
        self.panel.setVisible(entering)
        self._make_room()
        if state.entry is not None:
            self.panel.show_entry(state.entry)
            self.setFocusProxy(self.panel)
        else:
            self.panel.forget()
            self.setFocusProxy(self.tabs.tabBar())
            if left:
                self.tabs.tabBar().setFocus()

    def _name_eye(self) -> None:
        words = _("Hide ID numbers") if self._numbers_shown else _("Show ID numbers")
        roomy = self.width() >= _ROOM_FOR_WORDS * self._scale
        self.eye.setText(words if roomy else "")
        self.eye.setShortcut("Ctrl+H")  # the text has taken it away
        self.eye.setToolTip(f"{words} (Ctrl+H)")
        self.eye.setAccessibleName(words)

    def _lay_out(self) -> None:
        self.tabs.addTab(self.facts, "")
        self.tabs.addTab(self.papers, "")
        corner = QWidget()  # in the middle of the tabs' height, where Qt puts it at their foot
        row(self.eye, into=corner).setContentsMargins(0, 0, 0, 5)
        self.tabs.setCornerWidget(corner)
        for tab, sheet in self._others:
            # It has the whole width while it is in sight, and must not widen the window else.
            sheet.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
            self.tabs.addTab(sheet, tab.name())
        self.tabs.currentChanged.connect(lambda _place: self._make_room())
        self._happened = card(label(_("What has happened"), "heading"), self.timeline)
        self._happened.setFixedWidth(round(_TIMELINE * min(self._scale, _MOST)))
        self.panel.setFixedWidth(round(_PANEL * min(self._scale, _MOST)))
        self.panel.hide()
        sheets = card(self.tabs, margin=8)
        body = row(sheets, self._happened, self.panel, spacing=12)
        body.setStretch(0, 1)
        whole = QWidget()
        parts = (self.head, self.bar, self.warning, body)
        column(*parts, into=whole, spacing=10).setStretch(3, 1)
        self._below = QStackedLayout(self)
        self._below.addWidget(whole)
        self._below.addWidget(self.empty)

    def _warn(self, opened: OpenDossier) -> None:
        if opened.dossier.needs_newer_program:
            self.warning.say(
                _(
                    "A newer program has worked on this dossier. It can be read here, but "
                    "nothing can be done with it until this program is updated."
                ),
                "warning",
            )
        elif opened.dossier.received is None:
            self.warning.say(
                _(
                    "This desk has not seen the reception of this dossier. What is known here "
                    "is shown; the rest is at the desk that received it."
                ),
                "info",
            )
        else:
            self.warning.hush()

    def _show_papers(self, dossier: Dossier) -> None:
        names = ", ".join(law(paper.name) for paper in dossier.missing)
        note = _("Still to be brought: {papers}").format(papers=names) if names else ""
        self.papers.show_lines([_paper(paper) for paper in dossier.papers], note=note)
        count = len(dossier.papers)
        self.tabs.setTabText(0, _("Information"))
        self.tabs.setTabText(1, _("Papers ({count})").format(count=count))


def _paper(paper: PaperTaken) -> tuple[str, ...]:
    return (
        law(paper.name),
        format_count(paper.originals) if paper.originals else "–",
        format_count(paper.copies) if paper.copies else "–",
        _("shown only") if paper.shown else "",
    )
