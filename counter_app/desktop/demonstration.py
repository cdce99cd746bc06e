"""A walk-in from the scanned card to the daily summary, in the real window with real keys."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

from msgspec import Struct
from PySide6.QtCore import Qt

from counter_app.desktop import app
from counter_app.desktop.entrance import Opening
from counter_app.desktop.main_window import MainWindow
from counter_app.desktop.tour import Tour
from counter_app.desktop.workplace import Workplace
from counter_app.i18n import N_
from counter_app.services.search import search_dossiers

_K: Final = Qt.Key
Step = Callable[[str], AbstractContextManager[None]]
"""Says what is done, and afterwards how long it took."""


class Script(Struct, frozen=True, kw_only=True):
    """Who signs in, whose card is scanned, what for, and whom one searches afterwards."""

    password: str
    card: str
    letters: str
    name: str


def show(opening: Opening, password: str, *, language: str | None) -> int:
    """Open the window, sign in, and leave it to whoever sits before it."""
    running = app.start(opening, language=language)
    running.window.closed.connect(running.app.quit)
    try:
        sign_in(Tour(running.window, running.tasks), password)
        return running.app.exec()
    finally:
        running.close()


def walk_through(
    opening: Opening, script: Script, out: Path, *, language: str | None, step: Step
) -> int:
    """Do the whole line of work; leave pictures and papers in `out`, return the keys pressed.

    The keys are those between the scan and the durable dossier.

    Raises:
        TourStuck: something did not come to be.
    """
    running = app.start(opening, language=language)
    tour = Tour(running.window, running.tasks)
    try:
        with step(N_("Open the window")):
            tour.settle()
            tour.picture(out / "screen-sign-in.png")
        with step(N_("Sign in and confirm the day")):
            work = sign_in(tour, script.password)
            tour.picture(out / "screen-home.png")
        presses = _walk_in(tour, work, script, out, step)
        _look_back(tour, work, script, out, step)
        with step(N_("Back up and close")):
            running.window.close()
            closed: list[bool] = []
            running.window.closed.connect(lambda: closed.append(True))
            tour.wait(lambda: bool(closed), "the end")
        return presses
    finally:
        running.close()


def sign_in(tour: Tour, password: str) -> Workplace:
    """Sign in, confirm the day, and return the work that is then in sight."""
    window = tour.window
    assert isinstance(window, MainWindow)
    tour.settle()
    tour.type(password)
    tour.press(_K.Key_Return)
    tour.settle()
    if not window.is_working:  # a new day is asked for
        tour.press(_K.Key_Return)
    tour.wait(lambda: window.is_working, "the work")
    tour.settle()
    assert window.workplace is not None
    return window.workplace


def _walk_in(tour: Tour, work: Workplace, script: Script, out: Path, step: Step) -> int:
    """Take one application from the card to its receipt, and return how many keys it took."""
    with step(N_("Scan the citizen's card")):
        tour.scan(script.card)
        tour.settle()
    before = tour.presses
    with step(N_("Find the procedure by three letters, tick the papers")):
        tour.type(script.letters)
        tour.settle()
        tour.press(_K.Key_Return)
        tour.settle()
        tour.press(_K.Key_F9)
        tour.picture(out / "screen-intake.png")
    with step(N_("Register: Ctrl+Enter")):
        tour.press(_K.Key_Return, ctrl=True)
        presses = tour.presses - before
        tour.wait(lambda: bool(search_dossiers(work.desk, script.name, limit=1)), "the dossier")
        tour.settle()
    with step(N_("Look at the receipt and keep it as PDF")):
        tour.picture(out / "screen-receipt.png")
        work.paper.save(out / "receipt.pdf")
        tour.wait((out / "receipt.pdf").exists, "the receipt")
        tour.settle()
    return presses


def _look_back(tour: Tour, work: Workplace, script: Script, out: Path, step: Step) -> None:
    with step(N_("Find it again by its name, without accents")):
        tour.press(_K.Key_F3)
        tour.settle()
        tour.type(script.name)
        tour.settle()
        tour.picture(out / "screen-search.png")
    with step(N_("Open the dossier with its timeline")):
        tour.press(_K.Key_Return)
        tour.settle()
        tour.picture(out / "screen-dossier.png")
    with step(N_("Count the day, and keep its summary as PDF")):
        tour.press(_K.Key_F7)
        tour.settle()
        tour.picture(out / "screen-summary.png")
        work.summary.preview()
        tour.settle()
        work.summary.save(out / "daily-summary.pdf")
        tour.wait((out / "daily-summary.pdf").exists, "the summary")
        tour.settle()
