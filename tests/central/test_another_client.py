"""A client written from docs/protocol.md alone, with nothing of this program: it gets through."""

import base64
import hashlib
import http.client
import json
import secrets
import uuid
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from counter_app.central.app import build_app
from counter_app.central.enrolment import make_enrol_code
from counter_app.central.serving import in_background
from counter_app.central.status import status

DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def together(*parts):
    return b"".join(len(part).to_bytes(8, "big") + part for part in parts)


def hashed(*parts):
    return hashlib.sha256(together(*parts)).digest()


def text(raw):
    return base64.b64encode(raw).decode()


def holds(public, tag, said, signature):
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, tag + b"\0" + said)
    except InvalidSignature:
        return False
    return True


def read_code(code):
    """Return the secret and the start of the root key's hash; what checks them is left out."""
    number = 0
    for group in code.split("-"):
        for character in group[:4]:
            number = number << 5 | DIGITS.index(character)
    raw = number.to_bytes(20, "big")
    return raw[:14], raw[14:]


class Client:
    """A desk of somebody else's making."""

    def __init__(self, url):
        self._http = http.client.HTTPConnection(urlsplit(url).netloc, timeout=20)
        self._key = Ed25519PrivateKey.generate()
        self.public = self._key.public_key().public_bytes_raw()
        self.id = uuid.uuid4()
        self.epoch = secrets.randbits(64)
        self.root = b""
        self.centre_id = ""

    def close(self):
        self._http.close()

    def ask(self, method, path, said=None, **more):
        """Return status and body of an answer that the pinned root vouches for."""
        body = b"" if said is None else said
        nonce = secrets.token_bytes(16)
        place = method.encode(), path.encode(), self.id.bytes, self.epoch.to_bytes(8, "big")
        signed = together(*place, nonce, hashlib.sha256(body).digest())
        signature = self._key.sign(b"counter-app request 1\0" + signed)
        headers = {
            "counter-desk": str(self.id),
            "counter-epoch": f"{self.epoch:016x}",
            "counter-nonce": text(nonce),
            "counter-signature": text(signature),
        }
        kind = {"content-type": "application/json"} if body else {}
        self._http.request(method, path, body, headers | kind | more)
        answer = self._http.getresponse()
        raw = answer.read()
        assert self._is_proved(answer, raw, signature)
        return answer.status, json.loads(raw) if raw else None

    def _is_proved(self, answer, raw, request):
        certificate = json.loads(base64.b64decode(answer.headers["counter-certificate"]))
        if not self.root:  # the first answer: the code says whether to trust it
            self.root = base64.b64decode(json.loads(raw)["root_key"])
            self.centre_id = certificate["centre_id"]
        signature = base64.b64decode(certificate["signature"])
        certified = json.dumps(certificate | {"signature": ""}, separators=(",", ":")).encode()
        key = base64.b64decode(certificate["public_key"])
        said = together(request, answer.status.to_bytes(2, "big"), hashlib.sha256(raw).digest())
        return (
            certificate["centre_id"] == self.centre_id
            and holds(self.root, b"counter-app certificate 1", certified, signature)
            and holds(
                key,
                b"counter-app answer 1",
                said,
                base64.b64decode(answer.headers["counter-signature"]),
            )
        )

    def enrol(self, code):
        """Become one of the centre's desks."""
        secret, start = read_code(code)
        _status, card = self.ask("GET", "/v1/centre")
        root = base64.b64decode(card["root_key"])
        assert hashlib.sha256(root).digest()[:6] == start
        request = {
            "secret": text(secret),
            "desk_id": str(self.id),
            "epoch": self.epoch,
            "public_key": text(self.public),
            "desk_name": "Quầy 9",
            "office": {"code": "H57.132", "name": "UBND phường Phú Thử"},
            "practice": False,
            "today": datetime.now(UTC).date().isoformat(),
        }
        return self.ask("POST", "/v1/enrol", json.dumps(request).encode())

    def row(self, seq, before, kind, body):
        """Return a row of the journal as it travels, and its hash."""
        now = datetime.now(UTC)
        header = json.dumps(
            {
                "op_id": str(uuid.uuid4()),
                "kind": kind,
                "version": 1,
                "dossier_id": "d0551e40-0000-8000-8000-000000000001",
                "base_version": 0,
                "actor": "lan",
                "role": "cashier",
                "desk_id": str(self.id),
                "business_date": now.date().isoformat(),
                "wall_utc": now.isoformat(),
                "utc_offset": 420,
                "clock_quality": "confirmed",
            }
        )
        said, nonce = json.dumps(body), secrets.token_bytes(16)
        inner = hashed(b"counter-app body 1", nonce, said.encode())
        op_hash = hashed(b"counter-app operation 1", header.encode(), inner)
        place = self.id.bytes, self.epoch.to_bytes(8, "big"), seq.to_bytes(8, "big")
        linked = hashed(b"counter-app chain 1", *place, before, op_hash)
        row = f'{{"seq":{seq},"nonce":"{text(nonce)}","header":{header},"body":{said}}}'
        return row, linked

    def push(self, rows, before, head):
        """Hand rows over."""
        said = (
            f'{{"protocol":1,"desk_id":"{self.id}","epoch":{self.epoch},'
            f'"prev_hash":"{text(before)}","head":"{text(head)}","rows":[{",".join(rows)}]}}'
        )
        return self.ask("POST", "/v1/push", said.encode())


