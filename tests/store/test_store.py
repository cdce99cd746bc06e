"""A store is made whole or not at all, opened by one program at a time, never mended in silence."""

import os
import signal
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import pytest

from counter_app.errors import (
    NotConfigured,
    ProfileExists,
    StoreDamaged,
    StoreFull,
    StoreLocked,
    StoreReadOnly,
)
from counter_app.store import create_store, open_store
from counter_app.store.files import begin_file, publish
from tests.factories import KEY, a_code, a_profile
from tests.store.conftest import Stores, registered, sql

PAGE = 4096
OTHER_KEY = bytes(32)


def test_a_store_opens_again_with_what_it_was_made_with(stores):
    stores.new(tracking_url="https://example.org", practice=True)
    store = stores.reopened()
    assert store.profile == a_profile(tracking_url="https://example.org", practice=True)


def test_nothing_is_opened_where_nothing_was_made(tmp_path):
    with pytest.raises(NotConfigured):
        open_store(tmp_path, KEY)
    assert list(tmp_path.iterdir()) == []


def test_a_store_is_never_made_over_another(stores, store):
    registered(store, 1)
    stores.close()
    with pytest.raises(ProfileExists):
        stores.new()
    with stores.open().begin() as uow:
        assert uow.dossier(UUID(int=1)).code == a_code(1)


def test_what_a_crash_left_while_making_a_store_is_no_obstacle(stores):
    stores.folder.mkdir()
    (stores.folder / "desk.db.new").write_bytes(b"half")
    (stores.folder / "desk.db.new-wal").write_bytes(b"half")
    assert registered(stores.new(), 1).code == a_code(1)


def test_a_store_that_could_not_be_made_leaves_no_store(stores):
    with pytest.raises(ValueError, match="no numbers"):
        stores.new(codes=(5, 4))
    with pytest.raises(NotConfigured):
        stores.open()
    stores.new()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes")
def test_nobody_else_reads_the_files(stores, store):
    registered(store, 1)
    for file in stores.folder.iterdir():
        assert file.stat().st_mode & 0o077 == 0, file


def test_nothing_in_the_files_can_be_read_without_the_key(stores, store):
    registered(store, 1)
    stored = b"".join(file.read_bytes() for file in stores.folder.iterdir())
    assert len(stored) > PAGE
    for text in ("SQLite format", "Trần Văn Thử", "tran van thu", "0900000001", "H57.132"):
        assert text.encode() not in stored


def test_another_key_opens_nothing(stores, store):
    stores.close()
    with pytest.raises(StoreDamaged):
        open_store(stores.folder, OTHER_KEY)
    stores.open()


def test_a_key_of_another_length_is_a_mistake_of_the_program(stores, store):
    stores.close()
    with pytest.raises(ValueError, match="32 bytes"):
        open_store(stores.folder, b"short")


