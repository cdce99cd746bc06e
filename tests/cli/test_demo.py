"""The demonstration as anybody sees it: a program that leaves pictures, papers and no desk."""

import os
import re
import signal
import subprocess
import sys
from typing import NamedTuple

import pytest
from PIL import Image

from counter_app import i18n
from counter_app.central.tracking.wording import WORDS
from counter_app.domain.receipt_code import parse_receipt_code
from counter_app.domain.tracking import PageState
from tests.printing.papers import text
from tests.printing.test_codes import page, scanned

SCREENS = (
    "sign-in", "home", "intake", "dossier", "search", "summary", "receipt",
    "centre-offline", "centre",
)  # fmt: skip
PAPERS = ("receipt.pdf", "daily-summary.pdf")
PAGES = ("tracking-before-sync.html", "tracking.html")
LARGEST_PAGE = 14 * 1024
CITIZEN = ("Trần Thị Mỹ Hạnh", "TRẦN THỊ MỸ HẠNH", "046190012345", "khai sinh")
MOST_KEYS = 8
FINGERPRINT = re.compile(r": ([0-9A-F]{4} ){7}[0-9A-F]{4}\n")
STEP = re.compile(r" *\d+\.\d\d s  \S.*")


class Demonstration(NamedTuple):
    """What one run has said, what it has left where it should, and where it worked."""

    said: str
    out: object
    temporary: object


class Begun:
    """A run under way, as a program of its own on a PC without a display.

    `centre` is the folder of its centre; whoever runs that holds a lock in it.
    """

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

    def once_connected(self):
        """Wait until the desk is one of the centre's."""
        for line in self._program.stdout:
            if FINGERPRINT.search(line.decode()):
                return
        raise AssertionError("it never came so far")

    def send(self, number):
        """Send a signal, and return what the program ended with."""
        self._program.send_signal(number)
        self._program.communicate(timeout=60)
        return self._program.returncode

    @property
    def temporary(self):
        return self._temporary

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
    wanted = {*PAPERS, *PAGES, *(f"screen-{name}.png" for name in SCREENS)}
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
    assert len(steps) >= 16
    assert FINGERPRINT.search(shown.said)
    assert re.search(r"Trung tâm giữ 10 hồ sơ và \d+ mục nhật ký", shown.said)


def test_a_walk_in_takes_no_more_than_eight_keys(shown):
    (presses,) = re.findall(r"(\d+) lần nhấn phím", shown.said)
    assert 0 < int(presses) <= MOST_KEYS


def test_the_qr_on_the_receipt_leads_to_the_tracking_page(shown):
    found = scanned(page((shown.out / "receipt.pdf").read_bytes()))
    (address,) = (said for said in found.values() if "/T/" in said)
    base, _path, digits = address.rpartition("/T/")
    assert re.fullmatch(r"HTTP://127\.0\.0\.1:\d+", base)
    code = parse_receipt_code(digits)
    assert code.agency == "H57.132"
    assert f"{code.serial:04d}" in text((shown.out / "receipt.pdf").read_bytes())
    for name in PAGES:
        assert code.dossier_code in (shown.out / name).read_text("utf-8")


def test_before_the_desk_has_reported_the_citizen_is_told_that_the_receipt_is_genuine(shown):
    said = (shown.out / "tracking-before-sync.html").read_text("utf-8")
    assert headline(PageState.NOT_YET) in said
    assert headline(PageState.RECEIVED) not in said


def test_afterwards_the_citizen_sees_the_dossier_and_its_promised_day(shown):
    said = (shown.out / "tracking.html").read_text("utf-8")
    assert headline(PageState.RECEIVED) in said
    assert headline(PageState.NOT_YET) not in said


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_small_and_names_nobody(shown, name):
    raw = (shown.out / name).read_bytes()
    assert len(raw) < LARGEST_PAGE
    assert [word for word in CITIZEN if word in raw.decode()] == []
    assert b"<script" not in raw


def headline(state):
    i18n.speak("vi")
    return i18n._(WORDS[state].headline)


def test_it_speaks_english_too(runs):
    _vietnamese, shown = runs
    assert "The centre holds 10 dossiers" in shown.said
    (presses,) = re.findall(r"(\d+) key presses", shown.said)
    assert int(presses) <= MOST_KEYS
    assert {file.name for file in shown.out.iterdir()} >= {*PAPERS, *PAGES}
    assert list(shown.temporary.rglob("*")) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there a program is not told to stop")
def test_told_to_stop_it_leaves_nothing(tmp_path):
    begun = Begun(tmp_path)
    begun.once_connected()
    assert begun.send(signal.SIGTERM) == 128 + signal.SIGTERM
    assert list(begun.temporary.rglob("*")) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there it is another kind of lock")
def test_killed_it_leaves_no_program_behind(tmp_path):
    import fcntl

    begun = Begun(tmp_path)
    begun.once_connected()
    begun.send(signal.SIGKILL)
    (centre,) = begun.temporary.glob("*/centre")
    with (centre / "postgres.lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # waits for whoever runs the centre's PostgreSQL
    assert not (centre / "data" / "postmaster.pid").exists()
