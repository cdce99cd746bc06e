"""What the officer sees first, and comes back to after every citizen."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from counter_app.desk import Desk
from counter_app.desktop.lanes import Tasks
from counter_app.desktop.listing import Listing, listing
from counter_app.desktop.navigator import Navigator
from counter_app.desktop.stack import print_receipts
from counter_app.domain.draft import Draft
from counter_app.errors import CounterError
from counter_app.i18n import _
from counter_app.services.drafts import drop_draft, keep_draft
from counter_app.services.home import Count, Day, Pile, Unfinished, look_at_day
from counter_app.services.search import dossier_rows
from counter_app.store.rows import DossierRow

_SECONDS_TO_UNDO = 10
_SECONDS_TO_READ = 4


class HomeState(Struct, frozen=True, kw_only=True):
    """All that the screen shows; before the store has answered, `looked` is false."""

    listing: Listing
    pile: Pile = Pile.RECEIVED
    counts: dict[Pile, Count] = {}
    unfinished: Sequence[Unfinished] = ()
    looked: bool = False


class View(Protocol):
    """What shows a HomeState."""

    def show_state(self, state: HomeState) -> None:
        """Make the widgets say what `state` says."""
        ...


class HomePresenter:
    """Turns what the officer does into the next state, and has it shown."""

    def __init__(self, desk: Desk, tasks: Tasks, navigator: Navigator) -> None:
        self._desk = desk
        self._tasks = tasks
        self._navigator = navigator
        self._view: View | None = None
        self._state = HomeState(listing=Listing(now=desk.now()))
        self._wanted = self._state.pile

    def attach(self, view: View) -> None:
        """Show on `view` from here on."""
        self._view = view
        view.show_state(self._state)

    def enter(self) -> None:
        """Look again at what may have changed."""
        pile = self._wanted
        self._tasks.read(
            lambda: look_at_day(self._desk, pile),
            done=lambda day: self._take(pile, day),
            failed=self._fail,
        )

    def choose_pile(self, pile: Pile) -> None:
        """The officer pressed a tile."""
        if pile is not self._wanted:
            self._wanted = pile
            self.enter()

    def fetch(self, ids: Sequence[int]) -> None:
        """A page of the list has come into sight."""
        self._tasks.read(
            lambda: dossier_rows(self._desk, ids),
            done=self._add,
            failed=self._navigator.refuse,
        )

    def open_dossier(self, dossier_id: UUID) -> None:
        """The officer chose a line."""
        self._navigator.open_dossier(dossier_id)

    def print_stack(self, ids: Sequence[int]) -> None:
        """The officer wants the receipts of some lines, in their order."""

        def send(rows: Sequence[DossierRow]) -> None:
            by_id = {row.id: row.dossier_id for row in rows if row.received_on is not None}
            print_receipts(self._desk, self._navigator, [by_id[i] for i in ids if i in by_id])

        self._tasks.read(
            lambda: dossier_rows(self._desk, ids), done=send, failed=self._navigator.refuse
        )

    def begin_intake(self) -> None:
        """The officer wants to receive somebody."""
        self._navigator.begin_intake()

    def hand_over(self) -> None:
        """What was received is to go to the units that examine it."""
        self._navigator.show_place("hand_over")

    def continue_draft(self, draft: Draft) -> None:
        """The officer goes on with what was begun."""
        self._navigator.begin_intake(draft=draft)

    def drop_draft(self, draft: Draft) -> None:
        """The officer gives up what was begun; for a while it can be had back."""
        self._tasks.write(
            lambda: drop_draft(self._desk, draft.token),
            done=lambda _nothing: self._dropped(draft),
            failed=self._navigator.refuse,
        )

    def _dropped(self, draft: Draft) -> None:
        undo = (_("Undo"), lambda: self._restore(draft))
        self._navigator.say(_("The draft was discarded."), "info", [undo], seconds=_SECONDS_TO_UNDO)
        self.enter()

    def _restore(self, draft: Draft) -> None:
        self._tasks.write(
            lambda: keep_draft(self._desk, draft.intake, token=draft.token),
            done=lambda _nothing: self._restored(),
            failed=self._navigator.refuse,
        )

    def _restored(self) -> None:
        self._navigator.say(_("The draft is back."), "good", seconds=_SECONDS_TO_READ)
        self.enter()

    def _take(self, pile: Pile, day: Day) -> None:
        if pile is self._wanted:  # another tile may have been pressed since
            self._show(
                HomeState(
                    listing=listing(day.now, day.ids, day.rows, sends=self._desk.sends),
                    pile=pile,
                    counts=day.counts,
                    unfinished=day.unfinished,
                    looked=True,
                )
            )

    def _fail(self, error: CounterError) -> None:
        self._wanted = self._state.pile
        self._show(self._state)  # the tile that was pressed is let go
        self._navigator.refuse(error)

    def _add(self, found: Sequence[DossierRow]) -> None:
        self._show(replace(self._state, listing=self._state.listing.with_rows(found)))

    def _show(self, state: HomeState) -> None:
        self._state = state
        if self._view is not None:
            self._view.show_state(state)
