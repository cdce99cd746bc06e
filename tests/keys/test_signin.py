import json
import stat
import sys
import unicodedata
from time import perf_counter

import pytest
from msgspec.structs import replace

from counter_app.errors import (
    DeviceSecretMissing,
    NotConfigured,
    OfficerAltered,
    RecoveryKeyRefused,
    SignInRefused,
)
from counter_app.keys.device import SECRET_NAME
from counter_app.keys.keyfile import KEYS_NAME, Cost
from counter_app.keys.officers import (
    add_officer,
    change_password,
    correct_officer,
    create_keys,
    deactivate,
    reset_password,
)
from counter_app.keys.roster import officer_of
from counter_app.keys.signin import unlock, unlock_with_recovery
from counter_app.keys.throttle import uptime
from tests.keys.conftest import (
    CHEAP,
    CLERK,
    CLERKS_PASSWORD,
    HEAD,
    HEADS_PASSWORD,
    WRONG,
    at,
)


def test_every_officer_gets_the_same_key_by_his_own_password(folder, made):
    head = unlock(folder, "lan", HEADS_PASSWORD, at(1))
    clerk = unlock(folder, "binh", CLERKS_PASSWORD, at(2))
    assert head.key == clerk.key == made.key
    assert (head.officer, clerk.officer) == (HEAD, CLERK)


def test_the_key_has_256_bits_and_no_two_desks_share_it(tmp_path):
    keys = set()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        keys.add(
            create_keys(
                tmp_path / name, language="vi", officer=HEAD, password=HEADS_PASSWORD, cost=CHEAP
            ).key
        )
    assert len(keys) == 2
    assert {len(key) for key in keys} == {32}


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKD"])
def test_a_password_is_the_same_on_every_keyboard(folder, form):
    typed = unicodedata.normalize(form, HEADS_PASSWORD)
    assert unlock(folder, "lan", typed, at(1)).officer == HEAD


def test_capitals_and_blanks_in_the_short_name_make_no_difference(folder):
    assert unlock(folder, " LAN ", HEADS_PASSWORD, at(1)).officer.id == "lan"


def test_the_usual_cost_opens_too(tmp_path):
    made = create_keys(tmp_path, language="vi", officer=HEAD, password=HEADS_PASSWORD)
    assert unlock(tmp_path, "lan", HEADS_PASSWORD, uptime()).key == made.key


def test_an_unknown_a_dismissed_and_a_mistaken_officer_get_one_answer(folder, made):
    deactivate(folder, made.key, "binh")
    answers = set()
    for name, password in (("nobody", WRONG), ("binh", CLERKS_PASSWORD), ("lan", WRONG)):
        with pytest.raises(SignInRefused) as refused:
            unlock(folder, name, password, at(1))
        answers.add(str(refused.value))
    assert len(answers) == 1


def test_an_unknown_officer_costs_as_much_time_as_a_known_one(tmp_path):
    create_keys(
        tmp_path,
        language="vi",
        officer=HEAD,
        password=HEADS_PASSWORD,
        cost=Cost(memory=19 * 1024, passes=2),
    )

    def seconds(name):
        start = perf_counter()
        with pytest.raises(SignInRefused):
            unlock(tmp_path, name, WRONG, at(1))
        return perf_counter() - start

    # The least of three: what else the machine does only ever adds. Without the decoy: 1 : 20.
    known, unknown = (min(seconds(name) for _ in range(3)) for name in ("lan", "nobody"))
    assert known / 3 < unknown < known * 3


def test_a_dismissed_officer_leaves_no_slot_behind(folder, made):
    deactivate(folder, made.key, "binh")
    for file in folder.iterdir():
        assert file.read_bytes().count(b'"wrapped"') <= 2, file  # the head's and the recovery's


def test_the_officer_learns_of_wrong_passwords_before_his(folder):
    for second in range(3):
        with pytest.raises(SignInRefused):
            unlock(folder, "lan", WRONG, at(second))
    assert unlock(folder, "lan", HEADS_PASSWORD, at(4)).failed_before == 3
    assert unlock(folder, "lan", HEADS_PASSWORD, at(5)).failed_before == 0


