"""What cannot be: one clear sentence, the exit code that is promised, and nothing is lost.

Each case is an application or a command line that is refused. In both languages the sentence
is there, differs, and has no brace of a placeholder left; the store is as it was.
"""

import json
import unicodedata
from pathlib import Path

import pytest

from counter_app.keys.throttle import FREE_FAILURES
from counter_app.services.setting_up import set_up
from tests.office import PASSWORD, a_new_desk, counts, is_sound
from tests.printing.papers import text

LANGUAGES = ("vi", "en")
NOTHING = {"dossier": 0, "form_version": 0, "code_counter": 0, "draft": 0}


@pytest.fixture
def refused(run, folder, enter):
    """Run a command that is refused, and return its sentence in both languages."""

    def refused(*words, code, error, **env):
        said = {}
        for language in LANGUAGES:
            outcome = run(*words, "--lang", language, **env)
            assert (outcome.code, outcome.error[0]) == (code, error), outcome.out
            said[language] = outcome.error[1]
        assert said["vi"] != said["en"]
        assert not any("{" in sentence or "\n" in sentence for sentence in said.values())
        assert state(enter, folder) == NOTHING
        return said

    return refused


def state(enter, folder):
    """Return how much is in the store, but for who has signed in; it must be sound."""
    desk = enter(folder)
    try:
        assert is_sound(desk)
        found = counts(desk)
    finally:
        desk.store.close()
    return {name: found[name] for name in NOTHING}


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        ("", "truncated"),
        ('{"procedure": "1.001193",', "truncated"),
        ('{"procedure": "1.001193"}}', "trailing characters"),
        ('{"procedure": 1.001193}', "$.procedure"),
        ('{"procedure": "1.001193", "applicant": {"sex": "?"}}', "$.applicant.sex"),
        ('{"procedure": "1.001193", "applicant": {"full_nam": "x"}}', "full_nam"),
        ('{"procedure": "1.001193", "aplicant": {}}', "aplicant"),
        ('{"components": [{"id": "x", "pages": 1}]}', "pages"),
        ('{"components": [{"id": "x", "originals": 1.5}]}', "$.components[0].originals"),
        ('{"answers": {"copies": [1]}}', "$.answers"),
        ('{"answers": {"copies": true}}', "$.answers"),
        ('{"channel": "pigeon"}', "$.channel"),
        ("[]", "array"),
        ("[" * 100_000, ""),
        ('"\\ud800"', ""),
        ('{"note": "\\ud800"}', ""),
    ],
)
def test_a_file_that_does_not_parse_is_named_with_the_place(refused, tmp_path, raw, place):
    path = tmp_path / "wrong.json"
    path.write_text(raw, "utf-8")
    said = refused("register", path, code=2, error="UnreadableFile")
    assert all("wrong.json" in sentence and place in sentence for sentence in said.values())


@pytest.mark.parametrize("raw", [b"\xff\xfe{}", b'{"note": "\xff"}', b"%PDF-1.7", b"\0" * 100])
def test_a_file_of_another_kind_is_named(refused, tmp_path, raw):
    (tmp_path / "wrong.json").write_bytes(raw)
    refused("register", tmp_path / "wrong.json", code=2, error="UnreadableFile")


def test_a_file_that_is_not_there_is_named(refused, tmp_path):
    said = refused("register", tmp_path / "none.json", code=2, error="UnreadableFile")
    assert "none.json" in said["vi"]


def test_a_folder_is_no_application(refused, tmp_path):
    refused("register", tmp_path, code=2, error="UsageError")


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("procedures/x.toml", "\ncode = ?", "line 2"),
        ("procedures/x.toml", 'code = "1.000001"\nversion = "x"', "x.toml"),
        ("procedures/x.toml", "\ufeffversion = 1", "x.toml"),
        ("rules/calendar.toml", "version = 1", "calendar.toml"),
        ("print/receipt.toml", 'id = "receipt"', "print/receipt.toml"),
    ],
)
def test_a_form_that_is_not_as_it_should_be_is_named(
    run, intake, folder, enter, name, content, place
):
    path = folder / "forms" / name
    path.parent.mkdir(parents=True)
    path.write_text(content, "utf-8")
    said = set()
    for language in LANGUAGES:
        outcome = run("register", intake(), "--lang", language)
        assert (outcome.code, outcome.error[0]) == (3, "InvalidForm")
        assert path.name in outcome.error[1]
        assert place in outcome.error[1]
        said.add(outcome.error[1])
    assert len(said) == 2
    path.unlink()
    assert state(enter, folder) == NOTHING
    assert run("register", intake()).result["code"].endswith("-0001")


