"""The centre as it is seen from the network: a server, a desk that signs, and bare sockets."""

import asyncio
import socket
import threading
from contextlib import contextmanager
from uuid import UUID, uuid4

import httpx
import msgspec
import uvicorn

from counter_app.central import tables
from counter_app.central.desks import epoch_bytes
from counter_app.central.protocol import StrictProtocol
from counter_app.domain.agency import Agency
from counter_app.wire.codec import encode
from counter_app.wire.compression import pack
from counter_app.wire.envelope import is_answer_of, sign_request
from counter_app.wire.messages import PushBatch, Refusal
from counter_app.wire.signing import SigningKey
from tests.office import MONDAY

EPOCH = 7
START = bytes(32)


class Answer(msgspec.Struct):
    """What came back, and whether the centre has signed it for this very question."""

    status: int
    headers: httpx.Headers
    body: bytes
    signed: bool

    def read(self, kind):
        return msgspec.json.decode(self.body, type=kind)

    @property
    def reason(self):
        return self.read(Refusal).reason


class Caller:
    """A desk as the centre hears it; enrolled only if `enrolled` has put it there."""

    def __init__(self, url, centre, *, desk_id=None, key=None):
        self.id = desk_id or uuid4()
        self.key = key or SigningKey.generate()
        self._centre = centre
        self._http = httpx.Client(base_url=url, trust_env=False, timeout=20)

    def ask(self, method, path, body=b"", *, key=None, signed=None, **headers):
        """Send a signed request; `signed` is what is signed instead of `body`."""
        request, signature = sign_request(
            key or self.key,
            method=method,
            path=path,
            desk_id=self.id,
            epoch=EPOCH,
            body=body if signed is None else signed,
        )
        kind = {"content-type": "application/json"} if body else {}
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        came = self._http.request(method, path, content=body, headers=kind | signature | told)
        return self._answer(came, request)

    def send(self, batch, **headers):
        """Push a batch, or bytes that pass for one."""
        raw = encode(batch) if isinstance(batch, PushBatch) else batch
        return self.ask("POST", "/v1/push", pack(raw), content_encoding="zstd", **headers)

    def bare(self, method, path, **options):
        """Ask without any signature."""
        return self._answer(self._http.request(method, path, **options), b"")

    def batch(self, *rows, **values):
        given = {"desk_id": self.id, "epoch": EPOCH, "prev_hash": START, "head": START}
        return PushBatch(**(given | values), rows=rows)

    def close(self):
        self._http.close()

    def _answer(self, came, request):
        holds = is_answer_of(
            self._centre.root_key,
            self._centre.id,
            came.headers,
            request=request,
            status=came.status_code,
            body=came.content,
        )
        return Answer(came.status_code, came.headers, came.content, holds)


def put_desk(database, caller, *, code="H57.132", revoked_at=None, practice=False):
    """Make a caller one of the centre's desks, as enrolling would."""
    profile = encode(Agency(code=code, name="UBND phường Thí Dụ"))
    with database.begin() as connection:
        known = tables.agency.select().where(tables.agency.c.code == code)
        row = connection.execute(known).one_or_none()
        home = row.id if row else connection.execute(
            tables.agency.insert().values(code=code, profile=profile, feed_hash=START)
        ).inserted_primary_key[0]  # fmt: skip
        connection.execute(
            tables.desk.insert().values(
                home=home,
                desk_id=caller.id,
                name="Quầy Thí Dụ",
                public_key=caller.key.public,
                key_id=caller.key.key_id,
                practice=practice,
                epoch=epoch_bytes(EPOCH),
                enrolled_at=MONDAY,
                revoked_at=revoked_at,
            )
        )
        connection.execute(
            tables.epoch.insert().values(
                home=home,
                desk_id=caller.id,
                epoch=epoch_bytes(EPOCH),
                high_water=0,
                head=START,
                first_seen=MONDAY,
            )
        )


@contextmanager
def in_a_thread(app, *, protocol=StrictProtocol):
    """Serve `app` on a free port of this host; yields the address."""
    config = uvicorn.Config(
        app, http=protocol, ws="none", log_config=None, access_log=False, server_header=False
    )
    server = uvicorn.Server(config)
    listening = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listening])))
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def talk(url, sent, *, seconds=5):
    """Send bytes over a socket of their own, and return all that comes back until the end."""
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=seconds) as line:
        line.sendall(sent)
        came = b""
        try:
            while piece := line.recv(65536):
                came += piece
        except (ConnectionResetError, TimeoutError):
            pass
    return came


def known_id(number):
    """Return the same identity for the same number."""
    return UUID(int=number)
