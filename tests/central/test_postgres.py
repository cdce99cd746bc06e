"""A PostgreSQL of the centre's own: whose it is, how it starts, stops and outlives accidents."""

import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import msgspec
import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url

from counter_app import i18n
from counter_app.central.database import Database
from counter_app.central.postgres import any_postgres, own_postgres
from counter_app.central.postgres_process import Programs, Runner, User, runner_for
from counter_app.errors import DatabaseUnusable
from tests.central.conftest import administrator

NAMESPACE = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"]
posix_only = pytest.mark.skipif(os.name == "nt", reason="there are no such processes")
as_root = pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="needs root")


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A folder with an empty cluster: nobody runs this one."""
    folder = tmp_path_factory.mktemp("postgres") / "made"
    with own_postgres(folder):
        return folder


@pytest.fixture
def folder(made, tmp_path):
    return shutil.copytree(made, tmp_path / "centre")


@pytest.fixture(scope="module")
def running(made, tmp_path_factory):
    """A folder and the URL of the PostgreSQL that runs on it, for tests that only look."""
    folder = shutil.copytree(made, tmp_path_factory.mktemp("postgres") / "running")
    folder.chmod(0o777)
    with own_postgres(folder) as url:
        yield folder, url


def value(url, query="SELECT 1"):
    database = Database(url)
    try:
        with database.read() as connection:
            return connection.scalar(sa.text(query))
    finally:
        database.close()


def server_of(folder):
    return int((folder / "data" / "postmaster.pid").read_text().split()[0])


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def wait_until(true, seconds=30):
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "waited in vain"
        os.sched_yield()


@contextmanager
def kept(folder, *prefix):
    """Run a program that keeps the folder's PostgreSQL; yield it, with the URL and its user."""
    command = [*prefix, sys.executable, "-m", "tests.central.keeping", str(folder)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root
    ) as program:
        try:
            user, program.url = program.stdout.readline().split()
            program.user = int(user)
            yield program
        finally:
            program.kill()


@posix_only
def test_everybody_who_connects_shows_a_password(running):
    folder, url = running
    where = {"user": "counter", "dbname": "counter", "host": make_url(url).query["host"]}
    for password in ({}, {"password": ""}, {"password": "wrong"}):
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(**where, **password)
    assert value(url, "SHOW password_encryption") == "scram-sha-256"
    trusted = "SELECT count(*) FROM pg_hba_file_rules WHERE auth_method <> 'scram-sha-256'"
    with administrator(folder) as connection:
        assert connection.execute(trusted).fetchone() == (0,)


def test_what_is_committed_is_on_the_disk_and_the_words_are_utf8(running):
    _folder, url = running
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        assert value(url, f"SHOW {setting}") == "on"
    assert value(url, "SHOW server_encoding") == "UTF8"


def test_the_centres_role_rules_over_its_own_databases_only(running):
    _folder, url = running
    rights = "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user"
    assert value(url, rights) is False


@posix_only
def test_the_folder_is_its_owners_alone(running):
    folder, url = running
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700  # whatever it was before
    assert stat.S_IMODE((folder / "secrets.json").stat().st_mode) == 0o600
    assert stat.S_IMODE((folder / "server.json").stat().st_mode) == 0o600
    assert make_url(url).query["host"] == str(folder / "data")


def test_nothing_that_was_sent_is_in_the_log(running):
    folder, url = running
    database = Database(url)
    named = sa.text("INSERT INTO person VALUES (:name)")
    with database.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE person (name text PRIMARY KEY)")
        connection.execute(named, {"name": "Trần Văn Bịa"})
    with pytest.raises(sa.exc.IntegrityError), database.begin() as connection:
        connection.execute(named, {"name": "Trần Văn Bịa"})
    database.close()
    log = (folder / "postgres.log").read_text("utf-8")
    assert "unique constraint" in log
    assert "Bịa" not in log
    assert "INSERT" not in log


