"""The certification counter: a person once, then line after line; the fee runs along."""

import secrets
from collections.abc import Callable, Sequence
from typing import Final, Protocol
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from counter_app.desk import Desk, uuid7
from counter_app.desktop.lanes import Tasks
from counter_app.desktop.navigator import Action, Navigator
from counter_app.devices.printers import Size
from counter_app.domain.id_card import IdCard
from counter_app.domain.intake_check import Problem, of_party
from counter_app.domain.operation import PaymentMeans
from counter_app.domain.party import Party
from counter_app.domain.scanned import read_id_card
from counter_app.domain.text import nfc
from counter_app.errors import CounterError, NotPermitted
from counter_app.i18n import _, format_money, ngettext
from counter_app.services.on_the_spot import (
    Counted,
    Counting,
    Document,
    cost_of,
    countings,
    serve,
    settle,
)
from counter_app.services.papers import Sheet, payment_sheet

SLIP: Final = "payment-slip"
_TOKEN_BYTES: Final = 16
_LONGEST: Final = 6  # digits of pages, copies
_LONGEST_MONEY: Final = 12
_SECONDS: Final = 12


class CounterState(Struct, frozen=True, kw_only=True):
    """All that the counter's side of the screen shows.

    `pages` and `copies` are what stands in the entry, `lines` what was entered with its cost in
    `costs` (None: the office has entered no amount). `tendered` is what was put on the desk.
    `batch` is shared by all dossiers of one citizen; `done` are those that are finished.
    """

    batch: UUID
    countings: Sequence[Counting] = ()
    counting: Counting | None = None
    person: Party = Party()
    pages: str = ""
    copies: str = "1"
    lines: tuple[Document, ...] = ()
    costs: tuple[int | None, ...] = ()
    tendered: str = ""
    problems: tuple[Problem, ...] = ()
    problem: str = ""
    done: tuple[Counted, ...] = ()
    busy: bool = False

    @property
    def total(self) -> int | None:
        """What all lines cost, in dong; None as long as one of them is unknown."""
        known = [cost for cost in self.costs if cost is not None]
        return sum(known) if len(known) == len(self.costs) else None

    @property
    def change(self) -> int | None:
        """What goes back over the desk, in dong; None as long as too little was put there."""
        given = _number(self.tendered, _LONGEST_MONEY)
        if given is None or self.total is None or given < self.total:
            return None
        return given - self.total


class View(Protocol):
    """What shows a CounterState."""

    def show_counter(self, state: CounterState) -> None:
        """Make the widgets say what `state` says."""
        ...

    def focus_on(self, place: str) -> None:
        """Put the cursor into "person", "pages", "copies" or "tendered"."""
        ...


