"""Of digits that no desk has printed, none is taken for a receipt.

Real receipts of a desk, half of which the centre has heard of, are altered in every way that we
know of and shown to the tracking page: the most by what the page decides with, and some of each
kind to the page itself, over a real database. No altered one may be called reported, genuine,
or anything but altered, of an unknown key, or no receipt at all; and all real ones are known.
"""

import argparse
import asyncio
import os
import secrets
import sys
import tempfile
from collections import Counter
from contextlib import ExitStack, closing
from pathlib import Path
from random import Random

from counter_app.central.database import Database
from counter_app.central.identity import load_centre
from counter_app.central.tracking.app import TrackingApp
from counter_app.central.tracking.looking_up import Records
from counter_app.central.tracking.recognising import is_reported, state_unread, state_unreported
from counter_app.central.tracking.tries import Tries
from counter_app.domain.receipt_code import glance, packed_receipt, parse_receipt_code
from counter_app.domain.tracking import PageState
from tests.proofs._alterations import Alterations
from tests.proofs._desks import a_desk, digits_of, join, receive, report
from tests.proofs._site import a_site
from tests.proofs._verdict import Verdict

MUTANTS = ("signature-not-checked", "known-by-token-alone")

_RECEIPTS = 40
REJECTED = {PageState.ALTERED, PageState.UNKNOWN_KEY, PageState.UNREADABLE}
_AT_ONCE = 8


def main(arguments=None):
    """Run the proof, and return the exit code."""
    parser = argparse.ArgumentParser(prog="prove altered", description=__doc__)
    parser.add_argument("--strings", type=int, default=1_000_000)
    parser.add_argument("--pages", type=int, default=100_000, help="of them, over the database")
    parser.add_argument("--seed", type=int, default=secrets.randbits(32))
    parser.add_argument("--mutant", choices=MUTANTS)
    asked = parser.parse_args(arguments)
    verdict = Verdict("altered", asked.seed, asked.mutant)
    with tempfile.TemporaryDirectory(prefix="prove-altered-") as folder, ExitStack() as stack:
        os.chmod(folder, 0o711)  # where root runs this, PostgreSQL is somebody else
        said = _prove(Path(folder), asked, verdict, stack)
    return verdict.conclude(
        f"{asked.strings} altered strings of digits were judged, and {asked.pages} pages asked "
        f"for; {len(verdict.broken.get('accepted', ()))} were accepted.",
        strings=asked.strings,
        pages=asked.pages,
        said=said,
    )


def _prove(folder, asked, verdict, stack):
    site = stack.enter_context(a_site("wheel", folder))
    desk = stack.enter_context(a_desk(folder / "desk"))
    join(desk, site.centre)
    reported = list(map(digits_of, receive(desk, _RECEIPTS, asked.seed)))
    report(desk)
    unreported = list(map(digits_of, receive(desk, _RECEIPTS, asked.seed + 1)))
    alterations = Alterations(reported + unreported, desk.key, Random(asked.seed))
    said = asyncio.run(_judge(site.url, asked, alterations, verdict))
    asyncio.run(_look(site.url, asked.pages, alterations, verdict))
    return said


async def _judge(url, asked, alterations, verdict):
    """Show altered digits to what the page decides with; what it looks up is read once."""
    judge, said = await _judge_with(url, alterations.receipts, asked.mutant), Counter()
    for digits in alterations.receipts:
        if judge.state(digits) in REJECTED:
            verdict.note("a real one rejected", digits)
    kinds = alterations.kinds
    for number in range(asked.strings):
        kind = kinds[number % len(kinds)]
        digits = alterations.make(kind)
        state = judge.state(digits)
        said[state.value] += 1
        if state not in REJECTED:
            verdict.note("accepted", f"{kind} {digits} {state}")
    return dict(said)


class Judge:
    """Decides as the page does, in the same order and by the same rules, without a database.

    Each desk may have printed any number on any day: what the page checks besides the signature
    does not count here. `mutant` leaves something out: a fault that the proof must find.
    """

    def __init__(self, rows, issuers, mutant):
        self._rows = rows
        self._issuers = issuers
        self._mutant = mutant

    def state(self, digits):
        """Return what is said of these digits."""
        packed = packed_receipt(digits)
        row = self._rows.get(glance(packed).dossier_id) if packed else None
        if row and (is_reported(packed, row) or self._mutant == "known-by-token-alone"):
            return PageState.RECEIVED
        if (receipt := parse_receipt_code(digits)) is None:
            return state_unread(digits)
        issuer = self._issuers.get(receipt.key_id)
        if issuer and self._mutant == "signature-not-checked":
            return PageState.NOT_YET
        return state_unreported(receipt, row, issuer, receipt.received_on)


async def _judge_with(url, receipts, mutant):
    records, rows, issuers = Records(url), {}, {}
    await records.start()
    try:
        for receipt in map(parse_receipt_code, receipts):
            row, issuer = await records.dossier(receipt.dossier_id), await records.issuer(receipt)
            rows |= {receipt.dossier_id: row} if row else {}
            issuers[receipt.key_id] = issuer._replace(leased=True)
    finally:
        await records.stop()
    return Judge(rows, issuers, mutant)


async def _look(url, pages, alterations, verdict):
    """Ask for the pages of altered digits, and of the real ones."""
    with closing(Database(url)) as database, database.read() as connection:
        centre = load_centre(connection)
    app = TrackingApp(url, centre, tries=Patient())
    await app.start()
    try:
        for digits in alterations.receipts:
            if await _page(app, digits) != 200:
                verdict.note("a real one not shown", digits)
        kinds = [alterations.kinds[n % len(alterations.kinds)] for n in range(pages)]
        await asyncio.gather(
            *(_look_at(app, kinds[n::_AT_ONCE], alterations, verdict) for n in range(_AT_ONCE))
        )
    finally:
        await app.stop()


async def _look_at(app, kinds, alterations, verdict):
    for kind in kinds:
        digits = alterations.make(kind)
        status = await _page(app, digits)
        if status != 404:
            verdict.note("page shown", f"{kind} {digits} {status}")


async def _page(app, digits):
    """Return the status of the page for these digits."""
    said = []

    async def send(message):
        said.append(message)

    scope = {
        "type": "http", "method": "GET", "scheme": "http", "path": f"/T/{digits}",
        "query_string": b"", "headers": [], "client": ("127.0.0.1", 1),
    }  # fmt: skip
    await app(scope, None, send)
    return said[0]["status"]


class Patient(Tries):
    """Counts no failures: here there are nothing but failures."""

    def too_many(self, address, subject):
        """Say that there may be more."""
        return False


if __name__ == "__main__":
    sys.exit(main())
