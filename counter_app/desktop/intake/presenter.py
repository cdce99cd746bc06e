"""Turns what the officer scans, types and ticks into the next state of the intake."""

from collections.abc import Callable
from typing import Final, Protocol

from msgspec.structs import replace

from counter_app.desk import Desk
from counter_app.desktop.intake import people
from counter_app.desktop.intake.drafts import Drafts
from counter_app.desktop.intake.reckoning import blank, reckoned
from counter_app.desktop.intake.state import (
    IntakeState,
    fitted,
    given,
    value_at,
    with_value,
)
from counter_app.desktop.intake.words import registered_words
from counter_app.desktop.lanes import Tasks
from counter_app.desktop.navigator import Navigator
from counter_app.domain.dossier import Dossier
from counter_app.domain.draft import Draft
from counter_app.domain.id_card import IdCard
from counter_app.domain.intake import Intake, PaperGiven
from counter_app.domain.party import PartyKind
from counter_app.domain.procedure import Procedure
from counter_app.errors import CounterError
from counter_app.i18n import _
from counter_app.services.applicants import addresses_like, returning_applicant
from counter_app.services.procedures import Match, find_procedures, procedure_on_file
from counter_app.services.registration import problems_of, register_dossier
from counter_app.store.applicants import ReturningApplicant

MOST_MATCHES: Final = 8
MOST_ADDRESSES: Final = 6
_SECONDS: Final = 10


class View(Protocol):
    """What the presenter needs of the view."""

    def show_state(self, state: IntakeState) -> None:
        """Make the widgets say what `state` says."""
        ...

    def focus_on(self, path: str) -> None:
        """Put the cursor into the field at `path`, or to the list of problems at "problems"."""
        ...


