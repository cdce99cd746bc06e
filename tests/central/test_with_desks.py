"""Desks and a centre, both real, over a socket: what the one has done the other knows, once."""

import shutil
from dataclasses import replace
from datetime import timedelta

import pytest

from counter_app.central.app import build_app
from counter_app.central.enrolment import make_enrol_code, revoke
from counter_app.central.serving import in_background
from counter_app.central.status import status
from counter_app.domain.dossier_code import parts
from counter_app.domain.officer import Role
from counter_app.domain.operation import FeePaid, Forwarded, PaymentMeans
from counter_app.domain.status import Status
from counter_app.errors import ChainForked, DeskRevoked, EnrolledAlready
from counter_app.services.acting import act
from counter_app.services.business_day import confirm_day
from counter_app.services.care import back_up
from counter_app.services.scanning import read_scan
from counter_app.services.setting_up import set_up
from counter_app.services.status import desk_status
from counter_app.services.unsettled import unsettled
from counter_app.store.restore import restore
from counter_app.sync import enrolling
from counter_app.sync.client import client_for
from counter_app.sync.exchange import exchange
from counter_app.wire.delivery import Verdict
from counter_app.wire.signing import ReceiptVerdict
from tests.factories import AGENCY, EXAMPLES
from tests.office import MONDAY, a_new_desk, is_sound, register


@pytest.fixture
def url(database, centre, clock):
    with in_background(build_app(database, centre, now=clock.now)) as url:
        yield url


@pytest.fixture
def code(database, centre, clock):
    """Make an enrolment code for a desk of the office."""

    def code(name="Quầy 1"):
        with database.begin() as connection:
            return make_enrol_code(
                connection, centre, agency_code=AGENCY, desk_name=name, now=clock.now()
            )

    return code


@pytest.fixture
def join(url, code):
    """Make a desk one of the centre's."""

    def join(desk):
        enrolling.enrol(desk, enrolling.meet(desk, url, code(desk.profile.name)))
        return desk

    return join


@pytest.fixture
def go():
    """Exchange everything, once."""

    def go(desk):
        client = client_for(desk)
        try:
            return exchange(desk, client)
        finally:
            client.close()

    return go


@pytest.fixture
def known(database, clock):
    """How the centre stands with the one agency that it has."""

    def known():
        with database.read() as connection:
            [agency] = status(connection, clock.now()).agencies
        return agency

    return known


@pytest.fixture
def second(enter, tmp_path):
    """Another desk of the office."""
    set_up(tmp_path / "second", a_new_desk(name="Quầy 2", codes=(5000, 8000)))
    return confirm_day(enter(tmp_path / "second"), MONDAY.date())


def test_a_desk_that_stood_alone_brings_all_its_dossiers_and_all_are_recognised(
    desk, join, go, known
):
    before = [register(desk) for _each in range(200)]
    join(desk)
    done = go(desk)
    assert set(done.pushed.verdicts.values()) == {Verdict.APPLIED}
    assert (known().dossiers, known().flagged) == (200, 0)
    assert desk_status(desk).unsent == 0
    assert all(read_scan(desk, d.received.receipt).dossier_id == d.id for d in before)
    assert is_sound(desk)
    go(desk)
    assert known().dossiers == 200


def test_the_numbers_of_tomorrow_are_the_centres_and_no_desk_gives_anothers(
    desk, second, join, go, known, clock
):
    register(desk)
    join(desk)
    join(second)
    clock.at += timedelta(days=1)
    codes = set()
    for one in (desk, second):
        tomorrow = confirm_day(one, clock.at.date())
        codes |= {parts(register(tomorrow).code).serial for _each in range(5)}
        go(tomorrow)
    assert len(codes) == 10
    assert known().flagged == 0
    assert known().dossiers == 11


def test_receipts_of_the_other_desk_are_known_after_an_exchange(desk, second, join, go):
    join(desk)
    join(second)
    receipt = register(second).received.receipt
    assert read_scan(desk, receipt).verdict is ReceiptVerdict.UNKNOWN_KEY
    go(desk)
    scanned = read_scan(desk, receipt)
    assert (scanned.verdict, scanned.issuer.desk_name) == (ReceiptVerdict.GENUINE, "Quầy 2")


