"""Somebody on the way who knows the protocol, and has every key but the centre's."""

import base64
from datetime import UTC, datetime

import msgspec

from counter_app.wire.codec import encode
from counter_app.wire.compression import unpack
from counter_app.wire.envelope import SIGNATURE_HEADER, certify, sign_answer
from counter_app.wire.messages import (
    Certificate,
    PushAnswer,
    PushBatch,
    PushOutcome,
    Standing,
)
from counter_app.wire.signing import SigningKey
from tests.proofs._message import Message

_MOST = 1 << 22  # bytes


class Stranger:
    """Says of every push that it is stored; signs with a key of its own, or not at all."""

    def __init__(self):
        self._root = SigningKey.generate()
        self._key = SigningKey.generate()
        self._plain = False

    def answer(self, request, last):
        """Return the lie in the shape of `last`, what the centre has answered; None to others."""
        if not request.head.startswith(b"POST /v1/push ") or last is None:
            return None
        try:
            standing = msgspec.json.decode(last.body, type=PushAnswer).standing
            batch = msgspec.json.decode(unpack(request.body, most=_MOST), type=PushBatch)
        except ValueError:  # msgspec's errors are
            return None
        self._plain = not self._plain
        return self._signed(request, _all_is_stored(batch, standing))

    def _signed(self, request, answer):
        body, headers = encode(answer), {}
        if not self._plain:
            certificate = Certificate(
                centre_id=answer.standing.centre_id,
                public_key=self._key.public,
                issued_at=datetime.now(UTC),
                signature=b"",
            )
            asked = base64.b64decode(request.header(SIGNATURE_HEADER))
            certified = certify(self._root, certificate)
            headers = sign_answer(self._key, certified, request=asked, status=200, body=body)
        return _message(headers, body)


def _all_is_stored(batch, standing):
    last = batch.rows[-1].seq if batch.rows else standing.high_water
    changed = {"high_water": last, "head": batch.head, "now": datetime.now(UTC)}
    said = msgspec.structs.asdict(standing) | changed
    return PushAnswer(outcome=PushOutcome.STORED, standing=Standing(**said))


def _message(headers, body):
    lines = ["HTTP/1.1 200 OK", "content-type: application/json", f"content-length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return Message(("\r\n".join(lines) + "\r\n\r\n").encode(), body)
