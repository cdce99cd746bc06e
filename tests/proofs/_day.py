"""A day at a desk for the record: from setting it up to its evening, told line by line.

A program of its own, run under strace: `python -m tests.proofs._day FOLDER SEED MUTANT`.
"""

import os
import secrets
import sys
from datetime import timedelta
from pathlib import Path
from random import Random

import sqlalchemy as sa

from counter_app import settings
from counter_app.domain.officer import Officer, Role
from counter_app.keys.officers import add_officer, change_password
from counter_app.keys.throttle import Uptime
from counter_app.services.care import back_up_in_turn
from counter_app.services.drafts import keep_draft
from counter_app.services.restoring import restore_desk
from counter_app.settings import Settings
from tests.office import MONDAY, OFFICER, PASSWORD, StillClock
from tests.proofs._office import Counter, an_application, enter, load_law, set_up_desk, speaker
from tests.proofs._papers import Papers

ACTS = 50
RECEIVED_ELSEWHERE = 3
PROFILE = "profile"
ELSEWHERE = "elsewhere"
LAST_SECOND = 1000
PAGES = 50  # to a checkpoint, which comes a dozen times a day then: the log is begun anew

_LIKELY = {
    "receive": 70,
    "print": 8,
    "draft": 8,
    "queue": 6,
    "send": 6,
    "scan": 5,
    "back_up": 4,
    "save_settings": 3,
    "change_password": 3,
    "add_officer": 2,
    "begin_again": 4,
}


class Day:
    """An officer who does what chance says, and says what is done once it is done."""

    def __init__(self, folder, rng, say, *, mutant=""):
        self._folder = folder
        self._rng = rng
        self._say = say
        self._mutant = mutant
        self._passwords = 0
        self._officers = 0
        self._saved = 0
        self._at = MONDAY
        self._last = None

    def go(self):
        """Work from morning to evening; the store is left open, as by a power cut."""
        self._recovery_key = set_up_desk(self._folder)
        self._say("set-up profile")
        self._enter()
        acts = self._rng.choices(list(_LIKELY), list(_LIKELY.values()), k=ACTS)
        for act in acts:
            self._at += timedelta(minutes=5)
            getattr(self, act)()
        self.back_up()
        self.receive()
        self._go_on_elsewhere()

    def receive(self):
        self._last = self._counter.receive(an_application(self._rng))

    def print(self):
        if self._last:
            self._counter.print(self._last)

    def queue(self):
        self._papers.queue(self._rng)

    def send(self):
        self._papers.send_one()

    def scan(self):
        if self._last:
            self._papers.scan(self._rng, self._last.id)

    def draft(self):
        keep_draft(self._desk, an_application(self._rng), token=secrets.token_bytes(16))

    def back_up(self):
        self._backup = back_up_in_turn(self._desk).file
        self._say(f"backup {self._backup.name}")

    def save_settings(self):
        self._saved += 1
        settings.save(self._folder, Settings(printer=str(self._saved)))
        self._say(f"settings {self._saved}")

    def change_password(self):
        old, self._passwords = password(self._passwords), self._passwords + 1
        now = Uptime(boot="proof", seconds=LAST_SECOND)
        change_password(self._folder, OFFICER.id, old, password(self._passwords), now)
        self._say(f"password {self._passwords}")

    def add_officer(self):
        self._officers += 1
        name = f"binh{self._officers}"
        officer = Officer(id=name, name="Lê Văn Bình Thử", roles=frozenset({Role.RECEPTION}))
        add_officer(self._folder, self._desk.store.key, officer, PASSWORD)
        self._say(f"officer {name}")

    def begin_again(self):
        self._counter.close()
        self._desk.store.close()
        self._enter()

    def _go_on_elsewhere(self):
        """Have another PC go on from the last backup, after what has been received since."""
        self._counter.close()
        desk = restore_desk(
            self._folder.with_name(ELSEWHERE),
            self._backup,
            recovery_key=self._recovery_key,
            officer_id=OFFICER.id,
            password=PASSWORD,
            highest_code=self._last.code,
            catalogue=load_law(),
            clock=StillClock(self._at),
        )
        self._say(f"restored {desk.profile.id}")
        counter = Counter(desk, lambda line: self._say(f"elsewhere {line}"))
        for _ in range(RECEIVED_ELSEWHERE):
            counter.receive(an_application(self._rng))

    def _enter(self):
        self._desk = enter(self._folder, at=self._at, password=password(self._passwords))
        early = self._mutant == "printed-before-commit"
        self._counter = Counter(self._desk, self._say, too_early=early)
        self._papers = Papers(self._desk, self._say)


def password(number):
    """Return the password that the officer has chosen after as many changes."""
    return f"{PASSWORD} {number}" if number else PASSWORD


def _tune(mutant):
    """Have a checkpoint often; with the mutant, no longer wait for the disk at each commit."""

    @sa.event.listens_for(sa.pool.Pool, "connect")
    def tune(connection, _record):
        connection.execute(f"PRAGMA wal_autocheckpoint = {PAGES}")
        if mutant == "synchronous-normal":
            connection.execute("PRAGMA synchronous = NORMAL")


if __name__ == "__main__":
    _tune(sys.argv[3])
    Day(Path(sys.argv[1]), Random(sys.argv[2]), speaker(1), mutant=sys.argv[3]).go()
    os._exit(0)