def test_a_password_that_another_gave_is_to_be_changed(folder, made):
    assert unlock(folder, "binh", CLERKS_PASSWORD, at(1)).must_change
    change_password(folder, "binh", CLERKS_PASSWORD, "sông quê nước lớn", at(2))
    assert not unlock(folder, "binh", "sông quê nước lớn", at(3)).must_change
    reset_password(folder, made.key, "binh", CLERKS_PASSWORD)
    assert unlock(folder, "binh", CLERKS_PASSWORD, at(4)).must_change
    assert not unlock(folder, "lan", HEADS_PASSWORD, at(5)).must_change


@pytest.mark.parametrize(
    ("said", "altered"),
    [
        (b'"reception"', b'"administrator"'),
        ("Lê Văn Bình Thử".encode(), "Lê Văn Bính Thử".encode()),
        (b'"must_change": true', b'"must_change": false'),
    ],
)
def test_no_text_editor_grants_a_role(folder, said, altered):
    path = folder / KEYS_NAME
    assert said in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(said, altered))
    with pytest.raises(OfficerAltered):
        unlock(folder, "binh", CLERKS_PASSWORD, at(1))


def test_an_altered_entry_is_put_right_by_a_supervisor(folder, made):
    path = folder / KEYS_NAME
    path.write_bytes(path.read_bytes().replace("Bình".encode(), "Bính".encode()))
    with pytest.raises(OfficerAltered):
        reset_password(folder, made.key, "binh", CLERKS_PASSWORD)
    correct_officer(folder, made.key, CLERK)
    assert not officer_of(folder, "binh").has_password  # it might be somebody else's
    reset_password(folder, made.key, "binh", CLERKS_PASSWORD)
    assert unlock(folder, "binh", CLERKS_PASSWORD, at(1)).officer == CLERK


def test_a_slot_moved_into_another_entry_opens_nothing(folder):
    path = folder / KEYS_NAME
    keys = json.loads(path.read_bytes())
    head, clerk = keys["accounts"]
    head["slot"] = clerk["slot"]
    path.write_text(json.dumps(keys))
    with pytest.raises(SignInRefused):
        unlock(folder, "lan", CLERKS_PASSWORD, at(1))


def test_a_password_alone_opens_nothing_on_another_pc(folder, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    (other / KEYS_NAME).write_bytes((folder / KEYS_NAME).read_bytes())
    with pytest.raises(DeviceSecretMissing):
        unlock(other, "lan", HEADS_PASSWORD, at(1))
    (other / SECRET_NAME).write_bytes(bytes(32))
    with pytest.raises(DeviceSecretMissing):
        unlock(other, "lan", HEADS_PASSWORD, at(1))
    assert officer_of(other, "lan").throttle.failures == 0


def test_the_recovery_key_opens_the_slots_on_any_pc(folder, made, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    (other / KEYS_NAME).write_bytes((folder / KEYS_NAME).read_bytes())
    assert unlock_with_recovery(other, made.recovery_key) == made.key


def test_the_recovery_key_of_another_desk_is_refused(folder, tmp_path_factory):
    other = create_keys(
        tmp_path_factory.mktemp("other"),
        language="vi",
        officer=HEAD,
        password=HEADS_PASSWORD,
        cost=CHEAP,
    )
    with pytest.raises(RecoveryKeyRefused):
        unlock_with_recovery(folder, other.recovery_key)


def test_nobody_signs_in_where_no_desk_was_set_up(tmp_path):
    with pytest.raises(NotConfigured):
        unlock(tmp_path, "lan", HEADS_PASSWORD, at(1))
    assert list(tmp_path.iterdir()) == []


def test_no_secret_stands_in_what_is_printed_of_a_value_or_left_in_a_file(folder, made):
    unlocked = unlock(folder, "lan", HEADS_PASSWORD, at(1))
    assert repr(unlocked) + repr(made) == "Unlocked(…)NewKeys(…)"
    add_officer(folder, made.key, replace(CLERK, id="moi"), WRONG)
    secrets = [HEADS_PASSWORD.encode(), WRONG.encode(), made.key, made.recovery_key.encode()]
    for file in folder.iterdir():
        assert not any(secret in file.read_bytes() for secret in secrets), file


@pytest.mark.skipif(sys.platform == "win32", reason="there the folder's access list rules")
def test_only_this_account_reads_the_files(folder):
    unlock(folder, "lan", HEADS_PASSWORD, at(1))
    modes = {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}
    assert modes == {0o600}
