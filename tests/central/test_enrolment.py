"""Enrolment: one code lets one desk in, once, and nothing that it has printed loses its worth."""

from datetime import date, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from msgspec.structs import replace

from counter_app.central import tables
from counter_app.central.enrolment import desk_of, enrol, make_enrol_code, revoke
from counter_app.domain.enrol_code import read_enrol_code
from counter_app.domain.lease import Lease, LeaseKind
from counter_app.errors import EnrolCodeRefused, InvalidField, UnknownDesk
from counter_app.wire.hashing import START
from tests.central.line import NOW, DeskOnTheLine, an_enrol_request, enrolled, push, verdict_of
from tests.factories import AGENCY, DAY, a_code, an_office

OTHER = "H57.133"
TOMORROW = DAY + timedelta(days=1)


def a_code_for(database, centre, *, agency=AGENCY, now=NOW):
    with database.begin() as connection:
        return make_enrol_code(connection, centre, agency_code=agency, desk_name="Quầy 1", now=now)


def ask(database, centre, desk, code, *, now=NOW, **changes):
    with database.begin() as connection:
        return enrol(connection, centre, an_enrol_request(desk, code, **changes), now)


def reference_version(database):
    with database.read() as connection:
        return connection.scalar(sa.select(tables.centre.c.reference_version))


def all_days(lo, hi, kind=LeaseKind.LEASE):
    return Lease(agency=AGENCY, lo=lo, hi=hi, from_date=date.min, to_date=date.max, kind=kind)


ALONE = (all_days(1, 9949), all_days(9950, 9999, LeaseKind.RESERVE))


def test_a_desk_is_enrolled_with_a_code(database, centre):
    desk = DeskOnTheLine()
    answer = ask(database, centre, desk, a_code_for(database, centre))
    assert answer.centre_id == centre.id
    assert answer.root_key == centre.root_key
    assert answer.tracking_url == centre.tracking_url
    assert (answer.standing.high_water, answer.standing.head) == (0, START)
    with database.read() as connection:
        known = desk_of(connection, desk.id)
    assert (known.public_key, known.key_id) == (desk.key.public, desk.key.key_id)
    assert (known.agency, known.epoch, known.name) == (AGENCY, desk.epoch, "Quầy 1")


def test_the_code_names_the_centre(database, centre):
    assert read_enrol_code(a_code_for(database, centre)).names(centre.root_key)


def test_the_secret_of_a_code_is_not_kept(database, centre):
    secret = read_enrol_code(a_code_for(database, centre)).secret
    with database.read() as connection:
        kept = connection.scalar(sa.select(tables.enrol_code.c.secret_hash))
    assert secret not in kept


def test_the_agency_is_called_as_its_desk_calls_it(database, centre):
    office = an_office(name="UBND phường Thử Nghiệm")
    ask(database, centre, DeskOnTheLine(), a_code_for(database, centre), office=office)
    with database.read() as connection:
        profile = connection.scalar(sa.select(tables.agency.c.profile))
    assert "Thử Nghiệm" in profile.decode()


def test_all_desks_hear_that_there_is_a_new_one(database, centre):
    code, before = a_code_for(database, centre), reference_version(database)
    ask(database, centre, DeskOnTheLine(), code)
    assert reference_version(database) == before + 1


def test_the_answer_that_was_lost_is_given_again(database, centre):
    desk, code = DeskOnTheLine(), a_code_for(database, centre)
    first = ask(database, centre, desk, code)
    version = reference_version(database)
    later = NOW + timedelta(minutes=5)
    again = ask(database, centre, desk, code, now=later)
    assert again.leases == first.leases
    assert reference_version(database) == version
    with database.read() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(tables.lease)) == 2


