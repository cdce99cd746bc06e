"""A backup is proved when it is made; a desk that goes on from one doubles and loses nothing."""

import json
import shutil
import zipfile
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from counter_app.domain.officer import Officer, Role
from counter_app.errors import (
    NotConfigured,
    ProfileExists,
    StoreDamaged,
    StoreLocked,
    StoreTooNew,
    UnreadableFile,
    UnwritableFile,
)
from counter_app.keys.keyfile import Cost
from counter_app.keys.officers import create_keys
from counter_app.settings import BACKUPS
from counter_app.store.backup import (
    backup,
    backup_in_turn,
    backups,
    outlived,
    read_manifest,
    read_slots,
)
from counter_app.store.outbox import unsent
from counter_app.store.rebuild import rebuild
from counter_app.store.restore import restore
from counter_app.store.timeline import timeline
from counter_app.store.verify import verify
from tests.factories import AGENCY, DAY, DESK_ID, EPOCH, EXAMPLES, KEY, NOON, a_code
from tests.store.conftest import done, register, registered, sql

OFFICER = Officer(id="thu", name="Lê Thị Thử", roles=frozenset({Role.SUPERVISOR}))


@pytest.fixture
def store(stores):
    store = stores.new()
    cheap = Cost(memory=64, passes=1)
    create_keys(
        stores.folder, language="vi", officer=OFFICER, password="bảy con sếu bay", cost=cheap
    )
    for number in range(1, 6):
        registered(store, number)
    done(store, 3, EXAMPLES["forwarded"], EXAMPLES["officer_signed_in"])
    with store.begin() as uow:
        uow.keep_form("receipt", 1, b"x")
    return store


@pytest.fixture
def file(store, tmp_path):
    return backup(store, tmp_path / "elsewhere" / "b.backup", taken_at=NOON).file


@pytest.fixture
def restored(stores, tmp_path):
    def restored(file, folder="new"):
        return stores.kept(restore(file, tmp_path / folder, KEY))

    return restored


class TestMaking:
    def test_it_says_whose_it_is_and_how_far_it_goes(self, store, tmp_path):
        made = backup(store, tmp_path / "b.backup", taken_at=NOON)
        manifest = made.manifest
        assert read_manifest(made.file) == manifest
        assert (manifest.desk_id, manifest.epoch, manifest.seq) == (DESK_ID, EPOCH, 7)
        assert manifest.taken_at == NOON
        [(head,)] = sql(store, "SELECT hash FROM chain WHERE seq = 7")
        assert manifest.head == head
        assert made.size == made.file.stat().st_size > 40_000

    def test_the_slots_travel_with_it(self, stores, file):
        assert read_slots(file) == (stores.folder / "keys.json").read_bytes()

    def test_nothing_else_is_left_beside_it(self, file):
        assert list(file.parent.iterdir()) == [file]
        assert file.stat().st_mode & 0o077 == 0

    def test_nothing_in_it_can_be_read_without_the_key(self, file):
        stored = file.read_bytes()
        for text in ("Trần Văn Thử", "0900000001", "tran van", "H57.132-260803"):
            assert text.encode() not in stored

    def test_it_takes_the_place_of_an_older_one_only_when_it_is_whole(self, store, file):
        old = file.read_bytes()
        sql(store, "DROP TRIGGER operation_body_no_update")
        sql(store, "UPDATE operation_body SET body = X'7B7D' WHERE position = 2")
        with pytest.raises(StoreDamaged):
            backup(store, file, taken_at=NOON)
        assert file.read_bytes() == old
        assert list(file.parent.iterdir()) == [file]

    def test_the_desk_goes_on_meanwhile(self, store, tmp_path, restored):
        with store.read() as connection:
            connection.exec_driver_sql("SELECT 1 FROM operation").all()
            with store.begin() as uow:
                register(uow, 50)
                made = backup(store, tmp_path / "b.backup", taken_at=NOON)
        with restored(made.file).begin() as uow:
            assert uow.dossier(UUID(int=50)).code == ""
            assert uow.dossier(UUID(int=5)).code == a_code(5)

    @pytest.mark.parametrize("name", ["desk.db", "desk", "keys.json", "b.backup"])
    def test_it_never_takes_the_place_of_what_the_desk_lives_by(self, stores, store, name):
        before = sorted(stores.folder.iterdir())
        with pytest.raises(UnwritableFile):
            backup(store, stores.folder / name, taken_at=NOON)
        assert sorted(stores.folder.iterdir()) == before
        assert verify(store).findings == ()

    def test_without_slots_there_is_nothing_to_back_up(self, stores, tmp_path):
        stores.folder = tmp_path / "bare"
        with pytest.raises(NotConfigured):
            backup(stores.new(), tmp_path / "b.backup", taken_at=NOON)
        assert not (tmp_path / "b.backup").exists()


