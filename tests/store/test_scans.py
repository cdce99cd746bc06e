"""Sealed files: what is spoken of is there and whole, and nobody else reads or swaps it."""

import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections import Counter
from uuid import UUID

import pytest

from counter_app.domain.officer import Officer, Role
from counter_app.domain.operation import ScanAdded
from counter_app.errors import ScanLost
from counter_app.keys.keyfile import Cost
from counter_app.keys.officers import create_keys
from counter_app.settings import BACKUPS
from counter_app.store.backup import backup, backup_in_turn, read_manifest, size_of_backup
from counter_app.store.restore import restore
from counter_app.store.scans import ScanFiles, SpokenOf, State, size_on_disk, spoken_of
from counter_app.store.verify import Problem, verify
from tests.factories import EXAMPLES, KEY, NOON, a_profile
from tests.store.conftest import done, registered

OFFICER = Officer(id="thu", name="Lê Thị Thử", roles=frozenset({Role.SUPERVISOR}))
SECRET = "Trần Văn Thử 001090000001".encode()


@pytest.fixture
def store(stores):
    store = stores.new()
    cheap = Cost(memory=64, passes=1)
    create_keys(
        stores.folder, language="vi", officer=OFFICER, password="bảy con sếu bay", cost=cheap
    )
    registered(store, 1)
    return store


@pytest.fixture
def files(tmp_path):
    return ScanFiles(tmp_path, KEY)


def keep(store, *contents, dossier=1):
    """Keep pages, and note them; return their hashes."""
    kept = [store.scans.keep(content, b"small " + content[:5]) for content in contents]
    for number, one in enumerate(kept):
        body = ScanAdded(
            scan=UUID(int=number + 1), sha256=one.sha256, size=one.size, media="image/jpeg"
        )
        done(store, dossier, body)
    return [one.sha256 for one in kept]


def problems(store):
    return [(finding.problem, finding.count) for finding in verify(store).findings]


class TestSealing:
    def test_what_is_kept_is_read_again(self, files):
        one = files.keep(SECRET, b"small")
        assert files.read(one.sha256) == SECRET
        assert files.thumbnail(one.sha256) == b"small"
        assert one.size == len(SECRET)
        assert files.state_of(one.sha256) is State.WHOLE

    def test_neither_name_nor_file_tells_anything(self, files, tmp_path):
        one = files.keep(SECRET, SECRET)
        (path,) = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert SECRET[:6] not in path.read_bytes()
        assert one.sha256[:8] not in str(path)
        assert path.stat().st_mode & 0o077 == 0
        assert path.parent.stat().st_mode & 0o077 == 0

    def test_the_same_page_has_the_same_place_and_never_the_same_bytes(self, files):
        one = files.keep(SECRET)
        before = files.path_of(one.sha256).read_bytes()
        assert files.keep(SECRET) == one
        assert files.path_of(one.sha256).read_bytes() != before

    def test_another_key_finds_and_opens_nothing(self, files, tmp_path):
        one = files.keep(SECRET, b"small")
        other = ScanFiles(tmp_path, bytes(32))
        assert other.state_of(one.sha256) is State.MISSING
        target = other.path_of(one.sha256)
        target.parent.mkdir(exist_ok=True)
        shutil.copy(files.path_of(one.sha256), target)
        assert other.state_of(one.sha256) is State.ALTERED
        assert other.thumbnail(one.sha256) == b""

    def test_two_files_cannot_be_swapped(self, files):
        one, two = files.keep(b"one", b"small one"), files.keep(b"two", b"small two")
        first, second = files.path_of(one.sha256), files.path_of(two.sha256)
        first.write_bytes(second.read_bytes())
        with pytest.raises(ScanLost):
            files.read(one.sha256)
        assert files.thumbnail(one.sha256) == b""

    def test_every_byte_of_it_counts(self, files):
        one = files.keep(b"page", b"small")
        path = files.path_of(one.sha256)
        whole = path.read_bytes()
        small_from = len(b"CAS1") + 4
        for place in range(len(whole)):
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
            small = files.thumbnail(one.sha256)
            state = files.state_of(one.sha256)
            within = small_from <= place < small_from + 12 + len(b"small") + 16
            assert small in {b"", b"small"}
            assert (small == b"") or not within
            assert state is State.ALTERED or within
        for length in range(len(whole)):
            path.write_bytes(whole[:length])
            assert files.state_of(one.sha256) is State.ALTERED

    def test_a_hash_that_is_none_is_nowhere(self, files):
        assert files.state_of("../../etc/passwd") is State.MISSING
        with pytest.raises(ScanLost):
            files.read("")

    def test_of_ten_thousand_none_lies_among_more_than_a_hundred(self, files):
        paths = [files.path_of(f"{number:064x}") for number in range(10_000)]
        assert {path.parent.parent for path in paths} == {files.folder}
        assert max(Counter(path.parent for path in paths).values()) < 100

    def test_what_nobody_speaks_of_goes_and_nothing_else(self, files):
        kept = [files.keep(b"page %d" % number).sha256 for number in range(20)]
        spoken = [SpokenOf(position=1, sha256=digest) for digest in kept[:5]]
        assert size_on_disk(files.folder.parent)[0] == 20
        swept = files.sweep(spoken)
        assert (swept.gone, swept.waiting) == (0, 15)
        swept = files.sweep(spoken, now=time.time() + 90_000)
        assert (swept.gone, swept.waiting) == (15, 0)
        assert all(files.state_of(digest) is State.WHOLE for digest in kept[:5])


