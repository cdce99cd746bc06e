"""`scans`: listed paper by paper, added from files, and written out for a reason that is noted."""

from datetime import datetime

import msgspec
import pytest

from counter_app.cli.results_scans import OpenedScan, ScansResult
from counter_app.services.business_day import confirm_day
from tests.factories import VIETNAM
from tests.imaging import corpus
from tests.office import kinds, register


@pytest.fixture
def at_desk(enter, folder, clock):
    """Do something at the desk between two commands, and return what comes of it."""
    clock.at = datetime.now(VIETNAM)

    def at_desk(work):
        desk = enter(folder)
        try:
            return work(confirm_day(desk, clock.at.date()))
        finally:
            desk.store.close()

    return at_desk


@pytest.fixture
def code(at_desk):
    return at_desk(lambda desk: register(desk).code)


@pytest.fixture
def page(tmp_path):
    """Write the bytes of a file; return its path."""

    def write(raw, name="a.jpg"):
        (tmp_path / name).write_bytes(raw)
        return tmp_path / name

    return write


def listed(outcome):
    assert outcome.code == 0, outcome.out
    return msgspec.json.decode(outcome.out, type=ScansResult)


def test_files_are_added_to_a_paper_and_listed(run, code, page):
    first, second = page(corpus.small()), page(corpus.tiff_of(2), "b.tif")
    paper = listed(run("scans", code)).papers[0].component
    added = listed(run("scans", code, "--add", first, second, "--component", paper))
    assert len(added.added) == 3
    again = listed(run("scans", code))
    assert (again.count, again.added) == (3, [])
    assert [scan.scan for scan in again.papers[0].scans] == added.added
    assert again.size == sum(scan.size for scan in again.papers[0].scans)


def test_one_is_written_out_and_noted(run, code, page, tmp_path, at_desk):
    (scan,) = listed(run("scans", code, "--add", page(corpus.pdf_of(2)))).added
    out = tmp_path / "out.pdf"
    opened = run("scans", code, "--open", scan, "--reason", "Đối chiếu", "--out", out)
    said = msgspec.json.decode(opened.out, type=OpenedScan)
    assert (said.media, said.size) == ("application/pdf", out.stat().st_size)
    assert out.read_bytes().startswith(b"%PDF")
    assert at_desk(kinds).count("scan_opened") == 1


@pytest.mark.parametrize(
    ("words", "exit_code"),
    [
        (["--open", "SCAN", "--out", "x"], 2),
        (["--open", "SCAN", "--reason", " ", "--out", "x"], 2),
        (["--reason", "Đối chiếu"], 2),
        (["--add"], 2),
        (["a.jpg"], 2),
        (["--add", "nothing.jpg"], 2),
        (["--open", "00000000-0000-0000-0000-000000000001", "--reason", "x", "--out", "x"], 2),
        (["--open", "no id", "--reason", "x", "--out", "x"], 2),
    ],
)
def test_what_is_not_whole_is_refused(run, code, page, tmp_path, monkeypatch, words, exit_code):
    monkeypatch.chdir(tmp_path)
    (scan,) = listed(run("scans", code, "--add", page(corpus.small()))).added
    line = [scan if word == "SCAN" else word for word in words]
    assert run("scans", code, *line).code == exit_code


def test_a_bad_file_is_told_and_what_was_added_before_stays(run, code, page):
    good, bad = page(corpus.small()), page(b"MZ" + bytes(100), "bad.jpg")
    outcome = run("scans", code, "--add", good, bad)
    assert outcome.code == 2
    assert outcome.error[0] == "ScanOfOtherKind"
    assert outcome.results[0]["count"] == 1
    assert run("scans", code, "--add", good).error[0] == "ScanKept"
    assert run("scans", code, "--add", good).code == 10
    assert run("scans", code, "--add", good, "--component", "giay_la").code == 10


def test_another_role_is_refused(run, code, page):
    cashier = {"COUNTER_APP_OFFICER": "thu", "COUNTER_APP_PASSWORD": "một hai ba bốn"}
    new = {"COUNTER_APP_NEW_PASSWORD": "một hai ba bốn"}
    assert run("user", "add", "thu", "--name", "Lê Văn Thử", "--role", "cashier", **new).code == 0
    assert run("scans", code, "--add", page(corpus.small()), **cashier).code == 8
    assert run("scans", code, **cashier).code == 0


def test_results_of_others_are_marked_as_such(run, code, page):
    found = listed(run("scans", code, "--add", page(corpus.small()), "--from-result"))
    assert found.papers[-1].scans[0].digitised == "from_result"


def test_words_for_people_name_the_paper_and_the_size(run, code, page):
    said = run("scans", code, "--add", page(corpus.small()), json=False)
    assert "✓ -" in said.out
    assert "kB" in said.out
    assert "+" in said.out


def test_verify_and_backup_tell_of_scans(run, code, page, tmp_path, folder):
    run("scans", code, "--add", page(corpus.small()))
    assert run("verify").result["scans"] == 1
    assert run("backup", tmp_path / "b.backup").result["scans"] == 1
    assert "1 " in run("backup", tmp_path / "c.backup", json=False).out
    (kept,) = (folder / "scans").glob("*/*")
    kept.unlink()
    outcome = run("verify")
    assert outcome.code == 5
    assert outcome.result["findings"]
    assert run("backup", tmp_path / "d.backup").result["scans_lost"] == 1
