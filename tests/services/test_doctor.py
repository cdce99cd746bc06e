"""What a desk needs to work, looked at without a password and without changing anything."""

import json
import os
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest

from counter_app.i18n import speak
from counter_app.keys.device import write_secret
from counter_app.keys.keyfile import LEAST_COST
from counter_app.services.care import back_up_in_turn
from counter_app.services.doctor import DESK_PACKAGES, _sqlite, examine
from counter_app.services.setting_up import set_up
from tests.office import OFFICER, PASSWORD, a_new_desk


def now():
    return datetime.now(UTC)


def looked(folder, at=None, **options):
    """Return what there is to say, by what was looked at."""
    return {check.check: check for check in examine(folder, at or now(), **options)}


def wrong(folder, at=None, **options):
    return {each.check for each in examine(folder, at or now(), **options) if not each.ok}


def test_a_desk_in_order_wants_nothing(tmp_path):
    set_up(tmp_path, a_new_desk(cost=LEAST_COST))
    assert wrong(tmp_path, least_free=0) == set()


def test_passwords_that_are_guessed_cheaply_are_for_practice_only(folder):
    checks = [each for each in examine(folder, now()) if each.check == "keys" and not each.ok]
    assert len(checks) == 1


def test_a_new_desk_need_not_have_a_backup_yet(folder):
    check = looked(folder)["backup"]
    assert check.ok
    assert "Chưa có bản sao lưu" in check.detail
    assert not looked(folder, now() + timedelta(days=3))["backup"].ok


def test_nor_a_desk_that_has_just_gone_on_from_a_backup(folder, desk):
    back_up_in_turn(desk)
    aged = time.time() - 10 * 86400
    os.utime(folder / "device.secret", (aged, aged))
    shutil.rmtree(folder / "backups")
    assert not looked(folder)["backup"].ok
    write_secret(folder, bytes(32))  # as on another PC
    assert looked(folder)["backup"].ok


def test_a_backup_is_found_and_not_good_for_ever(desk, folder):
    back_up_in_turn(desk)
    assert looked(folder)["backup"].ok
    old = looked(folder, now() + timedelta(days=3))["backup"]
    assert not old.ok
    assert f"{datetime.now():%d/%m/%Y}" in old.detail


def test_without_locks_nobody_can_say_how_old_the_desk_is(folder):
    (folder / "device.secret").unlink()
    assert wrong(folder, least_free=0) == {"keys", "backup"}


def test_a_clock_from_before_the_program_is_doubted(folder):
    check = looked(folder, datetime(2000, 1, 1, tzinfo=UTC))["clock"]
    assert not check.ok
    assert "01/01/2000" in check.detail


def test_a_disk_with_little_room_is_found(folder):
    assert "disk" in wrong(folder, least_free=1 << 60)


@pytest.mark.parametrize(
    ("version", "ok"), [("3.40.1", False), ("3.51.2", False), ("3.51.3", True)]
)
def test_a_database_that_is_known_to_corrupt_is_found(version, ok):
    assert _sqlite(version).ok is ok


@pytest.mark.parametrize("package", DESK_PACKAGES)
def test_a_package_that_is_missing_is_named_and_the_rest_is_looked_at(folder, package):
    done = without(package, "doctor", folder)
    checks = {check["check"]: check for check in map(json.loads, done.stdout.splitlines())}
    assert done.returncode == 9, done.stderr
    assert not checks[f"package {package}"]["ok"]
    assert {"forms", "settings", "disk", "folder"} <= checks.keys()


def test_a_command_that_needs_a_missing_package_says_what_to_install(folder):
    done = without("sqlcipher3", "search x", folder)
    assert done.returncode == 3, done.stderr
    assert json.loads(done.stdout)["error"]["code"] == "MissingExtra"


def without(package, command, folder):
    """Run a command where a package is not installed."""
    program = (
        f"import sys; sys.modules[{package!r}] = None; "
        "from counter_app.cli import main; main(sys.argv[1:])"
    )
    line = [sys.executable, "-c", program, *command.split(), "--json", "--profile", str(folder)]
    env = os.environ | {"COUNTER_APP_OFFICER": OFFICER.id, "COUNTER_APP_PASSWORD": PASSWORD}
    return subprocess.run(line, env=env, capture_output=True, check=False, timeout=60)


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
    details = [
        each.detail for each in examine(folder, now()) if each.check == check and not each.ok
    ]
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
    examine(folder, now())
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_it_speaks_every_language(folder):
    (folder / "keys.json").write_text("{", "utf-8")
    said = set()
    for language in ("vi", "en"):
        speak(language)
        said.add("\n".join(check.detail for check in examine(folder, now())))
    assert len(said) == 2
    assert not any("{" in text.replace("{}", "") for text in said)
