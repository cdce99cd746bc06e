"""Signing in, without Qt. A password is never part of the state: it goes in and is forgotten."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, Protocol

from msgspec import Struct
from msgspec.structs import replace

from counter_app.desktop.entrance import Entrance, Opening
from counter_app.desktop.lanes import Tasks
from counter_app.errors import CounterError, SignInLocked, SignInRefused, SignInThrottled
from counter_app.i18n import N_, _, ngettext
from counter_app.keys.finding import Concern, Finding
from counter_app.keys.roster import Listed, Roster, read_roster
from counter_app.keys.throttle import Uptime, uptime
from counter_app.settings import Settings

if TYPE_CHECKING:  # the sign-in window is there before the database
    from counter_app.desk import Desk
    from counter_app.domain.officer import Officer

SECRET = Finding(concern=Concern.SECRET_IN_FILE, values={"file": "device.secret"})


class SignInState(Struct, frozen=True, kw_only=True):
    """All that the screen shows.

    `locked_by` is whose work waits behind the lock; `wait` counts the seconds until another
    try; `trouble` is what keeps everybody out. While a store of an older release is being
    brought up to date, `upgraded` says how much of it has been, in per cent.
    """

    settings: Settings
    officers: tuple[Listed, ...] = ()
    chosen: str = ""
    locked_by: str = ""
    problem: str = ""
    wait: int = 0
    busy: bool = False
    upgraded: int | None = None
    must_change: bool = False
    new_problem: str = ""
    trouble: str = ""
    findings: tuple[Finding, ...] = (SECRET,)

    @property
    def officer(self) -> Listed | None:
        """Who is about to sign in."""
        return next((each for each in self.officers if each.officer.id == self.chosen), None)


class SignInView(Protocol):
    """What shows the state."""

    def show_state(self, state: SignInState) -> None:
        """Make the widgets say what `state` says."""
        ...


class SignInPresenter:
    """Turns a name and a password into a desk; counts down when one has to wait."""

    def __init__(
        self,
        opening: Opening,
        tasks: Tasks,
        entrance: Entrance,
        *,
        now: Callable[[], Uptime] = uptime,
    ) -> None:
        self._opening = opening
        self._tasks = tasks
        self._entrance = entrance
        self._now = now
        self._view: SignInView | None = None
        self._held: Desk | None = None
        self._entered: tuple[Desk, str] | None = None  # until the new password is there
        self._failures: dict[str, int] = {}
        self._progress: tuple[int, int] | None = None  # written by the lane, read each second
        self._state = SignInState(settings=entrance.settings)

    def attach(self, view: SignInView) -> None:
        """Show the state in `view` from here on."""
        self._view = view
        self._show(replace(self._state, settings=self._entrance.settings))

    def detach(self) -> None:
        """Show nothing more: the view is gone."""
        self._view = None

    def enter(self) -> None:
        """The screen comes into sight."""
        self._tasks.read(
            lambda: read_roster(self._opening.folder), done=self._list, failed=self._keep_out
        )

    def lock(self, desk: "Desk") -> None:
        """Hide the work of the officer at `desk` until the password is given again."""
        self._held = desk
        self._show(
            replace(
                self._state,
                chosen=desk.officer.id,
                locked_by=desk.officer.name,
                problem="",
                busy=False,
                must_change=False,
            )
        )
        self.enter()

    def warn(self, error: CounterError) -> None:
        """Say what was found to be wrong meanwhile; the officer may still try."""
        self._show(replace(self._state, trouble=str(error)))

    def choose(self, officer_id: str) -> None:
        """Another officer is about to sign in."""
        self._show(replace(self._state, chosen=officer_id, problem=""))
        self.tick()

    @property
    def open_desk(self) -> "Desk | None":
        """The desk behind the lock, or behind the new password that is due."""
        return self._entered[0] if self._entered else self._held

    def submit(self, password: str) -> None:
        """The officer pressed “Sign in”."""
        state = self._state
        if state.busy or state.wait:
            return
        if not password:
            self._show(replace(state, problem=_("Please type the password.")))
            return
        self._progress = None
        self._show(replace(state, busy=True, problem=""))
        chosen, held = state.chosen, self._held
        self._tasks.write(
            lambda: self._open(held, chosen, password),
            done=lambda desk: self._let_in(desk, password),
            failed=self._refuse,
        )

    def change_password(self, new: str, again: str) -> None:
        """The officer chose a password of his own."""
        if self._state.busy or self._entered is None:
            return
        desk, old = self._entered
        if new != again:
            self._show(replace(self._state, new_problem=_(DIFFERENT)))
            return
        if new == old:
            words = _("This is the password that is to be changed. Choose another one.")
            self._show(replace(self._state, new_problem=words))
            return
        self._show(replace(self._state, busy=True, new_problem=""))
        self._tasks.write(
            lambda: self._change(desk.officer, old, new),
            done=lambda _none: self._go_in(desk),
            failed=self._refuse_new,
        )

    def go_back(self) -> None:
        """Somebody else wants to sign in first."""
        if self._entered is not None and not self._state.busy:
            self._held, self._entered = self._entered[0], None
            self._show(replace(self._state, must_change=False, new_problem=""))

    def tick(self) -> None:
        """A second has passed."""
        if self._state.busy and self._progress is not None:
            done, total = self._progress
            self._show(replace(self._state, upgraded=100 * done // max(total, 1)))
        officer = self._state.officer
        wait = officer.wait(self._now()) if officer else 0
        if wait != self._state.wait:
            problem = "" if self._state.wait and not wait else self._state.problem
            self._show(replace(self._state, wait=wait, problem=problem))

    def speak(self, language: str) -> None:
        """Another language, here and for the work."""
        self._entrance.apply_settings(replace(self._entrance.settings, language=language))

    def resize_letters(self, scale: Literal[100, 125, 150]) -> None:
        """Larger or smaller letters, in per cent."""
        self._entrance.apply_settings(replace(self._entrance.settings, scale=scale))

    def darken(self, dark: bool) -> None:
        """Light letters on dark, or dark ones on light."""
        self._entrance.apply_settings(replace(self._entrance.settings, dark=dark))

    def _open(self, held: "Desk | None", officer_id: str, password: str) -> "Desk":
        if held is None:
            return self._opening.enter(officer_id, password, self._note_progress)
        # The window is there before the database.
        from counter_app.services.opening import take_over

        law = self._opening.law()
        return take_over(held, officer_id, password, uptime=self._now(), catalogue=law)

    def _note_progress(self, done: int, total: int) -> None:
        self._progress = done, total

    def _change(self, officer: "Officer", old: str, new: str) -> None:
        from counter_app.keys.officers import change_password  # as above

        change_password(self._opening.folder, officer.id, old, new, self._now())

    def _list(self, roster: Roster) -> None:
        active = tuple(each for each in roster.officers if each.active)
        known = {each.officer.id for each in active}
        wanted = (self._state.chosen, self._entrance.settings.last_officer)
        for each in active:  # his own slips of today are no news to him
            self._failures.setdefault(each.officer.id, each.throttle.failures)
        first = active[0].officer.id if active else ""
        chosen = next((each for each in wanted if each in known), first)
        self._show(
            replace(
                self._state,
                officers=active,
                chosen=chosen,
                trouble=self._state.trouble if active else _(NOBODY),
                findings=(*roster.findings, SECRET),
            )
        )
        self.tick()

    def _keep_out(self, error: CounterError) -> None:
        self._show(replace(self._state, trouble=str(error)))

    def _let_in(self, desk: "Desk", password: str) -> None:
        officer = self._state.officer
        if officer is not None and officer.must_change:
            self._entered = (desk, password)
            self._show(replace(self._state, busy=False, upgraded=None, must_change=True))
        else:
            self._go_in(desk)

    def _go_in(self, desk: "Desk") -> None:
        failures = self._failures.get(desk.officer.id, 0)
        words = ngettext(
            "{count} wrong password was typed for you since you signed in last.",
            "{count} wrong passwords were typed for you since you signed in last.",
            failures,
        )
        self._held = self._entered = None
        self._failures.clear()
        self._show(
            replace(
                self._state,
                busy=False,
                upgraded=None,
                must_change=False,
                locked_by="",
                chosen="",
                trouble="",
            )
        )
        self._entrance.entered(desk, words.format(count=failures) if failures else "")

    def _refuse(self, error: CounterError) -> None:
        # How long one waits is told by the countdown, which is read from the slots again.
        plain = isinstance(error, SignInRefused)
        problem = "" if isinstance(error, SignInThrottled) else str(error)
        if plain:
            problem = _(REFUSED)
        self._show(replace(self._state, busy=False, upgraded=None, problem=problem))
        if plain or isinstance(error, SignInThrottled | SignInLocked):
            self.enter()

    def _refuse_new(self, error: CounterError) -> None:
        self._show(replace(self._state, busy=False, new_problem=str(error)))

    def _show(self, state: SignInState) -> None:
        self._state = state
        if self._view is not None:
            self._view.show_state(state)


DIFFERENT = N_("The two passwords are not the same. Type the new one twice.")
REFUSED = N_("The password is not right. Look at Caps Lock and at the typing tool, and try again.")
NOBODY = N_(
    "No officer can sign in at this desk. Set the desk up for this PC with the recovery key: "
    "“counter-app restore”."
)
