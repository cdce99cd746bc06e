"""The commands under `central`, typed by hand against a database, and as programs of their own."""

import json
import os
import signal
import socket
import ssl
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.request import urlopen

import msgspec
import pytest
from click.testing import CliRunner

from counter_app.central.accounts import account_of
from counter_app.central.identity import load_centre
from counter_app.cli import central_results as results
from counter_app.cli import main
from counter_app.domain.enrol_code import read_enrol_code
from counter_app.domain.typed_secret import in_groups
from tests.central.conftest import TRACKING_URL
from tests.central.line import NOW, enrolled, push
from tests.cli.conftest import Outcome
from tests.factories import AGENCY
from tests.sync.pki import Authority

ROOT = Path(__file__).parents[2]
posix_only = pytest.mark.skipif(os.name == "nt", reason="there are no such signals")


@pytest.fixture
def command(tmp_path):
    """Run a command: `command("status", database=…)`; with `json=False` for people."""

    def command(*words, database=None, json=True, typed=None, **env):
        line = ["central", *map(str, words), *(["--json"] * json)]
        where = {"COUNTER_APP_CENTRAL_DATABASE": database.url} if database else {}
        none = {"COUNTER_APP_CENTRAL_DATABASE": None, "COUNTER_APP_CENTRAL_DATA": None}
        env = {"COUNTER_APP_PROFILE": str(tmp_path / "none")} | none | where | env
        done = CliRunner().invoke(main, line, env=env, input=typed, catch_exceptions=False)
        return Outcome(done.exit_code, done.stdout, done.stderr)

    return command


def read(kind, outcome):
    """Return the only result of a command, which must fit its published schema."""
    assert outcome.code == 0, outcome.out
    (line,) = outcome.out.splitlines()
    assert msgspec.json.decode(line).keys() <= set(kind.__struct_fields__)
    return msgspec.json.decode(line, type=kind)


def test_migrate_founds_the_centre_and_shows_its_root_key_once(command, empty_database):
    line = ("migrate", "--tracking-url", TRACKING_URL)
    first = read(results.CentreResult, command(*line, database=empty_database))
    again = read(results.CentreResult, command(*line, database=empty_database))
    assert first.migrated
    assert not again.migrated
    assert len(first.root_key) == 47
    assert again.root_key is None
    assert again.centre_id == first.centre_id
    assert again.tracking_url == TRACKING_URL


def test_the_tracking_address_can_be_changed_and_must_be_one(command, database, centre):
    moved = command("migrate", "--tracking-url", "https://new.example", database=database)
    assert read(results.CentreResult, moved).tracking_url == "https://new.example"
    assert read(results.CentreResult, command("migrate", database=database)).tracking_url
    refused = command("migrate", "--tracking-url", "gopher:x", database=database)
    assert (refused.code, refused.error[0]) == (10, "InvalidField")


def test_the_answer_key_is_renewed_with_the_root_key_only(command, database, founded):
    def renew(key):
        return command("migrate", "--renew-key", database=database, COUNTER_APP_ROOT_KEY=key)

    assert renew("12345").error[0] == "RootKeyMistyped"
    assert renew(in_groups(b"\x07" * 20)).error[0] == "RootKeyRefused"
    read(results.CentreResult, renew(founded.root_secret))
    with database.read() as connection:
        assert load_centre(connection).key.seed != founded.centre.key.seed


def test_an_enrolment_code_is_for_this_centre_and_a_day(command, database, centre):
    outcome = command("enrol-code", "--agency", AGENCY, "--desk", "Quầy 1", database=database)
    made = read(results.EnrolCodeResult, outcome)
    assert read_enrol_code(made.enrol_code).names(centre.root_key)
    assert made.fingerprint == centre.fingerprint
    left = made.expires_at - datetime.now(UTC)
    assert timedelta(hours=23) < left <= timedelta(days=1)


def test_a_code_for_what_is_no_agency_is_refused(command, database, centre):
    outcome = command("enrol-code", "--agency", "??", "--desk", "Quầy 1", database=database)
    assert (outcome.code, outcome.error[0]) == (10, "InvalidField")


def test_status_counts_all_agencies_together_and_each(command, database, centre):
    desk = enrolled(database, centre)
    desk.receive()
    push(database, centre, desk)
    found = read(results.CentralStatusResult, command("status", database=database))
    assert (found.dossiers, found.operations, found.waiting) == (1, 1, 0)
    assert found.agencies[0].code == AGENCY
    assert found.agencies[0].desks[0].last_contact == NOW - timedelta(days=1)
    words = command("status", "--lang", "en", database=database, json=False).out
    assert centre.fingerprint in words
    assert "1 dossiers" in words
    assert str(desk.id) in words


