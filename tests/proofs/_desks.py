"""Desks for the proofs of the line: set up, enrolled at a centre, and heard by it."""

from contextlib import closing, contextmanager
from datetime import datetime
from random import Random

from counter_app.services.setting_up import set_up
from counter_app.sync.client import client_for
from counter_app.sync.enrolling import enrol, meet
from counter_app.sync.push import push_all
from tests.factories import AGENCY, VIETNAM
from tests.office import a_new_desk
from tests.proofs._office import Counter, an_application, enter


@contextmanager
def a_desk(folder, *, name="Quầy 1", **changes):
    """Lend a new desk that stands alone, on the day that it is."""
    set_up(folder, a_new_desk(name=name, **changes))
    desk = enter(folder, at=datetime.now(VIETNAM))
    try:
        yield desk
    finally:
        desk.store.close()


def join(desk, centre, *, url=""):
    """Make a desk one of the centre's, which it reaches at `url` if that is not its own."""
    code = centre.enrol_code(AGENCY, desk.profile.name)
    enrol(desk, meet(desk, url or centre.url, code))


def report(desk):
    """Send all that there is to be sent."""
    with closing(client_for(desk)) as client:
        return push_all(desk, client)


def receive(desk, dossiers, seed):
    """Receive applications, and return the dossiers."""
    counter, rng = Counter(desk, lambda _line: None), Random(seed)
    return [counter.receive(an_application(rng)) for _ in range(dossiers)]


def digits_of(dossier):
    """Return the digits on a dossier's receipt."""
    return dossier.received.receipt.rpartition("/T/")[2] or dossier.received.receipt
