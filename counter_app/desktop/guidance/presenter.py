"""Guidance before acceptance: what is missing is told once and completely, noted and printed."""

from collections.abc import Callable, Sequence
from typing import Final, Protocol

from msgspec.structs import replace

from counter_app.desk import Desk
from counter_app.desktop.guidance.state import GuidanceState, MissingLine, Subject, with_line
from counter_app.desktop.lanes import Tasks
from counter_app.desktop.navigator import Navigator
from counter_app.devices.printers import Size
from counter_app.domain.intake import Intake
from counter_app.domain.operation import GuidanceOutcome
from counter_app.domain.papers import MissingPaper
from counter_app.errors import CounterError, UnknownProcedure
from counter_app.i18n import _
from counter_app.services.guidance import (
    Guidance,
    Reopened,
    give_guidance,
    guidances,
    lacking,
    reopen,
)
from counter_app.services.papers import Sheet, guidance_sheet

FORMS: Final = {
    GuidanceOutcome.SUPPLEMENT: "supplement-request",
    GuidanceOutcome.REFUSAL: "refusal",
}
"""The papers that are taken home; whoever was only helped on takes none."""

_KIND: Final = "guidance_given"
_SECONDS: Final = 10


class View(Protocol):
    """What shows a GuidanceState."""

    def show_state(self, state: GuidanceState) -> None:
        """Make the widgets say what `state` says."""
        ...

    def focus_on(self, place: str) -> None:
        """Put the cursor where one begins ("first"), or into the line "added" last."""
        ...


