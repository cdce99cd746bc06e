"""What an officer was told is never lost when the power fails, and the desk opens again.

Days at a desk are recorded call by call (`_day`, `_trace`), the power is cut at any of the
calls, and what a disk may then hold (`_disk`) is opened as the program opens it: the officer
signs in, everything that was said before the cut is looked for (`_after`), the store is
verified, and one more application is received.
"""

import argparse
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from multiprocessing import get_context
from pathlib import Path
from random import Random

from tests.proofs._after import look_elsewhere, look_for
from tests.proofs._day import ELSEWHERE, PROFILE
from tests.proofs._disk import after_cut, lay_out
from tests.proofs._office import load_law
from tests.proofs._trace import Made, Said, Synced, events, record
from tests.proofs._verdict import Verdict

MUTANTS = ("synchronous-normal", "printed-before-commit", "folders-not-synced")

_PER_DAY = 500  # points in one recorded day
_PROCESSES = 2
_IN_MEMORY = Path("/dev/shm")  # nobody waits for a disk that the replay does not look at


def main(arguments=None):
    """Run the proof, and return the exit code."""
    parser = argparse.ArgumentParser(prog="prove powercut", description=__doc__)
    parser.add_argument("--points", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=secrets.randbits(32))
    parser.add_argument("--mutant", choices=MUTANTS)
    asked = parser.parse_args(arguments)
    strace = shutil.which("strace")
    if strace is None:
        print("The power is cut between system calls, and strace, which sees them, is not here.")
        return 2
    verdict = Verdict("powercut", asked.seed, asked.mutant)
    days, calls, looked_for = prove(strace, asked.points, verdict)
    lost = len(verdict.broken.get("lost", ()))
    return verdict.conclude(
        f"{asked.points} power cuts in {days} days of {calls} calls in all; of {looked_for} things "
        f"that had been said before, {lost} were lost.",
        points=asked.points,
        days=days,
        calls=calls,
        looked_for=looked_for,
    )


def prove(strace, points, verdict):
    """Cut the power so often; return how many days and calls there were, and things to find."""
    load_law()  # once, before the processes part
    days = -(-points // _PER_DAY)
    calls = looked_for = 0
    for number in range(days):
        day = _recorded(strace, f"{verdict.seed}/{number}", verdict.mutant or "")
        calls += len(day.events)
        seeds = [f"{day.seed}/{point}" for point in range(number, points, days)]
        with get_context("fork").Pool(_PROCESSES, _share, (day,)) as pool:
            for seed, said, broken in pool.imap_unordered(_cut, seeds, 8):
                looked_for += said
                for what, where in broken:
                    verdict.note(what, f"{where} ({seed})")
    return days, calls, looked_for


class _Recorded:
    """A day as it was recorded, and the folder that it was in."""

    def __init__(self, seed, root, calls):
        self.seed = seed
        self.root = root
        self.events = calls


def _recorded(strace, seed, mutant):
    with tempfile.TemporaryDirectory(prefix="prove-powercut-") as place:
        root, trace = os.path.join(os.path.realpath(place), "disk"), os.path.join(place, "trace")
        os.mkdir(root)
        profile = os.path.join(root, PROFILE)
        command = [sys.executable, "-m", "tests.proofs._day", profile, seed, mutant]
        record(strace, command, trace, stdout=subprocess.DEVNULL)
        calls = events(trace, root)
        _check_replay(calls, root)
    if mutant == "folders-not-synced":
        folders = {0} | {e.inode for e in calls if isinstance(e, Made) and e.is_folder}
        calls = [e for e in calls if not (isinstance(e, Synced) and e.inode in folders)]
    return _Recorded(seed, root, calls)


def _check_replay(calls, root):
    """Make sure that with no cut the replay gives what is really there."""
    replayed = after_cut(calls, root, None)
    found = {str(path) for path in Path(root).rglob("*") if not path.name.endswith("-shm")}
    assert found == set(replayed)
    for path, content in replayed.items():
        assert content is None or Path(path).read_bytes() == content, path


_shared: list[_Recorded] = []


def _share(day):
    _shared[:] = [day]


def _cut(seed):
    """Cut the power once, and return what was broken by it."""
    (day,) = _shared
    chance, broken = Random(seed), []
    cut = chance.randrange(len(day.events) + 1)
    said = [event.line for event in day.events[:cut] if isinstance(event, Said)]
    to_come = [event.line for event in day.events[cut:] if isinstance(event, Said)]
    files = after_cut(day.events[:cut], day.root, chance)
    place = _IN_MEMORY if os.access(_IN_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="prove-powercut-", dir=place) as folder:
        lay_out(files, day.root, folder)
        look_for(said, to_come, Path(folder) / PROFILE, lambda *what: broken.append(what))
        look_elsewhere(said, Path(folder) / ELSEWHERE, lambda *what: broken.append(what))
    return seed, len(said), broken


if __name__ == "__main__":
    sys.exit(main())
