"""Papers on their way to a printer and pages from a scanner, and holding a store against them.

`say` is told of a job or a page once it is durable, of a paper when it comes out, and of what the
officer answers before the program hears it.
"""

import time
from collections import Counter
from hashlib import sha256

from counter_app.domain.print_job import JobState
from counter_app.domain.sheet import Sheet
from counter_app.errors import ScanLost
from counter_app.imaging.taking_in import Page
from counter_app.services.print_jobs import (
    aim,
    begin_sending,
    end_sending,
    keep_sheet,
    mark,
    pending,
    wait_again,
)
from counter_app.services.scans import keep_pages
from counter_app.store.scans import ORPHAN_AFTER, spoken_of

PRINTER = "Máy in Thử"
WHAT = ("queued", "sent", "marked", "asked", "seen", "scanned")
"""What the lines begin with."""

_JOBS = "SELECT id, state FROM print_job"


class Papers:
    """The list of print jobs and the scanner of a desk.

    With `too_early` a paper comes out before its job is marked as being at the printer: a fault
    that the proofs must find.
    """

    def __init__(self, desk, say, *, too_early=False):
        self._desk = desk
        self._say = say
        self._too_early = too_early

    def queue(self, rng):
        """Keep a paper for the usual printer."""
        pages = b"%PDF-1.7 " + rng.randbytes(2000)
        sheet = Sheet(form="hand-over-list", title="Danh sách thử", size="a4", pdf=pages)
        (job,) = keep_sheet(self._desk, sheet, printer="")
        self._say(f"queued {job}")

    def scan(self, rng, dossier_id):
        """Keep a page of a dossier."""
        page = Page(
            content=rng.randbytes(3000), thumbnail=rng.randbytes(200), media="image/jpeg", pages=1
        )
        (added,) = keep_pages(self._desk, dossier_id, [page])
        self._say(f"scanned {added.sha256}")

    def send_one(self):
        """Send what has waited longest."""
        waiting = [job for job in pending(self._desk) if job.state is JobState.WAITING]
        for job in waiting[:1]:
            self._send(job.id)

    def go_on(self, came_out):
        """Answer for what nobody knows of, as `came_out` says, and send all that waits."""
        for job in pending(self._desk):
            if job.state is JobState.UNKNOWN and came_out():
                self._say(f"seen {job.id}")
                mark(self._desk, job.id, JobState.DONE)
                continue
            if job.state is JobState.UNKNOWN:
                self._say(f"asked {job.id}")
                wait_again(self._desk, job.id)
            self._send(job.id)

    def _send(self, job):
        aim(self._desk, [job], printer=PRINTER)
        if self._too_early:
            self._say(f"sent {job}")
        sending = begin_sending(self._desk, job, printer=PRINTER)
        if sending is None:
            return
        if not self._too_early:
            self._say(f"sent {job}")
        if end_sending(self._desk, sending.job, JobState.DONE):
            self._say(f"marked {job}")


def look_at_papers(desk, said, note):
    """`note` what of the lines in `said` is not so, and what was printed behind one's back."""
    with desk.store.read() as connection:
        states = dict(map(tuple, connection.exec_driver_sql(_JOBS)))
        spoken = list(spoken_of(connection))
    hold_jobs(said, states, note)
    _hold_pages(desk, said, spoken, note)


def hold_jobs(said, states, note):
    """`note` each job that was lost, forgotten, or printed again without anybody's word.

    `states` are those of the jobs in the store, by their ids.
    """
    told = {what: Counter() for what in WHAT}
    for line in said:
        what, about = line.split()[:2]
        if what in told and what != "scanned":
            told[what][int(about)] += 1
    for job in told["queued"]:
        if job not in states:
            note("lost", f"queued {job}")
    for job in {*told["marked"], *told["seen"]}:
        if told["asked"][job] == 0 and states.get(job) != JobState.DONE.value:
            note("lost", f"marked {job}")
    for job, state in states.items():
        answered, sent = told["asked"][job], told["sent"][job]
        goes_again = state in {JobState.WAITING.value, JobState.FAILED.value}
        if sent + goes_again > 1 + answered:
            note("printed twice", f"sent {job}")
        if state == JobState.DONE.value and not sent and not told["seen"][job]:
            note("never printed", f"marked {job}")
        if state == JobState.PRINTING.value:
            note("not asked for", f"sent {job}")


def _hold_pages(desk, said, spoken, note):
    """`note` each page that was lost, and each file that outlives the next cleaning."""
    digests, files = {each.sha256 for each in spoken}, desk.store.scans
    files.sweep(spoken, now=time.time() + 2 * ORPHAN_AFTER)
    if files.orphans(spoken):
        note("left behind", files.orphans(spoken)[0].name)
    for line in said:
        what, digest = line.split()[:2]
        if what == "scanned" and digest not in digests:
            note("lost", line)
    for digest in digests:
        try:
            assert sha256(files.read(digest)).hexdigest() == digest
        except ScanLost:
            note("lost", f"scanned {digest}")