def test_a_payment_at_another_desk_counts_whichever_of_the_two_reports_first(
    desk, second, join, go, known
):
    join(desk)
    join(second)
    one = register(desk)
    paid = FeePaid(amount=16_000, means=PaymentMeans.CASH, receipt_number="1", payer="Thử")
    act(second, one.id, paid)
    go(second)
    go(desk)
    assert (known().dossiers, known().flagged, known().refused) == (1, 0, 0)
    assert unsettled(second) == unsettled(desk) == []


def test_a_refused_intent_loses_its_effect_and_stops_nothing_else(desk, join, go, known):
    join(desk)
    one, other = register(desk), register(desk)
    with desk.store.begin() as uow:  # as a program would that was tampered with
        body = EXAMPLES["finished"]
        uow.append(desk.operation(body, role=Role.RECEPTION, on=one))
        assert uow.dossier(one.id).status is Status.FINISHED
    act(desk, other.id, Forwarded(unit="Tư pháp"))
    go(desk)
    assert (known().refused, known().dossiers) == (1, 2)
    assert [each.reason for each in unsettled(desk)] == ["role"]
    with desk.store.begin() as uow:
        assert uow.dossier(one.id).status is Status.RECEIVED
        assert uow.dossier(other.id).status is Status.PROCESSING
    assert desk_status(desk).unsent == 0
    assert is_sound(desk)


def test_two_receipts_with_one_code_are_both_kept_and_flagged(desk, enter, tmp_path, join, go):
    set_up(tmp_path / "twin", a_new_desk(name="Quầy 2"))
    twin = confirm_day(enter(tmp_path / "twin"), MONDAY.date())
    first, second = register(desk), register(twin)
    assert first.code == second.code
    join(desk)
    join(twin)
    go(desk)
    done = go(twin)
    assert Verdict.FLAGGED in done.pushed.verdicts.values()
    assert [each.reason for each in unsettled(twin)] == ["code_clash"]
    with twin.store.begin() as uow:
        assert uow.dossier(second.id).status is Status.RECEIVED


def test_a_revoked_desk_is_told_keeps_everything_and_comes_back_with_a_new_code(
    desk, join, go, known, database, clock, url, code
):
    join(desk)
    register(desk)
    go(desk)
    epoch = desk.profile.epoch
    with pytest.raises(EnrolledAlready):
        enrolling.meet(desk, url, code())
    with database.begin() as connection:
        revoke(connection, desk.profile.id, clock.now())
    register(desk)
    with pytest.raises(DeskRevoked):
        go(desk)
    assert known().dossiers == 1
    assert known().quarantined > 0
    assert desk_status(desk).trouble == "DeskRevoked"
    join(desk)
    assert desk.profile.epoch != epoch
    go(desk)
    assert known().dossiers == 2
    assert desk_status(desk).unsent == 0
    assert is_sound(desk)


def test_a_copy_beside_its_original_is_noticed_and_one_of_them_comes_back(
    desk, join, go, known, enter, folder, tmp_path
):
    join(desk)
    register(desk)
    go(desk)
    desk.store.close()
    shutil.copytree(folder, tmp_path / "copy")
    original, copy = enter(folder), enter(tmp_path / "copy")
    register(original)
    register(copy)
    go(original)
    for one in (copy, original):  # which of them is the copy, the centre cannot know
        with pytest.raises(ChainForked):
            go(one)
    assert known().dossiers == 2
    assert known().quarantined > 0
    assert desk_status(copy).unsent > 0
    register(original)
    go(join(original))
    assert known().dossiers == 3
    assert desk_status(original).unsent == 0
    assert is_sound(original)


def test_a_desk_restored_from_a_backup_goes_on_under_a_new_epoch(desk, join, go, known, tmp_path):
    join(desk)
    first = register(desk)
    go(desk)
    back_up(desk, tmp_path / "desk.backup")
    later = register(desk)
    go(desk)
    store = restore(tmp_path / "desk.backup", tmp_path / "other", desk.store.key)
    again = replace(desk, store=store)
    with store.begin() as uow:
        uow.raise_counter(AGENCY, MONDAY.date(), parts(later.code).serial)
    third = register(again)
    go(again)
    assert known().dossiers == 3
    assert len({first.code, later.code, third.code}) == 3
    assert known().flagged == 0
    assert desk_status(again).unsent == 0
    store.close()