class CounterPresenter:
    """Turns what the officer types into the next state, and has it shown."""

    def __init__(self, desk: Desk, tasks: Tasks, navigator: Navigator) -> None:
        self._desk = desk
        self._tasks = tasks
        self._navigator = navigator
        self._view: View | None = None
        self._state = CounterState(batch=uuid7(desk.now()))

    def attach(self, view: View) -> None:
        """Show on `view` from here on."""
        self._view = view
        view.show_counter(self._state)

    def enter(self) -> None:
        """Look which procedures the counter is for."""
        self._tasks.read(
            lambda: countings(self._desk), done=self._offer, failed=self._navigator.refuse
        )

    def takes_scan(self, payload: str) -> bool:
        """Take a citizen's card; what was being entered for another one stays as it is."""
        card = read_id_card(payload)
        state = self._state
        if card is None or state.busy or state.counting is None:
            return False
        self._show(replace(state, person=_person_of(card), problems=(), problem=""))
        self._focus("pages")
        return True

    # Entering

    def choose(self, code: str) -> None:
        """Certify something else; the lines belong to what was chosen before."""
        found = next((c for c in self._state.countings if c.procedure.code == code), None)
        if found is not None and not self._state.busy and not self._state.lines:
            self._show(replace(self._state, counting=found))
            self._focus(self._first)

    def edit(self, field: str, text: str) -> None:
        """Note what was typed: "full_name", "id_number", "pages", "copies" or "tendered"."""
        state = replace(self._state, problem="", problems=())
        if self._state.busy:
            return
        if field in {"full_name", "id_number"}:
            person = replace(state.person, **{field: nfc(text)})
            self._show(replace(state, person=person))
        else:
            self._show(replace(state, **{field: text.strip()}))

    def add(self) -> bool:
        """Take the line that was typed, and begin the next with as many copies."""
        state = self._state
        if state.counting is None or state.busy:
            return False
        asks_pages = bool(state.counting.pages)
        pages = _number(state.pages, _LONGEST) if asks_pages else 1
        copies = _number(state.copies, _LONGEST)
        if not pages or not copies:
            words = _("Type how many pages the original has, and how many copies there are.")
            self._show(replace(state, problem=words))
            self._focus("copies" if pages else "pages")
            return False
        line = Document(token=secrets.token_bytes(_TOKEN_BYTES), pages=pages, copies=copies)
        cost = cost_of(state.counting, [line])
        lines, costs = (*state.lines, line), (*state.costs, cost)
        self._show(replace(state, lines=lines, costs=costs, pages="", problem="", tendered=""))
        self._focus(self._first)
        return True

    def remove(self, place: int) -> None:
        """Take a line out again."""
        state = self._state
        if state.busy or not 0 <= place < len(state.lines):
            return
        lines = (*state.lines[:place], *state.lines[place + 1 :])
        costs = (*state.costs[:place], *state.costs[place + 1 :])
        self._show(replace(state, lines=lines, costs=costs, tendered=""))
        self._focus(self._first)

    # Finishing

    def submit(self) -> None:
        """Receive all lines, hand them back certified, and take the money."""
        state = self._state
        counting = state.counting
        if state.busy or counting is None:
            return
        if state.pages and not self.add():
            return
        state = self._state
        if problem := self._problem(state):
            self._show(replace(state, problem=problem[1], problems=problem[2]))
            self._focus(problem[0])
            return
        self._show(replace(state, busy=True, problem="", problems=()))
        self._go_on(counting, paying=True)

    def begin_anew(self) -> None:
        """Let the citizen go; nothing is noted of what was only typed."""
        if not self._state.busy:
            self._show(self._blank())
            self._focus("person")

    def print_slips(self, done: Sequence[Counted]) -> None:
        """Print what was paid, one slip for each dossier."""
        for each in done:
            if each.paid is not None:
                make = _slip_of(self._desk, each.dossier.id, each.paid.payment.id)
                self._navigator.print_sheet(make, form=SLIP)

    def _problem(self, state: CounterState) -> tuple[str, str, tuple[Problem, ...]] | None:
        """Return where something is missing or wrong, and what."""
        wrong = tuple(of_party("applicant", state.person, self._desk.business_date))
        if wrong:
            return "person", "", wrong
        if not state.lines:
            words = _("Nothing is entered yet: type the pages of the first document.")
            return "pages", words, ()
        if state.tendered and state.change is None and state.total is not None:
            total = format_money(state.total)
            return "tendered", _("Less was put on the desk than {total}.").format(total=total), ()
        return None

    def _go_on(self, counting: Counting, *, paying: bool) -> None:
        """Receive, serve and settle the first line that is left; then the others."""
        state = self._state
        if not state.lines:
            self._ended(paid=paying)
            return
        line, person, batch = state.lines[0], state.person, state.batch
        tendered = self._tendered_for(state)

        def work() -> tuple[Counted, bool]:
            dossier = serve(self._desk, counting, person, line, batch=batch)
            if not paying:
                return Counted(dossier=dossier), False
            try:
                return settle(self._desk, dossier, PaymentMeans.CASH, tendered=tendered), True
            except NotPermitted:  # the cashier takes the money; the papers are certified
                return Counted(dossier=dossier), False

        def done(found: tuple[Counted, bool]) -> None:
            counted, paid = found
            now = self._state
            left = replace(now, lines=now.lines[1:], costs=now.costs[1:])
            if paid and tendered:
                left = replace(left, tendered="")
            self._show(replace(left, done=(*now.done, counted)))
            self._go_on(counting, paying=paid)

        self._tasks.write(work, done=done, failed=self._failed)

    def _tendered_for(self, state: CounterState) -> int:
        """Return what was put on the desk for the first line: all that is beyond the others."""
        given = _number(state.tendered, _LONGEST_MONEY)
        first = state.costs[0]
        if given is None or state.total is None or first is None:
            return 0
        return given - (state.total - first)

    def _ended(self, *, paid: bool) -> None:
        done = self._state.done
        self._show(self._blank())
        self._navigator.changed()
        self._focus("person")
        count = len(done)
        words = ngettext("{count} dossier is finished.", "{count} dossiers are finished.", count)
        said, actions = [words.format(count=count)], list[Action]()
        if paid:
            taken = sum(each.paid.payment.amount for each in done if each.paid)
            said.append(_("{amount} was taken.").format(amount=format_money(taken)))
            actions.append((_("Print the payment slips"), lambda: self.print_slips(done)))
        else:
            said.append(_("The cashier takes the money."))
            actions.append(
                (_("Open the dossier"), lambda: self._navigator.open_dossier(done[0].dossier.id))
            )
        if change := sum(each.paid.change for each in done if each.paid):
            said.append(_("Change: {amount}.").format(amount=format_money(change)))
        # Change is read out until somebody has counted it.
        seconds = _SECONDS if paid and not change else 0
        self._navigator.say(" ".join(said), "good" if paid else "warning", actions, seconds=seconds)

    def _failed(self, error: CounterError) -> None:
        self._show(replace(self._state, busy=False, problem=str(error)))
        self._navigator.changed()

    def _offer(self, found: Sequence[Counting]) -> None:
        state = self._state
        chosen = state.counting or (found[0] if found else None)
        self._show(replace(state, countings=found, counting=chosen))

    @property
    def _first(self) -> str:
        """Where a line begins: with its pages, if the fee goes by them."""
        counting = self._state.counting
        return "pages" if counting is None or counting.pages else "copies"

    def _blank(self) -> CounterState:
        known = self._state
        return CounterState(
            batch=uuid7(self._desk.now()), countings=known.countings, counting=known.counting
        )

    def _focus(self, place: str) -> None:
        if self._view is not None:
            self._view.focus_on(place)

    def _show(self, state: CounterState) -> None:
        self._state = state
        if self._view is not None:
            self._view.show_counter(state)


def _person_of(card: IdCard) -> Party:
    return Party(
        full_name=card.full_name,
        id_number=card.number,
        birth_date=card.birth_date.iso() if card.birth_date else "",
        sex=card.sex,
        address=card.address,
    )


def _number(typed: str, longest: int) -> int | None:
    """Return a whole number from 1 on, with or without its thousands apart."""
    digits = typed.replace(".", "").replace(" ", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= longest):
        return None
    return int(digits) or None


def _slip_of(desk: Desk, dossier_id: UUID, payment: UUID) -> Callable[[Size, str], Sheet]:
    def make(size: Size, _printer: str) -> Sheet:
        return payment_sheet(desk, dossier_id, payment, size=size)

    return make
