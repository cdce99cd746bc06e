"""A push that comes a thousand times is stored once, and answered alike each time.

The very bytes that a desk has signed are sent again: one after the other, over eight connections
at once, and again after the desk has gone on. Nothing at the centre may change by it, each
answer acknowledges the same and says the same of each operation. With any bit of it altered it
is refused.
"""

import argparse
import os
import secrets
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from random import Random

import httpx
import msgspec
import psycopg

from counter_app.sync.push import take
from counter_app.wire.codec import encode
from counter_app.wire.compression import pack
from counter_app.wire.envelope import is_answer_of, sign_request
from counter_app.wire.messages import PushAnswer, PushOutcome
from tests.proofs._desks import a_desk, join, receive, report
from tests.proofs._postgres import plain
from tests.proofs._site import KINDS, a_site
from tests.proofs._verdict import Verdict

_DOSSIERS = 60
_AT_ONCE = 8
_PUSH = "/v1/push"
_WHAT_IS_THERE = (
    "SELECT (SELECT count(*) FROM operation), (SELECT count(*) FROM chain), "
    "(SELECT count(*) FROM dossier), (SELECT count(*) FROM feed), "
    "(SELECT count(*) FROM quarantine), (SELECT sum(version) FROM dossier), "
    "(SELECT md5(string_agg(d::text, '' ORDER BY dossier_id)) FROM dossier d)"
)


def main(arguments=None):
    """Run the proof, and return the exit code."""
    parser = argparse.ArgumentParser(prog="prove replay", description=__doc__)
    parser.add_argument("--times", type=int, default=1000)
    parser.add_argument("--postgres", choices=KINDS, default="wheel")
    parser.add_argument("--seed", type=int, default=secrets.randbits(32))
    asked = parser.parse_args(arguments)
    verdict = Verdict("replay", asked.seed)
    with tempfile.TemporaryDirectory(prefix="prove-replay-") as folder, ExitStack() as stack:
        os.chmod(folder, 0o711)  # where root runs this, PostgreSQL is somebody else
        site = stack.enter_context(a_site(asked.postgres, Path(folder)))
        desk = stack.enter_context(a_desk(Path(folder) / "desk"))
        counted = Replay(site, desk, verdict).prove(asked.times)
    return verdict.conclude(
        f"One push was sent {asked.times} times, {_AT_ONCE} at once, and is there once; "
        f"{counted['altered']} altered ones were refused.",
        times=asked.times,
        **counted,
    )


class Replay:
    """A push of a desk that is enrolled, and what the centre makes of it again and again."""

    def __init__(self, site, desk, verdict):
        self._site = site
        self._desk = desk
        self._note = verdict.note
        self._rng = Random(verdict.seed)

    def prove(self, times):
        """Send it so many times, and return what there was to count."""
        join(self._desk, self._site.centre)
        receive(self._desk, _DOSSIERS, self._rng.random())
        self._sign()
        first = self._told(self._send(self._body))
        before = self._there()
        half = times // 2
        self._again(half - 1, first)
        report(self._desk)
        receive(self._desk, _DOSSIERS, self._rng.random())
        report(self._desk)
        after = self._there()
        if before[0] + _DOSSIERS != after[0]:
            self._note("another number of operations", f"{before[0]}, then {after[0]}")
        self._again(times - half, first, goes_on=True)
        if self._there() != after:
            self._note("something has changed", f"{after}, then {self._there()}")
        altered = self._alter(times // 10)
        if self._there() != after:
            self._note("something altered was stored", f"{after}, then {self._there()}")
        return {"operations": after[0], "altered": altered}

    def _sign(self):
        profile = self._desk.profile
        self._body = pack(encode(take(self._desk)))
        self._request, signed = sign_request(
            self._desk.key,
            method="POST",
            path=_PUSH,
            desk_id=profile.id,
            epoch=profile.epoch,
            body=self._body,
        )
        packed = {"content-type": "application/json", "content-encoding": "zstd"}
        self._headers = {**signed, **packed}

    def _send(self, body, client=httpx):
        return client.post(self._site.centre.url + _PUSH, content=body, headers=self._headers)

    def _again(self, times, first, *, goes_on=False):
        def send(number):
            with httpx.Client(timeout=60) as client:
                return [self._told(self._send(self._body, client)) for _ in range(number)]

        shares = [times // _AT_ONCE + (n < times % _AT_ONCE) for n in range(_AT_ONCE)]
        with ThreadPoolExecutor(_AT_ONCE) as threads:
            for answer in (one for told in threads.map(send, shares) for one in told):
                self._compare(answer, first, goes_on)

    def _compare(self, answer, first, goes_on):
        """An answer says the same of each operation, and acknowledges no less."""
        if answer is None:
            return
        if answer.outcome is not PushOutcome.STORED:
            self._note("not acknowledged", answer.outcome)
        stands, stood = answer.standing.high_water, first.standing.high_water
        if (stands <= stood) if goes_on else (stands != stood):
            self._note("acknowledges otherwise", f"{stood}, then {stands}")
        if _by_operation(answer) != _by_operation(first):
            self._note("says something else", Counter(one.verdict for one in answer.judgements))

    def _told(self, answer):
        """Return what a signed answer says; None for what is not to be compared."""
        link = self._desk.profile.centre
        body, status = answer.content, answer.status_code
        proved = is_answer_of(
            link.root_key,
            link.centre_id,
            answer.headers,
            request=self._request,
            status=status,
            body=body,
        )
        if not proved or status != 200:
            self._note("answered otherwise", f"{status} {body[:200]}")
            return None
        return msgspec.json.decode(body, type=PushAnswer)

    def _alter(self, times):
        """Send the push with one bit altered under the same signature: nobody may take it."""
        for _ in range(times):
            body = bytearray(self._body)
            body[self._rng.randrange(len(body))] ^= 1 << self._rng.randrange(8)
            # Each from elsewhere: who fails often is soon refused whatever it says.
            place = f"127.{self._rng.randrange(1, 255)}.{self._rng.randrange(255)}.9"
            with httpx.Client(transport=httpx.HTTPTransport(local_address=place)) as client:
                status = self._send(bytes(body), client).status_code
            if status not in {400, 401}:
                self._note("altered, and not refused for that", status)
        return times

    def _there(self):
        with psycopg.connect(plain(self._site.url)) as connection:
            return connection.execute(_WHAT_IS_THERE).fetchone()


def _by_operation(answer):
    return {one.op_id: (one.verdict, one.dossier_version, one.reason) for one in answer.judgements}


if __name__ == "__main__":
    sys.exit(main())
