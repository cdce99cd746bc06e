"""A centre whose data were put back to an earlier day: no desk is lost by it, and nothing of it."""

import pytest

from counter_app.central import tables
from counter_app.central.app import build_app
from counter_app.central.enrolment import make_enrol_code
from counter_app.central.serving import in_background
from counter_app.central.status import status
from counter_app.errors import DeskUnknown, EnrolledAlready
from counter_app.services.status import desk_status
from counter_app.sync.client import client_for
from counter_app.sync.enrolling import enrol, meet
from counter_app.sync.push import note_trouble, push_all
from tests.office import MONDAY, is_sound, kinds, register


@pytest.fixture
def address(database, centre):
    with in_background(build_app(database, centre, now=lambda: MONDAY)) as url:
        yield url


@pytest.fixture
def connect(database, centre, desk, address):
    """Make the desk one of the centre's, with a new code."""

    def connect():
        with database.begin() as connection:
            code = make_enrol_code(
                connection, centre, agency_code=desk.agency, desk_name="Quầy 1", now=MONDAY
            )
        return enrol(desk, meet(desk, address, code))

    return connect


@pytest.fixture
def push(desk):
    """Send all that waits."""

    def push():
        client = client_for(desk)
        try:
            return push_all(desk, client)
        finally:
            client.close()

    return push


def empty(database):
    """Put the centre's data back to a day before any desk was enrolled."""
    with database.begin() as connection:
        for table in reversed(tables.metadata.sorted_tables):
            if table is not tables.centre:
                connection.execute(table.delete())


def held(database):
    with database.read() as connection:
        return [(one.dossiers, one.operations) for one in status(connection, MONDAY).agencies]


def test_a_desk_that_was_lost_comes_back_with_a_new_code(desk, database, connect, push):
    register(desk)
    connect()
    push()
    empty(database)
    register(desk)
    with pytest.raises(DeskUnknown) as lost:
        push()
    note_trouble(desk, lost.value)
    assert desk_status(desk).trouble == "DeskUnknown"
    connect()
    push()
    assert held(database) == [(2, len(kinds(desk)))]
    assert desk_status(desk).unsent == 0
    assert is_sound(desk)


def test_a_desk_that_its_centre_knows_is_not_enrolled_twice(connect, push):
    connect()
    push()
    with pytest.raises(EnrolledAlready):
        connect()
