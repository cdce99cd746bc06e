"""The demonstration as anybody sees it: a program that leaves pictures, papers and no desk."""

import os
import re
import subprocess
import sys
from typing import NamedTuple

import pytest
from PIL import Image

from counter_app.domain.receipt_code import parse_receipt_code
from tests.printing.papers import text
from tests.printing.test_codes import page, scanned

SCREENS = ("sign-in", "home", "intake", "dossier", "search", "summary", "receipt")
PAPERS = ("receipt.pdf", "daily-summary.pdf")
MOST_KEYS = 8
STEP = re.compile(r" *\d+\.\d\d s  \S.*")


class Demonstration(NamedTuple):
    """What one run has said, what it has left where it should, and where it worked."""

    said: str
    out: object
    temporary: object


class Begun:
    """A run under way, as a program of its own on a PC without a display."""

    def __init__(self, place, *words):
        self._out, self._temporary = place / "out", place / "tmp"
        self._temporary.mkdir(parents=True)
        without = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
        env = {name: value for name, value in os.environ.items() if name not in without}
        line = [sys.executable, "-m", "counter_app", "demo", "--headless", "--out", self._out]
        self._program = subprocess.Popen(
            [*line, *words],
            env=env | {"TMPDIR": str(self._temporary), "HOME": str(self._temporary)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def end(self):
        said, errors = self._program.communicate(timeout=240)
        assert (self._program.returncode, errors) == (0, b"")
        return Demonstration(said.decode(), self._out, self._temporary)


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """Run it in both languages at once: it waits for its own window most of the time."""
    place = tmp_path_factory.mktemp("demo")
    begun = [Begun(place / "vi"), Begun(place / "en", "--lang", "en")]
    return [each.end() for each in begun]


@pytest.fixture(scope="module")
def shown(runs):
    return runs[0]


def test_it_leaves_papers_and_pictures_and_nothing_else(shown):
    wanted = {*PAPERS, *(f"screen-{name}.png" for name in SCREENS)}
    assert {file.name for file in shown.out.iterdir()} == wanted
    assert list(shown.temporary.rglob("*")) == []


@pytest.mark.parametrize("name", SCREENS)
def test_a_picture_is_as_wide_as_an_old_screen_and_not_blank(shown, name):
    with Image.open(shown.out / f"screen-{name}.png") as picture:
        assert picture.size == (1366, 728)
        colours = picture.convert("RGB").getcolors(maxcolors=1 << 20)
    most, _colour = max(colours)
    assert most < 0.97 * 1366 * 728
    assert len(colours) > 50


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_says_who_was_received(shown, name):
    said = text((shown.out / name).read_bytes())
    assert re.search(r"H57\.132-\d{6}-00(10|01)", said)
    assert "UBND PHƯỜNG PHÚ XUÂN" in said


def test_each_step_is_told_with_how_long_it_took(shown):
    steps = [line for line in shown.said.splitlines() if STEP.fullmatch(line)]
    assert len(steps) >= 10
    assert "không có trung tâm" in shown.said


def test_a_walk_in_takes_no_more_than_eight_keys(shown):
    (presses,) = re.findall(r"(\d+) lần nhấn phím", shown.said)
    assert 0 < int(presses) <= MOST_KEYS


def test_the_qr_on_the_receipt_leads_to_the_tracking_page(shown):
    found = scanned(page((shown.out / "receipt.pdf").read_bytes()))
    (address,) = (said for said in found.values() if "/T/" in said)
    base, _path, digits = address.rpartition("/T/")
    assert base.lower() == "https://tracuu.example.vn"
    code = parse_receipt_code(digits)
    assert code.agency == "H57.132"
    assert f"{code.serial:04d}" in text((shown.out / "receipt.pdf").read_bytes())


def test_it_speaks_english_too(runs):
    _vietnamese, shown = runs
    assert "no centre" in shown.said
    (presses,) = re.findall(r"(\d+) key presses", shown.said)
    assert int(presses) <= MOST_KEYS
    assert {file.name for file in shown.out.iterdir()} >= set(PAPERS)
    assert list(shown.temporary.rglob("*")) == []
