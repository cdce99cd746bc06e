"""A desk of the line: receives, does what else is done at a desk, and reports to the centre.

A program of its own: `python -m tests.proofs._line_desk PROFILE JSON`. It says line by line what
is durable, and what the centre has answered; killed and begun again, it goes on where it was.
"""

import json
import secrets
import sys
import time
import traceback
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from counter_app.domain import operation as op
from counter_app.domain.channel import ReturnChannel
from counter_app.domain.officer import Role
from counter_app.errors import CentreRefused, CentreUnreachable, DeskUnknown
from counter_app.services.acting import act
from counter_app.services.business_day import confirm_day
from counter_app.services.registration import register_dossier
from counter_app.sync.client import CentreClient
from counter_app.sync.enrolling import enrol, meet
from counter_app.sync.push import push_all
from tests.factories import VIETNAM
from tests.proofs._office import an_application, enter, speaker

MUTANTS = ("believes-anybody",)

_BURST = 25  # dossiers between two reports, at most
_LONGEST = 0.15  # seconds between two tries
_ERRING = 2  # dossiers with which something goes wrong, each day
_NOTED = 0.05  # of the dossiers
_A_DAY = timedelta(days=1)
_RECEIVED = "SELECT count(*) FROM operation WHERE kind = 'received'"


class SayingClient(CentreClient):
    """Says each answer that is proved to be the centre's."""

    def __init__(self, desk, say):
        super().__init__(desk.profile, desk.key, desk.clock)
        self._say = say

    def push(self, batch):
        """Send rows, and say what the centre has answered."""
        answer = super().push(batch)
        self._say(f"heard {batch.epoch:x} {answer.standing.high_water} {answer.outcome}")
        return answer


class BelievingClient(SayingClient):
    """Takes every answer for the centre's: a fault that the proof must find."""

    def _proved(self, answer):
        return answer


class LineDesk:
    """A desk at work on one day; `say` is told what the desk would tell its officer."""

    def __init__(self, desk, client, rng, say):
        self._desk = desk
        self._client = client
        self._rng = rng
        self._say = say

    def receive(self, until):
        """Receive until the desk has so many dossiers, and report every now and then."""
        while (there := self.there()) < until:
            for _ in range(min(self._rng.randint(1, _BURST), until - there)):
                self._receive_one()
            self.report()

    def report(self):
        """Send what there is to be sent, and say whether all of it has come."""
        try:
            push_all(self._desk, self._client)
        except DeskUnknown:  # it would not hear of anything ever again
            raise
        except (CentreUnreachable, CentreRefused) as error:
            self._say(f"failed {type(error).__name__}")
            time.sleep(self._rng.uniform(0, _LONGEST))
            return False
        return True

    def err(self):
        """Do what the centre must flag and what it must refuse, and go on with the dossier."""
        dossier = self._receive_one()
        returned = op.ResultReturned(
            collector=dossier.received.applicant, channel=ReturnChannel.DESK
        )
        self._force("flagged", dossier, returned, Role.RETURN)
        dossier = self._receive_one()
        amended = op.Amended(field="note", old="", new="đã xem", reason="thử")
        self._force("refused", dossier, amended, Role.CASHIER)
        act(self._desk, dossier.id, op.Noted(text="việc khác vẫn đi tiếp"))

    def there(self):
        """Return how many dossiers the desk has received."""
        with self._desk.store.read() as connection:
            return connection.exec_driver_sql(_RECEIVED).scalar_one()

    def _receive_one(self):
        token, intake = secrets.token_bytes(16), an_application(self._rng)
        dossier = register_dossier(self._desk, intake, token=token)
        self._say(f"received {dossier.code} {dossier.id.hex}")
        if self._rng.random() < _NOTED:
            act(self._desk, dossier.id, op.Noted(text="người nộp hẹn gọi lại"))
        return dossier

    def _force(self, verdict, dossier, body, role):
        # As a desk would that has another table of what may follow what.
        operation = self._desk.operation(body, role=role, on=dossier)
        with self._desk.store.begin() as uow:
            uow.append(operation)
        self._say(f"{verdict} {operation.header.op_id.hex}")


def work(folder, plan, say):
    """Enrol, receive half of the dossiers on the day before and half on the day, report all."""
    rng = Random(plan["seed"])
    today = date.fromisoformat(plan["today"])
    desk = enter(folder, at=_morning(today))
    if desk.profile.centre is None:
        _enrol(desk, plan, rng, say)
    kind = BelievingClient if plan["mutant"] in MUTANTS else SayingClient
    with closing(kind(desk, say)) as client:
        half = plan["dossiers"] // 2
        for until, day in ((half, today - _A_DAY), (plan["dossiers"], today)):
            at_work = LineDesk(confirm_day(desk, day), client, rng, say)
            at_work.receive(until - _ERRING)
            if at_work.there() == until - _ERRING:  # and not killed in the middle of it
                at_work.err()
            at_work.receive(until)
        while not at_work.report():
            pass
    desk.store.close()
    say("done")


def _enrol(desk, plan, rng, say):
    while desk.profile.centre is None:
        try:
            enrol(desk, meet(desk, plan["url"], plan["code"]))
        except CentreUnreachable as error:
            say(f"failed {type(error).__name__}")
            time.sleep(rng.uniform(0, _LONGEST))


def _morning(day):
    return datetime(day.year, day.month, day.day, 8, tzinfo=VIETNAM)


if __name__ == "__main__":
    try:
        work(Path(sys.argv[1]), json.loads(sys.argv[2]), speaker(1))
    except BaseException:
        traceback.print_exc()
        sys.exit(1)
