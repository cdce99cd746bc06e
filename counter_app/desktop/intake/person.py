"""The fields of one person, business or agency."""

from collections.abc import Mapping
from typing import Final, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from counter_app.desktop import theme
from counter_app.desktop.intake.inputs import Choice, DateInput, Input, PlaceInput
from counter_app.desktop.widgets.basics import column
from counter_app.desktop.widgets.field import Field
from counter_app.domain.party import Party, PartyKind, Sex
from counter_app.i18n import _

_COLUMNS = 12

Asks = Literal["all", "person", "name"]
"""All particulars, those of a citizen named in the dossier, or just who it is."""

Line = list[tuple[Field, int]]  # fields side by side, each with its columns
Widths = tuple[tuple[tuple[str, int], ...], ...]

# How many columns each field takes, line by line; the address stands below, in all of them.
_USUAL: Final[Mapping[str, Widths]] = {
    "all": (
        (("id_number", 4), ("full_name", 8)),
        (("birth_date", 3), ("sex", 2), ("phone", 3), ("email", 4)),
    ),
    "person": ((("id_number", 4), ("full_name", 8)), (("birth_date", 4), ("sex", 3), ("phone", 5))),
    "name": ((("id_number", 4), ("full_name", 5), ("phone", 3)),),
    "body": ((("id_number", 4), ("full_name", 8)), (("phone", 4), ("email", 8))),
}
_LARGE: Final[Widths] = (
    (("id_number", 5), ("full_name", 7)),
    (("birth_date", 7), ("sex", 5)),
    (("phone", 5), ("email", 7)),
)


class PersonFields(QWidget):
    """Number, name, birth date, sex, phone, e-mail and address of the party at `who`."""

    edited = Signal(str, str)
    left = Signal(str)
    address_taken = Signal(int)

    def __init__(self, who: str, screen: QWidget, *, asks: Asks = "all") -> None:
        super().__init__()
        self.who = who
        self._asks = asks
        self._kind: PartyKind | None = None
        self._by_letter = who == "applicant"  # a letter leads to one of the two people only
        self.number = Input(f"{who}.id_number", "")
        self.name = Input(f"{who}.full_name", "", required=True)
        self.born = DateInput(f"{who}.birth_date", _("Birth date"))
        self.sex = Choice(f"{who}.sex", _("Sex"))
        self.phone = Input(f"{who}.phone", self._caption(_("P&hone")))
        self.email = Input(f"{who}.email", _("E-mail"))
        self.address = PlaceInput(f"{who}.address", self._caption(_("Ad&dress")), screen)
        self.address.line.setPlaceholderText(
            _("House, street, then letters of commune and province")
        )
        every = (self.number, self.name, self.born, self.phone, self.email, self.address)
        unasked: dict[Asks, tuple[Input, ...]] = {
            "all": (),
            "person": (self.email,),
            "name": (self.born, self.email, self.address),
        }
        self.inputs = tuple(field for field in every if field not in unasked[asks])
        self.fields: dict[str, Field] = {field.path: field for field in self.inputs}
        if asks != "name":
            self.fields[self.sex.path] = self.sex
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        for place in range(_COLUMNS):
            self._grid.setColumnStretch(place, 1)
        notes = column(spacing=2)
        self._last = QWidget()  # what is said of the narrow fields above, and the address
        last = column(notes, into=self._last, spacing=6)
        if self.address in self.inputs:
            last.addWidget(self.address)
        for field in self.fields.values():
            if field not in {self.name, self.address}:
                field.say_in(notes)
        for field in self.inputs:
            field.edited.connect(self.edited)
            field.left.connect(self.left)
        self.sex.edited.connect(self.edited)
        self.address.taken.connect(self.address_taken)
        self.setFocusProxy(self.number)
        self.show_kind(PartyKind.PERSON)

    @property
    def in_order(self) -> list[Field]:
        """Return the fields as one goes through them."""
        every = (self.number, self.name, self.born, self.sex, self.phone, self.email, self.address)
        return [field for field in every if field.path in self.fields]

    def show_kind(self, kind: PartyKind) -> None:
        """Ask for what such a party has."""
        if kind is self._kind:
            return
        self._kind = kind
        person = kind is PartyKind.PERSON
        number = _("&ID number") if person else _("&Tax or agency code")
        name = _("&Full name") if person else _("Full &name of the body")
        self.number.set_caption(self._caption(number))
        self.name.set_caption(self._caption(name))
        for placed in (*self.fields.values(), self._last):
            self._grid.removeWidget(placed)
        lines = self._lines(person)
        for place, line in enumerate(lines):
            first = 0
            for field, columns in line:
                self._grid.addWidget(field, place, first, 1, columns, Qt.AlignmentFlag.AlignTop)
                first += columns
        self._grid.addWidget(self._last, len(lines), 0, 1, _COLUMNS, Qt.AlignmentFlag.AlignTop)
        if self._asks != "name":  # what has no place would flash up as a window
            self.born.setVisible(person)
            self.sex.setVisible(person)

    def show_person(self, party: Party) -> None:
        """Say what is known of `party`."""
        self.show_kind(party.kind)
        self.number.show_value(party.id_number)
        self.name.show_value(party.full_name)
        self.born.show_value(party.birth_date)
        self.phone.show_value(party.phone)
        self.email.show_value(party.email)
        self.address.show_value(party.address)
        sexes = [("", ""), (Sex.MALE.value, _("Male")), (Sex.FEMALE.value, _("Female"))]
        self.sex.offer(sexes, party.sex.value if party.sex else "")

    def show_addresses(self, addresses: tuple[str, ...]) -> None:
        """Offer what the address may become."""
        self.address.offer(addresses)

    def _caption(self, words: str) -> str:
        return words if self._by_letter else words.replace("&", "")

    def _lines(self, person: bool) -> list[Line]:
        """Return what stands side by side, line by line, above the address."""
        body = self._asks == "all" and not person
        widths = _USUAL["body" if body else self._asks]
        if theme.is_large() and not body:
            widths = _LARGE
        asked = {path.removeprefix(f"{self.who}."): field for path, field in self.fields.items()}
        lines = [
            [(asked[name], columns) for name, columns in line if name in asked] for line in widths
        ]
        return [line for line in lines if line]