class TestProving:
    def test_a_page_that_is_gone_or_altered_is_found_with_its_place(self, store):
        gone, altered, _whole = keep(store, b"one", b"two", b"three")
        store.scans.path_of(gone).unlink()
        store.scans.path_of(altered).write_bytes(b"CAS1")
        report = verify(store)
        assert {f.problem: f.first for f in report.findings} == {
            Problem.SCAN_MISSING: "2",
            Problem.SCAN_ALTERED: "3",
        }
        assert report.scans == 3

    def test_what_is_kept_and_not_spoken_of_is_no_fault(self, store):
        store.scans.keep(b"left by a crash")
        report = verify(store)
        assert (report.findings, report.orphans, report.scans) == ((), 1, 0)

    def test_a_withdrawn_page_still_belongs_to_the_journal(self, store):
        (one,) = keep(store, b"one")
        done(store, 1, EXAMPLES["scan_withdrawn"])
        with store.read() as connection:
            assert [each.sha256 for each in spoken_of(connection)] == [one]


LIFE = """
import os, sys
from pathlib import Path
from tests.factories import KEY
from counter_app.store import open_store
from counter_app.domain.operation import ScanAdded
from tests.store.conftest import done
from uuid import UUID

store = open_store(Path(sys.argv[1]), KEY)
when = int(sys.argv[2])
n = 0
while True:
    n += 1
    content = b"page %d of %d" % (n, when)
    kept = store.scans.keep(content, b"small")
    if n == when:
        os.kill(os.getpid(), 9)
    done(store, 1, ScanAdded(scan=UUID(int=n), sha256=kept.sha256, size=1, media="image/jpeg"))
    print(kept.sha256, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a kill")
@pytest.mark.parametrize("when", [1, 3])
def test_killed_between_file_and_row_nothing_is_lost_but_what_nobody_was_told(stores, store, when):
    stores.close()
    done_ = subprocess.run(
        [sys.executable, "-c", LIFE, stores.folder, str(when)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done_.returncode == -signal.SIGKILL, done_.stderr
    told = done_.stdout.split()
    again = stores.open()
    report = verify(again)
    assert (report.findings, report.scans, report.orphans) == ((), when - 1, 1)
    assert all(again.scans.state_of(digest) is State.WHOLE for digest in told)


class TestBackups:
    @pytest.fixture
    def restored(self, stores, tmp_path):
        return lambda file: stores.kept(restore(file, tmp_path / "new", KEY))

    def test_the_scans_go_with_it_and_come_back(self, store, tmp_path, restored):
        hashes = keep(store, b"one", b"two")
        expected = size_of_backup(store)
        made = backup(store, tmp_path / "elsewhere" / "b.backup", taken_at=NOON)
        assert (made.manifest.scans, made.manifest.scans_lost) == (2, 0)
        assert (expected.scans, expected.scans_size > 0) == (2, True)
        assert abs(made.size - expected.size) < 100_000
        shutil.rmtree(store.folder / "scans")
        again = restored(made.file)
        assert [again.scans.read(digest) for digest in hashes] == [b"one", b"two"]
        assert again.scans.thumbnail(hashes[0]) == b"small one"
        assert verify(again).findings == ()

    def test_nothing_in_it_can_be_read_or_tells_whose_it_is(self, store, tmp_path):
        keep(store, SECRET)
        file = backup(store, tmp_path / "b.backup", taken_at=NOON).file
        assert SECRET[:6] not in file.read_bytes()

    def test_a_lost_page_stops_no_backup_and_is_told(self, store, tmp_path, restored):
        lost, kept = keep(store, b"one", b"two")
        store.scans.path_of(lost).write_bytes(b"CAS1 altered")
        made = backup(store, tmp_path / "b.backup", taken_at=NOON)
        assert (made.manifest.scans, made.manifest.scans_lost) == (1, 1)
        again = restored(made.file)
        assert again.scans.read(kept) == b"two"
        assert problems(again) == [(Problem.SCAN_MISSING, 1)]

    def test_the_hourly_ones_share_their_scans_and_take_no_room_twice(self, store, restored):
        hashes = keep(store, b"one", b"two")
        folder = store.folder / BACKUPS
        backup_in_turn(store, taken_at=NOON)
        made = backup_in_turn(store, taken_at=NOON.replace(hour=13))
        assert read_manifest(made.file).scans_beside
        assert not [n for n in zipfile.ZipFile(made.file).namelist() if n.startswith("scans/")]
        shared = [path for path in (folder / "scans").rglob("*") if path.is_file()]
        assert len(shared) == 2
        assert {path.stat().st_nlink for path in shared} == {2}
        assert [restored(made.file).scans.read(digest) for digest in hashes[:1]] == [b"one"]

    def test_a_folder_of_hourly_ones_can_be_carried_to_another_pc(self, store, tmp_path, restored):
        hashes = keep(store, b"one", b"two")
        made = backup_in_turn(store, taken_at=NOON)
        shutil.copytree(store.folder / BACKUPS, tmp_path / "usb")
        shutil.rmtree(store.folder / "scans")
        shutil.rmtree(store.folder / BACKUPS)
        again = restored(tmp_path / "usb" / made.file.name)
        assert [again.scans.read(digest) for digest in hashes] == [b"one", b"two"]
        assert verify(again).findings == ()

    def test_a_page_that_was_kept_once_more_is_mended_there_too(self, store):
        (one,) = keep(store, b"one")
        folder = store.folder / BACKUPS
        backup_in_turn(store, taken_at=NOON)
        shared = ScanFiles.beside(folder, store.scans)
        shared.path_of(one).write_bytes(b"rotten")  # the same file: both are
        assert store.scans.state_of(one) is State.ALTERED
        store.scans.keep(b"one")
        backup_in_turn(store, taken_at=NOON.replace(hour=13))
        assert shared.state_of(one) is State.WHOLE

    def test_where_a_file_has_but_one_name_it_is_copied(self, store, tmp_path, restored):
        (one,) = keep(store, b"one")
        folder = store.folder / BACKUPS
        folder.mkdir()
        os.mkfifo(folder / "x")  # nothing of ours: left alone
        backup_in_turn(store, taken_at=NOON)
        path = ScanFiles.beside(folder, store.scans).path_of(one)
        copied = path.read_bytes()
        path.unlink()
        path.write_bytes(copied)
        before = path.stat().st_ino
        backup_in_turn(store, taken_at=NOON.replace(hour=13))
        assert path.stat().st_ino == before

    def test_scans_of_a_store_that_was_lost_are_used_and_never_swept(self, stores, store, tmp_path):
        keep(store, b"one")
        file = backup(store, tmp_path / "b.backup", taken_at=NOON).file
        (later,) = keep(store, b"two, after the backup")
        stores.close()
        for path in stores.folder.glob("desk.db*"):
            path.unlink()
        again = stores.kept(restore(file, stores.folder, KEY))
        assert verify(again).findings == ()
        with again.read() as connection:
            again.scans.sweep(list(spoken_of(connection)), now=time.time() + 1e9)
        left = ScanFiles.beside(stores.folder / "left-1", again.scans)
        assert left.read(later) == b"two, after the backup"

    def test_names_in_a_backup_lead_nowhere(self, store, tmp_path, restored):
        keep(store, b"one")
        file = backup(store, tmp_path / "b.backup", taken_at=NOON).file
        with zipfile.ZipFile(file, "a") as packed:
            packed.writestr("scans/../../escaped", b"x")
            packed.writestr("scans/" + "ab" * 32, b"x")
            packed.writestr("../escaped", b"x")
        again = restored(file)
        assert verify(again).orphans == 0
        assert not list(tmp_path.rglob("escaped"))

    def test_a_page_altered_in_the_backup_is_no_reason_to_lose_the_desk(
        self, store, tmp_path, restored
    ):
        (one,) = keep(store, b"one page that is altered")
        file = backup(store, tmp_path / "b.backup", taken_at=NOON).file
        raw = store.scans.path_of(one).read_bytes()
        content = file.read_bytes()
        place = content.index(raw)
        file.write_bytes(content[:place] + os.urandom(len(raw)) + content[place + len(raw) :])
        assert problems(restored(file)) == [(Problem.SCAN_MISSING, 1)]


def test_a_desk_without_scans_has_no_folder_for_them(stores):
    stores.folder = stores.folder / "bare"
    store = stores.new(**{"name": a_profile().name})
    assert not (store.folder / "scans").exists()
    assert verify(store).scans == 0
