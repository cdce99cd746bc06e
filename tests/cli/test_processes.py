"""The command line as others see it: programs of their own, on disks as they really are."""

import json
import os
import subprocess
import sys

import pytest

from tests.office import is_sound

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux's mounts")
# On a disk of its own, which is small: fill it, be refused, make room, and go on.
SMALL_DISK = 'mount -t tmpfs -o size=4m tmpfs "$0" && exec "$@"'
READ_ONLY = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'
FULL_DISK = """
import os, shutil, sys
from pathlib import Path
from click.testing import CliRunner
from counter_app.cli import main

profile, disk, intake = sys.argv[1:]
os.environ["COUNTER_APP_PROFILE"] = shutil.copytree(profile, f"{disk}/profile")

def run(*words):
    done = CliRunner().invoke(main, [*words, "--json"], catch_exceptions=False)
    print(done.exit_code, done.stdout.strip())

run("register", intake)
ballast = Path(disk, "ballast")
with ballast.open("wb", buffering=0) as file:
    try:
        while file.write(bytes(4096)):
            pass
    except OSError:
        pass
run("register", intake)
ballast.unlink()
run("register", intake)
run("verify")
"""


@pytest.fixture
def call(variables):
    """Run the program; return what it exits with, its bytes and what it says of errors."""

    def call(*words, before=(), **env):
        line = [*before, sys.executable, "-m", "counter_app", *map(str, words)]
        return subprocess.run(
            line, env=os.environ | variables | env, capture_output=True, check=False, timeout=120
        )

    return call


@pytest.fixture
def mounts(tool):
    """Return the beginning of a line whose mounts nobody else sees."""
    line = [tool("unshare"), "--mount"] if os.geteuid() == 0 else [tool("unshare"), "-Urm"]
    tried = subprocess.run([*line, "true"], capture_output=True, check=False)
    if tried.returncode:
        pytest.skip(f"no mounts of one's own here: {tried.stderr.decode().strip()}")
    return line


def error_of(done):
    return json.loads(done.stdout.splitlines()[-1])["error"]["code"]


def test_from_an_empty_folder_to_a_receipt(call, tmp_path):
    here = ("--profile", tmp_path / "new", "--json")
    office = ("--agency", "H57.132", "--name", "UBND phường Thử", "--desk", "Quầy 1")
    first = call("init", *office, "--standalone", *here)
    assert first.returncode == 0, first.stderr
    line = ("register", "docs/examples/birth.json", "--receipt", tmp_path / "r.pdf")
    done = call(*line, *here)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["code"].endswith("-0001")
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")


def test_a_second_program_on_one_desk_is_refused(call, run, desk):
    second = call("search", "x", "--json")
    assert (second.returncode, error_of(second)) == (4, "StoreLocked")
    desk.store.close()
    assert run("search", "x").code == 0


def test_a_terminal_of_an_older_age_gets_question_marks_and_a_program_utf_8(call):
    old = {"PYTHONIOENCODING": "latin-1"}
    words = call("procedures", "dks", **old)
    assert words.returncode == 0, words.stderr
    assert b"?" in words.stdout
    (found, *_rest) = call("procedures", "1.001193", "--json", **old).stdout.splitlines()
    assert json.loads(found)["name"] == "Đăng ký khai sinh"


@LINUX
def test_a_folder_that_cannot_be_written_says_so_and_is_left_as_it_is(
    call, mounts, folder, intake, enter
):
    done = call("register", intake(), "--json", before=[*mounts, "sh", "-c", READ_ONLY, folder])
    assert (done.returncode, error_of(done)) == (5, "StoreReadOnly"), done.stderr
    assert is_sound(enter(folder))


@LINUX
def test_doctor_finds_a_folder_that_cannot_be_written(call, mounts, folder):
    done = call("doctor", "--json", before=[*mounts, "sh", "-c", READ_ONLY, folder])
    checks = {check["check"]: check for check in map(json.loads, done.stdout.splitlines())}
    assert done.returncode == 9, done.stderr
    assert not checks["folder"]["ok"]
    assert str(folder) in checks["folder"]["detail"]


@LINUX
def test_a_full_disk_says_so_loses_nothing_and_is_worked_on_again(
    mounts, folder, intake, tmp_path, variables
):
    disk = tmp_path / "disk"
    disk.mkdir()
    program = [sys.executable, "-c", FULL_DISK, folder, disk, intake()]
    done = subprocess.run(
        [*mounts, "sh", "-c", SMALL_DISK, disk, *program],
        env=os.environ | variables,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    first, full, after, verified = (line.split(b" ", 1) for line in done.stdout.splitlines())
    assert (first[0], json.loads(first[1])["code"][-4:]) == (b"0", "0001")
    assert (full[0], json.loads(full[1])["error"]["code"]) == (b"5", "StoreFull")
    assert (after[0], json.loads(after[1])["code"][-4:]) == (b"0", "0002")
    assert (verified[0], json.loads(verified[1])["ok"]) == (b"0", True)
