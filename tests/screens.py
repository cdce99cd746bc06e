"""Draws the pictures of the documents, or with --out DIR every screen in all its looks.

The real window is driven by real keys on a desk that was made up, on a Monday morning that does
not pass. From one run to the next a picture differs only in what is drawn by lot: the QR code
and the PIN of the receipt, and the recovery key. What the desk says of its centre, and the page
of the citizens, are from a run of the demonstration, on the day on which they are drawn.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from tests.central.browser import Chromium
from tests.central.pictures import draw_states

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs" / "screens"
MOST_BYTES = 80_000  # of a picture in the documents
PLAIN, RARE_ONES_TOO = Image.Dither.NONE, Image.Quantize.MAXCOVERAGE

FROM_DEMO = ("screen-centre-offline", "screen-centre")
PAGES = ("tracking-before-sync", "tracking")
STATES = "tracking-states.png"
PHONE = {"width": 390, "height": 1180}

MAIN = (
    "sign-in",
    "home",
    "intake",
    "dossier",
    "search",
    "lists",
    "summary",
    "reports",
    "enrolment",
)


class Look(NamedTuple):
    """How the window is dressed, and which screens are drawn so; none means all."""

    language: str = "vi"
    dark: bool = False
    scale: int = 100
    screens: tuple[str, ...] = ()

    @property
    def ending(self):
        said = (
            "-en" if self.language == "en" else "",
            "-dark" if self.dark else "",
            f"-{self.scale}" if self.scale != 100 else "",
        )
        return "".join(said)


LOOKS = (
    Look(),
    Look(language="en", screens=MAIN),
    Look(dark=True, screens=MAIN),
    Look(scale=150, screens=MAIN),
)
IN_DOCS = (
    Look(
        screens=("sign-in", "home", "intake", "dossier", "search", "summary", "receipt", "reports")
    ),
    Look(dark=True, screens=("intake",)),
    Look(scale=150, screens=("intake",)),
)


def main(arguments=None):
    """Draw what is asked for."""
    parser = argparse.ArgumentParser(prog="dev.py screens", description=__doc__)
    parser.add_argument("--out", type=Path, metavar="DIR", help="draw every screen, into DIR")
    parser.add_argument("--every", action="store_true", help="every screen in every look")
    asked = parser.parse_args(arguments)
    out, looks = (asked.out, LOOKS) if asked.out else (DOCS, IN_DOCS)
    if asked.every:
        looks = [look._replace(screens=()) for look in LOOKS]
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="counter-screens-") as folder:
        use_no_display(Path(folder))
        draw(Path(folder), out, looks)
        draw_the_line(Path(folder) / "demo", out)
    return 0


def use_no_display(folder):
    """Let Qt draw on the screen of an old office PC, less its task bar."""
    screen = json.loads((ROOT / "tests" / "screen.json").read_text("utf-8"))
    screen["screens"][0]["height"] = 728
    screen["windowFrameMargins"] = False
    file = folder / "screen.json"
    file.write_text(json.dumps(screen), "utf-8")
    named = "" if sys.platform == "win32" else f":configfile={file}"  # a colon ends a name there
    os.environ["QT_QPA_PLATFORM"] = f"offscreen{named}"
    os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")


def draw(folder, out, looks):
    """Draw all `looks` of a desk in use, alone and with a centre, of a new one, and before that."""
    # Qt reads where to draw when it is imported.
    from tests.screens_story import Story, a_linked_desk, a_used_desk, an_empty_desk

    used, empty = a_used_desk(folder / "used"), an_empty_desk(folder / "empty")
    linked = a_linked_desk(shutil.copytree(used, folder / "linked"))
    for number, look in enumerate(looks):
        story = Story(look, out, copies(folder / str(number), used, linked, empty))
        story.tell()
        for name in story.drawn:
            make_small(out / name)
        print(f"{look.ending or '-'}: {len(story.drawn)} pictures in {out}")


def draw_the_line(shown, out):
    """Draw how a desk stands with its centre, and what a citizen's phone shows."""
    line = [sys.executable, "-m", "counter_app", "demo", "--headless", "--out", shown]
    subprocess.run(line, check=True, stdout=subprocess.DEVNULL)
    for name in FROM_DEMO:
        shutil.copy(shown / f"{name}.png", out)
        make_small(out / f"{name}.png")
    if (path := shutil.which("chromium")) is None:
        print("chromium is not installed here: the citizens' page is not drawn")
        return
    browser = Chromium(path)
    for name in PAGES:
        page = (shown / f"{name}.html").resolve().as_uri()
        make_small(browser.picture(page, out / f"{name}.png", **PHONE))
    draw_states(shown, out / STATES, browser)
    make_small(out / STATES)
    print(f"the line: {len(FROM_DEMO) + len(PAGES) + 1} pictures in {out}")


def copies(folder, *desks):
    """Return copies of the profiles, and a place where there is none yet."""
    return [Path(shutil.copytree(desk, folder / desk.name)) for desk in desks] + [folder / "new"]


def make_small(file):
    """Keep a picture with as few colours as nobody misses: the rare red of a warning is one."""
    with Image.open(file) as picture:
        few = picture.convert("RGB").quantize(256, RARE_ONES_TOO, kmeans=2, dither=PLAIN)
    few.save(file, optimize=True)
    if file.parent == DOCS and file.stat().st_size > MOST_BYTES:
        sys.exit(f"{file.name} is too large for the documents: {file.stat().st_size} bytes")


if __name__ == "__main__":
    sys.exit(main())
