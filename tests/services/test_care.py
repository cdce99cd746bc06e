"""Care of the store: backups in turn, and the proof that nothing was altered."""

from datetime import timedelta

import pytest

from counter_app.errors import StoreDamaged, StoreReadOnly, UnwritableFile
from counter_app.services.care import back_up, back_up_in_turn, last_backup, look_over
from counter_app.store.backup import ENDING, HOURLY_KEPT, read_manifest
from tests.office import MONDAY, counts, is_sound, register


def test_a_backup_holds_all_that_was_done_until_then(desk, tmp_path):
    register(desk)
    made = back_up(desk, tmp_path / "one.backup")
    assert made.manifest == read_manifest(tmp_path / "one.backup")
    assert made.manifest.seq == counts(desk)["chain"]
    assert made.manifest.taken_at == MONDAY
    assert made.size == made.file.stat().st_size


def test_a_backup_changes_nothing_at_the_desk(desk, tmp_path):
    register(desk)
    before = counts(desk)
    back_up(desk, tmp_path / "one.backup")
    assert counts(desk) == before
    assert is_sound(desk)


def test_backups_in_turn_let_go_of_the_oldest(desk, clock, folder):
    for hour in range(HOURLY_KEPT + 2):
        clock.at = MONDAY.replace(hour=0) + timedelta(minutes=hour)
        back_up_in_turn(desk)
    kept = sorted((folder / "backups").glob(f"*{ENDING}"))
    assert len(kept) == HOURLY_KEPT
    assert kept[-1].name.startswith("desk-20261123-0055")


def test_when_the_last_backup_was_made_is_known_without_opening_the_desk(desk, folder):
    assert last_backup(folder) is None
    made = back_up_in_turn(desk)
    assert last_backup(folder).timestamp() == pytest.approx(made.file.stat().st_mtime)


@pytest.mark.parametrize("place", ["file/one.backup", "file/below/one.backup"])
def test_a_place_where_no_backup_can_be_is_named(desk, tmp_path, place):
    (tmp_path / "file").write_text("x")
    with pytest.raises((UnwritableFile, StoreReadOnly)):
        back_up(desk, tmp_path / place)
    assert is_sound(desk)


def test_a_sound_store_is_found_sound(desk):
    register(desk)
    report = look_over(desk)
    assert report.findings == ()
    assert (report.dossiers, report.repaired) == (1, 0)
    assert report.operations == report.chain_rows == 3


def test_what_somebody_changed_in_the_lists_is_found_and_put_right(desk):
    register(desk)
    with desk.store.begin() as uow:
        uow.connection.exec_driver_sql("UPDATE dossier SET applicant_name = 'Ai đó'")
    assert look_over(desk).findings
    report = look_over(desk, rebuild=True)
    assert (report.findings, report.repaired) == ((), 1)


@pytest.mark.parametrize("page", [1, 5, 20])
def test_a_page_that_is_not_what_was_written_is_found(desk, enter, folder, page):
    register(desk)
    desk.store.close()
    with (folder / "desk.db").open("r+b") as file:
        file.seek(page * 4096 + 100)
        file.write(b"\xff\x00\xff")
    try:
        findings = look_over(enter(folder)).findings
    except StoreDamaged:  # what it takes to sign in lay on that page
        return
    assert findings


def test_no_backup_is_made_of_what_is_damaged(desk, enter, folder, tmp_path):
    register(desk)
    desk.store.close()
    with (folder / "desk.db").open("r+b") as file:
        file.seek(4096 + 100)
        file.write(b"\xff\x00\xff")
    with pytest.raises(StoreDamaged):
        back_up(enter(folder), tmp_path / "one.backup")
    assert not (tmp_path / "one.backup").exists()
