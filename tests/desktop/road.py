"""A road to a centre that is not there: what it answers is up to the test, and all is noted."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from counter_app.wire.messages import (
    Judgement,
    PushAnswer,
    PushBatch,
    PushOutcome,
    Reference,
    SentRow,
    Standing,
)
from tests.office import MONDAY

NOBODY = UUID(int=0)


def a_standing(**changes):
    """Return how the centre stands with a desk of which it has heard nothing."""
    return Standing(
        **{
            "centre_id": NOBODY,
            "generation": 1,
            "now": MONDAY,
            "high_water": 0,
            "head": b"",
            "feed_seq": 0,
            "feed_hash": b"",
            "reference_version": 1,
        }
        | changes
    )


def a_batch(*seqs):
    """Return a push of these rows."""
    rows = tuple(SentRow(seq=seq, nonce=b"", header=b"{}", body=b"{}") for seq in seqs)
    return PushBatch(desk_id=NOBODY, epoch=1, prev_hash=b"", head=b"", rows=rows)


@dataclass
class RecordingRoad:
    """Has `waiting` rows to send, `per_push` at a time; `answers` come first, then good ones.

    What stands in `answers` is given once each, an error is raised. `steps` are what was done.
    """

    waiting: int = 0
    per_push: int = 100
    answers: list[Any] = field(default_factory=list)
    version: int = 1
    held_version: int = 0
    judgements: tuple[Judgement, ...] = ()
    steps: list[Any] = field(default_factory=list)
    sent: int = 0
    closed: bool = False

    def open(self):
        self.steps.append("open")

    def take(self):
        self.steps.append("take")
        many = min(self.waiting, self.per_push)
        return a_batch(*range(self.sent + 1, self.sent + 1 + many))

    def send(self, batch):
        self.steps.append(("send", len(batch.rows)))
        answer = self.answers.pop(0) if self.answers else PushOutcome.STORED
        if isinstance(answer, Exception):
            raise answer
        high = batch.rows[-1].seq if batch.rows else self.sent
        standing = a_standing(high_water=high, reference_version=self.version)
        return PushAnswer(outcome=answer, standing=standing, judgements=self.judgements)

    def apply(self, answer):
        self.steps.append("apply")
        if answer.outcome is PushOutcome.STORED:
            self.waiting -= answer.standing.high_water - self.sent
            self.sent = answer.standing.high_water

    def held(self):
        self.steps.append("held")
        return self.held_version

    def fetch(self, held):
        self.steps.append(("fetch", held))
        if held == self.version:
            return None
        return Reference(
            version=self.version,
            standing=a_standing(reference_version=self.version),
            leases=(),
            desks=(),
            agencies=(),
            law=(),
        )

    def keep(self, reference):
        self.steps.append("keep")
        self.held_version = reference.version

    def note(self, error):
        self.steps.append(("note", type(error).__name__))

    def close(self):
        self.closed = True


class StillPace:
    """Waits as long as can be told."""

    def usual(self):
        return 120.0

    def after(self, failures):
        return 10.0 * failures

    def back(self):
        return 3.0