@pytest.mark.parametrize(
    ("changes", "code", "error", "named"),
    [
        ({"procedure": "9.999999"}, 2, "UnknownProcedure", "9.999999"),
        ({"procedure": ""}, 2, "UnknownProcedure", ""),
        ({"case": "no_such_case"}, 10, "InvalidField", "no_such_case"),
        ({"components": []}, 10, "IncompleteIntake", "Giấy chứng sinh"),
        ({"components": [{"id": "application"}]}, 10, "IncompleteIntake", "Giấy chứng sinh"),
        ({"components": [{"id": "banana"}]}, 10, "InvalidField", "banana"),
        ({"components": [{"id": "application", "originals": -1}]}, 10, "InvalidField", "999"),
        ({"components": [{"id": "application", "copies": 10**30}]}, 10, "InvalidField", "999"),
        ({"answers": {"no_such": "x"}}, 10, "InvalidField", "no_such"),
        ({"answers": {"in_time": "maybe"}}, 10, "InvalidField", ""),
        ({"answers": {"child_name": 5}}, 10, "InvalidField", ""),
        ({"answers": {"child_birth_date": "30/02/2026"}}, 10, "InvalidField", "30/02/2026"),
        ({"note": "x" * 5_000_000}, 10, "InvalidField", "5000000"),
        ({"note": "a\0b"}, 10, "InvalidField", "U+0000"),
        ({"applicant": {}}, 10, "IncompleteIntake", ""),
    ],
)
def test_an_application_that_cannot_be_is_refused(refused, intake, changes, code, error, named):
    assert named in refused("register", intake(**changes), code=code, error=error)["vi"]


@pytest.mark.parametrize(
    ("changes", "error", "named"),
    [
        ({"full_name": ""}, "IncompleteIntake", "ọ và tên"),
        ({"full_name": "   \u00a0\t "}, "IncompleteIntake", ""),
        ({"full_name": "Thử" * 167}, "InvalidField", "501"),
        ({"full_name": "Nguyễn\0Thử"}, "InvalidField", "U+0000"),
        ({"full_name": "Nguyễn\x1b[31mThử"}, "InvalidField", "U+001B"),
        ({"id_number": "00109000001"}, "InvalidField", "11"),
        ({"id_number": "0" * 300}, "InvalidField", ""),
        ({"birth_date": "30/02/1990"}, "InvalidField", "30/02/1990"),
        ({"birth_date": "1990-13-01"}, "InvalidField", "1990-13-01"),
        ({"birth_date": "hôm qua"}, "InvalidField", "hôm qua"),
        ({"birth_date": "x" * 5000}, "InvalidField", ""),
        ({"phone": "12345"}, "InvalidField", ""),
        ({"email": "ai đó"}, "InvalidField", ""),
        ({"kind": "business", "id_number": "123"}, "InvalidField", ""),
    ],
)
def test_an_applicant_who_cannot_be_is_refused(refused, intake, applicant, changes, error, named):
    wrong = intake(applicant=applicant(**changes))
    assert named in refused("register", wrong, code=10, error=error)["vi"]


def test_nobody_was_born_tomorrow(refused, intake, applicant, tomorrow):
    wrong = intake(applicant=applicant(birth_date=tomorrow.isoformat()))
    said = refused("register", wrong, code=10, error="InvalidField")
    assert f"{tomorrow:%d/%m/%Y}" in said["vi"]


ODD = {
    "markup": "Nguyễn <b>Thử</b>",
    "ampersand": "Thử & Con",
    "formula": '=1+1;HYPERLINK("http://x")',
    "braces": "{dossier_code} {0} {}",
    "percent": "%s %(x)s %n",
    "sql": "'; DROP TABLE dossier; --",
    "turned": "Trần \u202eửhT\u202c Thử",
    "unseen": "Th\u200bử \u2066x\u2069 \ufeffy",
    "emoji": "Thử 👨\u200d👩\u200d👧 🇻🇳",
    "beyond": "Thử \U00020000 𝕋𝕙𝕦",
    "longest": "Thử " * 63 + "Thử",
    "path": "../../etc/passwd",
    "fullwidth": "＝１＋１",
}


