"""Whatever is sent to the centre, its memory stays bounded and honest desks get through.

Bodies of a gigabyte, bombs, brackets without end and 500 connections that drip are sent by
somebody who holds an enrolled desk's key, while another desk goes on reporting and a citizen
goes on looking. Each attack must be refused or hung up on; every report and every page must
come through.
"""

import argparse
import os
import secrets
import statistics
import sys
import tempfile
import threading
import time
from contextlib import ExitStack, closing
from pathlib import Path

import httpx
import psutil

from counter_app.errors import CentreUnreachable
from counter_app.sync.client import client_for
from counter_app.sync.push import push_all
from tests.proofs._attacks import Attacker
from tests.proofs._desks import a_desk, digits_of, join, receive, report
from tests.proofs._site import KINDS, a_site
from tests.proofs._verdict import Verdict

MOST_GROWTH = 200
"""MiB of memory that the centre may take more than before, whatever comes."""

_REFUSED = {"400", "401", "408", "413", "415", "429", "hung up"}
_GLANCE = 0.02
_PAUSE = 0.05


def main(arguments=None):
    """Run the proof, and return the exit code."""
    parser = argparse.ArgumentParser(prog="prove hostile", description=__doc__)
    parser.add_argument("--connections", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=15, help="for which they drip")
    parser.add_argument("--gigabytes", type=float, default=1, help="of a body that is too large")
    parser.add_argument("--postgres", choices=KINDS, default="wheel")
    parser.add_argument("--seed", type=int, default=secrets.randbits(32))
    asked = parser.parse_args(arguments)
    verdict = Verdict("hostile", asked.seed)
    with tempfile.TemporaryDirectory(prefix="prove-hostile-") as folder, ExitStack() as stack:
        os.chmod(folder, 0o711)  # where root runs this, PostgreSQL is somebody else
        place = Path(folder)
        site = stack.enter_context(a_site(asked.postgres, place))
        honest = stack.enter_context(a_desk(place / "honest", codes=(1, 4000)))
        stolen = stack.enter_context(a_desk(place / "stolen", name="Quầy 2", codes=(4001, 9999)))
        for desk in (honest, stolen):
            join(desk, site.centre)
        figures = _prove(site.centre, honest, stolen, asked, verdict)
    return verdict.conclude(
        f"{len(figures['answered'])} attacks and {asked.connections} slow connections; the centre "
        f"took {figures['growth_mib']} MiB more than before, and {figures['pushes']} reports and "
        f"{figures['views']} pages came through meanwhile.",
        **figures,
    )


def _prove(centre, honest, stolen, asked, verdict):
    daily = DailyLife(centre, honest, verdict)
    with Memory(centre.pid) as memory:
        attacker = Attacker(centre.port, stolen, asked.gigabytes)
        answered = {name: daily.during(name, run) for name, run in attacker.attacks().items()}
        slow = attacker.slow_connections(asked.connections)
        left = daily.during("slow connections", lambda: _wait(slow, asked.seconds))
        slow.close()
    for name, status in answered.items():
        if status not in _REFUSED:
            verdict.note("not refused", f"{name}: {status}")
    if memory.growth > MOST_GROWTH:
        verdict.note("takes too much memory", f"{memory.growth} MiB")
    return {
        "answered": answered,
        "slow_left": left,
        "before_mib": memory.before,
        "growth_mib": memory.growth,
        **daily.figures(),
    }


def _wait(slow, seconds):
    """Let them drip for so long; return how many still stand."""
    time.sleep(seconds)
    return slow.alive


class Memory:
    """Watches how much memory a process and its children take, in MiB."""

    def __init__(self, pid):
        self._process = psutil.Process(pid)
        self.before = self._most = self._now()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_exception):
        self._stopping.set()
        self._thread.join()

    @property
    def growth(self):
        """How much more it was at its highest than at first."""
        return self._most - self.before

    def _now(self):
        return round(self._process.memory_info().rss / (1 << 20))

    def _watch(self):
        while not self._stopping.wait(_GLANCE):
            self._most = max(self._most, self._now())


class DailyLife:
    """A desk that reports and a citizen who looks, as long as something else goes on."""

    def __init__(self, centre, desk, verdict):
        self._url = centre.url
        self._desk = desk
        self._verdict = verdict
        self._seed = verdict.seed
        self._digits = digits_of(receive(desk, 1, self._seed)[0])
        report(desk)
        self.pushes, self.views = [], []

    def during(self, name, attack):
        """Report and look until `attack` has ended, at least once; return how it ended."""
        result = []
        thread = threading.Thread(target=lambda: result.append(attack()))
        thread.start()
        with closing(client_for(self._desk)) as client, httpx.Client(timeout=60) as phone:
            while True:
                self._report(name, client)
                self._look(name, phone)
                if not thread.is_alive():
                    break
                time.sleep(_PAUSE)
        thread.join()
        return result[0]

    def figures(self):
        """Return how many there were, and how long they took, in milliseconds."""
        said = {"pushes": len(self.pushes), "views": len(self.views)}
        for name, times in (("push", self.pushes), ("view", self.views)):
            said[f"{name}_ms"] = round(statistics.median(times) * 1000, 1)
            said[f"{name}_worst_ms"] = round(max(times) * 1000, 1)
        return said

    def _report(self, name, client):
        self._seed += 1
        receive(self._desk, 1, self._seed)
        began = time.monotonic()
        try:
            push_all(self._desk, client)
        except CentreUnreachable as error:
            self._verdict.note("report lost", f"{name}: {error}")
        self.pushes.append(time.monotonic() - began)

    def _look(self, name, phone):
        began = time.monotonic()
        try:
            status = phone.get(f"{self._url}/t/{self._digits}").status_code
        except httpx.HTTPError as error:
            status = type(error).__name__
        if status != 200:
            self._verdict.note("page lost", f"{name}: {status}")
        self.views.append(time.monotonic() - began)


if __name__ == "__main__":
    sys.exit(main())
