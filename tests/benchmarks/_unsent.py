"""A desk that has received much and told nobody: made once, copied for each round."""

import shutil
from datetime import datetime, timedelta
from random import Random

from counter_app.services.business_day import confirm_day
from tests.benchmarks._stores import cache, fingerprint
from tests.factories import VIETNAM
from tests.proofs._office import Counter, an_application, enter, set_up_desk

_A_DAY = 5000  # numbers are used up at 9,949
_MARK = "complete"
_EACH = (
    "SELECT CAST(header AS TEXT), CAST(body AS TEXT) FROM operation "
    "JOIN operation_body USING (position) WHERE kind = 'received' ORDER BY position"
)


def unsent_profile(dossiers):
    """Return the profile of a desk that stands alone, with so many dossiers; nobody opens it."""
    today = datetime.now(VIETNAM)
    # Made for the day: the centre doubts what comes from tomorrow, or is a year old.
    folder = cache() / f"unsent-{dossiers}-{today:%Y%m%d}-{fingerprint()}"
    if not (folder / _MARK).exists():
        shutil.rmtree(folder, ignore_errors=True)
        _make(folder, dossiers, today)
        (folder / _MARK).touch()
    return folder


def _make(folder, dossiers, today):
    set_up_desk(folder)
    desk = enter(folder, at=today)
    try:
        rng, left = Random(12), dossiers
        for number in range(-(-dossiers // _A_DAY)):
            on = confirm_day(desk, (today - timedelta(days=9 - number)).date())
            counter = Counter(on, lambda _line: None)
            for _ in range(min(left, _A_DAY)):
                counter.receive(an_application(rng))
            left -= _A_DAY
    finally:
        desk.store.close()


def documents(desk):
    """Return each reception of a desk as one line of JSON, header and body."""
    with desk.store.read() as connection:
        return [
            f'{{"header":{header},"body":{body}}}'
            for header, body in connection.exec_driver_sql(_EACH)
        ]
