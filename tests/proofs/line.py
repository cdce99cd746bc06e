"""What two desks have received comes to the centre once, whatever the road and the disk do.

Two desks receive applications and report them over a road that loses, cuts, doubles, delays and
forges (`_road`), while the centre's PostgreSQL is killed and begins again, and the desks are
killed too. Among the dossiers are facts that the centre must flag and requests that it must
refuse. In the end centre and desks agree to the bit, and `central status` says so.
"""

import argparse
import json
import os
import secrets
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from datetime import datetime
from operator import itemgetter
from pathlib import Path
from random import Random

import psycopg

from counter_app.keys.signin import unlock
from counter_app.keys.throttle import Uptime
from counter_app.services.setting_up import set_up
from counter_app.store import open_store
from counter_app.store.verify import verify
from tests.factories import AGENCY, VIETNAM
from tests.office import OFFICER, PASSWORD, a_new_desk
from tests.proofs._agreement import Agreement, at_desk
from tests.proofs._history import History
from tests.proofs._line_desk import MUTANTS as OF_DESKS
from tests.proofs._postgres import plain
from tests.proofs._road import ODDS, Road
from tests.proofs._site import KINDS, a_site
from tests.proofs._verdict import Verdict
from tests.proofs._worker import Worker

OF_THE_CENTRE = {
    # What is answered is on the disk only a little later.
    "commits-later": (
        "ALTER SYSTEM SET synchronous_commit = off",
        "ALTER SYSTEM SET wal_writer_delay = '10s'",
        "SELECT pg_reload_conf()",
    ),
    # What comes is now and then taken for something new.
    "stores-twice": (
        "CREATE FUNCTION once_more() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF new.seq % 20 = 0 THEN INSERT INTO operation SELECT home, gen_random_uuid(), desk_id, "
        "dossier_id, kind, version, business_date, header, op_hash, stored_at, verdict, reason, "
        "dossier_version FROM operation WHERE home = new.home AND op_id = new.op_id; END IF; "
        "RETURN NULL; END $$",
        "CREATE CONSTRAINT TRIGGER once_more AFTER INSERT ON chain DEFERRABLE INITIALLY DEFERRED "
        "FOR EACH ROW EXECUTE FUNCTION once_more()",
    ),
}
MUTANTS = (*OF_THE_CENTRE, *OF_DESKS)

_DESKS = 2
_PATIENCE = 60  # seconds
_PATIENCE_EACH = 0.1  # and so many for each dossier
_NUMBERS = 4900  # a day at each desk
_GLANCE = 0.02
_LONGEST = 1.5  # seconds that PostgreSQL is away


def main(arguments=None):
    """Run the proof, and return the exit code."""
    parser = argparse.ArgumentParser(prog="prove line", description=__doc__)
    parser.add_argument("--dossiers", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=2, help="of PostgreSQL")
    parser.add_argument("--desk-kills", type=int, default=4)
    parser.add_argument("--postgres", choices=KINDS, default="own")
    parser.add_argument("--seed", type=int, default=secrets.randbits(32))
    parser.add_argument("--mutant", choices=MUTANTS)
    asked = parser.parse_args(arguments)
    verdict = Verdict("line", asked.seed, asked.mutant)
    with tempfile.TemporaryDirectory(prefix="prove-line-") as folder, ExitStack() as stack:
        os.chmod(folder, 0o711)  # where root runs this, PostgreSQL is somebody else
        figures = Line(Path(folder), asked, verdict, stack).prove()
    return verdict.conclude(
        f"{figures['dossiers']} dossiers of {_DESKS} desks in {figures['requests']} requests, of "
        f"which {figures['hindered']} were hindered; PostgreSQL killed {asked.kills} times.",
        **figures,
    )