@pytest.mark.parametrize(
    "why",
    ["used by another", "too old", "unknown", "another office's", "with another key", "moved"],
)
def test_a_code_is_refused_without_a_word_why(database, centre, why):
    desk, code, now, changes = DeskOnTheLine(), a_code_for(database, centre), NOW, {}
    match why:
        case "used by another":
            ask(database, centre, DeskOnTheLine(), code)
        case "too old":
            now = NOW + timedelta(days=1, seconds=1)
        case "unknown":
            changes = {"secret": bytes(14)}
        case "another office's":
            changes = {"office": an_office(code=OTHER)}
        case "with another key":
            ask(database, centre, desk, code)
            desk = DeskOnTheLine(desk_id=desk.id)
        case "moved":
            enrolled(database, centre, desk)
            desk.agency = OTHER
            code = a_code_for(database, centre, agency=OTHER)
    with pytest.raises(EnrolCodeRefused):
        ask(database, centre, desk, code, now=now, **changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"desk_name": "Quầy " * 10_000},
        {"office": an_office(address="Đường " * 10_000)},
        {"office": an_office(hotline="\x1b[2J")},
    ],
    ids=["long", "long address", "escape in hotline"],
)
def test_no_desk_calls_itself_what_others_could_not_be_shown(database, centre, changes):
    code = a_code_for(database, centre)
    with pytest.raises(InvalidField):
        ask(database, centre, DeskOnTheLine(), code, **changes)
    assert ask(database, centre, DeskOnTheLine(), code).leases


def test_a_desks_name_turns_no_line_in_which_it_stands(database, centre):
    desk = enrolled(database, centre, desk_name="\u202eQuầy\x1b\u200b 1\0")
    with database.read() as connection:
        assert desk_of(connection, desk.id).name == "Quầy 1"


def test_a_key_is_one_desks(database, centre):
    desk = enrolled(database, centre)
    twin = DeskOnTheLine(key=desk.key)
    with pytest.raises(EnrolCodeRefused):
        ask(database, centre, twin, a_code_for(database, centre))


def test_a_refused_desk_leaves_the_code_to_the_right_one(database, centre):
    desk, code = DeskOnTheLine(), a_code_for(database, centre)
    with pytest.raises(EnrolCodeRefused):
        ask(database, centre, desk, code, office=an_office(code=OTHER))
    assert ask(database, centre, desk, code).leases


@pytest.mark.parametrize("agency", ["", "H57-132", "Phường Phú Thử", "H57.132\x00"])
def test_a_code_is_made_for_an_agency_only(database, centre, agency):
    with pytest.raises(InvalidField):
        a_code_for(database, centre, agency=agency)


def test_an_agencys_code_may_be_typed_in_small_letters(database, centre):
    ask(database, centre, DeskOnTheLine(), a_code_for(database, centre, agency=" h57.132 "))


def test_a_desk_that_was_stopped_comes_back_with_a_new_code(database, centre):
    desk = enrolled(database, centre)
    received = desk.receive()
    with database.begin() as connection:
        revoke(connection, desk.id, NOW)
    assert push(database, centre, desk).outcome == "quarantined"
    leases = desk.leases
    fresh = enrolled(database, centre, desk.reissue(epoch=8), now=NOW)
    assert fresh.leases == leases
    answer = push(database, centre, fresh)
    assert (answer.outcome, verdict_of(answer, received)) == ("stored", ("applied", ""))


def test_revoking_twice_keeps_the_first_hour(database, centre):
    desk = enrolled(database, centre)
    for hours in (0, 1):
        with database.begin() as connection:
            revoke(connection, desk.id, NOW + timedelta(hours=hours))
    with database.read() as connection:
        assert desk_of(connection, desk.id).revoked_at == NOW


def test_nobody_unknown_is_revoked(database, centre):
    with pytest.raises(UnknownDesk), database.begin() as connection:
        revoke(connection, UUID(int=4), NOW)


# Numbers.


def test_a_fresh_desk_begins_at_once(database, centre):
    lease, reserve = ask(database, centre, DeskOnTheLine(), a_code_for(database, centre)).leases
    assert (lease.lo, lease.hi, lease.from_date, lease.kind) == (1, 300, DAY, LeaseKind.LEASE)
    assert lease.to_date == DAY + timedelta(days=44)
    assert (reserve.hi - reserve.lo + 1, reserve.kind) == (50, LeaseKind.RESERVE)
    assert reserve.to_date == DAY + timedelta(days=399)


