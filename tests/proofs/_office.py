"""An office to do harm to: a desk that is set up and opened as the program does it."""

import os
import secrets
from functools import cache
from random import Random

import sqlalchemy as sa

from counter_app.catalogue.catalogue import load_catalogue
from counter_app.domain.intake import Intake
from counter_app.domain.party import Party
from counter_app.keys.throttle import Uptime
from counter_app.services.opening import sign_in
from counter_app.services.receipts import print_receipt
from counter_app.services.registration import register_dossier
from counter_app.services.setting_up import set_up
from counter_app.store.differing import last_id
from tests.office import MONDAY, OFFICER, PASSWORD, StillClock, a_new_desk

_FAMILIES = "Nguyễn Trần Lê Phạm Hoàng Vũ Đặng Bùi Đỗ Ngô".split()
_NAMES = "An Bình Chi Dũng Giang Hạnh Khánh Lan Minh Nga Phúc Quân Sơn Thảo Uyên Việt Yến".split()

load_law = cache(load_catalogue)


def set_up_desk(folder):
    """Make a profile, and return its recovery key."""
    return set_up(folder, a_new_desk())


def enter(folder, *, at=MONDAY, seconds=0, password=PASSWORD):
    """Open the desk as the sign-in window does, `seconds` after the PC was started."""
    now = Uptime(boot="proof", seconds=seconds)
    clock = StillClock(at)
    return sign_in(folder, OFFICER.id, password, catalogue=load_law(), clock=clock, uptime=now)


def an_application(rng: Random) -> Intake:
    """Return what somebody wants who does not exist."""
    name = f"{rng.choice(_FAMILIES)} Thử {rng.choice(_NAMES)}"
    return Intake(
        procedure=rng.choice(("1.001193", "2.000815")),
        applicant=Party(
            full_name=name,
            id_number=f"001190{rng.randrange(10**6):06d}",
            birth_date="1990-03-15",
            address=f"Số {rng.randrange(1, 400)} ngõ Thử Nghiệm, phường Phú Thử",
            phone=f"0912{rng.randrange(10**6):06d}",
        ),
        components="all",
    )


class Counter:
    """Where dossiers are received and receipts printed; `say` is told each that is durable.

    With `too_early` it is told before: a fault that the proofs must find.
    """

    def __init__(self, desk, say, *, too_early=False):
        self._desk = desk
        self._say = say
        self._too_early = too_early
        with desk.store.read() as connection:
            self._last = last_id(connection)
        if too_early:
            sa.event.listen(sa.Engine, "commit", self._say_too_early)

    def receive(self, intake, token=None):
        """Register an application, and return its dossier."""
        dossier = register_dossier(self._desk, intake, token=token or secrets.token_bytes(16))
        if not self._too_early:
            self._say(f"received {dossier.code} {dossier.id.hex}")
        return dossier

    def print(self, dossier):
        """Print a receipt."""
        printed = print_receipt(self._desk, dossier.id, size="a5", to="pdf")
        assert printed.pdf.startswith(b"%PDF")
        self._say(f"printed {dossier.code} {printed.copy}")

    def close(self):
        """Be told of nothing more."""
        if self._too_early:
            sa.event.remove(sa.Engine, "commit", self._say_too_early)

    def _say_too_early(self, connection):
        # The transaction is still open: SQLAlchemy tells of a commit before it is made.
        query = (
            "SELECT position, code, hex(dossier_id) FROM operation JOIN dossier USING (dossier_id) "
            "WHERE position > ? AND operation.kind = 'received'"
        )
        for position, code, dossier_id in connection.exec_driver_sql(query, (self._last,)):
            self._last = position
            self._say(f"received {code} {dossier_id.lower()}")


def speaker(descriptor):
    """Return a `say` that lets each line out whole and at once."""
    return lambda line: os.write(descriptor, f"{line}\n".encode())
