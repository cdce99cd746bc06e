"""A dossier as the officer sees it: head, sheets, and what has happened beside them."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedLayout, QTabWidget, QWidget

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
from counter_app.domain.fee import FeeLine
from counter_app.domain.papers import PaperTaken
from counter_app.i18n import _, format_count, format_money, law
from counter_app.services.viewing import OpenDossier

_TIMELINE: Final = 340
_PANEL: Final = 470
_MOST: Final = 1.25  # times the usual width, however large the letters
_ROOM_FOR_WORDS: Final = 860


class Tab(NamedTuple):
    """A sheet of the dossier that somebody else shows: its name, and how it is made."""

    name: Callable[[], str]
    build: Callable[[], QWidget]


class DossierView(QWidget):
    """Shows a DossierState."""

    numbers_toggled = Signal()
    print_wanted = Signal()
    look_wanted = Signal()
    begun = Signal(str)
    supplement_wanted = Signal()
    all_ticked = Signal()
    done = Signal()

    def __init__(self, tabs: Sequence[Tab] = ()) -> None:
        super().__init__()
        self.head = Head()
        self.head.print_wanted.connect(self.print_wanted)
        self.head.look_wanted.connect(self.look_wanted)
        self.warning = Banner()
        self.facts = FactSheet(_("Information"))
        self.papers = ColumnSheet(_("Papers"), (_("Paper"), _("Originals"), _("Copies"), _("Note")))
        self.fees = ColumnSheet(_("Fees"), (_("Fee"), _("Each"), _("Number"), _("Amount")))
        self.timeline = Timeline()
        self.bar = Actions()
        self.bar.chosen.connect(self.begun)
        self.panel = EntryPanel()
        self._others = [(tab.name(), tab.build()) for tab in tabs]
        self.eye = button("", self.numbers_toggled.emit, role="link", symbol="eye")
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setAccessibleName(_("Dossier"))
        self.empty = EmptyState()
        self._scale = self.font().pointSizeF() / theme.BASE_POINTS
        self._shown: OpenDossier | None = None
        self._numbers_shown = False
        self._lay_out()
        for key, wanted in (
            ("F10", self.supplement_wanted),
            ("F9", self.all_ticked),
            ("Ctrl+Return", self.done),
            ("Ctrl+Enter", self.done),
        ):
            QShortcut(QKeySequence(key), self, wanted.emit)
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
        self._show_fees(opened.dossier)
        self.timeline.show_entries(opened)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the eye without its words where they would crowd the tabs."""
        super().resizeEvent(event)
        self._name_eye()

    def _show_entry(self, state: DossierState) -> None:
        """Have what is entered in the place of what has happened, as long as something is."""
        entering = state.entry is not None
        left = self.panel.isVisibleTo(self) and not entering
        self._happened.setVisible(not entering)
        self.panel.setVisible(entering)
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
        self.tabs.addTab(self.fees, "")
        corner = QWidget()  # in the middle of the tabs' height, where Qt puts it at their foot
        row(self.eye, into=corner).setContentsMargins(0, 0, 0, 5)
        self.tabs.setCornerWidget(corner)
        for name, sheet in self._others:
            self.tabs.addTab(sheet, name)
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

    def _show_fees(self, dossier: Dossier) -> None:
        lines = dossier.received.fees if dossier.received else ()
        owed = dossier.charged - dossier.paid
        unknown = any(line.amount is None for line in lines)
        note = _("The office has not entered every amount: ask the cashier.") if unknown else ""
        paid = (_("Paid"), "", "", format_money(dossier.paid))
        total = (_("Total"), "", "", format_money(dossier.charged))
        rest = (_("Still to pay"), "", "", format_money(max(owed, 0)))
        sums = (total, paid, rest) if dossier.received else (paid,)
        self.fees.show_lines([_fee(line) for line in lines], sums, note=note)
        self.tabs.setTabText(2, _("Fees"))


def _paper(paper: PaperTaken) -> tuple[str, ...]:
    return (
        law(paper.name),
        format_count(paper.originals) if paper.originals else "–",
        format_count(paper.copies) if paper.copies else "–",
        _("shown only") if paper.shown else "",
    )


def _fee(line: FeeLine) -> tuple[str, ...]:
    unknown = _("not entered")
    return (
        law(line.name),
        unknown if line.unit_amount is None else format_money(line.unit_amount),
        format_count(line.quantity),
        unknown if line.amount is None else format_money(line.amount),
    )