def test_a_desk_that_stood_alone_keeps_its_numbers_up_to_today(database, centre):
    desk = enrolled(database, centre, now=NOW, leases=ALONE)
    alone, reserve, lease, own_reserve = desk.leases
    assert (alone.lo, alone.hi, alone.to_date) == (1, 9949, DAY)
    assert (reserve.kind, reserve.to_date) == (LeaseKind.RESERVE, DAY)
    assert (lease.lo, lease.from_date, own_reserve.from_date) == (1, TOMORROW, TOMORROW)


def test_all_that_a_desk_gave_out_while_it_stood_alone_is_its_own(database, centre):
    desk = enrolled(database, centre, now=NOW, leases=ALONE)
    days = [DAY - timedelta(days=past) for past in range(200)]
    received = [desk.receive(serial, day=day) for serial, day in enumerate(days, 1)]
    late = desk.receive(5000, day=TOMORROW)
    answers = [push(database, centre, desk, desk.batch(n, min(n + 99, 201))) for n in (1, 101, 201)]
    verdicts = [verdict_of(answer, one) for one in received for answer in answers]
    assert [said for said in verdicts if said] == [("applied", "")] * 200
    assert verdict_of(answers[-1], late) == ("flagged", "not_leased")


@pytest.mark.parametrize("is_new", [False, True], ids=["same code", "new code"])
def test_a_desk_that_heard_of_it_the_day_after_stood_alone_until_then(database, centre, is_new):
    desk, code = DeskOnTheLine(), a_code_for(database, centre)
    ask(database, centre, desk, code, leases=ALONE)
    again = a_code_for(database, centre) if is_new else code
    longer = tuple(replace(one, to_date=TOMORROW) for one in ALONE)
    answer = ask(database, centre, desk, again, leases=longer, today=TOMORROW)
    assert answer.leases[0].to_date == TOMORROW
    late = desk.receive(5000, day=TOMORROW)
    assert verdict_of(push(database, centre, desk), late) == ("applied", "")


def test_two_desks_that_stood_alone_can_both_be_enrolled(database, centre):
    one, other = (enrolled(database, centre, now=NOW, leases=ALONE) for _ in range(2))
    lease, second = one.leases[2], other.leases[2]
    assert lease.hi < second.lo
    mine, theirs = one.receive(1, day=DAY), other.receive(1, day=DAY)
    push(database, centre, one)
    assert verdict_of(push(database, centre, other), theirs) == ("flagged", "code_clash")
    assert mine.body.code == theirs.body.code == a_code(1)


def test_a_fresh_desk_beside_one_that_stood_alone_counts_from_the_far_end(database, centre):
    enrolled(database, centre, now=NOW, leases=ALONE)
    lease = enrolled(database, centre, now=NOW).leases[0]
    assert (lease.from_date, lease.hi) == (DAY, 9999)


@pytest.mark.parametrize(
    ("desks_day", "first"),
    [
        (DAY - timedelta(days=1), DAY),
        (DAY - timedelta(days=3000), DAY - timedelta(days=6)),
        (date(2099, 1, 1), TOMORROW),
    ],
)
def test_a_wrong_clock_leaves_no_day_without_numbers(database, centre, desks_day, first):
    desk = enrolled(database, centre, now=NOW, leases=ALONE, today=desks_day)
    lease = desk.leases[-2]
    assert lease.from_date == first


@pytest.mark.parametrize(
    "nonsense",
    [
        {"lo": 5, "hi": 1},
        {"lo": -3, "hi": 2**40},
        {"agency": "nothing"},
        {"from_date": date.max},
    ],
)
def test_a_lease_that_is_none_covers_nothing(database, centre, nonsense):
    wrong = Lease(
        **{"agency": AGENCY, "lo": 1, "hi": 9, "from_date": date.min, "to_date": date.max}
        | nonsense
    )
    desk = enrolled(database, centre, now=NOW, leases=(wrong,))
    assert len(desk.leases) == 2
