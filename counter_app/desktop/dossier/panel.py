"""What is being entered on a dossier, beside its sheets: fields, what will follow, and the deed."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QCheckBox, QFrame, QVBoxLayout, QWidget

from counter_app.desktop.dossier.asking import Ask, Asked
from counter_app.desktop.dossier.entering import Entering
from counter_app.desktop.dossier.fields import (
    ChoiceField,
    LineField,
    LinesField,
    PersonField,
    ReasonField,
)
from counter_app.desktop.dossier.paperlist import PapersField
from counter_app.desktop.widgets.banner import Banner
from counter_app.desktop.widgets.basics import button, clear, column, label, row, scrolled
from counter_app.desktop.widgets.paper_words import PaperWords
from counter_app.domain.form_name import form_name
from counter_app.domain.kind_name import kind_name
from counter_app.domain.workflow import TRANSITIONS
from counter_app.i18n import _

AnyField = LineField | LinesField | ReasonField | ChoiceField | PersonField | PapersField

_FIELDS: Final[Mapping[Asked, Callable[[Ask, QWidget], AnyField]]] = {
    Asked.TEXT: LineField,
    Asked.DATE: LineField,
    Asked.MOMENT: LineField,
    Asked.MONEY: LineField,
    Asked.LINES: LinesField,
    Asked.REASON: ReasonField,
    Asked.CHOICE: ChoiceField,
    Asked.PERSON: PersonField,
    Asked.PAPERS: PapersField,
}


class EntryPanel(QFrame):
    """Shows an Entering."""

    edited = Signal(str, object)
    written = Signal(str, str)
    all_ticked = Signal()
    printing_chosen = Signal(bool)
    done = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.fields: dict[str, AnyField] = {}
        self._made: dict[str, tuple[object, ...]] = {}
        self._kind = ""
        self._problems: Mapping[str, str] = {}
        self.title = label("", "heading", wrap=True)
        self.means = label("", "muted", wrap=True)
        self.trouble = Banner()
        self.told = label("", wrap=True)
        self.told.setProperty("role", "told")
        inside = QWidget()
        self._list: QVBoxLayout = column(spacing=12)
        whole = column(self.told, self._list, 1, into=inside, spacing=12)
        whole.setContentsMargins(0, 0, 8, 0)
        self.area = scrolled(inside)
        self.printing = QCheckBox()
        self.printing.setProperty("role", "bare")  # its words take a second line if they must
        self.printing.toggled.connect(self.printing_chosen)
        self.prints = PaperWords("", self.printing)
        self._of_printing = QWidget()
        line = row(self.printing, self.prints, into=self._of_printing)
        line.setStretch(1, 1)
        line.setAlignment(self.printing, Qt.AlignmentFlag.AlignTop)
        self.leave_button = button(_("Leave it (Esc)"), self.left.emit)
        self.do_button = button("", self.done.emit, role="primary")
        foot = row(self.leave_button, self.do_button, spacing=10)
        foot.setStretch(1, 1)
        layout = column(
            self.title,
            self.means,
            self.trouble,
            self.area,
            self._of_printing,
            foot,
            into=self,
            margin=14,
            spacing=8,
        )
        layout.setStretch(3, 1)
        self.setFocusProxy(self.do_button)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)
        self.area.verticalScrollBar().rangeChanged.connect(self._follow)

    def show_entry(self, entry: Entering) -> None:
        """Say how far the entry has come."""
        began = entry.kind != self._kind
        asks = entry.asks
        self.title.setText(kind_name(entry.kind))
        self._say_what_it_means(entry)
        self._list_fields(asks)
        for ask in asks:
            field = self.fields[ask.id]
            field.show_value(entry.values.get(ask.id, ask.start), ask)
            if problem := entry.problems.get(ask.id, ""):
                field.set_problem(problem)
            else:
                field.set_note(ask.hint)
        self._say_trouble(entry)
        self._show_foot(entry)
        self._kind = entry.kind
        if began:
            QTimer.singleShot(0, self, self.begin)
        elif entry.problems and entry.problems != self._problems:
            self._lead_to(entry.problems)
        self._problems = entry.problems

    def forget(self) -> None:
        """Begin from the first field the next time."""
        self._kind = ""
        clear(self._list)
        self.fields, self._made = {}, {}

    def begin(self) -> None:
        """Put the cursor where one begins; out of sight it would be lost."""
        first = next(iter(self.fields.values()), None)
        if not self.isVisible():
            return
        if first is not None:
            first.begin()
        else:
            self.do_button.setFocus()

    def _lead_to(self, problems: Mapping[str, str]) -> None:
        """Put the cursor into the first field with which something is wrong."""
        wrong = next((field for name, field in self.fields.items() if name in problems), None)
        if wrong is not None and self.isVisible():
            wrong.begin()

    def _follow(self) -> None:
        """Have the field in sight that the cursor is in, with what is said below it."""
        now = QApplication.focusWidget()
        if now is None or not self.area.isAncestorOf(now):
            return
        whole = next((f for f in self.fields.values() if f.isAncestorOf(now)), now)
        self.area.ensureWidgetVisible(now if isinstance(whole, PapersField) else whole, 0, 8)

    def _say_what_it_means(self, entry: Entering) -> None:
        after = TRANSITIONS[entry.kind].after
        if after is not None and after != entry.situation.dossier.status:
            self.means.setText(_("Afterwards it is: {status}.").format(status=f"{after}"))
        else:
            self.means.setText(_("It stays where it stands."))
        told = entry.row.told(entry.situation)
        self.told.setText("\n".join(told))
        self.told.setVisible(bool(told))

    def _list_fields(self, asks: Sequence[Ask]) -> None:
        wanted: dict[str, tuple[object, ...]] = {
            ask.id: (ask.kind, ask.caption, ask.offers) for ask in asks
        }
        if wanted == self._made:
            return
        kept = {
            name: field
            for name, field in self.fields.items()
            if wanted.get(name) == self._made.get(name)
        }
        for name, field in self.fields.items():
            if name not in kept:
                self._list.removeWidget(field)
                field.hide()
                field.deleteLater()
        self.fields = {}
        for place, ask in enumerate(asks):
            field = kept.get(ask.id) or self._new_field(ask)
            self.fields[ask.id] = field
            self._list.insertWidget(place, field)
        self._made = wanted
        stops = [*self.fields.values(), self.printing, self.leave_button, self.do_button]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _new_field(self, ask: Ask) -> AnyField:
        field = _FIELDS[ask.kind](ask, self)
        field.edited.connect(self.edited)
        if isinstance(field, PapersField):
            field.written.connect(self.written)
            field.all_ticked.connect(self.all_ticked)
        return field

    def _say_trouble(self, entry: Entering) -> None:
        if words := entry.problems.get("", ""):
            self.trouble.say(words, "danger")
        elif self.trouble.isVisible():
            self.trouble.hide()

    def _show_foot(self, entry: Entering) -> None:
        papers = entry.row.papers
        self._of_printing.setVisible(bool(papers))
        names = ", ".join(form_name(form) for form in papers)
        self.prints.setText(_("Print: {papers}").format(papers=names))
        self.printing.setAccessibleName(self.prints.text())
        blocked = self.printing.blockSignals(True)
        self.printing.setChecked(entry.printing)
        self.printing.blockSignals(blocked)
        prints = bool(papers) and entry.printing
        words = _("&Do it and print (Ctrl+Enter)") if prints else _("&Do it (Ctrl+Enter)")
        self.do_button.setText(_("Saving…") if entry.busy else words)
        self.do_button.setDisabled(entry.busy)
