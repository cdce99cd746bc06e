"""The day as the officer sees it: drafts, tiles, and the list of one of them."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from counter_app.desktop.home.drafts import DraftStrip
from counter_app.desktop.home.presenter import HomeState
from counter_app.desktop.home.tiles import Tiles
from counter_app.desktop.widgets.basics import button, column, label, row
from counter_app.desktop.widgets.dossier_table import DossierTable
from counter_app.desktop.widgets.empty import EmptyState
from counter_app.i18n import N_, _, format_count, ngettext
from counter_app.services.home import Pile

_NOTHING: Final = {
    Pile.RECEIVED: N_("No dossiers yet today. Scan an ID card or press F2."),
    Pile.DUE_TODAY: N_("Nothing is due today."),
    Pile.PRESSING: N_("Nothing is overdue, and nothing is due within 24 hours."),
    Pile.TO_COLLECT: N_("No result is waiting to be handed out."),
}


class HomeView(QWidget):
    """Shows a HomeState."""

    pile_chosen = Signal(object)
    opened = Signal(object)
    page_wanted = Signal(object)
    draft_continued = Signal(object)
    draft_dropped = Signal(object)
    intake_wanted = Signal()
    hand_over_wanted = Signal()
    refreshed = Signal()
    stack_wanted = Signal(object)  # the rows' ids

    def __init__(self) -> None:
        super().__init__()
        self.drafts = DraftStrip()
        self.drafts.continued.connect(self.draft_continued)
        self.drafts.dropped.connect(self.draft_dropped)
        self.tiles = Tiles()
        self.tiles.chosen.connect(self.pile_chosen)
        self.table = DossierTable(several=True)
        self.table.picked.connect(self._offer_stack)
        self.table.opened.connect(self.opened)
        self.table.page_wanted.connect(self.page_wanted)
        self.empty = EmptyState()
        self._note = label("", "muted")
        self.stack = button("", self._print_stack, symbol="printer")
        self.stack.hide()
        self._pile = Pile.RECEIVED
        self._below = QStackedWidget()
        self._below.addWidget(self.table)
        self._below.addWidget(self.empty)
        words = _("Hand over for examination … (Ctrl+G)")
        self.hand_over = button(words, self.hand_over_wanted.emit, role="link", key="Ctrl+G")
        self.hand_over.setToolTip(_("What was received goes to the unit that examines it."))
        foot = row(self._note, 1, self.stack, self.hand_over, spacing=10)
        layout = column(self.drafts, self.tiles, self._below, foot, into=self, spacing=6)
        layout.setStretch(2, 1)
        self.setFocusProxy(self.table)
        refresh = QShortcut(QKeySequence("F5"), self, self.refreshed.emit)
        refresh.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        printing = QShortcut(QKeySequence("Ctrl+P"), self, self._print_stack)
        printing.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def show_state(self, state: HomeState) -> None:
        """Make the widgets say what `state` says."""
        self.drafts.show_drafts(state.unfinished, state.listing.now)
        self.tiles.show_counts(state.counts, state.pile, looked=state.looked)
        if state.pile is not self._pile:
            self._pile = state.pile
            self.table.forget_choice()
        self.table.show_listing(state.listing)
        self._show_the_rest(state)
        if state.looked and not state.listing.ids:
            self._say_nothing(state.pile)
            self._show_below(self.empty)
        else:
            self._show_below(self.table)

    def _offer_stack(self, count: int) -> None:
        words = ngettext("Print {count} receipt (Ctrl+P)", "Print {count} receipts (Ctrl+P)", count)
        self.stack.setText(words.format(count=format_count(count)))
        self.stack.setVisible(count > 1)  # of one, its own screen prints it

    def _print_stack(self) -> None:
        if marked := self.table.marked:
            self.stack_wanted.emit(marked)

    def _show_below(self, widget: QWidget) -> None:
        had_focus = self.table.hasFocus() or self.empty.action.hasFocus()
        self._below.setCurrentWidget(widget)
        self.setFocusProxy(widget)
        if had_focus:
            widget.setFocus()

    def _say_nothing(self, pile: Pile) -> None:
        sentence = _(_NOTHING[pile])
        if pile is Pile.RECEIVED:
            self.empty.say("id-card", sentence, _("New application"), self.intake_wanted.emit)
        else:
            back = _("Show what was received today")
            self.empty.say("check", sentence, back, lambda: self.pile_chosen.emit(Pile.RECEIVED))

    def _show_the_rest(self, state: HomeState) -> None:
        count = state.counts.get(state.pile)
        shown = len(state.listing.ids)
        left_out = count is not None and count.number > shown
        words = _("The first {count} are listed; finish some of them, or search for one.")
        self._note.setText(words.format(count=format_count(shown)) if left_out else "")
        self._note.setVisible(left_out)