class TestTwoPrograms:
    """One desk, one program."""

    CHILD = (
        "import sys, pathlib\n"
        "from counter_app.store import open_store\n"
        "store = open_store(pathlib.Path(sys.argv[1]), bytes(range(32)))\n"
        "print('open', flush=True)\n"
        "sys.stdin.read()\n"
    )

    def child(self, folder):
        return subprocess.Popen(
            [sys.executable, "-c", self.CHILD, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def test_a_second_one_is_refused_and_the_first_goes_on(self, stores, store):
        with self.child(stores.folder) as second:
            assert "StoreLocked" in second.communicate("")[1]
        assert registered(store, 1).code == a_code(1)

    def test_a_second_store_in_the_same_program_is_refused_too(self, stores, store):
        with pytest.raises(StoreLocked):
            stores.open()

    def test_the_lock_goes_with_the_program_that_held_it(self, stores, store):
        stores.close()
        with self.child(stores.folder) as first:
            assert first.stdout.readline() == "open\n"
            with pytest.raises(StoreLocked):
                stores.open()
            first.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
            first.communicate()
        stores.open()

    def test_a_refused_opening_leaves_no_lock(self, stores, store):
        stores.close()
        with pytest.raises(StoreDamaged):
            open_store(stores.folder, OTHER_KEY)
        stores.open()


class TestDamage:
    """What is not what was written is never worked with, and never made anew."""

    @pytest.fixture
    def file(self, stores, store):
        for number in range(1, 40):
            registered(store, number)
        stores.close()
        return stores.folder / "desk.db"

    def is_found(self, stores, file):
        before = sha256(file.read_bytes()).digest()
        with pytest.raises(StoreDamaged):
            store = stores.open()
            with store.read() as connection:
                connection.exec_driver_sql("SELECT count(*), sum(length(body)) FROM operation_body")
                for table in ("operation", "chain", "dossier", "form_version", "lease", "draft"):
                    connection.exec_driver_sql(f"SELECT * FROM {table}").all()
                raise AssertionError(connection.exec_driver_sql("PRAGMA quick_check").all())
        stores.close()
        assert sha256(file.read_bytes()).digest() == before

    def test_an_empty_file(self, stores, file):
        file.write_bytes(b"")
        self.is_found(stores, file)

    @pytest.mark.parametrize("left", [1, PAGE - 1, PAGE, 5 * PAGE, 9 * PAGE + 100])
    def test_a_file_cut_short(self, stores, file, left):
        file.write_bytes(file.read_bytes()[:left])
        self.is_found(stores, file)

    def test_a_file_of_something_else(self, stores, file):
        file.write_bytes(b"hello" * 10_000)
        self.is_found(stores, file)

    @pytest.mark.parametrize("place", [0, 20, PAGE // 2, PAGE - 1])
    def test_a_flipped_bit_on_the_first_page(self, stores, file, place):
        self.flip(file, place)
        self.is_found(stores, file)

    def test_a_flipped_bit_under_an_entry_of_the_journal(self, stores, file):
        store = stores.open()
        [(root,)] = sql(store, "SELECT rootpage FROM sqlite_master WHERE name = 'operation_body'")
        stores.close()
        self.flip(file, (root - 1) * PAGE + 100)
        self.is_found(stores, file)

    def flip(self, file, place):
        content = bytearray(file.read_bytes())
        content[place] ^= 1
        file.write_bytes(content)


AS_NOBODY = """
import os, pathlib, sys
from counter_app.errors import CounterError
from counter_app.store import open_store
from counter_app.store.timeline import timeline
from uuid import UUID
if os.geteuid() == 0:  # only now: Python itself may be where a plain user cannot read
    os.setgid(65534)
    os.setuid(65534)
try:
    store = open_store(pathlib.Path(sys.argv[1]), bytes(range(32)))
    with store.read() as connection:
        print("read", len(timeline(connection, UUID(int=1))))
    with store.begin() as uow:
        uow.drop_draft(b"x")
except CounterError as error:
    print(type(error).__name__)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes")
class TestReadOnly:
    """Run by a plain user: root may write everywhere."""

    @pytest.fixture
    def folder(self):
        with tempfile.TemporaryDirectory() as place:
            Path(place).chmod(0o755)
            yield Path(place) / "profile"

    @pytest.fixture
    def said(self, folder):
        stores = Stores(folder)
        registered(stores.new(), 1)
        stores.close()

        def said(file_mode, folder_mode):
            for file in folder.iterdir():
                file.chmod(file_mode)
                self.give(file)
            folder.chmod(folder_mode)
            self.give(folder)
            done = subprocess.run(
                [sys.executable, "-c", AS_NOBODY, str(folder)],
                capture_output=True,
                text=True,
                check=True,
            )
            return done.stdout.splitlines()

        yield said
        folder.chmod(0o700)

    def give(self, path):
        if os.geteuid() == 0:
            os.chown(path, 65534, 65534)

    def test_what_can_be_written_is_written(self, said):
        assert said(0o600, 0o700) == ["read 1"]

    def test_a_file_that_cannot_be_written_can_be_read(self, folder, said):
        (folder / "desk.lock").unlink()
        assert said(0o400, 0o700) == ["read 1", "StoreReadOnly"]

    def test_a_folder_that_cannot_be_written_says_so(self, said):
        assert said(0o400, 0o500) == ["StoreReadOnly"]


def test_a_folder_that_cannot_be_made_says_so(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreReadOnly):
        create_store(tmp_path / "file" / "profile", KEY, a_profile(), codes=(1, 9))


def test_a_database_that_the_disk_was_too_full_to_close_gets_no_name(tmp_path):
    unfinished = begin_file(tmp_path / "desk.db")
    (tmp_path / "desk.db.new-wal").write_bytes(b"the last of it")  # as SQLite leaves it then
    with pytest.raises(StoreFull):
        publish(unfinished, tmp_path / "desk.db")
    assert not (tmp_path / "desk.db").exists()
