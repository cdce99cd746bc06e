"""A desk that has stood alone is enrolled afterwards, and every receipt on paper stays good.

It prints receipts for days before anybody has heard of it. Before it is enrolled, the tracking
page knows nothing of its key; once it is enrolled and has not reported, the page says of each
receipt that it is genuine and not yet reported; once it has reported, how far each dossier is.
What is asked for are the very digits in the QR of each printed receipt.
"""

import argparse
import os
import re
import secrets
import sys
import tempfile
from collections import Counter
from contextlib import ExitStack
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path

import httpx
import zxingcpp

from counter_app.central.tracking.wording import LATE, WORDS
from counter_app.domain.tracking import PageState
from counter_app.printing import page_images
from counter_app.services.business_day import confirm_day
from counter_app.services.receipts import print_receipt
from tests.factories import VIETNAM
from tests.proofs._desks import a_desk, digits_of, join, receive, report
from tests.proofs._site import KINDS, a_site
from tests.proofs._verdict import Verdict

_DAYS = 10
_PRINTER = 203  # dots per inch
_STATES = {words.headline: state.value for state, words in WORDS.items()}
_STATES[LATE] = PageState.RECEIVED.value  # its promised day has passed, and the page says so


def main(arguments=None):
    """Run the proof, and return the exit code."""
    parser = argparse.ArgumentParser(prog="prove later", description=__doc__)
    parser.add_argument("--receipts", type=int, default=200)
    parser.add_argument("--postgres", choices=KINDS, default="own")
    parser.add_argument("--seed", type=int, default=secrets.randbits(32))
    asked = parser.parse_args(arguments)
    verdict = Verdict("later", asked.seed)
    with tempfile.TemporaryDirectory(prefix="prove-later-") as folder, ExitStack() as stack:
        os.chmod(folder, 0o711)  # where root runs this, PostgreSQL is somebody else
        site = stack.enter_context(a_site(asked.postgres, Path(folder)))
        desk = stack.enter_context(a_desk(Path(folder) / "desk"))
        said = _prove(site, desk, asked, verdict)
    return verdict.conclude(
        f"{asked.receipts} receipts of a desk that stood alone were scanned before it was "
        f"enrolled, before it had reported, and after.",
        receipts=asked.receipts,
        said=said,
    )


def _prove(site, desk, asked, verdict):
    dossiers = _received(desk, asked)
    scanned = {dossier.code: _scanned(desk, dossier, verdict) for dossier in dossiers}
    said = {}

    def look(when, state):
        pages = {code: _state(site.centre.url, digits) for code, digits in scanned.items()}
        said[when] = dict(Counter(pages.values()))
        for code, found in pages.items():
            if found != state.value:
                verdict.note(f"not recognised {when}", f"{code}: {found}")

    look("while it stands alone", PageState.UNKNOWN_KEY)
    join(desk, site.centre)
    look("before it has reported", PageState.NOT_YET)
    report(desk)
    look("after", PageState.RECEIVED)
    return said


def _received(desk, asked):
    """Return what the desk has received by itself, in the course of some days."""
    dossiers, today = [], datetime.now(VIETNAM).date()
    for number in range(_DAYS):
        on = confirm_day(desk, today - timedelta(days=_DAYS - 1 - number))
        share = asked.receipts // _DAYS + (number < asked.receipts % _DAYS)
        dossiers += receive(on, share, f"{asked.seed} {number}")
    return dossiers


def _scanned(desk, dossier, verdict):
    """Return what a phone reads off the printed receipt."""
    printed = print_receipt(desk, dossier.id, size="a5", to="pdf")
    picture = page_images(printed.pdf, dots_per_inch=_PRINTER)[0]
    pixels = memoryview(picture.rgb).cast("B", (picture.height, picture.width, 3))
    found = {code.text for code in zxingcpp.read_barcodes(pixels)}
    if dossier.received.receipt not in found:
        verdict.note("not to be scanned", dossier.code)
    return digits_of(dossier)


def _state(url, digits):
    """Return what the page of these digits says, by its headline."""
    # Each phone has an address of its own: who is wrong too often is told to wait.
    place = f"127.{int(digits[-7:]) % 250 + 1}.{int(digits[-4:]) % 250}.9"
    with httpx.Client(transport=httpx.HTTPTransport(local_address=place)) as phone:
        answer = phone.get(f"{url}/t/{digits}", params={"lang": "en"})
    headlines = re.findall("<h1>(.*?)</h1>", answer.text)
    return _STATES.get(unescape("".join(headlines)), f"{answer.status_code} {headlines}")


if __name__ == "__main__":
    sys.exit(main())
