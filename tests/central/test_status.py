"""How the centre stands: every figure counts what it says, agency by agency."""

from datetime import timedelta
from uuid import UUID

from counter_app.central.desks import epoch_bytes
from counter_app.central.enrolment import revoke
from counter_app.central.status import status
from tests.central.line import NOW, DeskOnTheLine, enrolled, push
from tests.factories import AGENCY, EXAMPLES, an_operation

OTHER = "H57.133"


def standing(database):
    with database.read() as connection:
        return status(connection, NOW)


def test_a_new_centre_has_nothing(database, centre):
    found = standing(database)
    assert found.centre_id == centre.id
    assert found.fingerprint == centre.fingerprint
    assert found.agencies == ()
    assert found.as_of == NOW


def test_every_agency_has_its_own_figures(database, centre):
    one = enrolled(database, centre)
    other = enrolled(database, centre, DeskOnTheLine(agency=OTHER))
    for desk, dossiers in ((one, 3), (other, 1)):
        for _number in range(dossiers):
            desk.receive()
        push(database, centre, desk)
    found = {agency.code: agency for agency in standing(database).agencies}
    assert {code: agency.dossiers for code, agency in found.items()} == {AGENCY: 3, OTHER: 1}
    assert {code: agency.operations for code, agency in found.items()} == {AGENCY: 3, OTHER: 1}
    (desk,) = found[AGENCY].desks
    assert (desk.id, desk.high_water) == (one.id, 3)
    assert desk.last_contact == NOW - timedelta(days=1)  # when it was enrolled


def test_what_wants_a_person_is_counted_by_its_verdict(database, centre):
    desk = enrolled(database, centre)
    desk.receive()
    push(database, centre, desk)
    desk.do(an_operation(EXAMPLES["forwarded"], desk_id=desk.id, dossier_id=UUID(int=9)))
    push(database, centre, desk)
    (agency,) = standing(database).agencies
    assert agency.waiting == 1
    assert agency.dossiers == 1
    assert (agency.flagged, agency.proposed, agency.refused) == (0, 0, 0)


def test_a_revoked_desk_is_named_and_what_it_sends_is_counted_apart(database, centre):
    desk = enrolled(database, centre)
    with database.begin() as connection:
        revoke(connection, desk.id, NOW)
    desk.receive()
    push(database, centre, desk)
    (agency,) = standing(database).agencies
    assert agency.desks[0].revoked
    assert not agency.desks[0].forked
    assert (agency.dossiers, agency.quarantined) == (0, 1)


def test_only_the_present_chain_tells_how_far_a_desk_was_heard(database, centre):
    desk = enrolled(database, centre)
    desk.receive()
    push(database, centre, desk)
    with database.begin() as connection:
        connection.exec_driver_sql("UPDATE desk SET epoch = %s", (epoch_bytes(9),))
    (agency,) = standing(database).agencies
    assert agency.desks[0].high_water == 0
    assert agency.operations == 1
