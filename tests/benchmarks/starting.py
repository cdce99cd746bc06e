"""The beginning of a day: from the start of the program to the first list, and its memory."""

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from counter_app.i18n import compile_catalogues
from counter_app.services.business_day import confirm_day
from tests.benchmarks._measure import against, in_turn, median_ms, within
from tests.benchmarks._stores import cache, copy_of, profile_with
from tests.office import MONDAY, PASSWORD
from tests.proofs._office import enter

START_TARGET = 1.5  # × a bare window
HOME_TARGET = 150  # ms of the processor, from the password to the day's list
MEMORY_TARGET = 2.2  # × a bare window

_ROUNDS = 11
_WARM = 2
_DEADLINE = 120  # seconds
_SCREEN = Path(__file__).parents[1] / "screen.json"


def run(dossiers):
    """Start windows in processes of their own, and yield the lines."""
    compile_catalogues()  # as in a program that was installed
    with TemporaryDirectory(prefix="bench-starting-") as folder:
        profile = copy_of(profile_with(dossiers), Path(folder) / "profile")
        desk = enter(profile, at=MONDAY)
        confirm_day(desk, MONDAY.date()).store.close()
        home, memory = [], {}
        arguments = {
            "bare": ("bare",),
            "start": ("start", profile),
            "home": ("home", profile, MONDAY.isoformat(), PASSWORD),
        }

        def window(name):
            def work():
                until, since, work, peak = _window(*arguments[name])
                memory.setdefault(name, []).append(peak)
                if name == "home":
                    home.append((since, work))
                return until

            return lambda _number: work

        times = in_turn(_WARM + _ROUNDS, **{name: window(name) for name in arguments})
    bare, of = times["bare"][_WARM:], {"dossiers": dossiers}
    yield against(
        "start to sign-in", times["start"][_WARM:], "a bare window", bare, START_TARGET, **of
    )
    since, work = ([pair[n] for pair in home[_WARM:]] for n in (0, 1))
    yield within(
        "password to home",
        median_ms(work),
        "processor_ms",
        HOME_TARGET,
        wall_ms=median_ms(since),
        **of,
    )
    peak, least = median(memory["home"]), median(memory["bare"])
    yield within(
        "memory at home",
        round(peak / least, 2),
        "ratio",
        MEMORY_TARGET,
        mib=round(peak / 1024),
        bare_mib=round(least / 1024),
        **of,
    )


def _window(*arguments):
    """Return the seconds from the start of a process until it has painted, and what it says."""
    command = [sys.executable, "-m", "tests.benchmarks._window", *map(str, arguments)]
    began = time.monotonic()
    done = subprocess.run(
        command, env=_environment(), capture_output=True, text=True, timeout=_DEADLINE, check=False
    )
    assert done.returncode == 0, done.stderr
    painted, since, work, peak = done.stdout.split()[-4:]
    return float(painted) - began, float(since), float(work), int(peak)


def _environment():
    """Return what a program finds that has been installed: its modules are compiled already."""
    ours = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    bytecode = {"PYTHONPYCACHEPREFIX": str(cache() / "bytecode")}
    return {**ours, **bytecode, "QT_QPA_PLATFORM": f"offscreen:configfile={_SCREEN}"}
