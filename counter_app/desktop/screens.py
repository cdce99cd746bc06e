"""The screens of the window by name: a presenter that stays, and views made as often as needed.

Whoever adds a screen adds it here, and to `desktop.navigation` if it has a place of its own.
"""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple, Protocol

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from counter_app.desk import Desk
from counter_app.desktop import (
    batch,
    cashier,
    centre,
    dossier,
    enrolment,
    guidance,
    hall,
    hand_over,
    help,
    home,
    intake,
    lists,
    paper,
    preferences,
    prints,
    queue,
    returning,
    scan,
    scans,
    search,
    summary,
)
from counter_app.desktop.lanes import Tasks
from counter_app.desktop.navigator import Navigator
from counter_app.desktop.tickets import Tickets
from counter_app.i18n import _

ALIVE: Final = frozenset({"home", "dossier", "centre"})
"""Screens that show what the centre has made of things."""

STAYS: Final = frozenset({"home", "intake"})
"""Screens that Esc does not lead away from."""


class _Screen(Protocol):
    def enter(self) -> None: ...


class _Place(NamedTuple):
    """A screen: its presenter, how its view is made, and what it does with a scan, if anything.

    What `takes_scan` does not take goes where scans go from everywhere. `steps_back` says whether
    Esc has led back within the screen; else it leads away.
    """

    presenter: _Screen
    build: Callable[[], QWidget]
    takes_scan: Callable[[str], bool] = lambda _payload: False
    steps_back: Callable[[], bool] = lambda: False


class Screens:
    """All screens of one officer's window."""

    def __init__(self, desk: Desk, tasks: Tasks, navigator: Navigator) -> None:
        self.home = home.HomePresenter(desk, tasks, navigator)
        self.intake = intake.IntakePresenter(desk, tasks, navigator)
        self.batch = batch.BatchPresenter(desk, tasks, navigator)
        self.guidance = guidance.GuidancePresenter(desk, tasks, navigator)
        self.search = search.SearchPresenter(desk, tasks, navigator)
        self.fees = cashier.CashierPresenter(desk, tasks, navigator, booked=self._money_moved)
        self.scan = scan.ScanPresenter(desk, tasks, navigator)
        self.scans = scans.ScansPresenter(desk, tasks, navigator, self.scan.open)
        sheets = (self.fees, self.scans)
        self.dossier = dossier.DossierPresenter(desk, tasks, navigator, sheets)
        self.returning = returning.ReturningPresenter(desk, tasks, navigator)
        self.hand_over = hand_over.HandOverPresenter(desk, tasks, navigator)
        self.cashier = cashier.CashierPresenter(desk, tasks, navigator)
        self.paper = paper.PaperPresenter(desk, tasks, navigator)
        self.lists = lists.ListsPresenter(desk, tasks, navigator)
        self.summary = summary.SummaryPresenter(desk, tasks, navigator)
        self.centre = centre.CentrePresenter(desk, tasks, navigator)
        self.enrolment = enrolment.EnrolmentPresenter(desk, tasks, navigator)
        self._left = False
        self._tickets = tickets = Tickets(desk, tasks)
        self.hall = hall.HallPresenter(desk, tasks, navigator, tickets, hall.build)
        self.queue = queue.QueuePresenter(desk, tasks, navigator, tickets, self.hall.open)
        self.prints = prints.PrintsPresenter(desk, tasks, navigator)
        self.preferences = preferences.PreferencesPresenter(desk, tasks, navigator)
        self.help = help.HelpPresenter()
        self._places = self._table()
        # Once the window is there: the display goes to the screen that it is not on.
        QTimer.singleShot(0, self._resume)

    def _table(self) -> Mapping[str, _Place]:
        """Return the screens by name."""
        return {
            "home": _Place(self.home, lambda: home.build(self.home)),
            "intake": _Place(self.intake, lambda: intake.build(self.intake)),
            "batch": _Place(self.batch, lambda: batch.build(self.batch), self.batch.takes_scan),
            "guidance": _Place(self.guidance, lambda: guidance.build(self.guidance)),
            "search": _Place(self.search, lambda: search.build(self.search)),
            "dossier": _Place(
                self.dossier,
                lambda: dossier.build(self.dossier, self._sheets()),
                self.dossier.takes_scan,
                lambda: (
                    self.dossier.leave_entry() or self.fees.steps_back() or self.scans.steps_back()
                ),
            ),
            "scan": _Place(self.scan, lambda: scan.build(self.scan), steps_back=self.scan.leave),
            "returning": _Place(
                self.returning,
                lambda: returning.build(self.returning),
                self.returning.takes_scan,
                self.returning.forget,
            ),
            "hand_over": _Place(self.hand_over, lambda: hand_over.build(self.hand_over)),
            "cashier": _Place(
                self.cashier,
                lambda: cashier.build(self.cashier),
                self.cashier.takes_scan,
                self.cashier.steps_back,
            ),
            "paper": _Place(self.paper, lambda: paper.build(self.paper)),
            "lists": _Place(self.lists, lambda: lists.build(self.lists)),
            "summary": _Place(self.summary, lambda: summary.build(self.summary)),
            "centre": _Place(self.centre, lambda: centre.build(self.centre)),
            "enrolment": _Place(
                self.enrolment, lambda: enrolment.build(self.enrolment), self.enrolment.takes_scan
            ),
            "queue": _Place(self.queue, lambda: queue.build(self.queue)),
            "prints": _Place(self.prints, lambda: prints.build(self.prints)),
            "preferences": _Place(
                self.preferences,
                lambda: preferences.build(self.preferences),
                self.preferences.takes_scan,
            ),
            "help": _Place(self.help, lambda: help.build(self.help)),
        }

    def _resume(self) -> None:
        """Go on with what is beside the window, unless the officer has left it at once."""
        if not self._left:
            self.hall.resume()

    def _money_moved(self) -> None:
        """Let the dossier look again: something was booked on its sheet of fees."""
        self.dossier.enter()

    def _sheets(self) -> tuple[dossier.Tab, ...]:
        """Return the sheets of a dossier that others show."""
        fees, pages = self.fees, self.scans
        return (
            dossier.Tab(lambda: _("Fees"), lambda: cashier.build_part(fees), fees.submit),
            dossier.Tab(lambda: _("Scans"), lambda: scans.build(pages)),
        )

    @property
    def is_at_rest(self) -> bool:
        """Whether nothing that was begun is still coming in, as files of a scanner are."""
        return self.scans.is_at_rest

    def build(self, name: str) -> QWidget:
        """Return a new view of a screen."""
        return self._places[name].build()

    def enter(self, name: str) -> None:
        """Let a screen look at what has changed: it comes into sight."""
        self._places[name].presenter.enter()

    def takes_scan(self, name: str, payload: str) -> bool:
        """Say whether the screen in sight has a use of its own for a scan, and has made it."""
        return self._places[name].takes_scan(payload)

    def steps_back(self, name: str) -> bool:
        """Say whether the screen in sight had something to leave first, and has left it."""
        return self._places[name].steps_back()

    def leave(self) -> None:
        """Let go of what goes on beside the window: another officer takes over, or it closes."""
        self._left = True
        self.hall.rest()
        self._tickets.rest()

    def takes_key(self, name: str, place: str) -> bool:
        """Say whether the screen in sight has a use of its own for the key of a place."""
        if (name, place) == ("intake", "guidance"):
            return self.intake.guide()
        if name == place == "batch":
            self.batch.turn()
            return True
        return False
