import pytest
from msgspec.structs import replace

from counter_app.domain.officer import Officer, Role
from counter_app.errors import (
    InvalidOfficer,
    NoSupervisor,
    OfficerExists,
    ProfileExists,
    RecoveryKeyMistyped,
    RecoveryKeyRefused,
    SignInRefused,
    StoreDamaged,
    UnknownOfficer,
    WeakPassword,
)
from counter_app.keys.backup import put_slots, slots_for_backup
from counter_app.keys.device import SECRET_NAME
from counter_app.keys.keyfile import KEYS_NAME, PREVIOUS_NAME, read_generation, read_keys
from counter_app.keys.officers import (
    add_officer,
    change_password,
    correct_officer,
    create_keys,
    deactivate,
    rebind_device,
    renew_recovery,
    reset_password,
    unlock_officer,
)
from counter_app.keys.roster import list_officers, officer_of, read_roster, set_language
from counter_app.keys.signin import unlock, unlock_with_recovery
from counter_app.keys.wrapping import prove
from tests.keys.conftest import (
    CHEAP,
    CLERK,
    CLERKS_PASSWORD,
    HEAD,
    HEADS_PASSWORD,
    WRONG,
    at,
)

NEW_PASSWORD = "sông quê nước lớn"


def an_officer(officer_id="moi", *roles):
    return Officer(id=officer_id, name="Phạm Thị Mới Thử", roles=frozenset(roles))


def test_a_second_desk_does_not_overwrite_the_first(folder, made):
    before = (folder / KEYS_NAME).read_bytes(), (folder / SECRET_NAME).read_bytes()
    with pytest.raises(ProfileExists):
        create_keys(folder, language="en", officer=HEAD, password=NEW_PASSWORD, cost=CHEAP)
    assert before == ((folder / KEYS_NAME).read_bytes(), (folder / SECRET_NAME).read_bytes())


def test_a_set_up_that_was_cut_off_can_be_begun_again(tmp_path):
    (tmp_path / SECRET_NAME).write_bytes(bytes(32))  # written first, and the power went
    made = create_keys(tmp_path, language="vi", officer=HEAD, password=HEADS_PASSWORD, cost=CHEAP)
    assert unlock(tmp_path, "lan", HEADS_PASSWORD, at(1)).key == made.key


def test_the_first_officer_must_be_able_to_let_others_in(tmp_path):
    with pytest.raises(NoSupervisor):
        create_keys(tmp_path, language="vi", officer=CLERK, password=NEW_PASSWORD, cost=CHEAP)
    with pytest.raises(WeakPassword):
        create_keys(tmp_path, language="vi", officer=HEAD, password="ngắn", cost=CHEAP)
    assert list(tmp_path.iterdir()) == []


def test_the_roster_is_read_without_a_password(folder, made):
    deactivate(folder, made.key, "binh")
    roster = read_roster(folder)
    assert roster.language == "vi"
    assert [(each.officer, each.active) for each in roster.officers] == [
        (HEAD, True),
        (CLERK, False),
    ]
    assert list_officers(folder) == roster.officers
    assert not officer_of(folder, "BINH").has_password


def test_the_language_of_the_sign_in_screen_is_remembered(folder):
    set_language(folder, "en")
    assert read_roster(folder).language == "en"
    assert unlock(folder, "lan", HEADS_PASSWORD, at(1)).officer == HEAD


def test_a_short_name_is_taken_once_whatever_its_capitals(folder, made):
    for taken in ("binh", "BINH", " binh"):
        with pytest.raises(OfficerExists):
            add_officer(folder, made.key, an_officer(taken), NEW_PASSWORD)


@pytest.mark.parametrize("short", ["", "  ", "a\nb", "a\x00", "x" * 65])
def test_a_short_name_must_be_typable(folder, made, short):
    with pytest.raises(InvalidOfficer):
        add_officer(folder, made.key, an_officer(short), NEW_PASSWORD)


def test_a_weak_password_changes_nothing(folder, made):
    before = (folder / KEYS_NAME).read_bytes()
    with pytest.raises(WeakPassword):
        add_officer(folder, made.key, an_officer(), "12345678")
    with pytest.raises(WeakPassword):
        reset_password(folder, made.key, "lan", "12345678")
    assert (folder / KEYS_NAME).read_bytes() == before


def test_a_slot_for_the_key_of_another_store_is_never_made(folder):
    for refused in (
        lambda: add_officer(folder, bytes(32), an_officer(), NEW_PASSWORD),
        lambda: deactivate(folder, bytes(32), "binh"),
        lambda: unlock_officer(folder, bytes(32), "binh"),
        lambda: renew_recovery(folder, bytes(32)),
    ):
        with pytest.raises(ValueError, match="another store"):
            refused()


def test_a_slot_that_does_not_open_does_not_replace_one_that_does(folder, made):
    slot = read_keys(folder).keys.account("lan").slot
    secret = (folder / SECRET_NAME).read_bytes()
    prove(slot, made.key, "lan", HEADS_PASSWORD, secret)
    with pytest.raises(StoreDamaged):
        prove(slot, made.key, "lan", WRONG, secret)
    with pytest.raises(StoreDamaged):
        prove(slot, made.key, "lan", HEADS_PASSWORD, bytes(32))
    with pytest.raises(StoreDamaged):  # a slot belongs to its officer
        prove(slot, made.key, "binh", HEADS_PASSWORD, secret)


