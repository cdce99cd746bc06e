"""What the steps before the work may ask of the window: first run, sign-in, the day."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from counter_app.devices.printers import Printer
from counter_app.settings import Settings

if TYPE_CHECKING:  # the sign-in window is there before the database
    from counter_app.catalogue.catalogue import Catalogue
    from counter_app.desk import Desk


class Opening(Protocol):
    """The way into the desk of one folder."""

    folder: Path

    def prepare(self) -> None:
        """Do beforehand what needs no password: import the database, read the law.

        Raises:
            InvalidForm: a file of law is not as it should be.
        """
        ...

    def law(self) -> "Catalogue":
        """Return the law as it is now: the centre may have sent other since."""
        ...

    def enter(self, officer: str, password: str, progress: Callable[[int, int], None]) -> "Desk":
        """Return the desk with this officer at it; raises what `sign_in` raises.

        `progress` is told how far a store of an older release has been brought up to date.
        """
        ...


class Entrance(Protocol):
    """The window, as a presenter of these steps sees it."""

    settings: Settings

    @property
    def printer(self) -> Printer:
        """The printers of the PC."""
        ...

    def founded(self) -> None:
        """Go on to sign-in: the desk has been set up."""
        ...

    def entered(self, desk: "Desk", notice: str = "") -> None:
        """Go on with the officer who has signed in; `notice` is what he should know."""
        ...

    def begin_work(self, desk: "Desk") -> None:
        """Go to the day's work: it is agreed what day it is."""
        ...

    def apply_settings(self, settings: Settings) -> None:
        """Keep other settings, and dress the window by them."""
        ...
