"""What an officer was told is never lost when the program is killed, and no code comes twice.

A counter receives applications as fast as it can, keeps their drafts, prints receipts, keeps
papers for the printer and pages from the scanner, and is killed: half of the times at any moment
from its start on, half of the times right after it has said something, which is when a commit
that was claimed too early is still on its way. The next one goes on in the same store, with what
the last has left unfinished.
"""

import argparse
import os
import secrets
import select
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter as Counted
from datetime import timedelta
from pathlib import Path
from random import Random

from counter_app.services.drafts import drop_draft, keep_draft, unfinished
from tests.office import MONDAY
from tests.proofs._audit import audit
from tests.proofs._office import Counter, an_application, enter, set_up_desk, speaker
from tests.proofs._papers import WHAT, Papers
from tests.proofs._verdict import Verdict

MUTANTS = ("printed-before-commit", "sent-before-marked")

_PER_DAY = 200  # kills until the next morning: a desk has 9,999 numbers a day
_LONGEST = 0.1  # seconds that a counter is left to work
_MOST_LINES = 12
_PATIENCE = 60  # seconds; a counter that says nothing so long is a fault
_HOUR = 3600


def main(arguments=None):
    """Run the proof, and return the exit code."""
    parser = argparse.ArgumentParser(prog="prove kill", description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=secrets.randbits(32))
    parser.add_argument("--mutant", choices=MUTANTS)
    asked = parser.parse_args(arguments)
    verdict = Verdict("kill", asked.seed, asked.mutant)
    with tempfile.TemporaryDirectory(prefix="prove-kill-") as folder:
        said = prove(Path(folder) / "profile", asked.kills, verdict)
    told = Counted(line.split()[0] for line in said)
    return verdict.conclude(
        f"{asked.kills} kills; {told['received']} dossiers, {told['printed']} receipts, "
        f"{told['queued']} papers for the printer and {told['scanned']} pages said to be there, "
        f"{len(verdict.broken.get('lost', ()))} of them lost; {told['sent']} papers came out, "
        f"{told['asked'] + told['seen']} were asked for after a kill, "
        f"{len(verdict.broken.get('printed twice', ()))} came out twice unasked.",
        kills=asked.kills,
        **{what: told[what] for what in ("received", "printed", *WHAT)},
    )


def prove(folder, kills, verdict):
    """Kill as many counters, and return the lines that they have said."""
    rng, said = Random(verdict.seed), []
    set_up_desk(folder)
    for number in range(kills):
        lines, code = _one_life(folder, number, rng, mutant=verdict.mutant)
        said += lines
        if code != -signal.SIGKILL:
            verdict.note("stopped by itself", f"kill {number}, exit code {code}")
    desk = enter(folder, at=_morning(kills), seconds=kills * _HOUR)
    try:
        audit(desk, said, verdict.note)
    finally:
        desk.store.close()
    return said


def _one_life(folder, number, rng, *, mutant):
    """Let a counter work until it is killed; return what it said, and how it ended."""
    seed, by_line = rng.random(), rng.random() < 0.5
    seconds = _PATIENCE if by_line else rng.uniform(0, _LONGEST)
    lines = rng.randint(1, _MOST_LINES) if by_line else sys.maxsize
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        _work(folder, number, Random(seed), speaker(writer), mutant)
    os.close(writer)
    with open(reader, "rb", buffering=0) as pipe:
        said = _listen(pipe, time.monotonic() + seconds, lines)
        os.kill(child, signal.SIGKILL)
        _pid, status = os.waitpid(child, 0)
        said += pipe.read()
    whole, _newline, _unfinished = said.decode().rpartition("\n")
    return whole.splitlines(), os.waitstatus_to_exitcode(status)


def _listen(pipe, until, lines):
    """Return what comes from the counter until the moment, or the line, at which it is killed."""
    said = b""
    while said.count(b"\n") < lines and (left := until - time.monotonic()) > 0:
        if select.select([pipe], [], [], left)[0]:
            if not (more := pipe.read(4096)):
                break
            said += more
    return said


def _work(folder, number, rng, say, mutant):
    """Receive and print until the end; whatever goes wrong is told, and not a kill."""
    try:
        desk = enter(folder, at=_morning(number), seconds=number * _HOUR)
        counter = Counter(desk, say, too_early=mutant == "printed-before-commit")
        papers = Papers(desk, say, too_early=mutant == "sent-before-marked")
        papers.go_on(lambda: rng.random() < 0.5)
        for draft in unfinished(desk):
            if rng.random() < 0.5:
                counter.receive(draft.intake, draft.token)
            else:
                drop_draft(desk, draft.token)
        while True:
            token, intake = secrets.token_bytes(16), an_application(rng)
            keep_draft(desk, intake, token=token)
            dossier = counter.receive(intake, token)
            if rng.random() < 0.1:
                counter.print(dossier)
            if rng.random() < 0.3:
                papers.queue(rng)
                papers.send_one()
            if rng.random() < 0.2:
                papers.scan(rng, dossier.id)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(1)


def _morning(number):
    return MONDAY + timedelta(days=number // _PER_DAY)


if __name__ == "__main__":
    sys.exit(main())
