"""Lines that nobody should type, and files that nobody should give: said plainly, nothing lost."""

import contextlib
import errno
import io
import os
from pathlib import Path

import pytest

from counter_app.cli import main
from tests.sync.fake_centre import FakeCentre, serving

RECOVERY = {"COUNTER_APP_RECOVERY_KEY": "-".join(["00000"] * 8)}
ENDLESS = Path("/dev/zero")


def in_both(run, *words, **env):
    """Run a command in both languages; return its exit code and its two sentences."""
    told = [run(*words, "--lang", language, **env) for language in ("vi", "en")]
    (code,) = {outcome.code for outcome in told}
    return code, *(outcome.error[1] for outcome in told)


def test_what_the_system_says_is_said_in_the_language_spoken(run, tmp_path):
    code, vi, en = in_both(run, "register", tmp_path / "none.json")
    assert code == 2
    assert "không có tệp hoặc thư mục này" in vi
    assert "there is no such file or folder" in en


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("dossier", "a", "b"), "Dòng lệnh thừa: b"),
        (("verify", "--rebuild=1"), "--rebuild: thiếu giá trị"),
        (("scans", "x", "--open", "y"), "--open: Mã định danh có dạng"),
        (("queue", "end", "x"), "OUTCOME: Chọn một trong"),
        (("dossier", ""), "hồ sơ “”"),
    ],
    ids=" ".join,
)
def test_a_slip_on_the_line_is_told_in_vietnamese(run, words, wanted):
    code, vi, en = in_both(run, *words)
    assert code == 2
    assert vi != en
    assert wanted in vi


def test_a_word_of_pages_is_not_said_back_whole(run):
    code, vi, _en = in_both(run, "dossier", "x" * 10_000)
    assert code == 2
    assert len(vi) < 400
    assert vi.endswith("quét giấy tiếp nhận.")


@pytest.mark.parametrize("option", ["--guidance", "--at"])
def test_an_option_that_is_given_empty_is_not_left_out(run, intake, option):
    assert run("register", intake(), option, "").code == 2


@pytest.mark.skipif(not ENDLESS.exists(), reason="needs /dev/zero")
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("register", ENDLESS), 2),
        (("restore", ENDLESS, "--profile", "{new}"), 2),
        (("enrol", "00000", "--central", "https://127.0.0.1:9", "--authority", ENDLESS), 2),
        (("central", "import", ENDLESS, "--data", "{new}"), 3),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_a_file_without_an_end_is_read_only_so_far(run, tmp_path, words, code):
    line = [str(word).format(new=tmp_path / "new") for word in words]
    assert run(*line, **RECOVERY).code == code


def test_what_is_no_backup_is_called_so(run, tmp_path):
    (tmp_path / "x").write_text("x")
    code, vi, en = in_both(run, "restore", tmp_path / "x", "--profile", tmp_path / "n", **RECOVERY)
    assert code == 2
    assert "đây không phải là bản sao lưu" in vi
    assert "this is no backup" in en


def test_a_profile_that_can_be_none_is_told_so(run):
    code, vi, _en = in_both(run, "search", "x", "--profile", "x" * 5000)
    assert code == 5
    assert "tên quá dài" in vi


def test_a_place_that_can_be_none_is_told_before_anything_is_received(run, intake):
    code, vi, _en = in_both(run, "register", intake(), "--receipt", "x" * 5000 + ".pdf")
    assert code == 2
    assert "tên quá dài" in vi
    assert run("search", "*").out == ""


def test_where_nobody_can_compare_the_fingerprint_the_option_is_named(run):
    centre = FakeCentre()
    with serving(centre) as url:
        asked = run("enrol", centre.code, "--central", url, json=False)
    assert asked.code == 2
    assert "--yes" in asked.err
    assert not any(request.path.endswith("enrol") for request in centre.requests)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("search", "\udcff"), "UTF-8"),
        (("summary", "--date", "1800-01-01"), "2020-01-01"),
        (("export", "register", "--from", "2026-11-30", "--to", "2026-11-01"), "--from"),
    ],
    ids=["no text", "no day of ours", "turned round"],
)
def test_what_cannot_be_meant_is_told(run, words, wanted):
    code, vi, en = in_both(run, *words)
    assert code == 2
    assert wanted in vi
    assert wanted in en


def test_a_backup_takes_the_place_of_no_device(run, tmp_path):
    pipe = tmp_path / "pipe"
    pipe.symlink_to("/dev/null")
    code, vi, _en = in_both(run, "backup", pipe)
    assert code == 2
    assert str(pipe) in vi
    assert pipe.is_symlink()


class Full(io.StringIO):
    """A file on a disk that is full."""

    def write(self, _text):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_where_no_result_can_be_told_that_is_said(capsys):
    with contextlib.redirect_stdout(Full()), pytest.raises(SystemExit) as ended:
        main(["procedures", "1.001193"])
    assert ended.value.code == 2
    assert "ổ đĩa đã đầy" in capsys.readouterr().err


def test_a_password_that_is_no_text_is_not_said_back(run):
    code, vi, _en = in_both(run, "search", "x", COUNTER_APP_PASSWORD="bảy \udcff sếu")
    assert code == 2
    assert "COUNTER_APP_PASSWORD" in vi
    assert "sếu" not in vi


@pytest.mark.parametrize("words", [("procedures", "dks"), ("user", "list")], ids=" ".join)
def test_a_profile_that_cannot_be_looked_into_is_told_so(run, words):
    code, vi, _en = in_both(run, *words, "--profile", "x" * 300)
    assert code == 5
    assert "người quản trị" in vi


def test_doctor_says_that_it_cannot_look_into_a_profile(run):
    looked = run("doctor", "--profile", "x" * 300)
    assert looked.code == 9
    assert [each["check"] for each in looked.results if not each["ok"]] == ["profile"]
    assert "tên quá dài" in looked.results[-1]["detail"]


@pytest.mark.parametrize("place", ["", "x" * 5000, "/proc/desk.backup"], ids=["none", "long", "no"])
def test_a_backup_is_refused_where_no_file_can_be(run, place):
    assert run("backup", place).error[0] == "UnwritableFile"