def test_a_desk_is_revoked_by_its_id(command, database, centre):
    desk = enrolled(database, centre)
    revoked = read(results.RevokedResult, command("revoke", desk.id, database=database))
    again = read(results.RevokedResult, command("revoke", desk.id, database=database))
    assert (revoked.desk, revoked.agency) == (desk.id, AGENCY)
    assert again.revoked_at == revoked.revoked_at
    assert command("revoke", centre.id, database=database).code == 2
    assert command("revoke", "Quầy 1", database=database).error[0] == "UsageError"


def test_accounts_are_made_named_and_revoked(command, database, centre):
    line = ("user", "add", "giám sát", "--role", "operator")
    made = read(results.AccountResult, command(*line, database=database))
    with database.read() as connection:
        assert account_of(connection, made.token).name == "giám sát"
    assert command(*line, database=database).error[0] == "AccountExists"
    listed = read(results.AccountResult, command("user", "list", database=database))
    assert (listed.role, listed.token, listed.revoked_at) == ("operator", None, None)
    gone = read(results.AccountResult, command("user", "revoke", "giám sát", database=database))
    assert gone.revoked_at
    unknown = command("user", "revoke", "ai đó", database=database)
    assert (unknown.code, unknown.error[0]) == (2, "UnknownAccount")
    words = command("user", "list", database=database, json=False).out
    assert "đã thu hồi" in words
    assert made.token not in words


def test_newer_law_goes_to_all_desks_once(command, database, centre, tmp_path):
    procedure = next((ROOT / "forms" / "procedures").glob("1.001193*toml"))
    files = [procedure, ROOT / "forms" / "rules" / "calendar.toml"]
    told = [
        [msgspec.convert(one, results.LawFileResult) for one in outcome.results]
        for outcome in (command("import", *files, database=database) for _twice in range(2))
    ]
    assert [[one.changed for one in each] for each in told] == [[True, True], [False, False]]
    assert told[0][1].path == "rules/calendar.toml"
    with database.read() as connection:
        assert load_centre(connection).reference_version == centre.reference_version + 1


@pytest.mark.parametrize(
    ("place", "content"),
    [
        ("rules/calendar.toml", "version = 'x'"),
        ("rules/other.toml", ""),
        ("letters/calendar.toml", ""),
        ("procedures/1.toml", "\xff"),
    ],
)
def test_what_is_no_law_goes_to_nobody(command, database, centre, tmp_path, place, content):
    file = tmp_path / place
    file.parent.mkdir()
    file.write_text(content, "latin-1")
    good = ROOT / "forms" / "rules" / "numbering.toml"
    refused = command("import", good, file, database=database)
    assert (refused.code, refused.error[0]) == (3, "InvalidForm")
    with database.read() as connection:
        assert load_centre(connection).reference_version == centre.reference_version


def test_a_file_that_is_not_there_is_told(command, database, centre, tmp_path):
    assert command("import", tmp_path / "none.toml", database=database).error[0] == "InvalidForm"


def test_the_description_is_what_the_documents_have(command, tmp_path):
    described = (ROOT / "docs" / "openapi.json").read_text("utf-8")
    assert command("openapi", json=False).out == described
    written = read(results.FileResult, command("openapi", "--out", tmp_path / "api.json"))
    assert Path(written.file).read_text("utf-8") == described
    assert command("openapi", "--out", tmp_path / "no" / "api.json").error[0] == "UnwritableFile"


# Where the database is.


@pytest.mark.parametrize("words", [(), ("--database", "postgresql://x/y", "--data", "z")])
def test_one_database_must_be_named(command, words):
    assert command("status", *words).error[0] == "UsageError"


def test_what_is_typed_counts_more_than_the_environment(command, database, centre):
    line = ("status", "--database", database.url)
    assert command(*line, COUNTER_APP_CENTRAL_DATA="/nowhere").code == 0


@pytest.mark.parametrize(("lang", "words"), [("vi", "Không dùng được"), ("en", "cannot be used")])
def test_a_database_that_cannot_be_used_is_told_in_both_languages(command, lang, words):
    url = "postgresql://counter:geheim@127.0.0.1:1/counter"
    for line in (("status",), ("serve", "--port", "0"), ("migrate",)):
        refused = command(*line, "--database", url, "--lang", lang)
        assert (refused.code, refused.error[0]) == (3, "DatabaseUnusable")
        assert words in refused.error[1]
        assert "geheim" not in refused.out + refused.err


def test_tables_that_are_missing_are_not_made_by_the_way(command, empty_database):
    for line in (("status",), ("serve", "--port", "0"), ("user", "list")):
        refused = command(*line, database=empty_database)
        assert refused.code == 3
        assert "central migrate" in refused.error[1]


