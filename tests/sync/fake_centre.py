"""A centre at the network port: it answers over real sockets, signs, and remembers in memory.

What it is told to do amiss is what stands between a desk and a centre in the world.
"""

import ssl
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import UUID

import msgspec

from counter_app.domain.enrol_code import print_enrol_code
from counter_app.wire.codec import decode_header, encode
from counter_app.wire.compression import unpack
from counter_app.wire.delivery import Verdict
from counter_app.wire.envelope import certify, is_signed_by, read_signed, sign_answer
from counter_app.wire.hashing import START, chain_hash, op_hash
from counter_app.wire.messages import (
    CentreCard,
    Certificate,
    EnrolAnswer,
    EnrolRequest,
    Judgement,
    PushAnswer,
    PushBatch,
    PushOutcome,
    Reference,
    Refusal,
    Standing,
    TimeAnswer,
)
from counter_app.wire.signing import SigningKey
from tests.office import MONDAY

CENTRE_ID = UUID(int=0xCE17)
SECRET = bytes(range(14))
LARGEST = 4 * 1024 * 1024


@dataclass
class Request:
    """What came in."""

    method: str
    path: str
    headers: dict
    body: bytes

    @property
    def message(self):
        return unpack(self.body, most=LARGEST) if self.headers.get("content-encoding") else b""


@dataclass
class Answer:
    """What goes out: whole and signed, unless a `twist` has changed it."""

    status: int
    headers: dict
    body: bytes
    cut_at: int | None = None
    """Bytes of the body after which the line goes dead."""