@pytest.mark.parametrize("name", ODD.values(), ids=list(ODD))
def test_an_odd_name_is_kept_byte_for_byte_and_printed(run, intake, applicant, tmp_path, name):
    odd = intake(applicant=applicant(full_name=name, address=name), note=name)
    outcome = run("register", odd, "--receipt", tmp_path / "r.pdf")
    assert outcome.code == 0
    code = outcome.result["code"]
    shown = run("dossier", code).result
    assert shown["applicant"]["full_name"] == name
    assert shown["applicant"]["address"] == name
    assert shown["note"] == name
    assert code in text((tmp_path / "r.pdf").read_bytes())
    assert run("search", code).result["applicant"] == name
    assert run("dossier", code, json=False).out
    assert run("summary", "--pdf", tmp_path / "day.pdf").code == 0
    assert run("verify").result["ok"]


def test_a_decomposed_name_is_kept_composed_and_found_either_way(run, intake, applicant):
    composed = "Nguyễn Thị Thử"
    decomposed = unicodedata.normalize("NFD", composed)
    run("register", intake(applicant=applicant(full_name=decomposed)))
    for typed in (composed, decomposed, "nguyen thi"):
        assert run("search", typed).result["applicant"] == composed


def test_a_receipt_that_cannot_be_written_registers_nothing(refused, intake, tmp_path):
    (tmp_path / "file").write_text("x")
    for place in (tmp_path / "file" / "r.pdf", Path("/proc/self/nothing/r.pdf")):
        said = refused(
            "register", intake(), "--receipt", place, code=2, error="UnwritableFile"
        )  # fmt: skip
        assert "r.pdf" in said["vi"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_what_was_received_is_told_even_if_its_paper_is_lost(run, intake):
    outcome = run("register", intake(), "--receipt", "/dev/full")
    received, failed = outcome.results
    assert outcome.code == 2
    assert received["code"].endswith("-0001")
    assert received["receipt"] is None
    assert failed["error"]["code"] == "UnwritableFile"
    assert run("dossier", received["code"]).code == 0


@pytest.mark.parametrize("typed", ["H57.132-261123-0042", "x", "", "'", "-", "x" * 10_000])
def test_a_dossier_that_is_not_here_is_unknown(refused, typed):
    refused("dossier", typed, code=2, error="UnknownDossier")


def test_a_wrong_password_and_an_unknown_officer_get_the_same_answer(refused):
    wrong = refused("search", "x", code=8, error="SignInRefused", COUNTER_APP_PASSWORD="sai rồi!")
    nobody = refused("search", "x", code=8, error="SignInRefused", COUNTER_APP_OFFICER="ai")
    assert wrong == nobody


def test_after_many_wrong_passwords_one_is_told_how_long_to_wait(run, folder):
    for _ in range(FREE_FAILURES):
        assert run("verify", COUNTER_APP_PASSWORD="sai rồi!").error[0] == "SignInRefused"
    said = set()
    for language in LANGUAGES:
        outcome = run("verify", "--lang", language, COUNTER_APP_PASSWORD=PASSWORD)
        assert (outcome.code, outcome.error[0]) == (8, "SignInThrottled")
        said.add(outcome.error[1])
    assert len(said) == 2


@pytest.mark.parametrize(
    "words", [("register", "FILE"), ("search", "x"), ("verify",), ("summary",), ("scan", "x")]
)
def test_where_there_is_no_desk_it_says_how_to_set_one_up(run, intake, tmp_path, words):
    line = [str(intake()) if word == "FILE" else word for word in words]
    for language in LANGUAGES:
        outcome = run(*line, "--profile", tmp_path / "none", "--lang", language)
        assert (outcome.code, outcome.error[0]) == (3, "NotConfigured")
        assert str(tmp_path / "none") in outcome.error[1]
    assert not (tmp_path / "none").exists()


def test_a_desk_that_is_there_is_not_set_up_again(refused, folder):
    refused(
        "init", "--agency", "H57.132", "--name", "UBND", "--desk", "Quầy",
        code=3, error="ProfileExists",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "code", "error"),
    [
        ({"--agency": "???"}, 10, "InvalidField"),
        ({"--name": " "}, 10, "InvalidField"),
        ({"--desk": " "}, 10, "InvalidField"),
        ({"--tracking-url": "xyz"}, 10, "InvalidField"),
        ({"--codes": "9-1"}, 2, "UsageError"),
        ({"--codes": "0-9"}, 2, "UsageError"),
        ({"--codes": "x"}, 2, "UsageError"),
    ],
)
def test_a_desk_that_cannot_be_is_not_set_up(run, tmp_path, changes, code, error):
    given = {"--agency": "H57.132", "--name": "UBND", "--desk": "Quầy"} | changes
    words = [word for pair in given.items() for word in pair]
    said = set()
    for language in LANGUAGES:
        outcome = run("init", "--profile", tmp_path / "new", "--lang", language, *words)
        assert (outcome.code, outcome.error[0]) == (code, error)
        said.add(outcome.error[1])
    assert len(said) == 2
    assert not list((tmp_path / "new").glob("*"))


