"""What a desk needs to work, looked at without a password and without changing anything."""

import os
import sys

import pytest

from counter_app.i18n import speak
from counter_app.services.care import back_up_in_turn
from counter_app.services.doctor import examine


def looked(folder):
    """Return what is wrong, by what was looked at."""
    return {check.check: check for check in examine(folder)}


def wrong(folder):
    return {check.check for check in examine(folder) if not check.ok}


def test_a_desk_in_order_wants_nothing_but_its_backup_and_real_passwords(folder):
    # The tests' passwords are cheap to guess, and the desk was never backed up.
    assert wrong(folder) <= {"backup", "keys", "disk"}


def test_a_backup_that_is_there_is_found(desk, folder):
    back_up_in_turn(desk)
    assert looked(folder)["backup"].ok


def test_where_there_is_no_desk_it_says_so_and_looks_at_the_rest(tmp_path):
    found = looked(tmp_path)
    assert not found["profile"].ok
    assert str(tmp_path) in found["profile"].detail
    assert found["forms"].ok
    assert found["sqlite"].ok


@pytest.mark.parametrize(
    ("name", "content", "check"),
    [
        ("forms/procedures/x.toml", "code = ", "forms"),
        ("forms/print/receipt.toml", "id = 'receipt'", "forms"),
        ("forms/rules/calendar.toml", "version = 'x'", "forms"),
        ("settings.json", '{"scale": 33}', "settings"),
        ("settings.json", "{", "settings"),
        ("keys.json", "{", "keys"),
    ],
)
def test_a_file_that_is_not_as_it_should_be_is_named(folder, name, content, check):
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(content, "utf-8")
    assert check in wrong(folder)
    details = [each.detail for each in examine(folder) if each.check == check and not each.ok]
    assert any(name.rpartition("/")[2] in detail for detail in details)


def test_locks_that_cannot_be_read_at_all_are_no_surprise(folder):
    for file in folder.glob("keys.json*"):
        file.write_text("", "utf-8")
    assert "keys" in wrong(folder)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_found(folder):
    folder.chmod(0o500)
    assert "folder" in wrong(folder)
    folder.chmod(0o700)


def test_nothing_is_changed(folder):
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    examine(folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_it_speaks_every_language(folder):
    (folder / "keys.json").write_text("{", "utf-8")
    said = set()
    for language in ("vi", "en"):
        speak(language)
        said.add("\n".join(check.detail for check in examine(folder)))
    assert len(said) == 2
    assert not any("{" in text.replace("{}", "") for text in said)