@posix_only
def test_a_path_too_long_for_a_socket_is_served_on_loopback(folder, tmp_path):
    deep = tmp_path / ("long-" * 20)
    deep.mkdir()
    with own_postgres(folder.rename(deep / "centre")) as url:
        assert make_url(url).host == "127.0.0.1"
        assert value(url, "SELECT 1") == 1


def test_a_second_program_is_refused_and_the_first_goes_on(running):
    folder, url = running
    for language, words in (("vi", "đang chạy máy chủ"), ("en", "another program runs")):
        i18n.speak(language)
        with pytest.raises(DatabaseUnusable, match=words), own_postgres(folder):
            pass
    assert value(url) == 1


def test_another_program_on_this_pc_finds_the_server_that_runs(running):
    folder, url = running
    with any_postgres(folder) as found:
        assert found == url
        assert value(found) == 1


def test_where_no_server_runs_one_is_run_for_as_long_as_it_is_needed(folder):
    with any_postgres(folder) as url:
        assert value(url) == 1
    assert not (folder / "server.json").exists()
    with any_postgres(folder) as url:
        assert value(url) == 1


def test_where_nothing_is_no_server_is_made_by_the_way(tmp_path):
    with pytest.raises(DatabaseUnusable), any_postgres(tmp_path / "none"):
        pass
    assert not (tmp_path / "none").exists()


def test_a_folder_with_other_things_is_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("kept")
    with pytest.raises(DatabaseUnusable, match=r"letter\.txt"), own_postgres(tmp_path):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_place_that_is_no_folder_is_told(tmp_path):
    (tmp_path / "file").write_text("kept")
    with pytest.raises(DatabaseUnusable, match="file"), own_postgres(tmp_path / "file" / "centre"):
        pass


def test_half_a_cluster_is_made_anew(made, tmp_path):
    folder = tmp_path / "centre"
    shutil.copytree(made / "data", folder / "data.new")
    (folder / "data.new" / "PG_VERSION").unlink()
    with own_postgres(folder) as url:
        assert value(url) == 1


def test_data_of_a_version_without_programs_are_left_alone(folder):
    (folder / "data" / "PG_VERSION").write_text("9\n")
    with pytest.raises(DatabaseUnusable, match="PostgreSQL 9"), own_postgres(folder):
        pass


def test_data_of_an_older_version_are_run_by_their_own_programs(folder):
    older = Programs.find(16)
    assert Programs.find(None).version > older.version
    shutil.rmtree(folder / "data")
    runner = runner_for(folder, older)
    (folder / "password").write_text(passwords(folder)["administrator"])
    runner.give(folder)
    names = [f"--pgdata={folder}/data", "--username=postgres", f"--pwfile={folder}/password"]
    runner.run("initdb", *names, "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C")
    (folder / "password").unlink()
    with own_postgres(folder) as url:
        assert value(url, "SHOW server_version").startswith("16.")


def passwords(folder):
    return msgspec.json.decode((folder / "secrets.json").read_bytes())


def test_lost_passwords_are_told(folder):
    (folder / "secrets.json").unlink()
    with pytest.raises(DatabaseUnusable, match=r"secrets\.json"), own_postgres(folder):
        pass


def test_a_server_that_cannot_start_says_why(folder):
    with (folder / "data" / "postgresql.conf").open("a") as settings:
        settings.write("shared_buffers = many\n")
    said = pytest.raises(DatabaseUnusable, match=r"shared_buffers|configuration")
    with said, own_postgres(folder):
        pass


# What happens to processes.


@posix_only
def test_after_a_clean_stop_no_process_is_left(folder):
    with own_postgres(folder):
        server = server_of(folder)
        assert is_running(server)
    assert not is_running(server)
    assert not (folder / "data" / "postmaster.pid").exists()
    assert not (folder / "server.json").exists()


