"""Handing results out: slips are scanned, the collector is compared, and all is noted at once."""

from collections.abc import Callable, Sequence
from typing import Final, Protocol
from uuid import UUID

from msgspec.structs import replace

from counter_app.desk import Desk
from counter_app.desktop.lanes import Tasks
from counter_app.desktop.navigator import Navigator
from counter_app.desktop.returning.state import (
    ReturningState,
    Slip,
    new_slip,
    stack_of,
    where_it_is,
    with_card,
    with_slip,
)
from counter_app.desktop.wording import about_receipt
from counter_app.devices.printers import Size
from counter_app.domain.channel import ReturnChannel
from counter_app.domain.collecting import Collector, people_of
from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_code import parse_dossier_code
from counter_app.domain.id_card import IdCard
from counter_app.domain.party import AuthorityKind, Party
from counter_app.domain.scanned import ScanKind, looks_like_receipt, read_id_card
from counter_app.errors import CounterError, IncompleteEntry, InvalidField
from counter_app.i18n import _
from counter_app.services import papers
from counter_app.services.papers import Sheet
from counter_app.services.returning import Returned, results_for, return_results
from counter_app.services.scanning import Scanned, read_scan
from counter_app.services.viewing import OpenDossier, open_dossier
from counter_app.wire.signing import ReceiptVerdict

_SLIP_FORM: Final = "control-slip"
_BESIDE: Final = ("collector", "authority.document", "number")
SlipChange = Callable[[Slip], Slip]


class View(Protocol):
    """What shows a ReturningState."""

    def show_state(self, state: ReturningState) -> None:
        """Make the widgets say what `state` says."""
        ...

    def await_slip(self) -> None:
        """Put the cursor where the next slip is scanned."""
        ...


