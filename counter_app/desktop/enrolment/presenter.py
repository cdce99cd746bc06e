"""How a desk becomes one of a centre's, step by step; without Qt.

Slips of the finger are named before anything is sent, and nothing at the desk is changed before
a person has compared the centre's fingerprint.
"""

from collections.abc import Callable, Mapping
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from counter_app.desk import Desk
from counter_app.desktop.lanes import Lane, Tasks
from counter_app.desktop.navigator import Navigator
from counter_app.domain.enrol_code import read_enrol_code
from counter_app.errors import (
    CounterError,
    EnrolCodeMistyped,
    EnrolCodeRefused,
    UnreadableFile,
    UnsafeAddress,
)
from counter_app.i18n import N_, _
from counter_app.wire.messages import EnrolAnswer

if TYPE_CHECKING:  # it brings the network, which only this screen needs, and only later
    from counter_app.sync.enrolling import Met

T = TypeVar("T")

_EMPTY: Final = N_("Please fill this in.")
_HTTP: Final = ("http://", "https://")


class Registry(Protocol):
    """The way to become a centre's, in steps that each belong to one lane."""

    def meet(self, address: str, code: str, authority: str) -> "Met":
        """Ask who answers; on the network's lane. `authority` is the file of its certificate."""
        ...

    def ask(self, met: "Met") -> EnrolAnswer:
        """Ask to become one of its desks; on the network's lane."""
        ...

    def keep(self, met: "Met", answer: EnrolAnswer) -> None:
        """Be one from here on; on the writer."""
        ...


class Step(IntEnum):
    """Where one is, in the order in which one goes."""

    TYPE = 0
    COMPARE = 1


class EnrolmentState(Struct, frozen=True, kw_only=True):
    """All that the screen shows.

    `problems` are by field; `refusals` counts how often one was held back, and each time the
    cursor goes to the first of them. `fingerprint` is what the centre shows of itself,
    `desk_fingerprint` what it will show of this desk.
    """

    step: Step = Step.TYPE
    values: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    refusals: int = 0
    trouble: str = ""
    busy: bool = False
    fingerprint: str = ""
    desk_fingerprint: str = ""

    def value(self, name: str) -> str:
        """Return what was typed in a field."""
        return self.values.get(name, "")