@pytest.mark.parametrize("password", ["12345678", "ngắn", "quầy123"])
def test_a_desk_is_not_set_up_with_a_weak_password(run, tmp_path, password):
    outcome = run(
        "init", "--profile", tmp_path / "new", "--agency", "H57.132", "--name", "UBND",
        "--desk", "Quầy", COUNTER_APP_PASSWORD=password,
    )  # fmt: skip
    assert (outcome.code, outcome.error[0]) == (10, "WeakPassword")


def test_a_desk_at_work_does_not_pretend_another_day(refused, intake):
    refused("register", intake(), "--at", "2026-11-23T09:30:00+07:00", code=2, error="PracticeOnly")


@pytest.mark.parametrize("at", ["yesterday", "2026-11-23T09:30:00", "9999-12-31T23:59:59-12:00"])
def test_an_instant_is_told_with_its_offset(refused, intake, at):
    refused("register", intake(), "--at", at, code=2, error="UsageError")


def test_a_clock_that_no_code_can_tell_registers_nothing(run, intake, tmp_path, enter):
    set_up(tmp_path / "practice", a_new_desk(practice=True))
    for year in (1970, 2100):
        outcome = run(
            "register", intake(), "--profile", tmp_path / "practice",
            "--at", f"{year}-01-02T09:30:00+07:00",
        )  # fmt: skip
        assert (outcome.code, outcome.error[0]) == (10, "ImpossibleClock")
        assert f"02/01/{year}" in outcome.error[1]
    assert state(enter, tmp_path / "practice")["dossier"] == 0


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_no_summary_is_counted_of_an_impossible_day(refused, day):
    refused("summary", "--date", day, code=2, error="UsageError")


@pytest.mark.parametrize("day", ["2026-02-30", "hôm nay", "23/11/2026"])
def test_a_day_is_told_as_a_calendar_has_it(refused, day):
    refused("summary", "--date", day, code=2, error="UsageError")


def test_numbers_that_are_used_up_are_said_to_be(run, intake, tmp_path):
    set_up(tmp_path / "small", a_new_desk(codes=(1, 2)))
    line = ("register", intake(), "--profile", tmp_path / "small")
    assert [run(*line).result["code"][-4:] for _ in range(2)] == ["0001", "0002"]
    assert (run(*line).code, run(*line).error[0]) == (10, "NoReserve")


@pytest.mark.parametrize("role", ["boss", "", "RECEPTION"])
def test_a_role_that_there_is_not_is_refused(refused, role):
    refused(
        "user", "add", "binh", "--name", "Bình", "--role", role, code=2, error="UsageError",
        COUNTER_APP_NEW_PASSWORD="ba chiếc ghe xanh",
    )  # fmt: skip


def test_settings_that_were_spoilt_do_not_stop_the_desk(run, folder, intake):
    (folder / "settings.json").write_text("{", "utf-8")
    assert run("register", intake()).code == 0


def test_every_error_stands_alone_on_its_line(run, tmp_path):
    outcome = run("register", tmp_path / "none.json")
    assert outcome.err == ""
    assert run("register", tmp_path / "none.json", json=False).err.count("\n") == 1
    assert json.loads(outcome.out)["error"]["code"] == "UnreadableFile"


@pytest.mark.parametrize(
    ("raw", "key", "code", "error"),
    [
        (b"no backup at all", "x", 2, "UnreadableFile"),
        (None, "x", 2, "UnreadableFile"),
    ],
)
def test_what_is_no_backup_restores_nothing(run, tmp_path, raw, key, code, error):
    file = tmp_path / "one.backup"
    if raw is not None:
        file.write_bytes(raw)
    outcome = run(
        "restore", file, "--profile", tmp_path / "new", COUNTER_APP_RECOVERY_KEY=key
    )  # fmt: skip
    assert (outcome.code, outcome.error[0]) == (code, error)
    assert not (tmp_path / "new").exists()