class Line:
    """Two desks, two roads and a centre, with what is done to them."""

    def __init__(self, folder, asked, verdict, stack):
        self._folder = folder
        self._asked = asked
        self._verdict = verdict
        self._rng = Random(asked.seed)
        self._stack = stack
        self._history = History(verdict.note)
        self._site = stack.enter_context(a_site(asked.postgres, folder))
        self._break(OF_THE_CENTRE.get(asked.mutant, ()))

    def prove(self):
        """Have the desks work until all is reported, and return what there was to count."""
        workers, roads = self._begin()
        began, events = time.monotonic(), self._events()
        while not all(worker.is_done for worker in workers):
            self._read(workers)
            if not self._goes_on(workers, began):
                break
            if events and self._history.share(self._asked.dossiers) > events[0][0]:
                events.pop(0)[1](workers)
            time.sleep(_GLANCE)
        took = time.monotonic() - began
        for worker in workers:
            worker.kill()
        self._read(workers)
        self._audit(workers)
        return self._figures(sum((road.weather.seen for road in roads), Counter()), took)

    def _break(self, statements):
        """Break the database on purpose, in a way that the audit must find."""
        with psycopg.connect(plain(self._site.url), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def _begin(self):
        port, tape, workers, roads = self._site.centre.port, [], [], []
        today = datetime.now(VIETNAM).date().isoformat()
        shares = self._asked.dossiers // _DESKS
        for number in range(_DESKS):
            name, folder = f"Quầy {number + 1}", self._folder / f"desk-{number + 1}"
            first = 1 + number * _NUMBERS
            set_up(folder, a_new_desk(name=name, codes=(first, first + _NUMBERS - 1)))
            odds = ODDS | ({"answer forged": 30} if self._asked.mutant in OF_DESKS else {})
            road = Road(port, f"{self._asked.seed} {name}", tape=tape, odds=odds)
            roads.append(self._stack.enter_context(road))
            plan = {
                "dossiers": shares,
                "seed": f"{self._asked.seed} {number}",
                "today": today,
                "url": road.url,
                "code": self._site.centre.enrol_code(AGENCY, name),
                "mutant": self._asked.mutant,
            }
            command = ["tests.proofs._line_desk", str(folder), json.dumps(plan)]
            workers.append(Worker(name, command, self._folder / f"desk-{number + 1}.log"))
        return workers, roads

    def _events(self):
        """Return what happens, and by which share of all that is acknowledged."""
        rng, kills = self._rng, self._asked.kills
        cuts = [(rng.uniform(n + 0.3, n + 0.9) / kills, self._cut_power) for n in range(kills)]
        ends = [(rng.uniform(0.05, 0.95), self._kill_desk) for _ in range(self._asked.desk_kills)]
        return sorted(cuts + ends, key=itemgetter(0))

    def _cut_power(self, _workers):
        self._site.cut_power(lambda: time.sleep(self._rng.uniform(0, _LONGEST)))

    def _kill_desk(self, workers):
        worker = self._rng.choice(workers)
        if not worker.is_done:
            worker.kill()
            if not worker.is_done:
                worker.start()

    def _read(self, workers):
        for worker in workers:
            for line in worker.take_lines():
                self._history.add(worker.name, line)

    def _goes_on(self, workers, began):
        for worker in workers:
            if worker.has_failed:
                self._verdict.note("stopped by itself", f"{worker.name}: {worker.complaint()}")
                return False
        if time.monotonic() - began > _PATIENCE + _PATIENCE_EACH * self._asked.dossiers:
            self._verdict.note("never ends", self._history.failed.most_common(1))
            return False
        return True

    def _audit(self, workers):
        desks = []
        for number, worker in enumerate(workers):
            store = self._opened(self._folder / f"desk-{number + 1}")
            desks.append(at_desk(store))
            for finding in verify(store).findings:
                self._verdict.note("unsound", f"{worker.name}: {finding.problem.value}")
        with psycopg.connect(plain(self._site.url)) as connection:
            agreement = Agreement(connection, self._verdict.note)
            agreement.check(desks, self._history.received, self._history.expected)
        self._dossiers = sum(len(desk.dossiers) for desk in desks)
        if self._dossiers != self._asked.dossiers:
            self._verdict.note("not all were received", self._dossiers)
        self._hold_against_status(desks)

    def _opened(self, folder):
        """Open a store without anybody signing in, which would be something new to be sent."""
        key = unlock(folder, OFFICER.id, PASSWORD, Uptime(boot="audit", seconds=0)).key
        store = open_store(folder, key)
        self._stack.callback(store.close)
        return store

    def _hold_against_status(self, desks):
        """`central status` must say what there is, in its own words."""
        agencies = self._site.centre.status()["agencies"] or [{"desks": ()}]
        expected = Counter(self._history.expected.values())
        there = {
            "dossiers": self._dossiers,
            "operations": sum(len(desk.rows) for desk in desks),
            "flagged": expected["flagged"],
            "refused": expected["refused"],
            "proposed": 0,
            "waiting": 0,
            "quarantined": 0,
        }
        said = {name: agencies[0].get(name) for name in there}
        if said != there:
            self._verdict.note("status says otherwise", f"{said}, and there is {there}")
        high = {desk["high_water"] for desk in agencies[0]["desks"]}
        if high != {len(desk.rows) for desk in desks}:
            self._verdict.note("status knows other chains", high)
        self._verdicts = {name: said[name] for name in ("operations", "flagged", "refused")}

    def _figures(self, weather, took):
        hindered = sum(weather.values()) - weather["passed"]
        return {
            "dossiers": self._dossiers,
            **self._verdicts,
            "postgres": self._asked.postgres,
            "requests": sum(weather.values()),
            "hindered": hindered,
            "heard": self._history.heard,
            "failed": dict(self._history.failed),
            "weather": dict(weather),
            "line_seconds": round(took, 1),
        }


if __name__ == "__main__":
    sys.exit(main())
