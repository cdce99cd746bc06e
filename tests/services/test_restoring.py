"""Going on from a backup, on this PC or another: nothing twice, nothing half done."""

import os
import shutil
import signal
import sys
import zipfile
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from msgspec import structs

from counter_app import settings
from counter_app.domain.dossier_code import make_dossier_code, parts
from counter_app.domain.officer import Officer, Role
from counter_app.errors import (
    InvalidField,
    NoCodesLeft,
    NoReserve,
    NotPermitted,
    ProfileExists,
    RecoveryKeyMistyped,
    RecoveryKeyRefused,
    SignInRefused,
    StoreDamaged,
    StoreTooNew,
    UnknownOfficer,
    UnreadableFile,
    WeakPassword,
)
from counter_app.keys.officers import add_officer, reset_password
from counter_app.services.business_day import confirm_day
from counter_app.services.care import back_up
from counter_app.services.numbers import open_reserve
from counter_app.services.receipts import preview_receipt, print_receipt
from counter_app.services.restoring import restore_desk
from counter_app.services.search import search
from counter_app.services.setting_up import ALL_CODES, set_up
from counter_app.services.status import desk_status
from counter_app.services.viewing import open_dossier
from counter_app.store.own_forms import own_forms
from tests.office import MONDAY, OFFICER, PASSWORD, a_new_desk, counts, is_sound, kinds, register

NEW_PASSWORD = "bốn mùa hoa nở"
CLERK = Officer(id="binh", name="Lê Văn Bình Thử", roles=frozenset({Role.RECEPTION}))
CLERKS_PASSWORD = "ba chiếc ghe xanh"
DAY = timedelta(days=1)
BEFORE, AFTER = 3, 5
RESERVE = 9950


LAW = {"procedures/a.toml": b"a = 1", "rules/payment.toml": b"version = 2"}


def with_law_of_its_own(_desk, lost):
    for place, content in LAW.items():
        path = lost.old / "forms" / place
        path.parent.mkdir(parents=True)
        path.write_bytes(content)


class Lost:
    """A desk that was backed up, went on for a while, and burnt; `codes` are on paper."""

    def __init__(self, tmp_path, recovery_key):
        self.old = tmp_path / "old"
        self.folder = tmp_path / "new"
        self.file = tmp_path / "one.backup"
        self.recovery_key = recovery_key
        self.codes = []

    def receive(self, desk, count):
        self.codes += [register(desk).code for _ in range(count)]


@pytest.fixture
def lose(tmp_path, enter):
    """Let a desk burn: `before` was done ahead of its backup, `meanwhile` ahead of the fire."""

    def nothing(_desk, _lost):
        pass

    def lose(*, codes=ALL_CODES, before=nothing, meanwhile=nothing):
        lost = Lost(tmp_path, set_up(tmp_path / "old", a_new_desk(codes=codes)))
        desk = confirm_day(enter(lost.old), MONDAY.date())
        add_officer(lost.old, desk.store.key, CLERK, CLERKS_PASSWORD)
        before(desk, lost)
        lost.receive(desk, BEFORE)
        back_up(desk, lost.file)
        meanwhile(desk, lost)
        lost.receive(desk, AFTER)
        desk.store.close()
        return lost

    return lose


@pytest.fixture
def burnt(lose):
    return lose()


@pytest.fixture
def restore(catalogue, clock):
    """Go on from a backup as somebody does who has the recovery key."""
    opened = []

    def restore(lost, **changes):
        given = {
            "folder": lost.folder,
            "file": lost.file,
            "recovery_key": lost.recovery_key,
            "officer_id": OFFICER.id,
            "password": NEW_PASSWORD,
            "highest_code": None,
        } | changes
        folder, file = given.pop("folder"), given.pop("file")
        desk = restore_desk(folder, file, **given, catalogue=catalogue, clock=clock)
        opened.append(desk)
        return desk

    yield restore
    for desk in opened:
        desk.store.close()


def serial(code):
    return parts(code).serial


def sql(desk, statement, *values):
    with desk.store.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(statement, values)]


