"""An office that was made up: its officer, its clock, and its desk, set up once and copied."""

import secrets
from dataclasses import replace
from datetime import datetime

from counter_app.domain.officer import DESK_ROLES, Officer
from counter_app.keys.keyfile import Cost
from counter_app.services.registration import register_dossier
from counter_app.services.setting_up import NewDesk
from counter_app.store.verify import verify
from tests.factories import VIETNAM, an_intake, an_office

CHEAP = Cost(memory=64, passes=1)  # what a guess costs is proved elsewhere
OFFICER = Officer(id="lan", name="Lê Thị Thử", roles=DESK_ROLES)
PASSWORD = "bảy con sếu bay"
MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=VIETNAM)


class StillClock:
    """Stands still until a test moves it."""

    def __init__(self, at: datetime = MONDAY) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


def a_new_desk(**changes):
    """Return what must be known to set up the desk of this office."""
    return NewDesk(
        **{
            "office": an_office(unit="Trung tâm Phục vụ hành chính công", place="Phú Thử"),
            "name": "Quầy 1",
            "language": "vi",
            "officer": OFFICER,
            "password": PASSWORD,
            "cost": CHEAP,
        }
        | changes
    )


def register(desk, *, token=None, **intake):
    """Receive an application, and return its dossier."""
    return register_dossier(desk, an_intake(**intake), token=token or secrets.token_bytes(16))


def with_roles(desk, *roles):
    """Return the desk with an officer at it who has only these roles."""
    return replace(desk, officer=Officer(id="binh", name="Lê Văn Thử", roles=frozenset(roles)))


def counts(desk):
    """Return how much there is of what must not grow when something is refused."""
    tables = ("operation", "chain", "delivery", "dossier", "form_version", "code_counter", "draft")
    with desk.store.read() as connection:
        return {
            table: connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
            for table in tables
        }


def kinds(desk):
    """Return the kinds of all that was noted at the desk, in their order."""
    with desk.store.read() as connection:
        found = connection.exec_driver_sql("SELECT kind FROM operation ORDER BY position")
        return [kind for (kind,) in found]


def is_sound(desk):
    """Say whether nothing in the store is other than it was written."""
    return verify(desk.store).findings == ()
