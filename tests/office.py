"""An office that was made up: its officer, its clock, and its desk, set up once and copied."""

from datetime import datetime

from counter_app.domain.officer import DESK_ROLES, Officer
from counter_app.keys.keyfile import Cost
from counter_app.services.setting_up import NewDesk
from tests.factories import VIETNAM, an_office

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