class TestTurns:
    def test_each_is_one_more_and_the_latest_comes_first(self, stores, store):
        made = [backup_in_turn(store, taken_at=NOON + timedelta(hours=n)) for n in range(3)]
        assert backups(stores.folder / BACKUPS) == [m.file for m in reversed(made)]

    def test_a_day_of_hours_and_two_weeks_of_days_are_kept(self, tmp_path):
        start = datetime(2026, 7, 1)
        hours = [start + timedelta(hours=n) for n in range(30 * 24)]
        files = [tmp_path / f"desk-{at:%Y%m%d-%H%M%S}.backup" for at in reversed(hours)]
        kept = [file for file in files if file not in outlived(files)]
        assert kept[:24] == files[:24]
        assert [file.name[5:13] for file in kept[24:]] == [f"202607{d}" for d in range(29, 16, -1)]
        assert all(file.name.endswith("-230000.backup") for file in kept[24:])

    def test_what_is_not_needed_goes_and_what_is_not_ours_stays(self, stores, store):
        folder = stores.folder / BACKUPS
        folder.mkdir()
        for day in range(1, 29):
            for hour in (8, 17):
                (folder / f"desk-202607{day:02}-{hour:02}0000.backup").touch()
        (folder / "letter.txt").touch()
        (folder / "mine.backup").touch()
        made = backup_in_turn(store, taken_at=NOON)
        left = backups(folder)
        assert made.file == left[0]
        assert len(left) == 24 + 1  # the latest 24 reach back over 13 days
        assert {file.name for file in folder.iterdir()} >= {"letter.txt", "mine.backup"}


class TestGoingOn:
    def test_all_of_it_is_there(self, restored, file):
        store = restored(file)
        assert verify(store).findings == ()
        with store.read() as connection:
            kinds = [e.operation.header.kind for e in timeline(connection, UUID(int=3))]
        assert kinds == ["received", "forwarded"]
        assert store.profile.name == "Quầy 1"

    def test_it_goes_on_under_a_new_epoch_and_sends_all_of_it_once_more(
        self, store, tmp_path, restored
    ):
        sql(store, "UPDATE delivery SET state = 'acked', dossier_version = 1 WHERE position < 4")
        rebuild(store)
        before = sql(store, "SELECT * FROM chain ORDER BY epoch, seq")
        file = backup(store, tmp_path / "b.backup", taken_at=NOON).file
        again = restored(file)
        epoch = again.profile.epoch.to_bytes(8)
        assert again.profile.epoch != EPOCH
        old, new = "epoch <> ?", "epoch = ?"
        assert sql(again, f"SELECT * FROM chain WHERE {old}", epoch) == before
        issued = sql(again, f"SELECT seq, position FROM chain WHERE {new} ORDER BY seq", epoch)
        assert issued == [(n, n) for n in range(1, 8)]
        with again.read() as connection:
            assert unsent(connection).operations == 7
        assert sql(again, "SELECT count(*) FROM delivery WHERE dossier_version = 1") == [(3,)]
        registered(again, 9)
        assert verify(again).findings == ()

    def test_after_a_second_backup_and_a_third_epoch_nothing_is_doubled(
        self, stores, tmp_path, restored, file
    ):
        second = restored(file)
        registered(second, 20)
        shutil.copy(stores.folder / "keys.json", second.folder)
        third = restored(backup(second, tmp_path / "c.backup", taken_at=NOON).file, "third")
        epochs = sql(third, "SELECT count(*), max(seq) FROM chain GROUP BY epoch")
        assert sorted(epochs) == [(7, 7), (8, 8), (8, 8)]
        assert verify(third).findings == ()

    def test_the_counters_go_on_where_they_were(self, restored, file):
        assert registered(restored(file), 30).code == a_code(6)

    def test_what_paper_bears_since_is_passed_over_when_somebody_says_so(self, restored, file):
        store = restored(file)
        with store.begin() as uow:
            uow.raise_counter(AGENCY, DAY, 17)
        assert registered(store, 30).code == a_code(18)

    def test_where_nobody_knows_the_day_is_closed_and_the_reserve_opened(self, restored, file):
        store = restored(file)
        with store.begin() as uow:
            uow.close_day(DAY)
            assert uow.codes_left(DAY).usable == 0
            reserve = uow.open_reserve(DAY)
        assert registered(store, 30).code == a_code(reserve.first)
        assert verify(store).findings == ()

    def test_a_desk_is_never_made_over_another(self, stores, store, file):
        registered(store, 40)
        stores.close()
        with pytest.raises(ProfileExists):
            restore(file, stores.folder, KEY)
        with stores.open().begin() as uow:
            assert uow.dossier(UUID(int=40)).code

    def test_two_at_once_are_refused(self, restored, file):
        restored(file)
        with pytest.raises((StoreLocked, ProfileExists)):
            restored(file)

    def test_what_a_crash_left_is_no_obstacle(self, tmp_path, restored, file):
        (tmp_path / "new").mkdir()
        (tmp_path / "new" / "desk.db.new").write_bytes(b"half")
        shutil.copy(file.parent.parent / "profile" / "keys.json", tmp_path / "new")
        assert verify(restored(file)).findings == ()


