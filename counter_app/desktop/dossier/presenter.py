"""One dossier in sight, and the entry that is made on it; that it was looked at is noted."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Protocol
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from counter_app.desk import Desk
from counter_app.desktop.dossier.asking import Asked, Value
from counter_app.desktop.dossier.entering import (
    Entering,
    Opened,
    all_ticked,
    begin,
    edited,
    look,
    refused,
    with_line,
)
from counter_app.desktop.dossier.entries import ENTRIES, RETURN, Carried, carry
from counter_app.desktop.lanes import Tasks
from counter_app.desktop.navigator import Navigator
from counter_app.devices.printers import Size
from counter_app.domain.collecting import person_of
from counter_app.domain.kind_name import kind_name
from counter_app.domain.scanned import read_id_card
from counter_app.domain.text import tidy
from counter_app.errors import CounterError, IllegalTransition
from counter_app.i18n import _
from counter_app.services import papers
from counter_app.services.acting import Possible
from counter_app.services.papers import PaperOffer, Sheet
from counter_app.services.viewing import OpenDossier

_SECONDS: Final = 6
_WITH_A_LIST: Final = "hand-over-list"
_RECEIPT: Final = "receipt"  # it has a button of its own
Change = Callable[[Entering], Entering]


class DossierState(Struct, frozen=True, kw_only=True):
    """All that the screen shows.

    `numbers_shown`: identity numbers are readable; else only their ends are, for citizens see
    the screen too. `possible` is what can be done now, `barred` what a rule stands against,
    `offers` what can be printed besides the receipt, and `entry` what is being entered, if
    anything.
    """

    dossier_id: UUID | None = None
    opened: OpenDossier | None = None
    possible: tuple[Possible, ...] = ()
    barred: Mapping[str, CounterError] = {}
    offers: tuple[PaperOffer, ...] = ()
    entry: Entering | None = None
    numbers_shown: bool = False
    problem: str = ""


class View(Protocol):
    """What shows a DossierState."""

    def show_state(self, state: DossierState) -> None:
        """Make the widgets say what `state` says."""
        ...


class Companion(Protocol):
    """A sheet of the dossier that somebody else presents, as its fees or its scans."""

    def open(self, dossier_id: UUID) -> None:
        """Take up a dossier."""
        ...

    def enter(self) -> None:
        """Look again at what may have changed."""
        ...


class DossierPresenter:
    """Turns what the officer does into the next state, and has it shown."""

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        navigator: Navigator,
        companions: Sequence[Companion] = (),
    ) -> None:
        self._desk = desk
        self._tasks = tasks
        self._navigator = navigator
        self._companions = companions
        self._view: View | None = None
        self._state = DossierState()

    def attach(self, view: View) -> None:
        """Show on `view` from here on."""
        self._view = view
        view.show_state(self._state)

    def open(self, dossier_id: UUID) -> None:
        """Take up a dossier; it is read as soon as the screen comes into sight."""
        for companion in self._companions:
            companion.open(dossier_id)
        if dossier_id != self._state.dossier_id:
            self._show(DossierState(dossier_id=dossier_id))
        else:
            self._show(replace(self._state, numbers_shown=False))

    def enter(self) -> None:
        """Look again at what may have changed."""
        dossier_id = self._state.dossier_id
        if dossier_id is None:
            return
        self._tasks.write(  # the look itself is noted in the journal
            lambda: look(self._desk, dossier_id),
            done=self._take,
            failed=lambda error: self._fail(dossier_id, error),
        )
        for companion in self._companions:
            companion.enter()

    def toggle_numbers(self) -> None:
        """The officer wants to read identity numbers, or to hide them again."""
        self._show(replace(self._state, numbers_shown=not self._state.numbers_shown))

    def print_receipt(self) -> None:
        """The receipt is wanted once more."""
        if (dossier_id := self._printable()) is not None:
            self._navigator.print_receipt(dossier_id, again=True)

    def print_other(self, offer: PaperOffer) -> None:
        """Another paper of the dossier is wanted, perhaps once more."""
        if (dossier_id := self._printable()) is not None:
            self._print_form(dossier_id, offer.form, offer.about)

    def look_at_receipt(self) -> None:
        """The receipt is to be looked at, not printed."""
        if (dossier_id := self._printable()) is not None:
            self._navigator.look_at_receipt(dossier_id)

    # Entries

    def begin(self, kind: str) -> None:
        """The officer wants to enter something, or to hand the result out."""
        opened = self._state.opened
        if opened is None:
            return
        if kind == RETURN:
            self._navigator.begin_return(opened.dossier.id)
        elif kind in ENTRIES:
            self._tasks.read(
                lambda: begin(self._desk, opened, kind),
                done=self._begun,
                failed=self._navigator.refuse,
            )

    def begin_supplement(self) -> None:
        """What is missing is to be asked for, or it has been brought."""
        allowed = {each.kind for each in self._state.possible if each.allowed}
        for kind in ("supplement_received", "supplement_requested"):
            if kind in allowed:
                self.begin(kind)
                return
        if (opened := self._state.opened) and opened.dossier.status:
            self._navigator.refuse(IllegalTransition(status=opened.dossier.status))

    def edit(self, name: str, value: Value) -> None:
        """Something was typed, chosen or ticked."""
        self._change(lambda entry: edited(entry, name, value))

    def tick_all(self) -> None:
        """All papers on the list are meant."""
        self._change(all_ticked)

    def add_line(self, name: str, written: str) -> None:
        """A paper was written under the list."""
        if name_of_paper := tidy(written):
            self._change(lambda entry: with_line(entry, name, name_of_paper))

    def choose_printing(self, printing: bool) -> None:
        """The papers that go with the entry are wanted, or not."""
        self._change(lambda entry: replace(entry, printing=printing))

    def carry_out(self) -> None:
        """The officer has filled in what is asked for: it is done."""
        entry, opened = self._state.entry, self._state.opened
        if entry is None or opened is None or entry.busy:
            return
        try:
            body = entry.body()
        except CounterError as error:
            self._refuse(error)
            return
        self._show(replace(self._state, entry=replace(entry, busy=True)))
        dossier_id = opened.dossier.id
        self._tasks.write(
            lambda: carry(self._desk, dossier_id, body),
            done=lambda done: self._done(dossier_id, entry, done),
            failed=self._refuse,
        )

    def leave_entry(self) -> bool:
        """Leave what is being entered, without doing it; say whether there was anything."""
        entry = self._state.entry
        if entry is None or entry.busy:
            return entry is not None
        self._show(replace(self._state, entry=None))
        return True

    def takes_scan(self, payload: str) -> bool:
        """Take an ID card as the person who is asked for, if one is."""
        entry = self._state.entry
        person = next((a for a in entry.asks if a.kind is Asked.PERSON), None) if entry else None
        card = read_id_card(payload) if person else None
        if person is None or card is None:
            return False
        self.edit(person.id, person_of(card))
        return True

    def _begun(self, entry: Entering) -> None:
        opened = self._state.opened
        if opened is not None and opened.dossier.id == entry.situation.dossier.id:
            self._show(replace(self._state, entry=entry))

    def _done(self, dossier_id: UUID, entry: Entering, done: Carried) -> None:
        if dossier_id == self._state.dossier_id:
            self._show(replace(self._state, entry=None))
        self._navigator.changed()
        words = _("{code}: done — {name}.")
        code = entry.situation.dossier.code
        self._navigator.say(
            words.format(code=code, name=kind_name(entry.kind)), "good", seconds=_SECONDS
        )
        self.enter()
        for form in entry.row.papers if entry.printing else ():
            self._print(dossier_id, form, done)

    def _print(self, dossier_id: UUID, form: str, done: Carried) -> None:
        if form != _WITH_A_LIST:
            self._print_form(dossier_id, form, done.op_id)
            return

        def make(_size: Size, _printer: str) -> Sheet:
            return papers.hand_over_sheet(self._desk, done.number)

        self._navigator.print_sheet(make, form=form)

    def _print_form(self, dossier_id: UUID, form: str, about: UUID | None) -> None:
        def make(size: Size, printer: str) -> Sheet:
            return papers.print_paper(
                self._desk, dossier_id, form, about=about, size=size, to=printer
            )

        self._navigator.print_sheet(make, form=form)

    def _look_for_papers(self, dossier_id: UUID) -> None:
        def take(offers: tuple[PaperOffer, ...]) -> None:
            if dossier_id == self._state.dossier_id:
                others = tuple(each for each in offers if each.form != _RECEIPT)
                self._show(replace(self._state, offers=others))

        self._tasks.read(
            lambda: papers.papers_of(self._desk, dossier_id),
            done=take,
            failed=self._navigator.refuse,
        )

    def _change(self, change: Change) -> None:
        if self._state.entry is not None:
            self._show(replace(self._state, entry=change(self._state.entry)))

    def _refuse(self, error: CounterError) -> None:
        self._change(lambda entry: refused(entry, error))

    def _printable(self) -> UUID | None:
        opened = self._state.opened
        return opened.dossier.id if opened and opened.dossier.received else None

    def _take(self, found: Opened) -> None:
        dossier = found.opened.dossier
        if dossier.id != self._state.dossier_id:  # another may have been opened since
            return
        entry = self._state.entry
        still = entry is not None and any(
            each.kind == entry.kind and each.allowed for each in found.possible
        )
        self._show(
            replace(
                self._state,
                opened=found.opened,
                possible=found.possible,
                barred=found.barred,
                entry=entry if still else None,
                problem="",
            )
        )
        if dossier.received is not None:
            self._look_for_papers(dossier.id)

    def _fail(self, dossier_id: UUID, error: CounterError) -> None:
        if dossier_id == self._state.dossier_id:
            self._show(replace(self._state, opened=None, entry=None, problem=str(error)))

    def _show(self, state: DossierState) -> None:
        self._state = state
        if self._view is not None:
            self._view.show_state(state)