class ReturningPresenter:
    """Turns what the officer does into the next state, and has it shown."""

    def __init__(self, desk: Desk, tasks: Tasks, navigator: Navigator) -> None:
        self._desk = desk
        self._tasks = tasks
        self._navigator = navigator
        self._view: View | None = None
        self._state = ReturningState()

    def attach(self, view: View) -> None:
        """Show on `view` from here on."""
        self._view = view
        view.show_state(self._state)

    def enter(self) -> None:
        """Look again at what may have changed, as when a fee was paid meanwhile."""
        for slip in self._state.slips:
            if slip.dossier.received is not None:
                self.add(slip.dossier.id, receipt_shown=slip.receipt_shown)

    def add(self, dossier_id: UUID, *, receipt_shown: bool = False) -> None:
        """Put the result of a dossier on the stack."""
        self._tasks.write(  # the look itself is noted in the journal
            lambda: open_dossier(self._desk, dossier_id),
            done=lambda opened: self._put(new_slip(opened, receipt_shown=receipt_shown)),
            failed=self._trouble,
        )

    def takes_scan(self, payload: str) -> bool:
        """Take a slip, a code or the collector's card; leave what is none of them."""
        card = read_id_card(payload)
        if card is not None:
            self._take_card(card)
            return True
        if looks_like_receipt(payload) is None and parse_dossier_code(payload) is None:
            return False
        self._tasks.read(
            lambda: read_scan(self._desk, payload), done=self._take_scan, failed=self._trouble
        )
        return True

    def typed(self, text: str) -> None:
        """The officer has typed a code, or a scanner has, into the field for it."""
        if text.strip() and not self.takes_scan(text.strip()):
            words = _("“{text}” is no dossier code and no receipt. Scan it again, or search (F3).")
            self._show(replace(self._state, trouble=words.format(text=text.strip()[:40]), told=""))

    def leave_out(self, dossier_id: UUID) -> None:
        """A slip is taken off the stack."""
        slips = tuple(s for s in self._state.slips if s.dossier.id != dossier_id)
        kept = replace(self._state, slips=slips, problems={})
        self._show(kept if slips else ReturningState(printing=kept.printing))

    def tick_document(self, dossier_id: UUID, document: str, given: bool) -> None:
        """A document goes out with the others, or stays here."""
        self._change_slip(
            dossier_id,
            lambda s: replace(
                s, left_out=s.left_out - {document} if given else s.left_out | {document}
            ),
        )

    def tick_receipt(self, dossier_id: UUID, shown: bool) -> None:
        """The receipt was there, or was not."""
        self._change_slip(dossier_id, lambda s: replace(s, receipt_shown=shown))

    def choose(self, who: Collector) -> None:
        """Somebody collects who is named in the first dossier, or another person."""
        people = people_of(self._state.slips[0].dossier) if self._state.slips else {}
        self._show(
            replace(
                self._state,
                choice=who,
                collector=people.get(who, Party()),
                card=None,
                problems={},
            )
        )

    def name(self, part: str, text: str) -> None:
        """The name or number of another person was typed."""
        person = replace(self._state.collector, **{part: text})
        self._show(replace(self._state, collector=person, problems={}))

    def authorise(self, kind: AuthorityKind, document: str) -> None:
        """What lets somebody collect for another was entered."""
        authority = replace(self._state.authority, kind=kind, document=document)
        self._show(replace(self._state, authority=authority, problems={}))

    def send_by(self, channel: ReturnChannel) -> None:
        """The results go out another way."""
        self._show(replace(self._state, channel=channel, problems={}))

    def number(self, number: str) -> None:
        """The number of the consignment was typed."""
        self._show(replace(self._state, number=number, problems={}))

    def choose_printing(self, printing: bool) -> None:
        """The line to sign on is wanted on paper, or not."""
        self._show(replace(self._state, printing=printing))

    def open_cashier(self, dossier_id: UUID) -> None:
        """A fee is still to be paid."""
        self._navigator.open_cashier(dossier_id)

    def open_dossier(self, dossier_id: UUID) -> None:
        """The dossier itself is to be looked at."""
        self._navigator.open_dossier(dossier_id)

    def forget(self) -> bool:
        """Leave the whole stack, without handing anything out; say whether there was one."""
        if not self._state.slips and self._state.card is None:
            return False
        self._show(ReturningState(printing=self._state.printing))
        self._await()
        return True

    def submit(self) -> None:
        """All that is ready goes out."""
        state = self._state
        if state.busy or not state.slips:
            return
        if not state.ready:
            words = _("None of these results can be handed out: see beside each of them.")
            self._show(replace(state, trouble=words))
            return
        stack = stack_of(state)
        self._show(replace(state, busy=True, problems={}, trouble=""))
        self._tasks.write(
            lambda: return_results(self._desk, stack),
            done=lambda done: self._returned(state, done),
            failed=self._refuse,
        )

    def _take_card(self, card: IdCard) -> None:
        if self._state.slips:
            self._show(with_card(self._state, card))
            return
        self._show(replace(self._state, card=card, told="", trouble=""))
        self._tasks.read(
            lambda: results_for(self._desk, card.number),
            done=lambda found: self._found(card, found),
            failed=self._trouble,
        )

    def _found(self, card: IdCard, found: Sequence[UUID]) -> None:
        if not found:
            words = _("No result waits here for {name}. Scan the receipt, or search (F3).")
            said = words.format(name=card.full_name or card.number)
            self._show(replace(self._state, card=None, trouble=said))
        for dossier_id in found:
            self.add(dossier_id)

    def _take_scan(self, scan: Scanned) -> None:
        is_receipt = scan.kind is ScanKind.RECEIPT
        warning = about_receipt(scan) if is_receipt else None
        if scan.dossier_id is not None:
            self.add(scan.dossier_id, receipt_shown=is_receipt and _is_genuine(scan))
        elif is_receipt and scan.receipt is not None and _is_genuine(scan):
            blank = Dossier(id=scan.receipt.dossier_id, code=scan.receipt.dossier_code)
            opened = OpenDossier(
                now=self._desk.now(), dossier=blank, entries=(), sends=self._desk.sends
            )
            self._put(new_slip(opened, receipt_shown=True))
        elif warning is None:
            words = _("Dossier {code} is not known at this desk, or its code is there twice.")
            self._show(replace(self._state, trouble=words.format(code=scan.code), told=""))
        if warning is not None:
            self._navigator.say(warning.text, warning.tone)

    def _put(self, slip: Slip) -> None:
        self._show(with_slip(self._state, slip))

    def _returned(self, before: ReturningState, done: Sequence[Returned]) -> None:
        self._show(ReturningState(told=_summary(before, done), printing=before.printing))
        self._navigator.changed()
        self._await()
        for slip in before.ready if before.printing else ():
            if slip.dossier.received is not None:  # of what is not known here nothing is printed
                self._print(slip.dossier.id)

    def _print(self, dossier_id: UUID) -> None:
        def make(size: Size, printer: str) -> Sheet:
            return papers.print_paper(self._desk, dossier_id, _SLIP_FORM, size=size, to=printer)

        self._navigator.print_sheet(make, form=_SLIP_FORM)

    def _refuse(self, error: CounterError) -> None:
        said = {}
        if isinstance(error, IncompleteEntry):
            said = dict.fromkeys(
                (_place(each) for each in str(error.values["fields"]).split(", ")),
                _("Please fill this in."),
            )
        elif isinstance(error, InvalidField):
            said = {_place(str(error.values["field"])): str(error.values["reason"])}
        trouble = str(error) if not said or "" in said else ""
        self._show(replace(self._state, busy=False, problems=said, trouble=trouble))

    def _trouble(self, error: CounterError) -> None:
        self._show(replace(self._state, trouble=str(error), told=""))

    def _change_slip(self, dossier_id: UUID, change: SlipChange) -> None:
        slips = tuple(
            change(slip) if slip.dossier.id == dossier_id else slip for slip in self._state.slips
        )
        self._show(replace(self._state, slips=slips))

    def _await(self) -> None:
        if self._view is not None:
            self._view.await_slip()

    def _show(self, state: ReturningState) -> None:
        self._state = state
        if self._view is not None:
            self._view.show_state(state)


def _is_genuine(scan: Scanned) -> bool:
    return scan.verdict is ReceiptVerdict.GENUINE


def _place(path: str) -> str:
    """Return the field beside which something is said of `path`."""
    return next((field for field in _BESIDE if path == field or path.startswith(f"{field}.")), "")


def _summary(before: ReturningState, done: Sequence[Returned]) -> str:
    """Say what went out, and what did not and why."""
    codes = ", ".join(str(each.code) for each in done)
    name = before.collector.full_name or _("the collector")
    words = _("{count} result(s) handed to {name}: {codes}.")
    told = [words.format(count=len(done), name=name, codes=codes)]
    for slip in before.slips:
        if not slip.ready:
            left = _("Not handed out: {code}. {why}")
            told.append(left.format(code=slip.dossier.code, why=where_it_is(slip)))
    return "\n".join(told)