@pytest.fixture
def client(database, centre):
    with in_background(build_app(database, centre)) as url:
        client = Client(url)
        yield client
        client.close()


@pytest.fixture
def code(database, centre):
    now = datetime.now(UTC)
    with database.begin() as connection:
        return make_enrol_code(
            connection, centre, agency_code="H57.132", desk_name="Quầy 9", now=now
        )


def test_who_has_only_read_the_page_is_enrolled_and_heard(client, code, database):
    answered, enrolled = client.enrol(code)
    assert answered == 200
    assert base64.b64decode(enrolled["root_key"]) == client.root
    assert {lease["kind"] for lease in enrolled["leases"]} == {"lease", "reserve"}

    start = bytes(32)
    one, linked = client.row(1, start, "fee_paid", {"amount": 16_000, "means": "cash"})
    two, head = client.row(2, linked, "noted", {"text": "Đã gọi"})
    answered, stored = client.push([one, two], start, head)
    assert (answered, stored["outcome"]) == (200, "stored")
    assert stored["standing"]["high_water"] == 2
    assert base64.b64decode(stored["standing"]["head"]) == head
    assert len(stored["judgements"]) == 2

    answered, again = client.push([one, two], start, head)
    assert again["outcome"] == "stored"
    with database.read() as connection:
        (agency,) = status(connection, datetime.now(UTC)).agencies
    assert (agency.operations, agency.quarantined) == (2, 0)


def test_rows_that_leave_one_out_are_asked_for_again(client, code):
    client.enrol(code)
    start = bytes(32)
    _one, linked = client.row(1, start, "noted", {"text": "Một"})
    two, head = client.row(2, linked, "noted", {"text": "Hai"})
    _status, answer = client.push([two], linked, head)
    assert answer["outcome"] == "gap"
    assert answer["standing"]["high_water"] == 0


def test_reference_data_come_once(client, code):
    client.enrol(code)
    answered, reference = client.ask("GET", "/v1/reference")
    assert answered == 200
    assert text(client.public) in {desk["public_key"] for desk in reference["desks"]}
    held = {"if-none-match": f'"{reference["version"]}"'}
    assert client.ask("GET", "/v1/reference", **held) == (304, None)


def test_a_refusal_is_signed_as_well(client):
    client.ask("GET", "/v1/centre")
    answered, refusal = client.ask("GET", "/v1/time")
    assert (answered, refusal["reason"]) == (401, "unknown_desk")
