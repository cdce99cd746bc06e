"""A desk that has stood alone becomes one of a centre's, and loses nothing by it."""

from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest

from counter_app.domain.dossier_code import parts
from counter_app.domain.lease import Lease, LeaseKind
from counter_app.domain.receipt_code import dossier_id_of, parse_receipt_code
from counter_app.domain.scanned import looks_like_receipt
from counter_app.errors import (
    CentreNotTrusted,
    CentreUnreachable,
    EnrolCodeMistyped,
    EnrolCodeRefused,
    EnrolledAlready,
    NoReserve,
    NotEnrolled,
    UnsafeAddress,
)
from counter_app.services.business_day import confirm_day
from counter_app.services.care import back_up
from counter_app.services.scanning import read_scan
from counter_app.services.status import desk_status
from counter_app.store.codes import leases_of
from counter_app.sync import enrolling
from counter_app.sync.client import client_for
from counter_app.sync.push import push_all
from counter_app.wire.compression import unpack
from counter_app.wire.envelope import fingerprint
from counter_app.wire.messages import EnrolRequest
from counter_app.wire.signing import ReceiptVerdict, SigningKey
from tests.factories import AGENCY
from tests.office import MONDAY, is_sound, register
from tests.sync.fake_centre import CENTRE_ID, FakeCentre, serving

TOMORROW = MONDAY.date() + timedelta(days=1)
LEASES = (
    Lease(agency=AGENCY, lo=501, hi=600, from_date=TOMORROW, to_date=TOMORROW + timedelta(days=9)),
    Lease(
        agency=AGENCY,
        lo=9001,
        hi=9050,
        from_date=TOMORROW,
        to_date=TOMORROW + timedelta(days=400),
        kind=LeaseKind.RESERVE,
    ),
)


@pytest.fixture
def centre():
    return FakeCentre(leases=LEASES)


def test_the_fingerprints_that_two_people_compare_are_those_of_both_keys(desk, centre, url):
    met = enrolling.meet(desk, url, centre.code)
    assert met.fingerprint == fingerprint(centre.root.public)
    assert met.desk_fingerprint == fingerprint(desk.key.public)
    assert desk.profile.centre is None
    assert not any(request.body for request in centre.requests)


def test_a_window_that_stays_open_sees_the_centre_at_once(desk, centre, url):
    enrolling.enrol(desk, enrolling.meet(desk, url, centre.code))
    assert desk.sends
    assert desk.profile.centre.centre_id == CENTRE_ID
    assert desk.profile.centre.root_key == centre.root.public
    assert not desk.profile.standalone
    assert desk.profile.tracking_url == "https://tracking.example"
    assert desk_status(desk).heard_at == MONDAY
    assert register(desk).received.receipt.startswith("HTTPS://TRACKING.EXAMPLE/T/")


def test_it_is_still_so_after_the_desk_was_closed(desk, centre, url, folder, enter):
    enrolling.enrol(desk, enrolling.meet(desk, url, centre.code))
    desk.store.close()
    assert enter(folder).profile.centre.url == url


def test_all_codes_and_receipts_of_two_hundred_dossiers_stay_valid_and_are_sent(desk, centre, url):
    before = [register(desk) for _each in range(200)]
    enrolling.enrol(desk, enrolling.meet(desk, url, centre.code))
    client = client_for(desk)
    pushed = push_all(desk, client)
    client.close()
    assert pushed.sent == len(centre.rows) == len(set(centre.rows))
    assert desk_status(desk).waiting == 0
    assert list(centre.operations.values()).count("received") == 200
    for one in before:
        scanned = read_scan(desk, one.received.receipt)
        assert (scanned.verdict, scanned.dossier_id) == (ReceiptVerdict.GENUINE, one.id)
        receipt = parse_receipt_code(looks_like_receipt(one.received.receipt))
        assert dossier_id_of(receipt.token) == one.id
    assert is_sound(desk)


def test_the_desk_gives_up_its_own_numbers_from_tomorrow(desk, centre, url):
    enrolling.enrol(desk, enrolling.meet(desk, url, centre.code))
    request = next(r for r in centre.requests if r.path.endswith("enrol"))
    said = msgspec.json.decode(unpack(request.body, most=1 << 20), type=EnrolRequest)
    assert said.today == MONDAY.date()
    assert {lease.to_date for lease in said.leases} == {MONDAY.date()}
    with desk.store.read() as connection:
        kept = leases_of(connection)
    assert {(lease.lo, lease.to_date) for lease in kept if lease.to_date < TOMORROW} == {
        (1, MONDAY.date()),
        (9950, MONDAY.date()),
    }
    assert [lease for lease in kept if lease.to_date >= TOMORROW] == list(LEASES)


