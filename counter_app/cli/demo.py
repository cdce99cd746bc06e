"""`demo`: the whole line of work on a throw-away desk with citizens who were made up."""

import os
import secrets
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from counter_app.cli.choices import Choices, Command, pass_choices
from counter_app.i18n import N_, _

if TYPE_CHECKING:
    from counter_app.bootstrap import Opening

_SCREEN: Final = (
    '{"screens": [{"name": "desk", "x": 0, "y": 0, "width": 1366, "height": 728, '
    '"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}], '
    '"synchronousWindowSystemEvents": false, "windowFrameMargins": false}'
)
_DISPLAYS: Final = ("DISPLAY", "WAYLAND_DISPLAY")


@click.command(cls=Command)
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
    """Show the whole line of work on a throw-away desk."""
    has_display = sys.platform != "linux" or any(map(os.environ.get, _DISPLAYS))
    with tempfile.TemporaryDirectory(prefix="counter-demo-") as folder:
        with _step(choices, N_("Set up a desk and receive what came in earlier today")):
            opening, password = _desk_in(Path(folder) / "desk", choices)
        click.echo(_("There is no centre in this demonstration: everything is done offline."))
        if has_display and not headless:
            _show(opening, password, choices)
        else:
            _walk_through(opening, password, Path(folder), out, choices)


def _show(opening: "Opening", password: str, choices: Choices) -> None:
    from counter_app.cli.demo_people import OFFICER_ID
    from counter_app.desktop.demonstration import show

    words = _("The window opens. The desk is thrown away when it is closed.")
    click.echo(f"{words} ({OFFICER_ID} / {password})")
    show(opening, password, language=choices.lang)


def _walk_through(
    opening: "Opening", password: str, folder: Path, out: Path, choices: Choices
) -> None:
    from counter_app.cli.demo_people import CARD, NAME_TO_FIND

    _use_no_display(folder)
    # Qt reads where to draw when it is imported.
    from counter_app.desktop.demonstration import Script, walk_through

    out.mkdir(parents=True, exist_ok=True)
    script = Script(password=password, card=CARD, letters="dks", name=NAME_TO_FIND)

    def step(name: str) -> AbstractContextManager[None]:
        return _step(choices, name)

    presses = walk_through(opening, script, out, language=choices.lang, step=step)
    words = _("{count} key presses from the scan to the durable dossier. Left in {place}:")
    click.echo(words.format(count=presses, place=out))
    for file in sorted(out.iterdir()):
        click.echo(f"  {file.name}")
    with _step(choices, N_("Prove that nothing in the store was altered")):
        _verify(opening, password)


def _desk_in(folder: Path, choices: Choices) -> "tuple[Opening, str]":
    """Return the way into a desk at which some applications were received this morning."""
    from counter_app.bootstrap import Opening, catalogue_of, open_desk
    from counter_app.cli import demo_people
    from counter_app.services.registration import register_dossier
    from counter_app.services.setting_up import set_up

    password = f"demo {secrets.token_hex(4)}"
    set_up(folder, demo_people.new_desk(password, choices.lang))
    now = demo_people.this_morning(catalogue_of(None).calendar)
    for number, intake in enumerate(demo_people.EARLIER):
        at = now - timedelta(minutes=11 * (len(demo_people.EARLIER) - number))
        with open_desk(folder, demo_people.OFFICER_ID, password, at=at) as desk:
            register_dossier(desk, intake, token=secrets.token_bytes(16))
    return Opening(folder, at=now), password


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


@contextmanager
def _step(choices: Choices, name: str) -> Iterator[None]:
    begun = time.perf_counter()
    yield
    took = time.perf_counter() - begun
    click.echo(f"{took:7.2f} s  {_(name)}")