@posix_only
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_however_the_program_ends_the_server_stops_and_nothing_is_lost(folder, number):
    with kept(folder) as program:
        database = Database(program.url)
        with database.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE kept AS SELECT 42 AS answer")
        server = server_of(folder)
        program.send_signal(number)
        program.wait(30)
        with own_postgres(folder) as url:  # at once, while the last one is still stopping
            assert value(url, "SELECT answer FROM kept") == 42
        assert not is_running(server)
        database.close()
    log = (folder / "postgres.log").read_text()
    assert "not properly shut down" not in log


@posix_only
def test_a_server_that_is_killed_is_started_again(folder):
    with own_postgres(folder) as url:
        database = Database(url)
        with database.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE kept AS SELECT 42 AS answer")
        killed = server_of(folder)
        os.kill(killed, signal.SIGKILL)
        wait_until(lambda: is_another(folder, killed) and answers(database))
        database.close()
    assert not is_running(killed)


def is_another(folder, killed):
    try:
        return server_of(folder) != killed
    except (FileNotFoundError, IndexError):  # it is just being written
        return False


def answers(database):
    try:
        with database.read() as connection:
            return connection.scalar(sa.text("SELECT answer FROM kept")) == 42
    except DatabaseUnusable:
        return False


@posix_only
def test_what_a_crash_of_the_pc_leaves_does_not_name_a_strangers_process(folder):
    pid_file = folder / "data" / "postmaster.pid"
    pid_file.write_text(f"{os.getppid()}\n{folder / 'data'}\n1700000000\n5432\n\n\n  1 1\nready\n")
    with own_postgres(folder) as url:
        assert value(url) == 1


@posix_only
def test_a_lock_file_that_the_disk_has_no_room_for_is_no_server(folder):
    (folder / "data" / "postmaster.pid").write_text("")
    with own_postgres(folder) as url:
        assert value(url) == 1


# As whom it runs.


@posix_only
def test_who_is_not_root_runs_it_as_it_is(folder, tool):
    tool("unshare")
    if os.geteuid() == 0:
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, 0, 0)
    with kept(folder, *NAMESPACE) as program:
        assert program.user == 1000
        assert value(program.url) == 1


@as_root
def test_a_user_that_owns_nothing_else_runs_it_for_root_where_it_can(made):
    open_to_all = Path("/var/tmp") / f"counter-app-test-{os.getpid()}"
    try:
        with own_postgres(Path(shutil.copytree(made, open_to_all))) as url:
            assert Path(f"/proc/{server_of(open_to_all)}").stat().st_uid != 0
            assert value(url) == 1
        with own_postgres(open_to_all) as url:
            assert value(url) == 1
    finally:
        shutil.rmtree(open_to_all)


@as_root
def test_where_only_root_can_go_a_namespace_runs_it(folder, tmp_path):
    tmp_path.chmod(0o700)
    runner = runner_for(folder, Programs.find(None))
    assert runner.prefix[0] == "unshare"
    with own_postgres(folder) as url:
        assert value(url) == 1


@as_root
def test_who_runs_it_may_change_between_two_starts(folder, tmp_path):
    nobody = Runner(programs=Programs.find(None), user=User(65534, 65534))
    nobody.give(folder)
    assert folder.stat().st_uid == 65534
    with own_postgres(folder) as url:
        assert value(url) == 1


@as_root
def test_where_nobody_can_run_it_root_is_told(tmp_path):
    nowhere = Programs(folder=tmp_path, version=18)
    with pytest.raises(DatabaseUnusable, match=re.escape(str(tmp_path / "centre"))):
        runner_for(tmp_path / "centre", nowhere)


@posix_only
def test_a_log_that_leads_elsewhere_is_not_written(tmp_path):
    other, log = tmp_path / "other", tmp_path / "postgres.log"
    other.write_text("mine")
    other.chmod(0o644)
    log.symlink_to(other)
    runner = Runner(programs=Programs(folder=tmp_path, version=16))
    with pytest.raises(OSError, match="symbolic links"), runner.server(tmp_path, log, {}):
        pass
    assert (other.read_text(), stat.S_IMODE(other.stat().st_mode)) == ("mine", 0o644)
