"""The first run: a desk that is there whole, or not at all."""

import stat
import sys
from pathlib import Path

import pytest

from counter_app import settings
from counter_app.domain.officer import DESK_ROLES, Officer
from counter_app.errors import (
    InvalidField,
    InvalidOfficer,
    NotConfigured,
    ProfileExists,
    StoreReadOnly,
    UnwritableFile,
    WeakPassword,
)
from counter_app.keys.keyfile import read_keys
from counter_app.keys.signin import unlock_with_recovery
from counter_app.services.setting_up import set_up
from tests.factories import an_office
from tests.office import OFFICER, a_new_desk, is_sound, register


def test_a_new_desk_can_be_worked_at(tmp_path, enter):
    recovery_key = set_up(tmp_path / "new" / "profile", a_new_desk(language="en"))
    desk = enter(tmp_path / "new" / "profile")
    assert register(desk).code.endswith("-0001")
    assert desk.profile.office.unit == "Trung tâm Phục vụ hành chính công"
    assert desk.officer == OFFICER
    assert is_sound(desk)
    assert unlock_with_recovery(desk.store.folder, recovery_key) == desk.store.key
    kept = settings.load(desk.store.folder)
    assert (kept.language, kept.desk_name, kept.last_officer) == ("en", "Quầy 1", OFFICER.id)


def test_two_desks_have_nothing_in_common(tmp_path, enter):
    keys = {set_up(tmp_path / name, a_new_desk()) for name in "ab"}
    one, other = enter(tmp_path / "a"), enter(tmp_path / "b")
    assert len(keys) == 2
    assert one.profile.id != other.profile.id
    assert one.profile.epoch != other.profile.epoch
    assert one.key.public != other.key.public
    assert one.store.key != other.store.key


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes")
def test_nobody_else_on_the_pc_reads_the_profile(tmp_path):
    set_up(tmp_path / "profile", a_new_desk())
    assert stat.S_IMODE((tmp_path / "profile").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "profile" / "desk.db").stat().st_mode) == 0o600


def test_a_desk_that_is_there_is_never_touched(folder):
    before = contents(folder)
    with pytest.raises(ProfileExists):
        set_up(folder, a_new_desk())
    assert contents(folder) == before


@pytest.mark.parametrize("left", ["backups", "desk.db-wal"])
def test_a_folder_with_nothing_but_a_part_of_a_desk_is_one_too(tmp_path, left):
    (tmp_path / left).mkdir()
    with pytest.raises(ProfileExists):
        set_up(tmp_path, a_new_desk())


def test_a_set_up_that_was_cut_off_is_begun_anew(folder, enter):
    (folder / "desk.db").unlink()  # the power went before the store had its name
    before = read_keys(folder).keys
    set_up(folder, a_new_desk())
    assert read_keys(folder).keys.key_check != before.key_check
    assert register(enter(folder)).code.endswith("-0001")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"office": an_office(code="???")}, InvalidField),
        ({"office": an_office(name=" ")}, InvalidField),
        ({"office": an_office(name="UBND\0")}, InvalidField),
        ({"name": "  "}, InvalidField),
        ({"name": "Quầy\x1b[31m"}, InvalidField),
        ({"name": "Q" * 256}, InvalidField),
        ({"tracking_url": "tra cứu"}, InvalidField),
        ({"tracking_url": "javascript:alert(1)"}, InvalidField),
        ({"tracking_url": "https://x.vn/" + "a" * 100}, InvalidField),
        ({"password": "12345678"}, WeakPassword),
        ({"officer": Officer(id=" ", name="", roles=DESK_ROLES)}, InvalidOfficer),
    ],
)
def test_what_cannot_be_leaves_no_desk(tmp_path, changes, error):
    with pytest.raises(error):
        set_up(tmp_path / "profile", a_new_desk(**changes))
    assert not settings.has_desk(tmp_path / "profile")
    set_up(tmp_path / "profile", a_new_desk())  # and stands in nobody's way


@pytest.mark.parametrize("url", ["https://tracuu.example.vn", "http://10.0.0.1:8080/mot-cua"])
def test_the_address_of_the_tracking_page_is_in_the_receipt(tmp_path, enter, url):
    set_up(tmp_path / "profile", a_new_desk(tracking_url=f" {url} "))
    receipt = register(enter(tmp_path / "profile")).received.receipt
    assert receipt.startswith(f"{url.upper()}/T/")


def test_a_file_is_no_place_for_a_desk(tmp_path):
    (tmp_path / "file").write_text("x")
    for place in (tmp_path / "file", tmp_path / "file" / "profile"):
        with pytest.raises(UnwritableFile):
            set_up(place, a_new_desk())


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder nobody can write to")
def test_a_place_that_cannot_be_written_says_so():
    with pytest.raises((StoreReadOnly, UnwritableFile)):
        set_up(Path("/proc/counter-app"), a_new_desk())


def test_where_no_desk_was_set_up_nobody_enters(tmp_path, enter):
    with pytest.raises(NotConfigured):
        enter(tmp_path)


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
