"""Which paper comes out of which printer, and how papers look: two cards of the settings."""

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from counter_app.desktop.outlets import Outlets
from counter_app.desktop.preferences.offers import FormOffer
from counter_app.desktop.widgets.basics import button, card, column, label, row
from counter_app.desktop.widgets.field import set_choices
from counter_app.desktop.widgets.segments import Segments
from counter_app.desktop.widgets.steady import SteadyCombo
from counter_app.desktop.wording import sentence_case
from counter_app.domain.form_name import form_name
from counter_app.i18n import N_, _
from counter_app.settings import PaperChoice, PaperName, Settings

_SIZES: Final[dict[PaperName, str]] = {
    "a5": N_("A5"),
    "a4": N_("A4"),
    "roll80": N_("Roll 80 mm"),
}
_USUAL: Final[tuple[PaperName, ...]] = ("a5", "a4")


class PrintingCards(QWidget):
    """Shows what is chosen for every paper, or for those of one form."""

    changed = Signal(object)  # the settings
    form_chosen = Signal(str)
    test_page_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._settings = Settings()
        self._editing = ""
        self.forms = SteadyCombo()
        self.forms.activated.connect(
            lambda place: self.form_chosen.emit(self.forms.itemData(place))
        )
        self.printers = SteadyCombo()
        self.printers.activated.connect(
            lambda place: self._choose(printer=self.printers.itemData(place))
        )
        self.sizes = SteadyCombo()
        self.sizes.activated.connect(lambda place: self._choose(paper=self.sizes.itemData(place)))
        self._no_printer = label("", "muted", wrap=True)
        self._exceptions = label("", "muted", wrap=True)
        self.test_page_button = button(
            _("Print a &test page"), self.test_page_wanted.emit, symbol="printer"
        )
        printing = card(
            label(_("Printing"), "heading"),
            self._choices(),
            self._no_printer,
            self._exceptions,
            row(self.test_page_button, 1),
        )
        column(printing, self._papers(), into=self, spacing=12)

    def show_choices(
        self, settings: Settings, editing: str, forms: Sequence[FormOffer], outlets: Outlets
    ) -> None:
        """Show what holds for the form that is `editing`; "" means every paper."""
        self._settings, self._editing = settings, editing
        every = ("", _("Every paper"))
        offered = [(form.id, _name(form)) for form in forms]
        set_choices(self.forms, [every, *offered], editing)
        form = next((each for each in forms if each.id == editing), None)
        self._show_printers(settings, editing, outlets)
        self._show_sizes(settings, form)
        self._exceptions.setText(_exceptions(settings, forms))
        self._exceptions.setVisible(bool(self._exceptions.text()))
        self.ways.show_choice("print" if settings.print_at_once else "preview")
        self.copies.show_choice(str(settings.receipt_copies))
        self.numbering.show_choice(settings.numbering)
        self.languages.show_choice("two" if settings.bilingual else "one")

    def _choices(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        editors = (
            (_("&For"), self.forms),
            (_("&Printer"), self.printers),
            (_("Paper si&ze"), self.sizes),
        )
        for place, (words, editor) in enumerate(editors):
            name = label(words)
            name.setBuddy(editor)
            editor.setAccessibleName(words.replace("&", ""))
            grid.addWidget(name, place, 0)
            grid.addWidget(editor, place, 1)
        return grid

    def _papers(self) -> QWidget:
        self.ways = Segments(
            _("After saving"),
            (("preview", _("Preview first")), ("print", _("Print at once"))),
            "preview",
        )
        self.ways.chosen.connect(lambda chosen: self._change(print_at_once=chosen == "print"))
        self.copies = Segments(_("Sheets of a receipt"), (("1", "1"), ("2", "2")), "1")
        self.copies.chosen.connect(lambda chosen: self._change(receipt_copies=int(chosen)))
        self.numbering = Segments(
            _("Numbers of forms"),
            (("tt03-2025", "TT 03/2025"), ("tt01-2018", "TT 01/2018")),
            "tt03-2025",
        )
        self.numbering.chosen.connect(lambda chosen: self._change(numbering=chosen))
        self.languages = Segments(
            _("English on papers"), (("one", _("No")), ("two", _("Beside"))), "one"
        )
        self.languages.chosen.connect(lambda chosen: self._change(bilingual=chosen == "two"))
        return card(
            label(_("Papers"), "heading"),
            column(label(_("After saving")), row(self.ways, 1), spacing=3),
            _line(_("Sheets of a receipt"), self.copies),
            column(label(_("Numbers of forms")), row(self.numbering, 1), spacing=3),
            column(label(_("English on papers")), row(self.languages, 1), spacing=3),
        )

    def _show_printers(self, settings: Settings, editing: str, outlets: Outlets) -> None:
        own = settings.forms.get(editing, PaperChoice())
        chosen = own.printer if editing else settings.printer
        usual = _("As for every paper") if editing else _("The system's own choice")
        choices = [("", usual), *((name, name) for name in outlets.names)]
        if chosen and chosen not in outlets.names:
            choices.append((chosen, _("{printer} (not connected)").format(printer=chosen)))
        set_choices(self.printers, choices, chosen)
        none = outlets.asked and not outlets.names
        words = N_("This PC has no printer. Receipts can be saved as PDF.")
        self._no_printer.setText(_(words) if none else "")
        self._no_printer.setVisible(none)

    def _show_sizes(self, settings: Settings, form: FormOffer | None) -> None:
        if form is None:
            set_choices(self.sizes, [(size, _(_SIZES[size])) for size in _USUAL], settings.paper)
            return
        usual = settings.choice_without(form.id).paper or settings.paper
        made_for = usual if usual in form.sizes else form.sizes[0]
        words = _("Usual: {size}").format(size=_(_SIZES[made_for]))
        sizes = [(size, _(_SIZES[size])) for size in _SIZES if size in form.sizes]
        own = settings.forms.get(form.id, PaperChoice())
        set_choices(self.sizes, [("", words), *sizes], own.paper)

    def _choose(self, **chosen: str) -> None:
        if not self._editing:
            self._change(**chosen)
            return
        forms = dict(self._settings.forms)
        own = replace(forms.pop(self._editing, PaperChoice()), **chosen)
        if own != PaperChoice():
            forms[self._editing] = own
        self._change(forms=forms)

    def _change(self, **changes: object) -> None:
        self.changed.emit(replace(self._settings, **changes))


def _exceptions(settings: Settings, forms: Sequence[FormOffer]) -> str:
    """Return for which forms something else was chosen."""
    names = {form.id: _name(form) for form in forms}
    said = []
    for form, own in settings.forms.items():
        size = _(_SIZES[own.paper]) if own.paper else ""
        what = ", ".join(filter(None, [own.printer, size]))
        said.append(f"{names.get(form, form)}: {what}")
    return "\n".join(said)


def _name(form: FormOffer) -> str:
    return sentence_case(form_name(form.id, form.title))


def _line(words: str, editor: QWidget) -> QWidget:
    line = QWidget()
    name = label(words)
    name.setBuddy(editor)
    row(name, 1, editor, into=line, spacing=10)
    return line