def test_a_changed_password_opens_nothing_any_more_in_neither_generation(folder):
    change_password(folder, "lan", HEADS_PASSWORD, NEW_PASSWORD, at(1))
    slots = {
        read_generation(folder / name).keys.account("lan").slot
        for name in (KEYS_NAME, PREVIOUS_NAME)
    }
    assert len(slots) == 1
    with pytest.raises(SignInRefused):
        unlock(folder, "lan", HEADS_PASSWORD, at(2))
    assert unlock(folder, "lan", NEW_PASSWORD, at(3)).officer == HEAD


def test_to_change_a_password_one_must_know_it(folder):
    with pytest.raises(SignInRefused):
        change_password(folder, "lan", WRONG, NEW_PASSWORD, at(1))
    assert officer_of(folder, "lan").throttle.failures == 1


def test_roles_change_without_the_password(folder, made):
    cashier = replace(CLERK, roles=frozenset({Role.CASHIER}))
    correct_officer(folder, made.key, cashier)
    assert unlock(folder, "binh", CLERKS_PASSWORD, at(1)).officer == cashier


def test_whoever_comes_back_gets_a_new_password(folder, made):
    deactivate(folder, made.key, "binh")
    reset_password(folder, made.key, "binh", NEW_PASSWORD)
    assert unlock(folder, "binh", NEW_PASSWORD, at(1)).officer == CLERK


def test_the_last_supervisor_can_neither_go_nor_lose_the_role(folder, made):
    with pytest.raises(NoSupervisor):
        deactivate(folder, made.key, "lan")
    with pytest.raises(NoSupervisor):
        correct_officer(folder, made.key, replace(HEAD, roles=frozenset({Role.RECEPTION})))
    add_officer(folder, made.key, an_officer("moi", Role.ADMINISTRATOR), NEW_PASSWORD)
    deactivate(folder, made.key, "lan")


@pytest.mark.parametrize("change", [deactivate, unlock_officer, officer_of])
def test_an_unknown_officer_is_named(folder, made, change):
    with pytest.raises(UnknownOfficer, match="nobody"):
        change(*(folder, made.key, "nobody")[:: 2 if change is officer_of else 1])


def test_a_new_recovery_key_replaces_the_old_one(folder, made):
    renewed = renew_recovery(folder, made.key)
    assert unlock_with_recovery(folder, renewed) == made.key
    with pytest.raises(RecoveryKeyRefused):
        unlock_with_recovery(folder, made.recovery_key)


@pytest.fixture
def elsewhere(folder, tmp_path_factory):
    """Another PC, on which a backup of the desk was put."""
    other = tmp_path_factory.mktemp("other")
    put_slots(other, slots_for_backup(folder))
    return other


def test_a_backup_comes_to_life_on_another_pc(elsewhere, made):
    unlocked = rebind_device(elsewhere, made.recovery_key, "lan", NEW_PASSWORD)
    assert (unlocked.key, unlocked.officer) == (made.key, HEAD)
    assert unlock(elsewhere, "lan", NEW_PASSWORD, at(1)).key == made.key
    assert not officer_of(elsewhere, "binh").has_password
    with pytest.raises(SignInRefused):
        unlock(elsewhere, "binh", CLERKS_PASSWORD, at(2))
    reset_password(elsewhere, made.key, "binh", CLERKS_PASSWORD)
    assert unlock(elsewhere, "binh", CLERKS_PASSWORD, at(3)).key == made.key


def test_a_backup_on_its_own_pc_needs_no_recovery_key(folder):
    raw = slots_for_backup(folder)
    change_password(folder, "lan", HEADS_PASSWORD, NEW_PASSWORD, at(1))
    put_slots(folder, raw)
    assert unlock(folder, "lan", HEADS_PASSWORD, at(2)).officer == HEAD


def test_a_move_that_was_cut_off_can_be_done_again(elsewhere, made):
    before = (elsewhere / KEYS_NAME).read_bytes()
    rebind_device(elsewhere, made.recovery_key, "lan", NEW_PASSWORD)
    # The new secret was there, and the power went before the slots that go with it.
    (elsewhere / KEYS_NAME).write_bytes(before)
    (elsewhere / PREVIOUS_NAME).write_bytes(before)
    rebind_device(elsewhere, made.recovery_key, "lan", NEW_PASSWORD)
    assert unlock(elsewhere, "lan", NEW_PASSWORD, at(1)).key == made.key


def test_a_move_is_refused_before_anything_is_changed(elsewhere, made):
    before = sorted((each.name, each.read_bytes()) for each in elsewhere.iterdir())
    wrong = made.recovery_key[:-1] + ("0" if made.recovery_key[-1] != "0" else "1")
    for arguments, refusal in (
        ((wrong, "lan", NEW_PASSWORD), RecoveryKeyMistyped),
        ((made.recovery_key, "nobody", NEW_PASSWORD), UnknownOfficer),
        ((made.recovery_key, "lan", "12345678"), WeakPassword),
        ((made.recovery_key, "binh", NEW_PASSWORD), NoSupervisor),
    ):
        with pytest.raises(refusal):
            rebind_device(elsewhere, *arguments)
    assert before == sorted((each.name, each.read_bytes()) for each in elsewhere.iterdir())


def test_a_move_does_not_vouch_for_altered_entries(elsewhere, made):
    path = elsewhere / KEYS_NAME
    path.write_bytes(path.read_bytes().replace("Bình".encode(), "Bính".encode()))
    rebind_device(elsewhere, made.recovery_key, "lan", NEW_PASSWORD)
    correct_officer(elsewhere, made.key, CLERK)
    reset_password(elsewhere, made.key, "binh", CLERKS_PASSWORD)
    assert unlock(elsewhere, "binh", CLERKS_PASSWORD, at(1)).officer == CLERK
