"""Beginning to work: from a password to a desk with an officer at it."""

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from counter_app.domain.officer import Officer, Role
from counter_app.domain.operation import ClockQuality
from counter_app.errors import (
    SignInRefused,
    SignInThrottled,
    StoreDamaged,
    StoreLocked,
    StoreTooNew,
)
from counter_app.keys.officers import add_officer
from counter_app.keys.throttle import FREE_FAILURES, Uptime
from counter_app.services.business_day import confirm_day
from counter_app.services.opening import take_over
from tests.office import MONDAY, OFFICER, PASSWORD, counts, kinds, register

CLERK = Officer(id="binh", name="Lê Văn Bình Thử", roles=frozenset({Role.RECEPTION}))
CLERKS_PASSWORD = "ba chiếc ghe xanh"
NOW = Uptime(boot="test", seconds=1000)


def test_who_signs_in_is_noted(enter, folder):
    desk = enter(folder)
    assert kinds(desk) == ["officer_signed_in"]
    assert (desk.officer, desk.business_date) == (OFFICER, MONDAY.date())
    assert desk.clock_quality is ClockQuality.UNCONFIRMED


def test_on_a_day_that_was_confirmed_the_clock_is_believed(enter, folder):
    desk = enter(folder)
    confirm_day(desk, MONDAY.date())
    desk.store.close()
    assert enter(folder).clock_quality is ClockQuality.CONFIRMED


def test_a_wrong_password_opens_nothing_and_leaves_the_desk_free(enter, folder):
    with pytest.raises(SignInRefused):
        enter(folder, OFFICER.id, "không phải mật khẩu này")
    assert register(enter(folder)).code.endswith("-0001")


def test_after_some_wrong_passwords_one_has_to_wait(enter, folder):
    for _ in range(FREE_FAILURES):
        with pytest.raises(SignInRefused):
            enter(folder, OFFICER.id, "không phải mật khẩu này")
    with pytest.raises(SignInThrottled):
        enter(folder, OFFICER.id, PASSWORD)


def test_a_second_window_on_one_desk_is_refused(desk, enter, folder):
    with pytest.raises(StoreLocked):
        enter(folder)
    register(desk)  # and the first goes on


def test_a_store_of_a_newer_release_is_left_as_it_is(enter, folder):
    desk = enter(folder)
    key, path = desk.store.key, desk.store.path
    desk.store.close()
    connection = sqlcipher.connect(path)
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreTooNew):
        enter(folder)
    assert path.read_bytes() == before


@pytest.mark.parametrize("place", [0, 100, 40_000])
def test_a_damaged_store_is_not_worked_on(enter, folder, place):
    path = folder / "desk.db"
    raw = bytearray(path.read_bytes())
    raw[place : place + 4096] = bytes(4096)
    path.write_bytes(raw)
    with pytest.raises(StoreDamaged):
        enter(folder)
    assert path.read_bytes() == bytes(raw)


def test_another_officer_takes_over(desk, folder):
    add_officer(folder, desk.store.key, CLERK, CLERKS_PASSWORD)
    mine = take_over(desk, "binh", CLERKS_PASSWORD, uptime=NOW)
    assert (mine.officer, mine.business_date) == (CLERK, desk.business_date)
    assert register(mine).received.officer_name == CLERK.name
    assert kinds(desk).count("officer_signed_in") == 2


def test_the_same_officer_comes_back_to_the_same_desk(desk):
    before = counts(desk)
    assert take_over(desk, OFFICER.id, PASSWORD, uptime=NOW) is desk
    assert counts(desk) == before


def test_a_wrong_password_takes_nothing_over(desk):
    before = counts(desk)
    with pytest.raises(SignInRefused):
        take_over(desk, OFFICER.id, "không phải mật khẩu này", uptime=NOW)
    assert counts(desk) == before
