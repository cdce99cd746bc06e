"""How the texts are read: compiled once beside their source, and again when that has changed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import counter_app

PACKAGE = Path(counter_app.__file__).parent
SAY = "from counter_app import i18n; import sys; print(i18n.format_money(1500), *sys.modules)"


@pytest.fixture
def checkout(tmp_path):
    """Return a copy of what the texts need, which a test may spoil."""
    for name in ("__init__.py", "assets.py", "i18n.py"):
        (tmp_path / "counter_app").mkdir(exist_ok=True)
        shutil.copy(PACKAGE / name, tmp_path / "counter_app")
    source = tmp_path / "resources/locale/vi/app.po"
    source.parent.mkdir(parents=True)
    source.write_bytes((PACKAGE.parent / "resources/locale/vi/app.po").read_bytes())
    return tmp_path


def say(checkout):
    """Return what a new process says, and which modules that took."""
    done = subprocess.run(
        [sys.executable, "-c", SAY], cwd=checkout, capture_output=True, text=True, check=True
    )
    amount, sign, *modules = done.stdout.split()
    return f"{amount} {sign}", modules


def test_the_second_start_does_not_read_the_source_again(checkout):
    assert say(checkout)[0] == "1.500 ₫"
    said, modules = say(checkout)
    assert said == "1.500 ₫"
    assert "babel" not in modules


def test_a_changed_text_is_compiled_again(checkout):
    say(checkout)
    source = checkout / "resources/locale/vi/app.po"
    source.write_text(source.read_text("utf-8").replace("{amount} ₫", "{amount} đồng"), "utf-8")
    assert say(checkout)[0] == "1.500 đồng"


def test_nothing_unfinished_is_left_beside_the_source(checkout):
    say(checkout)
    folder = checkout / "resources/locale/vi"
    assert sorted(path.name for path in folder.iterdir()) == ["app.mo", "app.po"]


def test_a_place_that_cannot_be_written_is_no_harm(checkout):
    in_the_way = checkout / "resources/locale/vi/app.mo"
    in_the_way.mkdir()  # and no read-only folder: root writes there too
    os.utime(in_the_way, (0, 0))
    assert say(checkout)[0] == "1.500 ₫"
    assert list(in_the_way.parent.glob("*-*.mo")) == []


def test_in_a_wheel_the_compiled_texts_hold_whatever_the_clock_says(checkout):
    say(checkout)
    (checkout / "counter_app/_data").mkdir()
    (checkout / "resources").rename(checkout / "counter_app/_data/resources")
    os.utime(checkout / "counter_app/_data/resources/locale/vi/app.mo", (0, 0))
    assert "babel" not in say(checkout)[1]
