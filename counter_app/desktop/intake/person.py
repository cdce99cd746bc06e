"""The fields of one person, business or agency."""

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from counter_app.desktop import theme
from counter_app.desktop.intake.inputs import Choice, DateInput, Input, PlaceInput
from counter_app.desktop.widgets.basics import column
from counter_app.desktop.widgets.field import Field
from counter_app.domain.party import Party, PartyKind, Sex
from counter_app.i18n import _

_COLUMNS = 12

Place = tuple[QWidget, int, int, int]  # field, row, first column, columns
Asks = Literal["all", "person", "name"]
"""All particulars, those of a citizen named in the dossier, or just who it is."""


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
        self.born.line.setPlaceholderText(_("day/month/year"))
        self.sex = Choice(f"{who}.sex", _("Sex"))
        self.phone = Input(f"{who}.phone", self._caption(_("P&hone")))
        self.email = Input(f"{who}.email", _("E-mail"))
        self.address = PlaceInput(f"{who}.address", self._caption(_("Ad&dress")), screen)
        self.address.line.setPlaceholderText(
            _("House, street, then some letters of the commune and province")
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
        self._grid.setVerticalSpacing(8)
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
        for field, row, first, columns in self._places(person):
            self._grid.addWidget(field, row, first, 1, columns, Qt.AlignmentFlag.AlignTop)
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

    def _places(self, person: bool) -> list[Place]:
        first: list[Place] = [(self.number, 0, 0, 4), (self.name, 0, 4, 8)]
        if self._asks == "name":
            return self._only_who()
        if self._asks == "person":
            return self._citizen(first)
        if not person:
            return [
                *first,
                (self.phone, 1, 0, 4),
                (self.email, 1, 4, 8),
                (self._last, 2, 0, 12),
            ]
        if theme.is_large():
            return [
                (self.number, 0, 0, 5),
                (self.name, 0, 5, 7),
                (self.born, 1, 0, 7),
                (self.sex, 1, 7, 5),
                (self.phone, 2, 0, 5),
                (self.email, 2, 5, 7),
                (self._last, 3, 0, 12),
            ]
        return [
            *first,
            (self.born, 1, 0, 3),
            (self.sex, 1, 3, 2),
            (self.phone, 1, 5, 3),
            (self.email, 1, 8, 4),
            (self._last, 2, 0, 12),
        ]

    def _only_who(self) -> list[Place]:
        if theme.is_large():
            above: list[Place] = [(self.number, 0, 0, 5), (self.name, 0, 5, 7)]
            return [*above, (self.phone, 1, 0, 5), (self._last, 2, 0, 12)]
        return [
            (self.number, 0, 0, 4),
            (self.name, 0, 4, 5),
            (self.phone, 0, 9, 3),
            (self._last, 1, 0, 12),
        ]

    def _citizen(self, first: list[Place]) -> list[Place]:
        if theme.is_large():
            return [
                (self.number, 0, 0, 5),
                (self.name, 0, 5, 7),
                (self.born, 1, 0, 7),
                (self.sex, 1, 7, 5),
                (self.phone, 2, 0, 5),
                (self._last, 3, 0, 12),
            ]
        return [
            *first,
            (self.born, 1, 0, 4),
            (self.sex, 1, 4, 3),
            (self.phone, 1, 7, 5),
            (self._last, 2, 0, 12),
        ]
