"""How the desk stands with its centre, and what that reports back; without Qt."""

from collections.abc import Sequence
from typing import Final, Protocol
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from counter_app.desk import Desk
from counter_app.desktop.lanes import Tasks
from counter_app.desktop.navigator import Navigator
from counter_app.desktop.standing import Standing
from counter_app.domain.officer import Role
from counter_app.services.unsettled import Unsettled, unsettled
from counter_app.wire.envelope import fingerprint

MAY_ENROL: Final = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})
"""Who may connect a desk with a centre: any one of these."""


class CentreState(Struct, frozen=True, kw_only=True):
    """All that the screen shows. Without an `address` the desk stands alone.

    `standing` is None until the desk has been looked at, and `reported` until it was read.
    """

    address: str = ""
    fingerprint: str = ""
    may_enrol: bool = False
    standing: Standing | None = None
    reported: Sequence[Unsettled] | None = None


class _View(Protocol):
    def show_state(self, state: CentreState) -> None: ...


class CentrePresenter:
    """Turns what the officer does into the next state, and has it shown."""

    def __init__(self, desk: Desk, tasks: Tasks, navigator: Navigator) -> None:
        self._desk = desk
        self._tasks = tasks
        self._navigator = navigator
        self._view: _View | None = None
        self._state = self._linked(CentreState())

    def attach(self, view: _View) -> None:
        """Show everything in this view from here on."""
        self._view = view
        view.show_state(self._state)

    def enter(self) -> None:
        """Look again at what the centre has reported back."""
        self._show(self._linked(self._state))
        if self._desk.sends:
            self._tasks.read(
                lambda: unsettled(self._desk), done=self._take, failed=self._navigator.refuse
            )

    def show_standing(self, standing: Standing) -> None:
        """Take what was found when the desk was looked at."""
        self._show(replace(self._state, standing=standing))

    def send_now(self) -> None:
        """The officer does not want to wait."""
        self._navigator.send_now()

    def begin_enrolment(self) -> None:
        """The officer wants to connect the desk with a centre."""
        if self._state.may_enrol:
            self._navigator.begin_enrolment()

    def open_dossier(self, dossier_id: UUID) -> None:
        """The officer chose a line."""
        self._navigator.open_dossier(dossier_id)

    def _linked(self, state: CentreState) -> CentreState:
        link = self._desk.profile.centre
        return replace(
            state,
            address=link.url if link else "",
            fingerprint=fingerprint(link.root_key) if link else "",
            may_enrol=bool(self._desk.officer.roles & MAY_ENROL),
        )

    def _take(self, reported: Sequence[Unsettled]) -> None:
        self._show(replace(self._state, reported=reported))

    def _show(self, state: CentreState) -> None:
        self._state = state
        if self._view is not None:
            self._view.show_state(state)