def left(folder):
    """Return the files in a folder and what is in them; locks are only names."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.suffix != ".lock"}


# What is there again


def test_all_that_was_backed_up_is_there_again(burnt, restore):
    desk = restore(burnt)
    assert [row.code for row in search(desk, "thu").rows] == burnt.codes[BEFORE - 1 :: -1]
    assert kinds(desk)[-1] == "store_restored"
    assert is_sound(desk)


def test_all_of_it_is_sent_once_more_under_a_new_epoch(burnt, restore, enter):
    before = enter(burnt.old).profile
    desk = restore(burnt)
    assert (desk.profile.id, desk.profile.signing_seed) == (before.id, before.signing_seed)
    assert desk.profile.epoch != before.epoch
    operations = counts(desk)["operation"]
    issued = sql(
        desk, "SELECT count(*), max(seq) FROM chain WHERE epoch = ?", desk.profile.epoch.to_bytes(8)
    )
    assert issued == [(operations, operations)]
    assert desk_status(desk).unsent == operations


def test_a_reprint_is_still_the_receipt(lose, restore, clock):
    printed = {}

    def before(desk, _lost):
        dossier = register(desk)
        printed[dossier.id] = print_receipt(desk, dossier.id, size="a5", to="pdf").pdf

    lost = lose(before=before)
    clock.at += 400 * DAY
    desk = restore(lost)
    ((dossier_id, pdf),) = printed.items()
    assert preview_receipt(desk, dossier_id, size="a5", copy=0).pdf == pdf
    assert open_dossier(desk, dossier_id).dossier.received.code


def test_the_sign_in_says_whose_desk_it_is(burnt, restore):
    desk = restore(burnt)
    named = settings.load(burnt.folder)
    assert (named.office_name, named.desk_name) == (desk.profile.office.name, "Quầy 1")
    assert (named.language, named.last_officer) == ("vi", OFFICER.id)


def test_settings_that_are_there_already_are_left(burnt, restore):
    burnt.folder.mkdir()
    kept = settings.Settings(printer="Máy in A", dark=True)
    settings.save(burnt.folder, kept)
    restore(burnt)
    assert settings.load(burnt.folder) == kept


def test_the_old_passwords_open_nothing_and_others_get_new_ones(burnt, restore, enter):
    desk = restore(burnt)
    reset = "năm cánh sao vàng"
    desk.store.close()
    for officer, password in ((OFFICER.id, PASSWORD), (CLERK.id, CLERKS_PASSWORD)):
        with pytest.raises(SignInRefused):
            enter(burnt.folder, officer, password)
    desk = enter(burnt.folder, OFFICER.id, NEW_PASSWORD)
    assert register(desk).status
    reset_password(burnt.folder, desk.store.key, CLERK.id, reset)
    desk.store.close()
    assert enter(burnt.folder, CLERK.id, reset).officer == CLERK


# No number twice


def test_after_the_last_code_on_paper_it_goes_on_with_the_next(burnt, restore):
    desk = restore(burnt, highest_code=burnt.codes[-1].lower())
    assert serial(register(desk).code) == BEFORE + AFTER + 1


def test_where_nobody_knows_the_numbers_come_from_the_reserve(burnt, restore, clock, enter):
    desk = restore(burnt)
    assert serial(register(desk).code) == RESERVE
    desk.store.close()
    clock.at += DAY
    assert serial(register(enter(burnt.folder, OFFICER.id, NEW_PASSWORD)).code) == 1


@pytest.mark.parametrize("knows", [True, False])
def test_no_code_on_paper_comes_again(burnt, restore, knows):
    desk = restore(burnt, highest_code=burnt.codes[-1] if knows else None)
    codes = [register(desk).code for _ in range(10)]
    assert set(codes).isdisjoint(burnt.codes)
    assert is_sound(desk)


def test_a_small_range_has_no_number_before_tomorrow(lose, restore, clock, enter):
    lost = lose(codes=(1, 20))
    desk = restore(lost)
    assert desk_status(desk).codes_left == 0
    with pytest.raises(NoReserve, match="quầy khác"):  # what to do with the citizen
        register(desk)
    desk.store.close()
    clock.at += DAY
    assert serial(register(enter(lost.folder, OFFICER.id, NEW_PASSWORD)).code) == 1


def test_a_small_range_goes_on_after_the_last_code(lose, restore):
    lost = lose(codes=(1, 20))
    assert serial(register(restore(lost, highest_code=lost.codes[-1])).code) == BEFORE + AFTER + 1


def test_of_the_same_backup_a_second_time_with_the_last_code(tmp_path, burnt, restore):
    first = restore(burnt)
    burnt.receive(first, 4)
    second = restore(burnt, folder=tmp_path / "third", highest_code=burnt.codes[-1])
    assert register(second).code == make_dossier_code("H57.132", MONDAY.date(), RESERVE + 4)
    assert is_sound(second)


def test_a_backup_of_a_restored_desk_is_restored_in_turn(tmp_path, burnt, restore):
    first = restore(burnt, highest_code=burnt.codes[-1])
    burnt.receive(first, 2)
    back_up(first, tmp_path / "two.backup")
    burnt.receive(first, 2)
    second = restore(
        burnt,
        folder=tmp_path / "third",
        file=tmp_path / "two.backup",
        highest_code=burnt.codes[-1],
    )
    burnt.receive(second, 3)
    assert len(set(burnt.codes)) == len(burnt.codes)
    epochs = sql(second, "SELECT count(*) FROM chain GROUP BY epoch")
    assert len(epochs) == 3
    assert is_sound(second)


def test_a_reserve_that_was_open_may_be_on_paper_too(lose, restore):
    def use_the_reserve(desk, _lost):
        with desk.store.begin() as uow:
            uow.raise_counter(desk.agency, desk.business_date, 9949)
        open_reserve(desk)

    lost = lose(before=use_the_reserve)
    assert serial(lost.codes[0]) == RESERVE
    with pytest.raises(NoReserve):
        register(restore(lost))


def test_a_reserve_that_was_opened_meanwhile_goes_on_after_the_last_code(lose, restore):
    def use_the_reserve(desk, _lost):
        with desk.store.begin() as uow:
            uow.raise_counter(desk.agency, desk.business_date, 9949)
        open_reserve(desk)

    lost = lose(meanwhile=use_the_reserve)
    desk = restore(lost, highest_code=lost.codes[-1])
    codes = [register(desk).code for _ in range(10)]
    assert serial(codes[0]) == serial(lost.codes[-1]) + 1
    assert set(codes).isdisjoint(lost.codes)


def test_no_code_of_any_day_comes_again_whatever_the_clock_says(lose, restore, clock, enter):
    def go_on(desk, lost):
        for _day in range(3):
            clock.at += DAY
            lost.receive(confirm_day(desk, clock.at.date()), 2)

    lost = lose(meanwhile=go_on)
    restore(lost).store.close()
    printed = len(lost.codes)
    for _back in range(5):
        desk = confirm_day(enter(lost.folder, OFFICER.id, NEW_PASSWORD), clock.at.date())
        with suppress(NoCodesLeft):
            lost.receive(desk, 2)
        with suppress(NoCodesLeft):
            open_reserve(desk)
            lost.receive(desk, 2)
        desk.store.close()
        clock.at -= DAY
    assert len(lost.codes) >= printed + 5 * 2
    assert len(set(lost.codes)) == len(lost.codes)


@pytest.mark.parametrize("knows", [True, False])
def test_a_clock_that_was_behind_while_it_was_restored_repeats_nothing(
    burnt, restore, clock, enter, knows
):
    clock.at = MONDAY.replace(year=2000)
    desk = restore(burnt, highest_code=burnt.codes[-1] if knows else None)
    assert desk.business_date == MONDAY.date()
    burnt.receive(desk, 2)
    desk.store.close()
    clock.at = MONDAY
    burnt.receive(enter(burnt.folder, OFFICER.id, NEW_PASSWORD), 2)
    assert len(set(burnt.codes)) == len(burnt.codes)


def test_a_clock_that_was_far_ahead_while_it_was_restored_does_not_stick(
    burnt, restore, clock, enter
):
    clock.at = MONDAY.replace(year=2090)
    restore(burnt).store.close()
    clock.at = MONDAY
    burnt.receive(enter(burnt.folder, OFFICER.id, NEW_PASSWORD), 2)
    assert len(set(burnt.codes)) == len(burnt.codes)


def test_the_last_code_may_be_of_another_day_than_today(burnt, restore, clock):
    clock.at += DAY
    desk = restore(burnt, highest_code=burnt.codes[-1])
    assert serial(register(desk).code) == 1
    assert serial(register(replace(desk, business_date=MONDAY.date())).code) == BEFORE + AFTER + 1


# What is refused, and leaves all as it was


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"recovery_key": "ABCDE-ABCDE"}, RecoveryKeyMistyped),
        ({"officer_id": "ai"}, UnknownOfficer),
        ({"officer_id": CLERK.id}, NotPermitted),
        ({"password": "12345678"}, WeakPassword),
        ({"highest_code": "x"}, InvalidField),
        ({"highest_code": "H99.999-261123-0500"}, InvalidField),  # of another agency
        ({"highest_code": "H57.132-261123-00500"}, InvalidField),  # beyond the range of the desk
        ({"highest_code": "H57.132-261123-0001"}, InvalidField),  # lower than the backup's own
        ({"highest_code": "H57.132-261122-0099"}, InvalidField),  # before the backup's own
        ({"highest_code": "H57.132-991231-0099"}, InvalidField),  # not for many years
    ],
    ids=lambda value: str(value)[-24:],
)
def test_what_is_refused_leaves_nothing_behind(lose, restore, changes, error):
    lost = lose(codes=(1, 400))
    with pytest.raises(error):
        restore(lost, **changes)
    assert not lost.folder.exists() or left(lost.folder) == {}
    assert is_sound(restore(lost))  # and can be done right


def test_a_mistyped_recovery_key_names_the_group(burnt, restore):
    groups = burnt.recovery_key.split("-")
    groups[2] = groups[2][1] + groups[2][0] + groups[2][2:]
    if "-".join(groups) == burnt.recovery_key:
        groups[2] = "00000" if groups[2] != "00000" else "11111"
    with pytest.raises(RecoveryKeyMistyped, match="3"):
        restore(burnt, recovery_key="-".join(groups))
    assert not burnt.folder.exists()


def test_the_recovery_key_of_another_desk_opens_nothing(tmp_path, burnt, restore):
    other = set_up(tmp_path / "other", a_new_desk())
    with pytest.raises(RecoveryKeyRefused):
        restore(burnt, recovery_key=other)
    assert not burnt.folder.exists()


@pytest.mark.parametrize("gone", [(), ("desk.db",)])
def test_a_desk_that_is_there_is_never_overwritten(burnt, restore, gone, enter):
    desk = enter(burnt.old)
    register(desk)
    kept = {path.name: path.read_bytes() for path in burnt.old.glob("desk.db*")}
    desk.store.close()
    for name, content in kept.items():  # as after a power cut: not all of it is in one file yet
        (burnt.old / name).write_bytes(content)
    for name in gone:
        (burnt.old / name).unlink()
    before = left(burnt.old)
    with pytest.raises(ProfileExists):
        restore(burnt, folder=burnt.old)
    assert left(burnt.old) == before


def test_locks_without_a_store_are_what_is_left_of_one_and_give_way(burnt, restore, enter):
    for name in ("desk.db", "desk.db-wal", "desk.db-shm"):
        (burnt.old / name).unlink(missing_ok=True)
    desk = restore(burnt, folder=burnt.old)
    desk.store.close()
    assert is_sound(enter(burnt.old, OFFICER.id, NEW_PASSWORD))


@pytest.mark.parametrize("size", [0, 1, 300, 1500, 0.3, 0.9, -1, -200])
def test_a_backup_that_was_cut_short_makes_no_desk(burnt, restore, size):
    raw = burnt.file.read_bytes()
    burnt.file.write_bytes(raw[: int(len(raw) * size) if isinstance(size, float) else size])
    with pytest.raises(UnreadableFile):
        restore(burnt)
    assert not burnt.folder.exists()


def test_what_is_no_backup_is_none(burnt, restore):
    shutil.copyfile(burnt.old / "desk.db", burnt.file)
    with pytest.raises(UnreadableFile):
        restore(burnt)
    burnt.file.unlink()
    with pytest.raises(UnreadableFile):
        restore(burnt)
    assert not burnt.folder.exists()


def test_one_flipped_bit_anywhere_makes_no_desk_or_a_whole_one(burnt, restore):
    raw, rng = burnt.file.read_bytes(), Random(20261123)
    with zipfile.ZipFile(burnt.file) as packed:
        directory = packed.start_dir  # every flag and size in it leads elsewhere
    places = [rng.randrange(directory) for _ in range(25)]
    places += [rng.randrange(directory, len(raw)) for _ in range(25)]
    places += [place for place in range(1500) if rng.random() < 0.02]
    whole = 0
    for place in places:
        burnt.file.write_bytes(
            raw[:place] + bytes([raw[place] ^ 1 << rng.randrange(8)]) + raw[place + 1 :]
        )
        try:
            desk = restore(burnt)
        except (UnreadableFile, StoreDamaged, StoreTooNew, RecoveryKeyRefused):
            assert not burnt.folder.exists() or left(burnt.folder) == {}, place
            continue
        whole += 1
        assert is_sound(desk), place
        assert [row.code for row in search(desk, "thu").rows] == burnt.codes[BEFORE - 1 :: -1]
        desk.store.close()
        shutil.rmtree(burnt.folder)
    assert whole < len(places) / 2  # where zip keeps what nobody reads


def test_a_backup_of_a_newer_release_is_left_to_it(burnt, restore):
    with zipfile.ZipFile(burnt.file) as old:
        parts_of = {info.filename: old.read(info) for info in old.infolist()}
    manifest = parts_of["manifest.json"].replace(b'"format":1', b'"format":2')
    with zipfile.ZipFile(burnt.file, "w") as new:
        for name, content in (parts_of | {"manifest.json": manifest}).items():
            new.writestr(name, content)
    with pytest.raises(StoreTooNew):
        restore(burnt)
    assert not burnt.folder.exists()


# When the power goes meanwhile


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_killed_at_any_step_the_same_call_works_again(lose, catalogue, clock, enter):
    """The kernel tells of each file that is opened, renamed or removed; each may be the last."""
    burnt = lose(before=with_law_of_its_own)

    def restore():
        desk = restore_desk(
            burnt.folder,
            burnt.file,
            recovery_key=burnt.recovery_key,
            officer_id=OFFICER.id,
            password=NEW_PASSWORD,
            highest_code=burnt.codes[-1],
            catalogue=catalogue,
            clock=clock,
        )
        desk.store.close()

    steps, finished = 0, False
    while not finished:
        steps += 3  # a third of them are enough, and take a third of the time
        shutil.rmtree(burnt.folder, ignore_errors=True)
        finished = not killed_at(steps, burnt.folder, restore)
        if not finished and not (burnt.folder / "desk.db").exists():
            restore()
        desk = enter(burnt.folder, OFFICER.id, NEW_PASSWORD)
        assert kinds(desk).count("store_restored") == 1, steps
        assert serial(register(desk).code) == BEFORE + AFTER + 1
        assert is_sound(desk)
        assert own_forms(burnt.folder).files == LAW
        assert not list(burnt.folder.glob("forms-*"))
        desk.store.close()
    assert steps > 15


def killed_at(step, folder, work):
    """Do `work` in a child that is killed at its `step`th touch of `folder`; say if it was."""
    child = os.fork()
    if child == 0:
        touched = 0

        def touch(event, arguments):
            nonlocal touched
            if event in TOUCHES and str(folder) in str(arguments[0]):
                touched += 1
                if touched == step:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(touch)
        try:
            work()
        finally:
            os._exit(0)
    _pid, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == -signal.SIGKILL


TOUCHES = {"open", "os.rename", "os.remove", "os.mkdir", "shutil.copyfile"}


def test_what_the_office_has_chosen_comes_with_it_and_what_belongs_to_a_pc_does_not(lose, restore):
    def choose(_desk, lost):
        forms = {"receipt": settings.PaperChoice(printer="A", paper="a4")}
        changes = {"numbering": "tt01-2018", "idle_minutes": 9, "printer": "A", "forms": forms}
        kept = settings.load(lost.old)
        settings.save(lost.old, structs.replace(kept, scanner_folder="/x", **changes))

    lost = lose(before=choose)
    restore(lost)
    came = settings.load(lost.folder)
    assert (came.numbering, came.idle_minutes) == ("tt01-2018", 9)
    assert (came.printer, came.scanner_folder) == ("", "")
    assert came.forms == {"receipt": settings.PaperChoice(paper="a4")}
    assert came.last_officer == OFFICER.id
