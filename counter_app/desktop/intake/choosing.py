"""The procedure and its papers: found by a few letters, taken, and ticked off one by one."""

from typing import Final

from msgspec.structs import replace

from counter_app.desktop.intake.entering import fitted, given
from counter_app.desktop.intake.form import Form
from counter_app.domain.intake import Intake, PaperGiven
from counter_app.domain.procedure import Procedure
from counter_app.services.applicants import open_of_same
from counter_app.services.procedures import Match, find_procedures
from counter_app.store.rows import DossierRow

MOST_MATCHES: Final = 8


class Choosing:
    """What the officer does in the box of the procedure and in the list of papers."""

    def __init__(self, form: Form) -> None:
        self._form = form

    # The procedure

    def find(self, typed: str) -> None:
        """Look for the procedure that is meant by what stands in the procedure box."""
        form = self._form
        form.show(replace(form.state, query=typed))
        last = None if typed else form.state.last
        if last and last.intake.applicant != form.state.intake.applicant:
            last = None  # it was somebody else's

        def look() -> tuple[Match, ...]:
            found = find_procedures(form.desk, typed, limit=MOST_MATCHES)
            if last is None:
                return found
            again = find_procedures(form.desk, last.procedure.code, limit=1)
            return again + tuple(match for match in found if match not in again)

        def offer(matches: tuple[Match, ...]) -> None:
            if form.state.query == typed:
                form.show(replace(form.state, matches=matches[:MOST_MATCHES], matched=typed))
                form.catch_up()

        form.tasks.read(look, done=offer, failed=form.give_up)

    def take(self, row: int = 0) -> None:
        """Take the procedure in a row of the list, as soon as the list answers what was typed."""
        state = self._form.state
        if state.matched != state.query:
            self._form.later(self.take)
        elif row < len(state.matches):
            self._choose(state.matches[row].procedure)

    def leave_search(self) -> None:
        """Show again what was chosen before something else was typed."""
        state = self._form.state
        if state.procedure is not None and not self._form.waits:
            self._form.show(replace(state, query=None, matches=(), matched=None))

    def put(self, procedure: Procedure, intake: Intake) -> None:
        """Show a procedure with as much of an intake as it asks for."""
        self._form.show(
            replace(
                self._form.state,
                procedure=procedure,
                intake=fitted(intake, procedure),
                query=None,
                matches=(),
                matched=None,
                registered=None,
            )
        )

    def go_on(self) -> None:
        """Put the cursor where an officer goes on from here."""
        state = self._form.state
        if state.procedure is None:
            if not state.query:
                self.find("")
            self._form.focus("procedure")
        else:
            self._form.focus("components")

    def look_for_same(self) -> None:
        """Find out whether this person has this procedure open already."""
        form, state = self._form, self._form.state
        intake, token = state.intake, state.token
        if state.procedure is None or not intake.applicant.full_name:
            return

        def tell(found: DossierRow | None) -> None:
            now = form.state
            person = (now.intake.procedure, now.intake.applicant.id_number)
            if now.token == token and person == (intake.procedure, intake.applicant.id_number):
                form.show(replace(now, same=found))

        form.tasks.read(
            lambda: open_of_same(form.desk, intake, known=state.known),
            done=tell,
            failed=form.refuse,
        )

    def _choose(self, procedure: Procedure) -> None:
        intake = self._form.state.intake
        if procedure.code != intake.procedure:
            # Papers of another procedure may share their names; a tick attests one of them only.
            intake = replace(intake, case=None, components=(), answers={}, competent_agency="")
            self._form.state = replace(self._form.state, same=None)
        self.put(procedure, intake)
        self.go_on()
        self.look_for_same()

    # The papers

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
        state = self._form.state
        if self._form.waits:
            self._form.later(self.tick_required)
            return
        if not state.papers:
            self.go_on()
            return
        seen = {paper.id for paper in self._papers()}
        missing = [row.component for row in state.papers if row.component.required]
        more = tuple(PaperGiven(id=paper.id) for paper in missing if paper.id not in seen)
        self._attest((*self._papers(), *more))

    def _papers(self) -> tuple[PaperGiven, ...]:
        state = self._form.state
        return given(state.intake, [row.component for row in state.papers])

    def _attest(self, papers: tuple[PaperGiven, ...]) -> None:
        state = self._form.state
        if not state.busy:
            intake = replace(state.intake, components=papers)
            self._form.show(replace(state, intake=intake, registered=None))