class TestBadFiles:
    @pytest.fixture
    def refused(self, tmp_path):
        def refused(file, error, key=KEY):
            with pytest.raises(error):
                restore(file, tmp_path / "new", key)
            assert not (tmp_path / "new" / "desk.db").exists()
            assert not (tmp_path / "new" / "keys.json").exists()

        return refused

    def changed(self, file, name, change):
        with zipfile.ZipFile(file) as old:
            parts = {info.filename: old.read(info) for info in old.infolist()}
        parts[name] = change(parts[name])
        with zipfile.ZipFile(file, "w") as new:
            for part, content in parts.items():
                if content is not None:
                    new.writestr(part, content)
        return file

    def test_another_key(self, file, refused):
        refused(file, StoreDamaged, bytes(32))

    @pytest.mark.parametrize("left", [0, 10, 30_000, -1, -30])
    def test_a_file_cut_short(self, file, refused, left):
        file.write_bytes(file.read_bytes()[:left])
        refused(file, UnreadableFile)

    def test_something_else(self, tmp_path, refused):
        (tmp_path / "x").write_bytes(b"hello" * 1000)
        refused(tmp_path / "x", UnreadableFile)
        refused(tmp_path / "nothing", UnreadableFile)

    @pytest.mark.parametrize("name", ["desk.db", "keys.json", "manifest.json"])
    def test_a_part_that_is_missing(self, file, refused, name):
        refused(self.changed(file, name, lambda _content: None), UnreadableFile)

    def test_a_database_that_was_touched(self, file, refused):
        def flip(content):
            return content[:9000] + bytes([content[9000] ^ 1]) + content[9001:]

        refused(self.changed(file, "desk.db", flip), StoreDamaged)

    def test_a_flipped_bit_in_the_file(self, file, refused):
        content = bytearray(file.read_bytes())
        content[30_000] ^= 1
        file.write_bytes(content)
        refused(file, (UnreadableFile, StoreDamaged))

    def test_a_manifest_of_another_desk(self, file, refused):
        def other(content):
            return json.dumps(json.loads(content) | {"desk_id": str(UUID(int=1))})

        refused(self.changed(file, "manifest.json", other), StoreDamaged)

    def test_a_manifest_that_is_none(self, file, refused):
        refused(self.changed(file, "manifest.json", lambda _c: b"[]"), UnreadableFile)

    @pytest.mark.parametrize("field", ["format", "schema"])
    def test_a_backup_of_a_newer_release(self, file, refused, field):
        def newer(content):
            return json.dumps(json.loads(content) | {field: 99})

        refused(self.changed(file, "manifest.json", newer), StoreTooNew)
