"""Someone with a telephone, and an office whose receipts they hold.

`Office` writes straight into the centre's tables what a desk's journal would have led to;
`Visitor` opens pages of the real application over the real database.
"""

import asyncio
import re
import socket
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from threading import Thread
from uuid import UUID

import httpx
import sqlalchemy as sa
import uvicorn
from sqlalchemy.dialects.postgresql import Range

from counter_app import i18n
from counter_app.central import tables
from counter_app.central.tracking.app import TrackingApp
from counter_app.central.tracking.wording import WORDS
from counter_app.domain.receipt_code import ReceiptCode
from counter_app.domain.status import Status
from counter_app.domain.tracking import PageState
from counter_app.wire.codec import encode
from counter_app.wire.signing import SigningKey, sign_receipt
from tests.factories import VIETNAM, an_office

TODAY = date(2026, 8, 4)
NOW = datetime(2026, 8, 4, 10, 30, tzinfo=VIETNAM)
REPORTED_AT = datetime(2026, 8, 4, 7, 45, tzinfo=VIETNAM)
OFFICE = an_office(
    name="UBND phường Phú Thử",
    unit="Trung tâm Phục vụ hành chính công",
    address="12 đường Thử Nghiệm, phường Phú Thử",
    hotline="0234 3822 822",
    working_hours="Thứ Hai đến thứ Sáu, 7:30–11:30 và 13:30–17:00",
)


def heading(answer):
    """Return the one first heading of a page, as text."""
    [found] = re.findall("<h1>(.*?)</h1>", answer.text)
    return found


def headline(state, language):
    i18n.speak(language)
    return i18n._(WORDS[state].headline)


REPORTED = {
    PageState.RECEIVED: {"status": Status.RECEIVED},
    PageState.WORKED_ON: {"status": Status.PROCESSING},
    PageState.SUPPLEMENT: {"status": Status.SUPPLEMENT},
    PageState.OBLIGATION: {"status": Status.OBLIGATION},
    PageState.WITHDRAWAL: {"status": Status.WITHDRAWAL},
    PageState.READY: {"status": Status.FINISHED, "finished_at": NOW},
    PageState.RETURNED: {"status": Status.RETURNED, "finished_at": NOW, "returned_at": NOW},
    PageState.NOT_ACCEPTED: {"status": Status.NOT_ACCEPTED},
    PageState.STOPPED: {"status": Status.STOPPED},
    PageState.VOIDED: {"status": Status.STOPPED, "voided": True},
    PageState.UNCLEAR: {"status": None},
}


