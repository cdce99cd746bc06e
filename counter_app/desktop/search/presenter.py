"""One box for all that a citizen may have of a dossier, and what it finds while one types."""

from collections.abc import Sequence
from typing import Final, Protocol
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from counter_app.desk import Desk
from counter_app.desktop.lanes import Tasks
from counter_app.desktop.listing import Listing, listing
from counter_app.desktop.navigator import Navigator
from counter_app.services.search import Found, Only, dossier_rows, search
from counter_app.store.rows import DossierRow

FEWEST_CHARACTERS: Final = 2


class SearchState(Struct, frozen=True, kw_only=True):
    """All that the screen shows.

    `found_for` is the text that `listing` answers; it lags behind `text` while the store is
    asked. `chosen` is the id of a row. `more`: only the newest of very many were looked at.
    """

    listing: Listing
    text: str = ""
    only: Only = Only.ALL
    found_for: str = ""
    more: bool = False
    chosen: int | None = None

    @property
    def enough(self) -> bool:
        """Say whether enough was typed to search for."""
        return len(self.text.strip()) >= FEWEST_CHARACTERS

    @property
    def looked(self) -> bool:
        """Say whether the list is the answer to what the box says."""
        return self.enough and self.found_for == self.text

    @property
    def chosen_row(self) -> DossierRow | None:
        """Return the chosen dossier, if its row has come."""
        return self.listing.rows.get(self.chosen) if self.chosen is not None else None


class View(Protocol):
    """What shows a SearchState."""

    def show_state(self, state: SearchState) -> None:
        """Make the widgets say what `state` says."""
        ...


class SearchPresenter:
    """Turns what the officer does into the next state, and has it shown."""

    def __init__(self, desk: Desk, tasks: Tasks, navigator: Navigator) -> None:
        self._desk = desk
        self._tasks = tasks
        self._navigator = navigator
        self._view: View | None = None
        self._state = SearchState(listing=Listing(now=desk.now()))
        self._open_when_found = False

    def attach(self, view: View) -> None:
        """Show on `view` from here on."""
        self._view = view
        view.show_state(self._state)

    def enter(self) -> None:
        """Look again at what may have changed, unless that is under way."""
        if self._state.looked:
            self._ask()

    def search(self, text: str) -> None:
        """Something was scanned or typed elsewhere: search for it among all."""
        self._state = replace(self._state, only=Only.ALL)
        self.type(text)

    def type(self, text: str) -> None:
        """The officer typed."""
        self._open_when_found = False
        state = replace(self._state, text=text)
        if state.enough:
            self._show(state)
            self._ask()
        else:
            nothing = Listing(now=self._desk.now())
            self._show(replace(state, listing=nothing, found_for="", chosen=None, more=False))

    def narrow(self, only: Only) -> None:
        """The officer wants to see only some of them."""
        self._show(replace(self._state, only=only))
        if self._state.enough:
            self._ask()

    def choose(self, row_id: int | None) -> None:
        """Another line was chosen."""
        if row_id != self._state.chosen:
            self._show(replace(self._state, chosen=row_id))

    def open_chosen(self) -> None:
        """The officer pressed Enter in the box: at once, or as soon as it is found."""
        if self._state.enough and not self._state.looked:
            self._open_when_found = True
        elif (row := self._state.chosen_row) is not None:
            self.open_dossier(row.dossier_id)

    def open_dossier(self, dossier_id: UUID) -> None:
        """The officer chose a line."""
        self._navigator.open_dossier(dossier_id)

    def fetch(self, ids: Sequence[int]) -> None:
        """A page of the list has come into sight."""
        self._tasks.read(
            lambda: dossier_rows(self._desk, ids),
            done=self._add,
            failed=self._navigator.refuse,
        )

    def _ask(self) -> None:
        text, only = self._state.text, self._state.only
        self._tasks.read(
            lambda: search(self._desk, text, only),
            done=lambda found: self._take(text, only, found),
            failed=self._navigator.refuse,
        )

    def _take(self, text: str, only: Only, found: Found) -> None:
        if (text, only) != (self._state.text, self._state.only):
            return  # more was typed meanwhile, and its answer is on the way
        chosen = self._state.chosen if self._state.chosen in found.ids else None
        self._show(
            replace(
                self._state,
                listing=listing(found.now, found.ids, found.rows, sends=self._desk.sends),
                found_for=text,
                more=found.more,
                chosen=chosen or next(iter(found.ids), None),
            )
        )
        if self._open_when_found:
            self._open_when_found = False
            self.open_chosen()

    def _add(self, found: Sequence[DossierRow]) -> None:
        self._show(replace(self._state, listing=self._state.listing.with_rows(found)))

    def _show(self, state: SearchState) -> None:
        self._state = state
        if self._view is not None:
            self._view.show_state(state)