class IntakePresenter:
    """Holds the one intake of the window; drafts are where the others wait."""

    def __init__(self, desk: Desk, tasks: Tasks, navigator: Navigator) -> None:
        self._desk = desk
        self._tasks = tasks
        self._navigator = navigator
        self._view: View | None = None
        self._state = blank()
        self._kept = self._state.intake
        self._drafts = Drafts(desk, tasks, navigator)
        self._waiting: list[Callable[[], None]] = []

    # Coming and going

    def attach(self, view: View) -> None:
        """Show everything in `view` from here on."""
        self._view = view
        view.show_state(self._state)

    def enter(self) -> None:
        """Look again at what may have changed: the hour, and what is asked for most."""
        self._show(self._state)
        if self._state.procedure is None and not self._state.query:
            self.find("")

    def begin(self, *, card: IdCard | None = None, draft: Draft | None = None) -> None:
        """Go on with a scanned card or a draft; what is on the screen is kept."""
        if self._state.busy:
            self._waiting.append(lambda: self.begin(card=card, draft=draft))
        elif draft is not None:
            self._resume(draft)
        elif card is not None:
            self._fill(card)

    def renew(self) -> None:
        """Begin with an empty form; what was typed is kept among the drafts."""
        self._set_aside()
        self._focus("applicant.id_number")

    # People

    def edit(self, path: str, value: str) -> None:
        """Note that `value` was typed or chosen in the field at `path`."""
        state = self._state
        if state.busy:
            return
        if path == "applicant.kind":
            state = people.with_kind(state, PartyKind(value))
        else:
            intake = with_value(state.intake, state.procedure, path, value)
            state = people.edited(replace(state, intake=intake), path)
        self._show(replace(state, registered=None, addresses=()))
        if path.endswith(".address"):
            self._complete(path, value)

    def leave(self, path: str) -> None:
        """Note that the officer has gone on from a field: what is wrong with it may be said."""
        self._show(replace(self._state, visited=self._state.visited | {path}, addresses=()))
        who, _dot, name = path.partition(".")
        if name == "id_number":
            self._recall(who)

    def take_address(self, row: int) -> None:
        """Take one of the addresses that were offered."""
        if row < len(self._state.addresses):
            path, address = self._state.addresses_for, self._state.addresses[row]
            intake = with_value(self._state.intake, None, path, address)
            state = people.edited(replace(self._state, intake=intake), path)
            self._show(replace(state, addresses=()))

    def bring_submitter(self, wanted: bool) -> None:
        """Ask for somebody who came for the applicant, or for nobody."""
        self._show(people.with_submitter(self._state, wanted=wanted))
        if wanted:
            self._focus("submitter.id_number")

    def _fill(self, card: IdCard) -> None:
        who = people.place_of(card, self._state.intake)
        if who is None:
            self._set_aside()
            who = "applicant"
        state = people.with_card(self._state, who, card)
        complained = state.complained and who != "applicant"  # with them it begins anew
        self._show(replace(state, registered=None, complained=complained))
        self._recall(who)
        self._go_on()

    def _recall(self, who: str) -> None:
        number, token = value_at(self._state.intake, f"{who}.id_number"), self._state.token

        def fill_in(known: ReturningApplicant | None) -> None:
            if known and people.is_still(self._state, token, who, number):
                self._show(people.recalled(self._state, who, known))

        if number:
            self._tasks.read(
                lambda: returning_applicant(self._desk, number), done=fill_in, failed=self._refuse
            )

    def _complete(self, path: str, typed: str) -> None:
        def offer(addresses: tuple[str, ...]) -> None:
            if value_at(self._state.intake, path) == typed and addresses != (typed,):
                self._show(replace(self._state, addresses=addresses, addresses_for=path))

        self._tasks.read(
            lambda: addresses_like(self._desk, typed, limit=MOST_ADDRESSES),
            done=offer,
            failed=self._refuse,
        )

    # Procedure and papers

    def find(self, typed: str) -> None:
        """Look for the procedure that is meant by what stands in the procedure box."""
        self._show(replace(self._state, query=typed))

        def found(matches: tuple[Match, ...]) -> None:
            if self._state.query == typed:
                self._show(replace(self._state, matches=matches, matched=typed))
                self._go_through_waiting()

        self._tasks.read(
            lambda: find_procedures(self._desk, typed, limit=MOST_MATCHES),
            done=found,
            failed=self._give_up_waiting,
        )

    def take(self, row: int = 0) -> None:
        """Take the procedure in a row of the list, as soon as the list answers what was typed."""
        if self._state.matched != self._state.query:
            self._waiting.append(self.take)
        elif row < len(self._state.matches):
            self._choose(self._state.matches[row].procedure)

    def leave_search(self) -> None:
        """Show again what was chosen before something else was typed."""
        if self._state.procedure is not None and not self._waiting:
            self._show(replace(self._state, query=None, matches=(), matched=None))

    def tick(self, paper: str, present: bool) -> None:
        """Note that the officer has seen a paper, or has not after all."""
        papers = tuple(one for one in self._papers() if one.id != paper)
        self._attest((*papers, PaperGiven(id=paper)) if present else papers)

    def count(self, paper: str, originals: int, copies: int) -> None:
        """Note how many of a ticked paper there are."""
        self._attest(
            tuple(
                replace(one, originals=originals, copies=copies) if one.id == paper else one
                for one in self._papers()
            )
        )

    def tick_required(self) -> None:
        """Note that all the papers that must be there are there; the optional ones as they were."""
        if self._waiting:
            self._waiting.append(self.tick_required)
            return
        if not self._state.papers:
            self._go_on()
            return
        seen = {paper.id for paper in self._papers()}
        missing = [row.component for row in self._state.papers if row.component.required]
        more = tuple(PaperGiven(id=paper.id) for paper in missing if paper.id not in seen)
        self._attest((*self._papers(), *more))

    def _choose(self, procedure: Procedure) -> None:
        intake = self._state.intake
        if procedure.code != intake.procedure:
            # Papers of another procedure may share their names; a tick attests one of them only.
            intake = replace(intake, case=None, components=(), answers={})
        self._put(procedure, intake)
        self._go_on()

    def _put(self, procedure: Procedure, intake: Intake) -> None:
        self._show(
            replace(
                self._state,
                procedure=procedure,
                intake=fitted(intake, procedure),
                query=None,
                matches=(),
                matched=None,
                registered=None,
            )
        )

    def _papers(self) -> tuple[PaperGiven, ...]:
        return given(self._state.intake, [row.component for row in self._state.papers])

    def _attest(self, papers: tuple[PaperGiven, ...]) -> None:
        if not self._state.busy:
            intake = replace(self._state.intake, components=papers)
            self._show(replace(self._state, intake=intake, registered=None))

    # Registering

    def submit(self) -> None:
        """Register what has been taken down; what is incomplete is shown instead."""
        state = self._state
        if self._waiting:
            self._waiting.append(self.submit)
            return
        if state.busy or (state.registered is not None and state.intake.is_blank):
            return  # a key that bounced
        if problems_of(self._desk, state.intake, state.procedure):
            self._show(replace(state, complained=True))
            self._focus("problems")
            return
        self._show(replace(state, busy=True))
        self._tasks.write(
            lambda: register_dossier(self._desk, state.intake, token=state.token),
            done=lambda dossier: self._registered(state, dossier),
            failed=lambda error: self._not_registered(state, error),
        )

    def open_registered(self) -> None:
        """Open the dossier that has just been registered."""
        if self._state.registered is not None:
            self._navigator.open_dossier(self._state.registered.id)

    def print_registered(self) -> None:
        """Print the receipt of the dossier that has just been registered once more."""
        if self._state.registered is not None:
            self._navigator.print_receipt(self._state.registered.id, again=True)

    def _registered(self, state: IntakeState, dossier: Dossier) -> None:
        if self._state.token == state.token:
            self._clear(replace(blank(), registered=dossier))
        self._navigator.changed()
        self._navigator.await_scan()
        if not self._navigator.settings.print_at_once:
            self._navigator.say(registered_words(dossier), "good", seconds=_SECONDS)
        self._navigator.print_receipt(dossier.id)
        self._go_through_waiting()

    def _not_registered(self, state: IntakeState, error: CounterError) -> None:
        if self._state.token == state.token:
            self._show(replace(self._state, busy=False))
        self._keep(state, done=lambda: None)
        self._refuse(error)
        self._go_through_waiting()

    # Drafts

    def keep(self) -> None:
        """Keep what has been typed so far; the view calls it when typing has stopped."""
        state = self._state
        if not state.busy and state.intake != self._kept:
            self._keep(state, done=lambda: None)

    def save_draft(self) -> None:
        """Keep the draft at once, and say so."""
        state = self._state
        if state.busy:
            return
        if state.intake.is_blank:
            self._navigator.say(_("There is nothing to keep yet."), seconds=_SECONDS)
            return
        kept = _("The draft is kept. It is offered on the page of the day.")
        self._keep(state, done=lambda: self._navigator.say(kept, "good", seconds=_SECONDS))

    def _keep(self, state: IntakeState, done: Callable[[], None]) -> None:
        now = self._desk.now()

        def note() -> None:
            if self._state.token == state.token:
                self._kept = state.intake
                kept_at = None if state.intake.is_blank else now
                self._show(replace(self._state, kept_at=kept_at))
            done()

        self._drafts.keep(state.intake, state.token, done=note)

    def _set_aside(self) -> None:
        state = self._state
        self._clear(blank())
        if not state.busy and not state.intake.is_blank:
            self._drafts.put_aside(state.intake, state.token)

    def _resume(self, draft: Draft) -> None:
        if draft.token != self._state.token:
            self._set_aside()
        resumed = replace(blank(), intake=draft.intake, token=draft.token, kept_at=draft.saved_at)
        self._clear(resumed)
        if not draft.intake.procedure:
            self._go_on()
            return

        def put(procedure: Procedure) -> None:
            if self._state.token == draft.token:
                self._put(procedure, self._state.intake)
                self._go_on()

        self._tasks.read(
            lambda: procedure_on_file(self._desk, draft.intake.procedure),
            done=put,
            failed=self._refuse,
        )

    # Showing

    def _go_on(self) -> None:
        """Put the cursor where an officer goes on from here."""
        state = self._state
        if state.procedure is None:
            if not state.query:
                self.find("")
            self._focus("procedure")
        else:
            self._focus("components")

    def _focus(self, path: str) -> None:
        if self._view is not None:
            self._view.focus_on(path)

    def _refuse(self, error: CounterError) -> None:
        self._navigator.refuse(error)

    def _give_up_waiting(self, error: CounterError) -> None:
        self._waiting.clear()
        self._refuse(error)

    def _go_through_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        for act in waiting:
            act()

    def _clear(self, state: IntakeState) -> None:
        self._kept = state.intake
        self._show(state)

    def _show(self, state: IntakeState) -> None:
        self._state = reckoned(self._desk, state)
        if self._view is not None:
            self._view.show_state(self._state)