def test_a_folder_without_a_centre_stays_as_it_is(command, tmp_path):
    assert command("status", "--data", tmp_path / "none").error[0] == "DatabaseUnusable"
    assert not (tmp_path / "none").exists()


def test_without_the_servers_packages_the_extra_is_named():
    code = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from counter_app.__main__ import main\n"
        "sys.argv = ['counter-app', 'central', 'status', '--database', 'postgresql://x/y', "
        "'--json']\nmain()"
    )
    line = [sys.executable, "-c", code]
    done = subprocess.run(line, check=False, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 3, done.stderr
    error = json.loads(done.stdout)["error"]
    assert error["code"] == "MissingExtra"
    assert "[central]" in error["message"]


# Serving.


@contextmanager
def served(*words, database=None):
    """Run `central serve` as a program of its own; yield it with what it told first."""
    env = os.environ | ({"COUNTER_APP_CENTRAL_DATABASE": database.url} if database else {})
    line = [sys.executable, "-m", "counter_app", "central", "serve", "--port", "0", "--json"]
    with subprocess.Popen(
        [*line, *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=env,
    ) as program:
        try:
            told = program.stdout.readline()
            assert told, program.stderr.read()
            program.told = msgspec.json.decode(told, type=results.ServingResult)
            yield program
        finally:
            program.kill()
            program.communicate()


def health(url, **safe):
    with urlopen(f"{url}/healthz", timeout=20, **safe) as answer:
        return answer.status


@posix_only
def test_a_folder_of_its_own_is_served_asked_and_left_clean(command, tmp_path):
    data = tmp_path / "centre"
    with served("--data", data) as program:
        first = program.told
        assert first.root_key
        assert health(first.url) == 200
        server = int((data / "data" / "postmaster.pid").read_text().split()[0])
        # Other commands find the server that runs, and another server is refused.
        found = read(results.CentralStatusResult, command("status", "--data", data))
        assert found.fingerprint == first.fingerprint
        assert command("enrol-code", "--data", data, "--agency", AGENCY, "--desk", "Q").code == 0
        refused = command("serve", "--data", data, "--port", "0")
        assert (refused.code, refused.error[0]) == (3, "DatabaseUnusable")
        program.send_signal(signal.SIGTERM)
        assert program.wait(30) == 0
        assert "Traceback" not in program.stderr.read()
    with pytest.raises(ProcessLookupError):
        os.kill(server, 0)
    # With nobody serving, a command runs the database for itself.
    again = read(results.CentralStatusResult, command("status", "--data", data))
    assert again.centre_id == first.centre_id
    assert not (data / "data" / "postmaster.pid").exists()


@posix_only
def test_a_server_that_was_killed_goes_on_where_it_was(command, tmp_path):
    data = tmp_path / "centre"
    read(results.CentreResult, command("migrate", "--data", data))
    with served("--data", data) as program:
        first = program.told
        assert first.root_key is None  # it was shown by `migrate`
        program.kill()
        program.wait(30)
    with served("--data", data) as program:
        assert program.told.fingerprint == first.fingerprint
        assert health(program.told.url) == 200
        program.send_signal(signal.SIGINT)
        assert program.wait(30) == 0


@posix_only
def test_a_database_elsewhere_is_served_over_tls(database, centre, tmp_path):
    authority = Authority()
    certificate = authority.vouch(tmp_path)
    line = ("--certificate", certificate, "--private-key", certificate)
    with served(*line, database=database) as program:
        assert program.told.url.startswith("https://127.0.0.1:")
        assert program.told.root_key is None
        safe = ssl.create_default_context(cadata=authority.pem)
        assert health(program.told.url, context=safe) == 200


def test_no_centre_is_founded_where_nobody_could_be_served(command, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = command("serve", "--data", tmp_path / "centre", "--port", port)
    assert (refused.code, refused.error[0]) == (3, "AddressUnusable")
    assert str(port) in refused.error[1]
    assert not (tmp_path / "centre").exists()


def test_a_certificate_that_cannot_be_used_is_told(command, tmp_path):
    (tmp_path / "x.pem").write_text("no certificate")
    for certificate in (tmp_path / "x.pem", tmp_path / "none.pem"):
        line = ("--certificate", certificate, "--private-key", tmp_path / "x.pem")
        refused = command("serve", "--data", tmp_path / "centre", *line)
        assert (refused.code, refused.error[0]) == (2, "UnreadableFile")
    alone = command("serve", "--data", tmp_path / "centre", "--certificate", tmp_path / "x.pem")
    assert alone.error[0] == "UsageError"
