import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from counter_app.errors import NotPermitted, SignInLocked, SignInRefused, SignInThrottled
from counter_app.keys.keyfile import change_keys
from counter_app.keys.officers import rebind_device, reset_password, unlock_officer
from counter_app.keys.roster import officer_of
from counter_app.keys.signin import unlock, unlock_with_recovery
from counter_app.keys.throttle import FAILURE_LIMIT, LONGEST_WAIT, Throttle, Uptime, uptime
from tests.keys.conftest import CLERKS_PASSWORD, HEADS_PASSWORD, WRONG, at

seconds = st.floats(min_value=0, max_value=10**7)


def try_wrong_passwords(folder, officer_id, count, *, start=0.0, pause=0.0):
    """Return what the officer was told each time."""
    told = []
    for number in range(count):
        with pytest.raises(NotPermitted) as refused:
            unlock(folder, officer_id, WRONG, at(start + number * pause))
        told.append(type(refused.value))
    return told


def lock_out(folder, officer_id):
    """Leave the officer as a hundred wrong passwords do."""
    locked = Throttle(failures=FAILURE_LIMIT, last=at(0))
    change_keys(
        folder, lambda keys: keys.keeping(replace(keys.account(officer_id), throttle=locked))
    )
    with pytest.raises(SignInLocked):
        unlock(folder, officer_id, WRONG, at(10**9))


@pytest.mark.parametrize(
    ("failures", "wait"),
    [(0, 0), (4, 0), (5, 32), (6, 64), (9, 512), (10, 900), (99, 900)],
)
def test_the_wait_doubles_up_to_a_quarter_of_an_hour(failures, wait):
    assert Throttle(failures=failures, last=at(100)).wait(at(100)) == wait


def test_the_wait_passes(folder):
    try_wrong_passwords(folder, "lan", 5)
    with pytest.raises(SignInThrottled) as throttled:
        unlock(folder, "lan", HEADS_PASSWORD, at(31.5))
    assert throttled.value.values["seconds"] == 1
    unlock(folder, "lan", HEADS_PASSWORD, at(32))
    assert officer_of(folder, "lan").throttle == Throttle()


def test_300_wrong_passwords_at_once_are_five_guesses(folder):
    told = try_wrong_passwords(folder, "lan", 300)
    assert told == [SignInRefused] * 5 + [SignInThrottled] * 295


def test_300_patient_wrong_passwords_are_a_hundred_guesses(folder):
    told = try_wrong_passwords(folder, "lan", 300, pause=LONGEST_WAIT)
    assert told == [SignInRefused] * FAILURE_LIMIT + [SignInLocked] * (300 - FAILURE_LIMIT)
    with pytest.raises(SignInLocked):
        unlock(folder, "lan", HEADS_PASSWORD, at(10**9))


def test_the_others_sign_in_meanwhile(folder):
    try_wrong_passwords(folder, "lan", 300)
    assert unlock(folder, "binh", CLERKS_PASSWORD, at(1)).officer.id == "binh"


def test_unknown_officers_leave_nothing_behind(folder):
    before = [each.name for each in folder.iterdir()]
    assert try_wrong_passwords(folder, "nobody", 10) == [SignInRefused] * 10
    assert [each.name for each in folder.iterdir()] == before


def test_the_right_password_is_not_looked_at_during_the_wait(folder):
    try_wrong_passwords(folder, "lan", 5)
    with pytest.raises(SignInThrottled):
        unlock(folder, "lan", HEADS_PASSWORD, at(1))
    assert officer_of(folder, "lan").throttle.failures == 5


def test_a_try_is_counted_on_the_disk_before_the_password_is_looked_at(folder):
    with pytest.raises(TypeError):  # ends the call just where a kill would
        unlock(folder, "lan", None, at(1))
    assert officer_of(folder, "lan").throttle.failures == 1


def test_a_supervisor_unlocks_without_the_network(folder, made):
    lock_out(folder, "binh")
    key = unlock(folder, "lan", HEADS_PASSWORD, at(0)).key
    unlock_officer(folder, key, "binh")
    assert unlock(folder, "binh", CLERKS_PASSWORD, at(0)).key == key


def test_a_new_password_unlocks_too(folder, made):
    lock_out(folder, "binh")
    reset_password(folder, made.key, "binh", "sông quê nước lớn")
    assert unlock(folder, "binh", "sông quê nước lớn", at(0)).key == made.key


def test_the_last_supervisor_is_never_locked_out_for_ever(folder, made):
    lock_out(folder, "lan")
    unlock_officer(folder, unlock_with_recovery(folder, made.recovery_key), "lan")
    assert unlock(folder, "lan", HEADS_PASSWORD, at(0)).key == made.key
    lock_out(folder, "lan")
    rebind_device(folder, made.recovery_key, "lan", "sông quê nước lớn")
    assert unlock(folder, "lan", "sông quê nước lớn", at(0)).key == made.key


def test_a_restart_does_not_shorten_the_wait(folder):
    try_wrong_passwords(folder, "lan", 5, start=10**6)
    with pytest.raises(SignInThrottled) as throttled:
        unlock(folder, "lan", HEADS_PASSWORD, at(20, boot="second"))
    assert throttled.value.values["seconds"] == 12
    assert unlock(folder, "lan", HEADS_PASSWORD, at(32, boot="second")).officer.id == "lan"


def test_after_a_restart_all_of_the_new_run_is_credited():
    throttle = Throttle(failures=5, last=at(10))
    assert throttle.wait(at(20, boot="second")) == 12


def test_time_that_runs_backward_within_one_run_is_not_believed():
    throttle = Throttle(failures=5, last=at(1000))
    assert throttle.wait(at(999)) == 32


def test_a_pc_that_cannot_name_its_runs_is_credited_with_the_least():
    throttle = Throttle(failures=5, last=Uptime(seconds=1000))
    assert throttle.wait(Uptime(seconds=1010)) == 22
    assert throttle.wait(Uptime(seconds=10)) == 22
    assert throttle.wait(at(1010)) == 22


@given(seconds, st.lists(st.tuples(st.booleans(), seconds), min_size=1), st.booleans())
def test_never_more_time_is_credited_than_has_passed(start, course, named):
    """`course`: has the PC been restarted, and how long did it then run?"""
    run, running, passed = 0, start, 0.0
    throttle = Throttle(failures=10, last=Uptime(boot="0" if named else "", seconds=start))
    for restarted, lasted in course:
        run, running = (run + 1, lasted) if restarted else (run, running + lasted)
        passed += lasted
        now = Uptime(boot=str(run) if named else "", seconds=running)
        assert throttle.wait(now) >= min(LONGEST_WAIT, LONGEST_WAIT - passed) - 1e-3


def test_the_uptime_of_this_pc_goes_forward():
    first = uptime()
    assert uptime().since(first) >= 0
    assert first.seconds > 0
