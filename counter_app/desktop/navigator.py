"""What a screen may ask of the window around it; no screen knows another."""

from collections.abc import Callable, Sequence
from typing import Literal, Protocol
from uuid import UUID

from counter_app.devices.printers import Printer, Size
from counter_app.domain.draft import Draft
from counter_app.domain.id_card import IdCard
from counter_app.domain.intake import Intake
from counter_app.domain.sheet import Sheet
from counter_app.errors import CounterError
from counter_app.settings import Settings

Tone = Literal["neutral", "info", "good", "warning", "danger"]
Action = tuple[str, Callable[[], None]]


class Navigator(Protocol):
    """The window, as a presenter sees it."""

    settings: Settings
    printer: Printer

    def begin_intake(self, *, card: IdCard | None = None, draft: Draft | None = None) -> None:
        """Go to the intake, with a scanned card or an unfinished draft."""
        ...

    def give_guidance(self, intake: Intake, token: bytes, *, done: Callable[[], None]) -> None:
        """Go to where somebody is told why `intake` cannot be received; `done` once it is noted."""
        ...

    def open_dossier(self, dossier_id: UUID) -> None:
        """Go to a dossier."""
        ...

    def begin_return(self, dossier_id: UUID) -> None:
        """Go to where results are handed out, with that of a dossier."""
        ...

    def open_cashier(self, dossier_id: UUID) -> None:
        """Go to where money is taken for a dossier."""
        ...

    def search_for(self, text: str) -> None:
        """Go to the search, with `text` typed in."""
        ...

    def print_receipt(self, dossier_id: UUID, *, again: bool = False) -> None:
        """Print the receipt at once or preview it, as the office has chosen."""
        ...

    def look_at_receipt(self, dossier_id: UUID) -> None:
        """Show the receipt as it would be printed now, whatever the office has chosen."""
        ...

    def print_sheet(
        self, make: Callable[[Size, str], Sheet], *, form: str = "", printer: str = ""
    ) -> None:
        """Have a paper made and printed; whatever the printer does, it is not lost.

        `make` is called in the writers' lane with the size of the paper and the name of the
        printer that were chosen for `form` (the id of its file in forms/print/; "" means the
        usual ones), and may open a transaction. Another `printer` may be named.
        """
        ...

    def send_print(self, job: int, printer: str) -> None:
        """Have a paper that is kept go to its printer, after those that go there already."""
        ...

    def show_paper(self) -> None:
        """Go to the preview of the receipt that was asked for."""
        ...

    def await_scan(self) -> None:
        """Put the cursor into the scan box: the next citizen may come."""
        ...

    def go_home(self) -> None:
        """Go to the day's list."""
        ...

    def show_place(self, place: str) -> None:
        """Go to a screen by its name."""
        ...

    def show_centre(self) -> None:
        """Go to how the desk stands with the centre, and what that reports back."""
        ...

    def begin_enrolment(self) -> None:
        """Go to where the desk is connected with a centre."""
        ...

    def enrolled(self) -> None:
        """Go on as a desk of the centre: it has become one."""
        ...

    def send_now(self) -> None:
        """Send what waits without waiting any longer."""
        ...

    def say(
        self, text: str, tone: Tone = "info", actions: Sequence[Action] = (), *, seconds: int = 0
    ) -> None:
        """Show a line above the screen; for `seconds`, or until it is answered."""
        ...

    def refuse(self, error: CounterError) -> None:
        """Show what could not be done, and why."""
        ...

    def changed(self) -> None:
        """Let every screen know that something was written."""
        ...

    def apply_settings(self, settings: Settings) -> None:
        """Keep other settings, and dress the window by them."""
        ...
