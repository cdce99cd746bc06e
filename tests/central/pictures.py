"""Draws what the public page says in other states than the demonstration comes to, side by side."""

from contextlib import closing
from datetime import timedelta

from PIL import Image

from counter_app.central.database import Database, bring_up_to_date
from counter_app.central.identity import found_centre
from counter_app.central.postgres import own_postgres
from counter_app.central.tracking.app import TrackingApp
from counter_app.domain.status import Status
from tests.central.public import NOW, Office, served

WIDTH, HEIGHT, GAP = 360, 900, 12


def draw_states(folder, file, browser):
    """Save in `file` three telephones: something is asked for, a late result, other digits."""
    with own_postgres(folder / "postgres") as url, closing(Database(url)) as database:
        bring_up_to_date(database)
        with database.begin() as connection:
            founded = found_centre(connection, tracking_url="https://tracuu.example.vn", now=NOW)
        office = Office(database)
        with served(TrackingApp(url, founded.centre, now=lambda: NOW)) as base:
            pictures = [
                browser.picture(
                    f"{base}{path}", folder / f"{number}.png", width=WIDTH, height=HEIGHT
                )
                for number, path in enumerate(_addresses(office))
            ]
    side_by_side(pictures, file)


def side_by_side(pictures, file):
    """Save pictures of telephones as one."""
    sheet = Image.new("RGB", (len(pictures) * (WIDTH + GAP) - GAP, HEIGHT), "#848d97")
    for number, picture in enumerate(pictures):
        with Image.open(picture) as image:
            sheet.paste(image, (number * (WIDTH + GAP), 0))
    sheet.save(file)


def _addresses(office):
    asked = office.report(office.receipt(), status=Status.SUPPLEMENT)
    late = office.report(
        office.receipt(serial=18, token=b"l" * 16, due_on=NOW.date() - timedelta(days=1)),
        status=Status.PROCESSING,
    )
    last = str((int(late.digits[-1]) + 1) % 10)
    yield f"/T/{asked.digits}?lang=vi"
    yield f"/T/{late.digits}?lang=en"
    yield f"/T/{late.digits[:-1]}{last}?lang=vi"
