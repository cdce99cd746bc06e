"""A walk-in from the scanned card to the daily summary, in the real window with real keys."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from msgspec import Struct
from PySide6.QtCore import Qt, QTimer

from counter_app.desktop import app
from counter_app.desktop.entrance import Opening
from counter_app.desktop.main_window import MainWindow
from counter_app.desktop.tour import Tour
from counter_app.desktop.workplace import Workplace
from counter_app.i18n import N_
from counter_app.services.search import search_dossiers
from counter_app.services.status import desk_status
from counter_app.store.timeline import dossier

_K: Final = Qt.Key
_PULSE_MS: Final = 200
Step = Callable[[str], AbstractContextManager[None]]
"""Says what is done, and afterwards how long it took."""


class Script(Struct, frozen=True, kw_only=True):
    """Who signs in, whose card is scanned, what for, and whom one searches afterwards."""

    password: str
    card: str
    letters: str
    name: str


class Outside(Protocol):
    """What is outside of the window: the desk's network, and a citizen's phone with another."""

    def cut(self) -> None:
        """Cut the desk's network."""
        ...

    def join(self) -> None:
        """Have it back."""
        ...

    def page(self, address: str) -> bytes:
        """Return what the phone shows of an address."""
        ...


class _Guide(NamedTuple):
    """What a part of the walk needs."""

    tour: Tour
    work: Workplace
    script: Script
    outside: Outside
    out: Path
    step: Step


def show(opening: Opening, password: str, *, language: str | None) -> int:
    """Open the window, sign in, and leave it to whoever sits before it."""
    running = app.start(opening, language=language)
    running.window.closed.connect(running.app.quit)
    pulse = QTimer()
    pulse.timeout.connect(lambda: None)  # Python hears of Ctrl+C only when it is called
    pulse.start(_PULSE_MS)
    try:
        sign_in(Tour(running.window, running.tasks), password)
        return running.app.exec()
    finally:
        running.close()


def walk_through(
    opening: Opening,
    script: Script,
    outside: Outside,
    out: Path,
    *,
    language: str | None,
    step: Step,
) -> int:
    """Do the whole line of work; leave all that there is to see in `out`, return the keys pressed.

    The keys are those between the scan and the durable dossier.

    Raises:
        TourStuck: something did not come to be.
    """
    with step(N_("Pull the desk's network cable")):
        outside.cut()
    running = app.start(opening, language=language)
    tour = Tour(running.window, running.tasks)
    try:
        with step(N_("Open the window")):
            tour.settle()
            tour.picture(out / "screen-sign-in.png")
        with step(N_("Sign in and confirm the day")):
            work = sign_in(tour, script.password)
            tour.picture(out / "screen-home.png")
        guide = _Guide(tour, work, script, outside, out, step)
        presses = _walk_in(guide)
        _report(guide)
        _look_back(guide)
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


def _walk_in(guide: _Guide) -> int:
    """Take one application from the card to its receipt, and return how many keys it took."""
    tour, work, script, _outside, out, step = guide
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
        work.screens.paper.save(out / "receipt.pdf")
        tour.wait((out / "receipt.pdf").exists, "the receipt")
        tour.settle()
    return presses


def _report(guide: _Guide) -> None:
    """Let the citizen look before the office has reported, and after."""
    tour, work, script, outside, out, step = guide
    address = _on_the_receipt(work, script.name)
    with step(N_("The citizen opens the QR code: genuine, and not reported yet")):
        (out / "tracking-before-sync.html").write_bytes(outside.page(address))
    with step(N_("See what waits for the centre")):
        tour.press(_K.Key_F8)
        tour.picture(out / "screen-centre-offline.png")
    with step(N_("Plug the cable in again: the desk sends all that has waited")):
        outside.join()
        work.send_now()
        tour.wait(lambda: not desk_status(work.desk).unsent, "the centre")
        tour.picture(out / "screen-centre.png")
    with step(N_("The citizen opens the QR code again: received, with the promised day")):
        (out / "tracking.html").write_bytes(outside.page(address))


def _on_the_receipt(work: Workplace, name: str) -> str:
    """Return the address in the QR code that was printed for the citizen."""
    (row,) = search_dossiers(work.desk, name, limit=1)
    with work.desk.store.read() as connection:
        received = dossier(connection, row.dossier_id).received
    assert received is not None
    return received.receipt


def _look_back(guide: _Guide) -> None:
    tour, work, script, _outside, out, step = guide
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
        work.screens.summary.preview()
        tour.settle()
        work.screens.summary.save(out / "daily-summary.pdf")
        tour.wait((out / "daily-summary.pdf").exists, "the summary")
        tour.settle()
