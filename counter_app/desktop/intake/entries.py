"""What is typed, chosen and scanned: of the people, and in answer to the questions."""

from typing import Final

from msgspec.structs import replace

from counter_app.desktop.intake import people
from counter_app.desktop.intake.choosing import Choosing
from counter_app.desktop.intake.drafts import Drafts
from counter_app.desktop.intake.entering import (
    asks_for_place,
    value_at,
    with_row,
    with_value,
    without_row,
)
from counter_app.desktop.intake.form import Form
from counter_app.domain.id_card import IdCard
from counter_app.domain.party import PartyKind
from counter_app.domain.question import Question
from counter_app.services.applicants import addresses_like, returning_applicant
from counter_app.store.applicants import ReturningApplicant

MOST_ADDRESSES: Final = 6
_TELL_APART: Final = frozenset(
    {"applicant.id_number", "applicant.full_name", "applicant.birth_date"}
)


class Entries:
    """What the officer does in the fields, and what a card fills in."""

    def __init__(self, form: Form, choosing: Choosing, drafts: Drafts) -> None:
        self._form = form
        self._choosing = choosing
        self._drafts = drafts

    def edit(self, path: str, value: str) -> None:
        """Note that `value` was typed or chosen in the field at `path`."""
        state = self._form.state
        if state.busy:
            return
        if path == "applicant.kind":
            state = people.with_kind(state, PartyKind(value))
        else:
            intake = with_value(state.intake, state.procedure, path, value)
            state = people.edited(replace(state, intake=intake), path)
        if path in _TELL_APART:
            state = replace(state, same=None, warned=None)
        self._form.show(replace(state, registered=None, addresses=()))
        if asks_for_place(state.procedure, path):
            self._complete(path, value)

    def leave(self, path: str) -> None:
        """Note that the officer has gone on from a field: what is wrong with it may be said."""
        state = self._form.state
        self._form.show(replace(state, visited=state.visited | {path}, addresses=()))
        who, _dot, name = path.rpartition(".")
        if name == "id_number":
            self._recall(who)
        if path in _TELL_APART and state.same is None:
            self._choosing.look_for_same()

    def come_to(self, who: str) -> None:
        """Note in whose fields the cursor is: a card that is scanned now is theirs."""
        self._form.state = replace(self._form.state, at=who)

    def take_address(self, row: int) -> None:
        """Take one of the addresses that were offered."""
        state = self._form.state
        if row < len(state.addresses):
            path, address = state.addresses_for, state.addresses[row]
            intake = with_value(state.intake, state.procedure, path, address)
            state = people.edited(replace(state, intake=intake), path)
            self._form.show(replace(state, addresses=()))

    def bring_submitter(self, wanted: bool) -> None:
        """Ask for somebody who came for the applicant, or for nobody."""
        self._form.show(people.with_submitter(self._form.state, wanted=wanted))
        if wanted:
            self._form.focus("submitter.id_number")

    def bring_collector(self, wanted: bool) -> None:
        """Ask for somebody else who fetches the result, or for nobody."""
        self._form.show(people.with_collector(self._form.state, wanted=wanted))
        if wanted:
            self._form.focus("collector.id_number")

    def add_row(self, question: str, before: int) -> None:
        """Make room for one more row of a group."""
        state = self._form.state
        if not state.busy:
            intake = with_row(state.intake, self._question(question), before=before)
            self._form.show(replace(state, intake=intake, registered=None))

    def remove_row(self, question: str, row: int) -> None:
        """Take a row out of a group, with what stands in it."""
        state = self._form.state
        if not state.busy:
            intake = without_row(state.intake, self._question(question), row)
            visited = frozenset(  # the rows below have moved up
                path for path in state.visited if not path.startswith(f"answers.{question}[")
            )
            self._form.show(replace(state, intake=intake, visited=visited))

    def fill(self, card: IdCard) -> None:
        """Fill in what a card says, of whoever's it is; the next citizen's begins a new intake."""
        form = self._form
        who = people.place_of(card, form.state)
        if who is None:
            self._drafts.set_aside()
            who = "applicant"
        state = people.with_card(form.state, who, card)
        complained = state.complained and who != "applicant"  # with them it begins anew
        last = state.last if who != "applicant" else None
        state = replace(state, registered=None, complained=complained, last=last)
        form.show(replace(state, same=None, warned=None))
        self._recall(who)
        if who in {"applicant", "submitter"}:
            self._choosing.go_on()
        else:
            form.focus(f"{who}.phone")
        if who == "applicant":
            self._choosing.look_for_same()

    def _question(self, name: str) -> Question:
        procedure = self._form.state.procedure
        return next(each for each in (procedure.question if procedure else ()) if each.id == name)

    def _recall(self, who: str) -> None:
        form = self._form
        number, token = value_at(form.state.intake, f"{who}.id_number"), form.state.token

        def fill_in(known: ReturningApplicant | None) -> None:
            if known and people.is_still(form.state, token, who, number):
                form.show(people.recalled(form.state, who, known))

        if number:
            form.tasks.read(
                lambda: returning_applicant(form.desk, number), done=fill_in, failed=form.refuse
            )

    def _complete(self, path: str, typed: str) -> None:
        form = self._form

        def offer(addresses: tuple[str, ...]) -> None:
            if value_at(form.state.intake, path) == typed and addresses != (typed,):
                form.show(replace(form.state, addresses=addresses, addresses_for=path))

        form.tasks.read(
            lambda: addresses_like(form.desk, typed, limit=MOST_ADDRESSES),
            done=offer,
            failed=form.refuse,
        )
