"""The screens of the window by name: a presenter that stays, and views made as often as needed.

Whoever adds a screen adds it here, and to `desktop.navigation` if it has a place of its own.
"""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple, Protocol

from PySide6.QtWidgets import QWidget

from counter_app.desk import Desk
from counter_app.desktop import (
    centre,
    dossier,
    enrolment,
    help,
    home,
    intake,
    paper,
    preferences,
    search,
    summary,
)
from counter_app.desktop.lanes import Tasks
from counter_app.desktop.navigator import Navigator

ALIVE: Final = frozenset({"home", "dossier", "centre"})
"""Screens that show what the centre has made of things."""

STAYS: Final = frozenset({"home", "intake"})
"""Screens that Esc does not lead away from."""


class _Screen(Protocol):
    def enter(self) -> None: ...


class _Place(NamedTuple):
    """A screen: its presenter, how its view is made, and what it does with a scan, if anything.

    What `takes_scan` does not take goes where scans go from everywhere.
    """

    presenter: _Screen
    build: Callable[[], QWidget]
    takes_scan: Callable[[str], bool] = lambda _payload: False


class Screens:
    """All screens of one officer's window."""

    def __init__(self, desk: Desk, tasks: Tasks, navigator: Navigator) -> None:
        self.home = home.HomePresenter(desk, tasks, navigator)
        self.intake = intake.IntakePresenter(desk, tasks, navigator)
        self.search = search.SearchPresenter(desk, tasks, navigator)
        self.dossier = dossier.DossierPresenter(desk, tasks, navigator)
        self.paper = paper.PaperPresenter(desk, tasks, navigator)
        self.summary = summary.SummaryPresenter(desk, tasks, navigator)
        self.centre = centre.CentrePresenter(desk, tasks, navigator)
        self.enrolment = enrolment.EnrolmentPresenter(desk, tasks, navigator)
        self.preferences = preferences.PreferencesPresenter(desk, tasks, navigator)
        self.help = help.HelpPresenter()
        self._places: Mapping[str, _Place] = {
            "home": _Place(self.home, lambda: home.build(self.home)),
            "intake": _Place(self.intake, lambda: intake.build(self.intake)),
            "search": _Place(self.search, lambda: search.build(self.search)),
            "dossier": _Place(self.dossier, lambda: dossier.build(self.dossier)),
            "paper": _Place(self.paper, lambda: paper.build(self.paper)),
            "summary": _Place(self.summary, lambda: summary.build(self.summary)),
            "centre": _Place(self.centre, lambda: centre.build(self.centre)),
            "enrolment": _Place(
                self.enrolment, lambda: enrolment.build(self.enrolment), self.enrolment.takes_scan
            ),
            "preferences": _Place(
                self.preferences,
                lambda: preferences.build(self.preferences),
                self.preferences.takes_scan,
            ),
            "help": _Place(self.help, lambda: help.build(self.help)),
        }

    def build(self, name: str) -> QWidget:
        """Return a new view of a screen."""
        return self._places[name].build()

    def enter(self, name: str) -> None:
        """Let a screen look at what has changed: it comes into sight."""
        self._places[name].presenter.enter()

    def takes_scan(self, name: str, payload: str) -> bool:
        """Say whether the screen in sight has a use of its own for a scan, and has made it."""
        return self._places[name].takes_scan(payload)