class CentreRegistry:
    """The `Registry` that asks over the network."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def meet(self, address: str, code: str, authority: str) -> "Met":
        """Ask who answers."""
        from counter_app.sync.address import read_authority
        from counter_app.sync.enrolling import meet  # as above

        return meet(self._desk, address, code, read_authority(Path(authority)) if authority else "")

    def ask(self, met: "Met") -> EnrolAnswer:
        """Ask to become one of its desks."""
        from counter_app.sync.enrolling import ask

        return ask(self._desk, met)

    def keep(self, met: "Met", answer: EnrolAnswer) -> None:
        """Be one from here on."""
        from counter_app.sync.enrolling import keep

        keep(self._desk, met, answer)


class _View(Protocol):
    def show_state(self, state: EnrolmentState) -> None: ...


class EnrolmentPresenter:
    """Takes what was typed or scanned, has the fingerprint compared, and connects the desk."""

    def __init__(
        self, desk: Desk, tasks: Tasks, navigator: Navigator, registry: Registry | None = None
    ) -> None:
        self._tasks = tasks
        self._navigator = navigator
        self._registry = registry or CentreRegistry(desk)
        self._view: _View | None = None
        self._met: Met | None = None
        self._state = EnrolmentState()

    def attach(self, view: _View) -> None:
        """Show everything in this view from here on."""
        self._view = view
        view.show_state(self._state)

    def enter(self) -> None:
        """The screen comes into sight; what was typed before is still there."""

    def edit(self, name: str, text: str) -> None:
        """Something was typed in a field."""
        if not self._state.busy:
            problems = {at: words for at, words in self._state.problems.items() if at != name}
            values = {**self._state.values, name: text}
            self._show(replace(self._state, values=values, problems=problems, trouble=""))

    def leave(self, name: str) -> None:
        """The officer has gone on from a field: what is wrong with it can be said."""
        if name == "code" and self._state.value("code").strip() and not self._state.busy:
            wrong = {at: words for at, words in self._state.problems.items() if at != "code"}
            self._show(replace(self._state, problems=wrong | _code_problem(self._state)))

    def takes_scan(self, payload: str) -> bool:
        """Take a scanned code if there is a place for it; say whether it was taken."""
        if self._state.busy or self._state.step is not Step.TYPE or _code_problem_of(payload):
            return False
        self.edit("code", payload.strip())
        return True

    def advance(self) -> None:
        """Go on: ask who answers at the address, or become one of its desks."""
        if self._state.busy:
            return
        if self._state.step is Step.TYPE:
            self._meet()
        else:
            self._enrol()

    def go_back(self) -> None:
        """Go back a step, and from the first one to where one came from; what was typed stays."""
        if self._state.busy:
            return
        if self._state.step is Step.COMPARE:
            self._met = None
            self._show(replace(self._state, step=Step.TYPE, trouble="", fingerprint=""))
        else:
            self._navigator.show_centre()

    def _meet(self) -> None:
        problems = _problems(self._state)
        self._show(self._held_back(problems) if problems else self._busy())
        if problems:
            return
        address, code = _address(self._state), self._state.value("code")
        authority = self._state.value("authority").strip()
        self._on(
            self._tasks.away,
            lambda: self._registry.meet(address, code, authority),
            self._compare,
        )

    def _compare(self, met: "Met") -> None:
        self._met = met
        self._show(
            replace(
                self._state,
                step=Step.COMPARE,
                busy=False,
                fingerprint=met.fingerprint,
                desk_fingerprint=met.desk_fingerprint,
            )
        )

    def _enrol(self) -> None:
        met = self._met
        assert met is not None  # without one there is nothing to compare
        self._show(self._busy())
        self._on(
            self._tasks.away,
            lambda: self._registry.ask(met),
            lambda answer: self._keep(met, answer),
        )

    def _keep(self, met: "Met", answer: EnrolAnswer) -> None:
        self._on(
            self._tasks.write,
            lambda: self._registry.keep(met, answer),
            lambda _none: self._done(),
        )

    def _done(self) -> None:
        self._met = None
        self._show(EnrolmentState())
        self._navigator.enrolled()

    def _refuse(self, error: CounterError) -> None:
        problems = {}
        if isinstance(error, EnrolCodeMistyped | EnrolCodeRefused):
            problems["code"] = str(error)
        elif isinstance(error, UnsafeAddress):
            problems["address"] = str(error)
        elif isinstance(error, UnreadableFile):
            problems["authority"] = str(error)
        self._show(self._held_back(problems, "" if problems else str(error)))

    def _busy(self) -> EnrolmentState:
        return replace(self._state, busy=True, problems={}, trouble="")

    def _held_back(self, problems: Mapping[str, str], trouble: str = "") -> EnrolmentState:
        step = Step.TYPE if problems else self._state.step
        return replace(
            self._state,
            step=step,
            busy=False,
            problems=problems,
            trouble=trouble,
            refusals=self._state.refusals + 1,
        )

    def _on(self, lane: Lane, work: Callable[[], T], done: Callable[[T], None]) -> None:
        lane(work, done=done, failed=self._refuse)

    def _show(self, state: EnrolmentState) -> None:
        self._state = state
        if self._view is not None:
            self._view.show_state(state)


def _address(state: EnrolmentState) -> str:
    """Return the address as it is meant: whoever types none of the two means the safe one."""
    typed = state.value("address").strip()
    return typed if typed.lower().startswith(_HTTP) else f"https://{typed}"


def _problems(state: EnrolmentState) -> dict[str, str]:
    found = {}
    if not state.value("address").strip():
        found["address"] = _(_EMPTY)
    elif _address(state).lower().startswith("https:") and not state.value("authority").strip():
        found["authority"] = _("An address with https needs this file. The centre gives it out.")
    if not state.value("code").strip():
        found["code"] = _(_EMPTY)
    return found | _code_problem(state)


def _code_problem(state: EnrolmentState) -> dict[str, str]:
    typed = state.value("code")
    words = _code_problem_of(typed) if typed.strip() else ""
    return {"code": words} if words else {}


def _code_problem_of(typed: str) -> str:
    try:
        read_enrol_code(typed)
    except EnrolCodeMistyped as error:
        return str(error)
    return ""
