"""Going on from a backup, on this PC or another: nothing twice, nothing half done."""

import pytest

from counter_app import settings
from counter_app.domain.dossier_code import parts
from counter_app.domain.officer import Officer, Role
from counter_app.errors import (
    InvalidField,
    NoSupervisor,
    NotPermitted,
    ProfileExists,
    RecoveryKeyMistyped,
    RecoveryKeyRefused,
    StoreDamaged,
    UnknownOfficer,
    UnreadableFile,
    WeakPassword,
)
from counter_app.keys.officers import add_officer
from counter_app.services.care import back_up
from counter_app.services.restoring import restore_desk
from counter_app.services.search import search
from counter_app.services.setting_up import set_up
from tests.office import OFFICER, a_new_desk, is_sound, kinds, register

NEW_PASSWORD = "bốn mùa hoa nở"
CLERK = Officer(id="binh", name="Lê Văn Bình Thử", roles=frozenset({Role.RECEPTION}))


class Office:
    """A desk that was backed up, went on for a while, and burnt."""

    def __init__(self, folder, file, recovery_key, codes):
        self.folder = folder
        self.file = file
        self.recovery_key = recovery_key
        self.codes = codes


@pytest.fixture
def burnt(tmp_path, enter):
    recovery_key = set_up(tmp_path / "old", a_new_desk())
    desk = enter(tmp_path / "old")
    add_officer(tmp_path / "old", desk.store.key, CLERK, "ba chiếc ghe xanh")
    codes = [register(desk).code for _ in range(3)]
    back_up(desk, tmp_path / "one.backup")
    codes += [register(desk).code for _ in range(2)]
    desk.store.close()
    return Office(tmp_path / "new", tmp_path / "one.backup", recovery_key, codes)


@pytest.fixture
def restored(burnt, catalogue, clock):
    opened = []

    def restored(**changes):
        given = {
            "folder": burnt.folder,
            "file": burnt.file,
            "recovery_key": burnt.recovery_key,
            "officer_id": OFFICER.id,
            "password": NEW_PASSWORD,
            "highest_code": None,
        } | changes
        folder, file = given.pop("folder"), given.pop("file")
        desk = restore_desk(folder, file, **given, catalogue=catalogue, clock=clock)
        opened.append(desk)
        return desk

    yield restored
    for desk in opened:
        desk.store.close()


def test_all_that_was_backed_up_is_there_again(burnt, restored):
    desk = restored()
    assert [row.code for row in search(desk, "thu").rows] == burnt.codes[2::-1]
    assert kinds(desk)[-1] == "store_restored"
    assert is_sound(desk)


def test_who_restored_it_signs_in_with_the_new_password(burnt, restored, enter):
    restored().store.close()
    assert register(enter(burnt.folder, OFFICER.id, NEW_PASSWORD)).status


def test_after_the_highest_code_on_paper_it_goes_on_with_the_next(burnt, restored):
    desk = restored(highest_code=burnt.codes[-1])
    assert parts(register(desk).code).serial == len(burnt.codes) + 1


def test_where_nobody_knows_the_highest_code_the_reserve_is_used(restored):
    desk = restored()
    assert parts(register(desk).code).serial == 9950


def test_no_code_on_paper_comes_again(burnt, restored):
    desk = restored()
    codes = [register(desk).code for _ in range(5)]
    assert set(codes).isdisjoint(burnt.codes)
    assert is_sound(desk)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"recovery_key": "ABCDE-ABCDE"}, RecoveryKeyMistyped),
        ({"officer_id": "ai"}, UnknownOfficer),
        ({"password": "12345678"}, WeakPassword),
        ({"highest_code": "x"}, InvalidField),
        ({"highest_code": "H99.999-261123-0500"}, InvalidField),
        ({"officer_id": CLERK.id}, (NoSupervisor, NotPermitted)),
    ],
)
def test_what_is_refused_leaves_nothing_behind(burnt, restored, changes, error):
    with pytest.raises(error):
        restored(**changes)
    assert not settings.has_desk(burnt.folder)
    assert is_sound(restored())  # and can be done right


def test_the_recovery_key_of_another_desk_opens_nothing(tmp_path, burnt, restored):
    other = set_up(tmp_path / "other", a_new_desk())
    with pytest.raises(RecoveryKeyRefused):
        restored(recovery_key=other)
    assert not settings.has_desk(burnt.folder)


def test_a_desk_that_is_there_is_never_overwritten(tmp_path, restored):
    before = (tmp_path / "old" / "desk.db").read_bytes()
    with pytest.raises(ProfileExists):
        restored(folder=tmp_path / "old")
    assert (tmp_path / "old" / "desk.db").read_bytes() == before


@pytest.mark.parametrize("place", [0, 2000, 60_000])
def test_a_damaged_backup_makes_no_desk(burnt, restored, place):
    raw = bytearray(burnt.file.read_bytes())
    raw[place : place + 8] = bytes(8)
    burnt.file.write_bytes(raw)
    with pytest.raises((StoreDamaged, UnreadableFile)):
        restored()
    assert not settings.has_desk(burnt.folder)