class GuidancePresenter:
    """Turns what the officer does into the next state, and has it shown."""

    def __init__(self, desk: Desk, tasks: Tasks, navigator: Navigator) -> None:
        self._desk = desk
        self._tasks = tasks
        self._navigator = navigator
        self._view: View | None = None
        self._state = GuidanceState(now=desk.now())
        self._done: Callable[[], None] = lambda: None

    # Coming and going

    def attach(self, view: View) -> None:
        """Show on `view` from here on."""
        self._view = view
        view.show_state(self._state)

    def enter(self) -> None:
        """Look again at what was given."""
        self._tasks.read(
            lambda: guidances(self._desk), done=self._list, failed=self._navigator.refuse
        )

    def begin(self, intake: Intake, token: bytes, *, done: Callable[[], None]) -> None:
        """Tell somebody what keeps `intake` from being received; `done` once it is noted."""
        self._done = done
        helped = not intake.procedure
        self._state = GuidanceState(
            now=self._desk.now(),
            subject=Subject(intake=intake, token=token, procedure_name=self._name_of(intake)),
            outcome=GuidanceOutcome.HELPED if helped else GuidanceOutcome.SUPPLEMENT,
            lines=() if helped else self._lines_of(intake),
            reasons=self._desk.catalogue.reasons.of(_KIND),
            given=self._state.given,
            looked=self._state.looked,
        )
        self._show(self._state)
        self._focus()

    def leave(self) -> None:
        """Go back to the intake; nothing was noted."""
        if self._state.subject is None or self._state.busy:
            return
        self._show(GuidanceState(now=self._desk.now(), given=self._state.given, looked=True))
        self._navigator.show_place("intake")

    # What the paper says

    def choose(self, outcome: str) -> None:
        """Tell something else: what is missing, why it is refused, or where to apply."""
        self._show(replace(self._state, outcome=GuidanceOutcome(outcome), problem=""))
        self._focus()

    def tell(self, place: int, told: bool) -> None:
        """Leave a line on the paper, or take it off."""
        line = self._state.lines[place]
        self._show(with_line(self._state, place, replace(line, told=told)))

    def change(self, place: int, **values: object) -> None:
        """Put other numbers, another reason or another name into a line; it is told then."""
        line = self._state.lines[place]
        paper = replace(line.paper, **values)
        if paper != line.paper:
            self._show(with_line(self._state, place, replace(line, paper=paper, told=True)))

    def add(self) -> None:
        """Begin a line for something that no list names."""
        line = MissingLine(paper=MissingPaper(name="", originals=1), added=True)
        self._show(replace(self._state, lines=(*self._state.lines, line), problem=""))
        self._focus("added")

    def edit(self, field: str, text: str) -> None:
        """Note what was typed as "reason" or "agency"."""
        value = {field: text}
        self._show(replace(self._state, problem="", **value))

    def submit(self) -> None:
        """Note it, and have its paper printed."""
        state = self._state
        if state.subject is None or state.busy:
            return
        subject, outcome = state.subject, state.outcome
        supplement = outcome is GuidanceOutcome.SUPPLEMENT
        missing = state.missing if supplement else ()
        self._show(replace(state, busy=True, problem=""))
        self._tasks.write(
            lambda: give_guidance(
                self._desk,
                subject.intake,
                token=subject.token,
                outcome=outcome,
                reason=state.reason,
                missing=missing,
                agency=state.agency if outcome is GuidanceOutcome.HELPED else "",
            ),
            done=self._noted,
            failed=self._refuse,
        )

    # What was given

    def go_on(self, place: int) -> None:
        """Take up again the intake of a line of the list."""
        if place < len(self._state.given):
            self.reopen(self._state.given[place].given.token)

    def print_again(self, place: int) -> None:
        """Print the paper of a line of the list once more."""
        if place < len(self._state.given):
            self._print(self._state.given[place])

    def begin_intake(self) -> None:
        """Begin an application."""
        self._navigator.begin_intake()

    def reopen(self, token: bytes) -> None:
        """Take up again the intake whose paper was scanned, or open its dossier."""
        self._tasks.read(
            lambda: reopen(self._desk, token),
            done=self._reopened,
            failed=self._navigator.refuse,
        )

    def _reopened(self, found: Reopened) -> None:
        if found.dossier_id is not None:
            self._navigator.open_dossier(found.dossier_id)
            self._navigator.say(_("This has been received since: here is its dossier."), "info")
            return
        self._navigator.begin_intake(draft=found.draft)
        if not found.known:
            words = _(
                "This guidance was given at another desk, and what was typed there is not here. "
                "Enter it again: the dossier will have the identity that stands on the paper."
            )
            self._navigator.say(words, "warning")
        elif found.given_at is not None:
            words = _("Guidance was given at {time} on {date}. Tick what has been brought now.")
            when = found.given_at
            said = words.format(time=f"{when:%H:%M}", date=f"{when:%d/%m/%Y}")
            self._navigator.say(said, "info", seconds=_SECONDS)

    # What comes of it

    def _noted(self, given: Guidance) -> None:
        self._show(
            GuidanceState(
                now=self._desk.now(), given=(given, *self._state.given), looked=self._state.looked
            )
        )
        done, self._done = self._done, lambda: None
        done()
        self._navigator.show_place("intake")
        self._navigator.changed()
        self._navigator.await_scan()
        words = _("Guidance is noted; it is no dossier. The QR code on its paper reopens all this.")
        if given.given.outcome not in FORMS:
            words = _("It is noted where they were helped to apply; it is no dossier.")
            self._navigator.say(words, "good", seconds=_SECONDS)
            return
        again = (_("Print it again"), lambda: self._print(given))
        self._navigator.say(words, "good", [again], seconds=_SECONDS)
        self._print(given)

    def _print(self, given: Guidance) -> None:
        if (form := FORMS.get(given.given.outcome)) is None:
            self._navigator.say(_("Whoever was helped on takes no paper home."), seconds=_SECONDS)
            return

        def make(size: Size, _printer: str) -> Sheet:
            return guidance_sheet(self._desk, given.op_id, size=size)

        self._navigator.print_sheet(make, form=form)

    def _refuse(self, error: CounterError) -> None:
        self._show(replace(self._state, busy=False, problem=str(error)))
        self._focus()

    def _list(self, given: Sequence[Guidance]) -> None:
        self._show(replace(self._state, given=given, looked=True, now=self._desk.now()))

    def _lines_of(self, intake: Intake) -> tuple[MissingLine, ...]:
        try:
            return tuple(MissingLine(paper=paper) for paper in lacking(self._desk, intake))
        except UnknownProcedure:  # its law has ended since; to refuse it is still possible
            return ()

    def _name_of(self, intake: Intake) -> str:
        try:
            code = intake.procedure
            return self._desk.catalogue.procedure(code, self._desk.business_date).form.name
        except UnknownProcedure:
            return ""

    def _focus(self, place: str = "first") -> None:
        if self._view is not None:
            self._view.focus_on(place)

    def _show(self, state: GuidanceState) -> None:
        self._state = state
        if self._view is not None:
            self._view.show_state(state)