@dataclass
class FakeCentre:
    """Takes in chains and judges as it is told; `rows` are (op_id, hash) of the present epoch."""

    root: SigningKey = field(default_factory=SigningKey.generate)
    key: SigningKey = field(default_factory=SigningKey.generate)
    now: object = MONDAY
    generation: int = 1
    rows: list = field(default_factory=list)
    desks: dict = field(default_factory=dict)
    leases: tuple = ()
    verdicts: dict = field(default_factory=dict)
    later: list = field(default_factory=list)
    outcomes: list = field(default_factory=list)
    refusals: list = field(default_factory=list)
    reference: Reference | None = None
    requests: list = field(default_factory=list)
    operations: dict = field(default_factory=dict)
    connections: int = 0
    twist: object = None
    reason: str = ""
    epoch: int | None = None

    def __post_init__(self):
        self.certificate = certify(
            self.root,
            Certificate(
                centre_id=CENTRE_ID, public_key=self.key.public, issued_at=MONDAY, signature=b""
            ),
        )
        self.secrets = {SECRET}

    @property
    def code(self):
        """The enrolment code that is good for one desk."""
        return print_enrol_code(SECRET, self.root.public)

    @property
    def head(self):
        return self.rows[-1][1] if self.rows else START

    def standing(self):
        return Standing(
            centre_id=CENTRE_ID,
            generation=self.generation,
            now=self.now,
            high_water=len(self.rows),
            head=self.head,
            feed_seq=0,
            feed_hash=START,
            reference_version=self.reference.version if self.reference else 0,
        )

    def forget(self, kept):
        """Be the centre of yesterday, with the first `kept` rows of the chain only."""
        del self.rows[kept:]
        self.generation += 1

    def handle(self, request):
        """Return the answer to a request, as an honest centre gives it, but for the twist."""
        self.requests.append(request)
        status, body = self._said(request)
        signed = read_signed(request.headers)
        headers = {"content-type": "application/json"}
        if signed is not None:
            headers |= sign_answer(
                self.key, self.certificate, request=signed.signature, status=status, body=body
            )
        answer = Answer(status, headers, body)
        return self.twist(answer) if self.twist else answer

    def _said(self, request):
        if self.refusals:
            status, reason = self.refusals.pop(0)
            return status, encode(Refusal(reason=reason, message="…"))
        match request.method, request.path.rpartition("/v1/")[2]:
            case "GET", "centre":
                return 200, encode(CentreCard(centre_id=CENTRE_ID, root_key=self.root.public))
            case "POST", "enrol":
                return self._enrol(request)
        if not self._is_known(request):
            return 401, encode(Refusal(reason="unknown_desk"))
        match request.method, request.path.rpartition("/v1/")[2]:
            case "GET", "time":
                return 200, encode(TimeAnswer(centre_id=CENTRE_ID, now=self.now))
            case "GET", "reference":
                return self._tell(request)
            case "POST", "push":
                return 200, encode(self._take(request))
        return 404, encode(Refusal(reason="not_found"))

    def _is_known(self, request):
        signed = read_signed(request.headers)
        public = self.desks.get(signed.desk_id)
        return public is not None and is_signed_by(
            public, signed, method=request.method, path=request.path, body=request.body
        )

    def _enrol(self, request):
        wanted = msgspec.json.decode(request.message, type=EnrolRequest)
        if wanted.secret not in self.secrets:
            return 403, encode(Refusal(reason="code_refused"))
        self.secrets.remove(wanted.secret)
        self.desks[wanted.desk_id] = wanted.public_key
        answer = EnrolAnswer(
            centre_id=CENTRE_ID,
            generation=self.generation,
            root_key=self.root.public,
            tracking_url="https://tracking.example",
            standing=self.standing(),
            leases=self.leases,
        )
        return 200, encode(answer)

    def _tell(self, request):
        reference = self.reference or Reference(
            version=1, standing=self.standing(), leases=(), desks=(), agencies=(), law=()
        )
        if request.headers.get("if-none-match") == f'"{reference.version}"':
            return 304, b""
        return 200, encode(reference)

    def _take(self, request):
        batch = msgspec.json.decode(request.message, type=PushBatch)
        if self.outcomes:
            return PushAnswer(
                outcome=self.outcomes.pop(0), standing=self.standing(), reason=self.reason
            )
        if self.epoch not in {None, batch.epoch}:  # the desk was restored
            self.rows.clear()
        self.epoch = batch.epoch
        if batch.rows and batch.rows[0].seq > len(self.rows) + 1:
            return PushAnswer(outcome=PushOutcome.GAP, standing=self.standing())
        judged = [self._row(batch, row) for row in batch.rows]
        later = [self.later.pop(0) for _each in list(self.later)]
        return PushAnswer(
            outcome=PushOutcome.STORED, standing=self.standing(), judgements=(*judged, *later)
        )

    def _row(self, batch, row):
        header = decode_header(bytes(row.header))
        if row.seq == len(self.rows) + 1:
            digest = op_hash(bytes(row.header), row.nonce, bytes(row.body))
            linked = chain_hash(batch.desk_id, batch.epoch, row.seq, self.head, digest)
            self.rows.append((header.op_id, linked))
            self.operations.setdefault(header.op_id, header.kind)
        verdict, reason = self.verdicts.get(header.kind, (Verdict.APPLIED, ""))
        return Judgement(op_id=header.op_id, verdict=verdict, reason=reason)


@contextmanager
def serving(centre, certificate=None):
    """Lend the address at which `centre` answers; with a certificate, over TLS."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 5

        def setup(self):
            super().setup()
            centre.connections += 1

        def _do(self):
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            answer = centre.handle(Request(self.command, self.path, headers, body))
            if answer is None:
                self.connection.close()
                self.close_connection = True
                return
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if "content-length" not in answer.headers:
                self.send_header("content-length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body[: answer.cut_at])
            self.close_connection |= answer.cut_at is not None

        do_GET = do_POST = _do  # noqa: N815 - the server's own names

        def handle(self):
            with suppress(OSError):  # whoever was talked to has hung up
                super().handle()

        def log_message(self, *_words):
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, request, client_address):
            pass

    server = Server(("127.0.0.1", 0), Handler)
    scheme = "http"
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        # Shaken hands in the connection's own thread: one that refuses must not stop the others.
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
        scheme = "https"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"{scheme}://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