class Office:
    """An agency at the centre with one desk, whose key signs receipts."""

    def __init__(self, database, *, profile=OFFICE, number=1, practice=False):
        self.database, self.profile = database, profile
        self.key = SigningKey.from_seed(bytes([number]) * 32)
        self.desk_id = UUID(int=0xDE5C + number)
        with database.begin() as connection:
            self.home = connection.execute(
                tables.agency.insert()
                .values(code=profile.code, profile=encode(profile), feed_hash=bytes(32))
                .returning(tables.agency.c.id)
            ).scalar_one()
            connection.execute(
                tables.desk.insert().values(
                    home=self.home,
                    desk_id=self.desk_id,
                    name="Quầy 1",
                    public_key=self.key.public,
                    key_id=self.key.key_id,
                    practice=practice,
                    epoch=bytes(8),
                    enrolled_at=REPORTED_AT,
                    last_contact=REPORTED_AT,
                )
            )
        self.lease()

    def lease(self, lo=1, hi=2000, first=date(2026, 6, 1), last=date(2026, 9, 1), **more):
        row = {
            "agency_id": self.home,
            "desk_id": self.desk_id,
            "numbers": Range(lo, hi, bounds="[]"),
            "dates": Range(first, last, bounds="[]"),
            "kind": "lease",
            "alone": False,
        }
        self.run(tables.lease.insert().values(row | more))

    def run(self, statement):
        with self.database.begin() as connection:
            connection.execute(statement)

    def change_desk(self, **values):
        self.run(sa.update(tables.desk).where(tables.desk.c.home == self.home).values(values))

    def receipt(self, **changes):
        """Return a receipt as the desk has signed and printed it."""
        plain = ReceiptCode(
            **{
                "key_id": self.key.key_id,
                "agency": self.profile.code,
                "received_on": date(2026, 8, 3),
                "serial": 17,
                "due_on": date(2026, 8, 6),
                "token": bytes(range(16)),
            }
            | changes
        )
        return sign_receipt(self.key, plain)

    def report(self, receipt, /, **changes):
        """Have the desk report the dossier of this receipt; return the receipt."""
        due = receipt.due_on
        row = {
            "home": self.home,
            "dossier_id": receipt.dossier_id,
            "code": receipt.dossier_code,
            "status": Status.RECEIVED,
            "version": 1,
            "receiving": self.profile.code,
            "competent": self.profile.code,
            "received_at": datetime(2026, 8, 3, 9, 5, tzinfo=VIETNAM),
            "due_at": due and datetime(due.year, due.month, due.day, 17, tzinfo=VIETNAM),
            "receipt": receipt.packed,
            "practice": False,
            "voided": False,
            "needs_newer_program": False,
        }
        self.run(tables.dossier.insert().values(row | changes))
        return receipt

    def note(self, receipt, kind, version=2):
        """Have an operation of `kind` stand in the dossier's history."""
        self.run(
            tables.operation.insert().values(
                home=self.home,
                op_id=UUID(int=version),
                desk_id=self.desk_id,
                dossier_id=receipt.dossier_id,
                kind=kind,
                version=1,
                business_date=TODAY,
                header=b"{}",
                op_hash=bytes(32),
                stored_at=NOW,
                verdict="applied",
                dossier_version=version,
            )
        )


class Visitor:
    """A browser; `now` is what the centre's clock says, `address` where the visitor is."""

    def __init__(self, runner, url, centre, *, now=NOW, tries=None, address="203.0.113.7"):
        self.now, self._runner, self._url = now, runner, url
        self.app = TrackingApp(url, centre, now=lambda: self.now, tries=tries)
        runner.run(self.app.start())
        self.client = self._client(address)

    def _client(self, address, base="http://tracking.example"):
        transport = httpx.ASGITransport(self.app, client=(address, 50000))
        return httpx.AsyncClient(transport=transport, base_url=base)

    def get(self, path, *, language=None, address=None, base="http://tracking.example", **headers):
        client = self._client(address or "203.0.113.7", base)
        params = {"lang": language} if language else None
        return self._runner.run(client.get(path, params=params, headers=headers))

    def scan(self, receipt, **options):
        digits = receipt if isinstance(receipt, str) else receipt.digits
        return self.get(f"/T/{digits}", **options)

    def scan_all(self, receipts):
        """Open the pages of all of them at the same time."""

        async def together():
            return await asyncio.gather(*(self.client.get(f"/T/{one.digits}") for one in receipts))

        return self._runner.run(together())

    def ask(self, code, pin, *, language="vi", address=None):
        client = self._client(address or "203.0.113.7")
        form = {"code": code, "pin": pin, "lang": language}
        return self._runner.run(client.post("/", data=form))

    def request(self, method, path, **options):
        return self._runner.run(self.client.request(method, path, **options))

    def leave(self):
        self._runner.run(self.app.stop())


def forget_all(database):
    """Take out all that an office and its desks have put into the tables."""
    with database.begin() as connection:
        for name in ("operation_body", "operation", "dossier", "lease", "desk", "agency"):
            connection.execute(sa.delete(tables.metadata.tables[name]))


def days_ago(count):
    return TODAY - timedelta(days=count)


def a_runner():
    return asyncio.Runner()


@contextmanager
def served(app):
    """Serve a tracking application on loopback, and yield its address."""

    async def front(scope, receive, send):
        if scope["type"] != "lifespan":
            return await app(scope, receive, send)
        await receive()
        await app.start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await app.stop()
        await send({"type": "lifespan.shutdown.complete"})

    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(front, access_log=False, log_config=None)
        server = uvicorn.Server(config)
        thread = Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()
