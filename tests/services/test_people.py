"""Who may work at the desk: only whoever leads it says so."""

import pytest

from counter_app.domain.officer import Officer, Role
from counter_app.errors import (
    NoSupervisor,
    NotPermitted,
    OfficerExists,
    SignInRefused,
    UnknownOfficer,
    WeakPassword,
)
from counter_app.keys.roster import officer_of
from counter_app.keys.signin import unlock
from counter_app.keys.throttle import FREE_FAILURES, Uptime
from counter_app.services.people import add_colleague, dismiss, give_password, let_try_again
from tests.office import OFFICER, PASSWORD

NOW = Uptime(boot="test", seconds=1000)
CLERK = Officer(id="binh", name="Lê Văn Bình Thử", roles=frozenset({Role.RECEPTION}))
FIRST, SECOND = "ba chiếc ghe xanh", "bốn mùa hoa nở"


@pytest.fixture
def head(folder):
    return unlock(folder, OFFICER.id, PASSWORD, NOW)


@pytest.fixture
def clerk(folder, head):
    add_colleague(folder, head, CLERK, FIRST)
    return unlock(folder, CLERK.id, FIRST, NOW)


def test_a_colleague_signs_in_and_has_to_change_the_password(folder, clerk):
    assert clerk.officer == CLERK
    assert clerk.must_change


@pytest.mark.parametrize(
    "work",
    [
        lambda folder, who: add_colleague(
            folder, who, Officer(id="chi", name="Chi", roles=frozenset()), SECOND
        ),
        lambda folder, who: give_password(folder, who, OFFICER.id, SECOND),
        lambda folder, who: let_try_again(folder, who, OFFICER.id),
        lambda folder, who: dismiss(folder, who, OFFICER.id),
    ],
    ids=["add", "give_password", "let_try_again", "dismiss"],
)
def test_whoever_does_not_lead_changes_nothing(folder, clerk, work):
    before = (folder / "keys.json").read_bytes()
    with pytest.raises(NotPermitted):
        work(folder, clerk)
    assert (folder / "keys.json").read_bytes() == before


def test_an_officer_who_typed_wrong_passwords_is_let_try_again(folder, head, clerk):
    for _ in range(FREE_FAILURES):
        with pytest.raises(SignInRefused):
            unlock(folder, CLERK.id, SECOND, NOW)
    let_try_again(folder, head, CLERK.id)
    assert unlock(folder, CLERK.id, FIRST, NOW).failed_before == 0


def test_a_new_password_takes_the_place_of_the_old(folder, head, clerk):
    give_password(folder, head, CLERK.id, SECOND)
    assert unlock(folder, CLERK.id, SECOND, NOW).must_change
    with pytest.raises(SignInRefused):
        unlock(folder, CLERK.id, FIRST, NOW)


def test_who_is_dismissed_signs_in_no_more(folder, head, clerk):
    dismiss(folder, head, CLERK.id)
    assert not officer_of(folder, CLERK.id).active
    with pytest.raises(SignInRefused):
        unlock(folder, CLERK.id, FIRST, NOW)


def test_the_last_who_leads_cannot_go(folder, head, clerk):
    with pytest.raises(NoSupervisor):
        dismiss(folder, head, OFFICER.id)
    assert unlock(folder, OFFICER.id, PASSWORD, NOW)


def test_a_short_name_is_given_once(folder, head, clerk):
    with pytest.raises(OfficerExists):
        add_colleague(folder, head, Officer(id="BINH", name="Bình", roles=CLERK.roles), SECOND)


@pytest.mark.parametrize("work", [let_try_again, dismiss])
def test_nobody_can_do_anything_for_who_is_not_there(folder, head, work):
    with pytest.raises(UnknownOfficer):
        work(folder, head, "ai")
    with pytest.raises(UnknownOfficer):
        give_password(folder, head, "ai", SECOND)


@pytest.mark.parametrize("password", ["", "ngắn", "mật khẩu" * 40, "binh1234"])
def test_a_weak_password_is_given_to_nobody(folder, head, password):
    with pytest.raises(WeakPassword):
        add_colleague(folder, head, CLERK, password)
    with pytest.raises(UnknownOfficer):
        officer_of(folder, CLERK.id)