def test_no_number_comes_again_on_the_day_and_the_centres_come_from_tomorrow(
    desk, centre, url, clock
):
    first = register(desk)
    enrolling.enrol(desk, enrolling.meet(desk, url, centre.code))
    second = register(desk)
    assert (parts(first.code).serial, parts(second.code).serial) == (1, 2)
    clock.at += timedelta(days=1)
    later = confirm_day(desk, TOMORROW)
    assert parts(register(later).code).serial == 501
    clock.at += timedelta(days=30)
    with pytest.raises(NoReserve):
        far = confirm_day(desk, clock.at.date())
        with far.store.begin() as uow:
            uow.open_reserve(clock.at.date() + timedelta(days=500))
    assert is_sound(desk)


def test_a_reserve_number_of_a_day_given_up_is_not_called_double(desk, centre, url):
    far = MONDAY.date() + timedelta(days=20)
    with desk.store.begin() as uow:
        uow.raise_counter(AGENCY, far, 9949)
        uow.open_reserve(far)
    register(replace(desk, business_date=far))
    enrolling.enrol(desk, enrolling.meet(desk, url, centre.code))
    assert is_sound(desk)


def test_a_code_of_another_centre_is_refused_before_anything_is_told(desk, centre, url):
    with pytest.raises(EnrolCodeRefused):
        enrolling.meet(desk, url, FakeCentre().code)
    assert [request.path for request in centre.requests] == ["/v1/centre"]
    assert desk.profile.centre is None


def test_a_slip_of_the_finger_is_named_before_anything_is_sent(desk, centre, url):
    with pytest.raises(EnrolCodeMistyped):
        enrolling.meet(desk, url, "X" + centre.code[1:])
    assert centre.requests == []


def test_a_code_that_was_used_changes_nothing(desk, centre, url):
    met = enrolling.meet(desk, url, centre.code)
    centre.secrets.clear()
    with pytest.raises(EnrolCodeRefused):
        enrolling.enrol(desk, met)
    assert desk.profile.centre is None
    with desk.store.read() as connection:
        assert {lease.to_date.year for lease in leases_of(connection)} == {9999}


def test_who_answers_in_the_centres_name_without_its_key_is_not_trusted(desk, centre, url):
    met = enrolling.meet(desk, url, centre.code)
    centre.key = SigningKey.generate()
    with pytest.raises(CentreNotTrusted):
        enrolling.enrol(desk, met)
    with pytest.raises(CentreNotTrusted):
        enrolling.meet(desk, url, centre.code)
    assert desk.profile.centre is None


def test_a_page_of_a_captive_portal_is_no_centre(desk, centre, url):
    from tests.sync.test_road import html

    centre.twist = html
    with pytest.raises(CentreNotTrusted):
        enrolling.meet(desk, url, centre.code)


def test_nobody_is_asked_over_http_but_this_pc(desk, centre):
    with pytest.raises(UnsafeAddress):
        enrolling.meet(desk, "http://example.vn", centre.code)


def test_a_desk_has_one_centre(enrolled, centre, url):
    with pytest.raises(EnrolledAlready):
        enrolling.meet(enrolled, url, centre.code)


def test_the_same_centre_is_found_at_its_new_address(enrolled, centre, authority, tmp_path):
    register(enrolled)
    with serving(centre, authority.vouch(tmp_path)) as there:
        link = enrolling.move(enrolled, there, authority.pem)
        assert enrolled.profile.centre == link
        client = client_for(enrolled)
        push_all(enrolled, client)
        client.close()
    assert desk_status(enrolled).unsent == 0


def test_another_centre_at_the_new_address_is_not_moved_to(enrolled, url):
    with serving(FakeCentre()) as there, pytest.raises(CentreNotTrusted):
        enrolling.move(enrolled, there)
    with pytest.raises(CentreUnreachable):
        enrolling.move(enrolled, "http://127.0.0.1:9")
    assert enrolled.profile.centre.url == url


def test_a_desk_without_a_centre_cannot_move(desk):
    with pytest.raises(NotEnrolled):
        enrolling.move(desk, "http://127.0.0.1:9")


def test_a_desk_restored_from_a_backup_is_still_the_centres_and_sends_all_again(
    enrolled, client, centre, tmp_path
):
    from counter_app.store.restore import restore

    register(enrolled)
    push_all(enrolled, client)
    back_up(enrolled, tmp_path / "desk.backup")
    stored = [op_id for op_id, _hash in centre.rows]
    store = restore(tmp_path / "desk.backup", tmp_path / "other", enrolled.store.key)
    again = replace(enrolled, store=store)
    assert again.profile.centre == enrolled.profile.centre
    assert again.profile.epoch != enrolled.profile.epoch
    fresh = client_for(again)
    push_all(again, fresh)
    fresh.close()
    assert [op_id for op_id, _hash in centre.rows] == stored
    assert desk_status(again).unsent == 0
    assert is_sound(again)
    store.close()
