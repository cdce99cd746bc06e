"""`demo`: the whole line of work on a throw-away desk with citizens who were made up."""

import os
import secrets
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from counter_app.cli.choices import Choices, Command, pass_choices
from counter_app.i18n import N_, _

if TYPE_CHECKING:
    from counter_app.bootstrap import Opening
    from counter_app.cli.demo_centre import DemoCentre

_SCREEN: Final = (
    '{"screens": [{"name": "desk", "x": 0, "y": 0, "width": 1366, "height": 728, '
    '"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}], '
    '"synchronousWindowSystemEvents": false, "windowFrameMargins": false}'
)
_DISPLAYS: Final = ("DISPLAY", "WAYLAND_DISPLAY")


@click.command(
    cls=Command, help=N_("Show the whole line of work on a throw-away desk with a centre.")
)
@click.option(
    "--headless", is_flag=True, help=N_("Without a display: do everything, leave pictures.")
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("demo-out"),
    metavar="DIR",
    help=N_("Where --headless leaves pictures and papers."),
)
@pass_choices
def demo(choices: Choices, headless: bool, out: Path) -> None:
    """Show the whole line of work on a throw-away desk with a centre."""
    has_display = sys.platform != "linux" or any(map(os.environ.get, _DISPLAYS))
    with ExitStack() as stack:
        _tidy_up_when_stopped(stack)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="counter-demo-")))
        # PostgreSQL does not run as root, and another user has to get at its folder.
        folder.chmod(0o711)
        centre = stack.enter_context(_centre_in(folder / "centre"))
        with _step(choices, N_("Set up a desk and receive what came in earlier today")):
            opening, password = _desk_in(folder / "desk", choices, centre.url)
        with _step(choices, N_("Found a centre with a database of its own")):
            centre.await_founded()
        with _step(choices, N_("Connect the desk with the centre by a one-time code")):
            fingerprint = _enrol(opening, password, centre)
        words = _("Fingerprint of the centre, to be compared by two people: {fingerprint}")
        click.echo(words.format(fingerprint=fingerprint))
        if has_display and not headless:
            _show(opening, password, centre, choices)
        else:
            _walk_through(opening, password, centre, out, choices)
            _count(centre, choices)


def _show(opening: "Opening", password: str, centre: "DemoCentre", choices: Choices) -> None:
    from counter_app.cli.demo_people import OFFICER_ID
    from counter_app.desktop.demonstration import show

    words = _("The citizens' page, on this PC only: {address}")
    click.echo(words.format(address=centre.url))
    words = _("The window opens. Desk and centre are thrown away when it is closed.")
    click.echo(f"{words} ({OFFICER_ID} / {password})")
    show(opening, password, language=choices.lang)


def _walk_through(
    opening: "Opening", password: str, centre: "DemoCentre", out: Path, choices: Choices
) -> None:
    from counter_app.cli.demo_people import CARD, NAME_TO_FIND

    _use_no_display(opening.folder.parent)
    # Qt reads where to draw when it is imported.
    from counter_app.desktop.demonstration import Script, walk_through

    out.mkdir(parents=True, exist_ok=True)
    script = Script(password=password, card=CARD, letters="dks", name=NAME_TO_FIND)

    def step(name: str) -> AbstractContextManager[None]:
        return _step(choices, name)

    presses = walk_through(opening, script, centre, out, language=choices.lang, step=step)
    words = _("{count} key presses from the scan to the durable dossier. Left in {place}:")
    click.echo(words.format(count=presses, place=out))
    for file in sorted(out.iterdir()):
        click.echo(f"  {file.name}")
    with _step(choices, N_("Prove that nothing in the store was altered")):
        _verify(opening, password)


def _count(centre: "DemoCentre", choices: Choices) -> None:
    """Say what the centre holds now."""
    with _step(choices, N_("Ask the centre what it holds")):
        (agency,) = centre.status()["agencies"]
    words = _("The centre holds {dossiers} dossiers and {operations} entries, each of them once.")
    click.echo(words.format(dossiers=agency["dossiers"], operations=agency["operations"]))


def _centre_in(folder: Path) -> "AbstractContextManager[DemoCentre]":
    from counter_app.cli.demo_centre import centre_in

    return centre_in(folder)


def _desk_in(folder: Path, choices: Choices, tracking_url: str) -> "tuple[Opening, str]":
    """Return the way into a desk at which some applications were received before."""
    from counter_app.bootstrap import Opening, StoppedClock
    from counter_app.cli import demo_people
    from counter_app.services.business_day import practise_at
    from counter_app.services.registration import register_dossier
    from counter_app.services.setting_up import set_up

    password = f"demo {secrets.token_hex(4)}"
    set_up(folder, demo_people.new_desk(password, choices.lang, tracking_url))
    opening = Opening(folder)
    desk = opening.enter(demo_people.OFFICER_ID, password)
    try:
        for at, intake in demo_people.earlier_today(desk.clock.now()):
            then = practise_at(desk, StoppedClock(at))
            register_dossier(then, intake, token=secrets.token_bytes(16))
    finally:
        desk.store.close()
    return opening, password


def _enrol(opening: "Opening", password: str, centre: "DemoCentre") -> str:
    """Make the desk one of the centre's, and return the fingerprint that both show."""
    from counter_app.cli.demo_people import OFFICER_ID
    from counter_app.sync.enrolling import enrol, meet

    desk = opening.enter(OFFICER_ID, password)
    try:
        code = centre.enrol_code(desk.agency, desk.profile.name)
        met = meet(desk, centre.desk_url, code)
        enrol(desk, met)
    finally:
        desk.store.close()
    return met.fingerprint


def _verify(opening: "Opening", password: str) -> None:
    from counter_app.cli.demo_people import OFFICER_ID
    from counter_app.errors import StoreDamaged
    from counter_app.services.care import look_over

    desk = opening.enter(OFFICER_ID, password)
    try:
        findings = look_over(desk).findings
    finally:
        desk.store.close()
    if findings:
        raise StoreDamaged(reason=f"{findings[0].problem}")


def _use_no_display(folder: Path) -> None:
    """Let Qt draw on a screen that is not there, as large as that of an old office PC."""
    screen = folder / "screen.json"
    screen.write_text(_SCREEN, "utf-8")
    named = "" if sys.platform == "win32" else f":configfile={screen}"  # a colon ends a name there
    os.environ["QT_QPA_PLATFORM"] = f"offscreen{named}"
    # That screen says of itself what it cannot do; it is no news here.
    os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")


def _tidy_up_when_stopped(stack: ExitStack) -> None:
    """Let whoever stops this program have it tidy up first."""

    def stop(number: int, _frame: object) -> None:
        # Not by an exception: raised while Qt calls Python it would be printed and forgotten.
        stack.close()
        os._exit(128 + number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)


@contextmanager
def _step(choices: Choices, name: str) -> Iterator[None]:
    begun = time.perf_counter()
    yield
    took = time.perf_counter() - begun
    click.echo(f"{took:7.2f} s  {_(name)}")
