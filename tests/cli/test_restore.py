"""`backup` and `restore`: from one PC to the next, and what is said of it."""

import re

import pytest

from counter_app.cli import results
from counter_app.services.care import back_up
from counter_app.services.setting_up import set_up
from tests.cli.test_commands import read
from tests.office import a_new_desk, register

NEW_PASSWORD = "bốn mùa hoa nở"


class Elsewhere:
    """Another PC: `go_on` restores there, `run` works there afterwards."""

    def __init__(self, run, file, recovery_key, profile):
        self._run = run
        self._file = file
        self._recovery_key = recovery_key
        self.profile = profile

    def go_on(self, *words, **options):
        given = {"COUNTER_APP_RECOVERY_KEY": self._recovery_key} | options
        return self.run("restore", self._file, *words, **given)

    def run(self, *words, **options):
        here = {"COUNTER_APP_PROFILE": str(self.profile), "COUNTER_APP_PASSWORD": NEW_PASSWORD}
        return self._run(*words, **here | options)


@pytest.fixture
def elsewhere(run, tmp_path, enter):
    """Back a desk up on the real day of today, and have the backup on another PC."""

    def elsewhere(**changes):
        key = set_up(tmp_path / "old", a_new_desk(**changes))
        there = {"COUNTER_APP_PROFILE": str(tmp_path / "old")}
        run("register", "docs/examples/birth.json", **there)
        run("backup", tmp_path / "one.backup", **there)
        return Elsewhere(run, tmp_path / "one.backup", key, tmp_path / "new")

    return elsewhere


def test_it_says_from_when_it_goes_on_and_with_which_numbers(elsewhere):
    there = elsewhere()
    done = read(results.RestoreResult, there.go_on())
    assert (done.profile, done.desk, done.officer) == (str(there.profile), "Quầy 1", "lan")
    assert (done.codes_left, done.from_reserve) == (50, True)
    assert done.rows == 3  # two who signed in, and one dossier
    assert there.run("register", "docs/examples/birth.json").result["code"].endswith("-9950")


def test_with_the_last_code_the_numbers_go_on(elsewhere, run, tmp_path):
    there = elsewhere()
    old = {"COUNTER_APP_PROFILE": str(tmp_path / "old")}
    codes = [run("register", "docs/examples/birth.json", **old).result["code"] for _ in range(2)]
    done = read(results.RestoreResult, there.go_on("--highest-code", codes[-1]))
    assert (done.codes_left, done.from_reserve) == (9949 - 3, False)
    assert there.run("register", "docs/examples/birth.json").result["code"].endswith("-0004")


@pytest.mark.parametrize(
    ("codes", "words"),
    [((1, 9999), "dải dự phòng: còn 50 số"), ((1, 20), "quầy khác tiếp nhận")],
)
def test_people_are_told_where_the_citizen_goes(elsewhere, codes, words):
    said = elsewhere(codes=codes).go_on(json=False)
    assert said.code == 0
    assert words in said.out
    assert re.search(r"\d\d/\d\d/\d{4}", said.out)


def test_a_small_range_is_told_and_refuses_until_tomorrow(elsewhere):
    there = elsewhere(codes=(1, 20))
    done = read(results.RestoreResult, there.go_on())
    assert (done.codes_left, done.from_reserve) == (0, False)
    refused = there.run("register", "docs/examples/birth.json")
    assert (refused.code, refused.error[0]) == (10, "NoReserve")


def test_the_others_get_new_passwords(elsewhere, run, tmp_path):
    there = elsewhere()
    old = {"COUNTER_APP_PROFILE": str(tmp_path / "old")}
    clerk = ("user", "add", "binh", "--name", "Lê Bình Thử", "--role", "reception")
    run(*clerk, COUNTER_APP_NEW_PASSWORD="ba chiếc ghe xanh", **old)
    run("backup", tmp_path / "one.backup", **old)
    assert there.go_on().code == 0
    as_clerk = {"COUNTER_APP_OFFICER": "binh", "COUNTER_APP_PASSWORD": "ba chiếc ghe xanh"}
    assert there.run("search", "x", **as_clerk).error[0] == "SignInRefused"
    reset = {"COUNTER_APP_NEW_PASSWORD": "năm cánh sao vàng"}
    assert there.run("user", "passwd", "binh", **reset).code == 0
    as_clerk["COUNTER_APP_PASSWORD"] = "năm cánh sao vàng"
    assert there.run("search", "x", **as_clerk).code == 0


@pytest.mark.parametrize(
    ("words", "env", "code", "error"),
    [
        ((), {"COUNTER_APP_RECOVERY_KEY": "ABCDE-ABCDE"}, 2, "RecoveryKeyMistyped"),
        ((), {"COUNTER_APP_OFFICER": "ai"}, 2, "UnknownOfficer"),
        ((), {"COUNTER_APP_PASSWORD": "12345678"}, 10, "WeakPassword"),
        (("--highest-code", "5"), {}, 10, "InvalidField"),
        (("--highest-code", "H57.999-261123-0001"), {}, 10, "InvalidField"),
        (("--highest-code", "H57.132-200101-0001"), {}, 10, "InvalidField"),
    ],
)
def test_what_is_refused_is_said_in_both_languages_and_leaves_no_desk(
    elsewhere, words, env, code, error
):
    there, said = elsewhere(), set()
    for language in ("vi", "en"):
        outcome = there.go_on(*words, "--lang", language, **env)
        assert (outcome.code, outcome.error[0]) == (code, error)
        said.add(outcome.error[1])
    assert len(said) == 2
    assert not any("{" in sentence for sentence in said)
    assert there.go_on().code == 0


def test_another_recovery_key_is_refused(elsewhere, tmp_path):
    other = set_up(tmp_path / "other", a_new_desk())
    there = elsewhere()
    outcome = there.go_on(COUNTER_APP_RECOVERY_KEY=other)
    assert (outcome.code, outcome.error[0]) == (8, "RecoveryKeyRefused")
    assert not there.profile.exists()


def test_without_a_key_nobody_is_asked_for_ever(elsewhere):
    outcome = elsewhere().go_on(COUNTER_APP_RECOVERY_KEY="")
    assert (outcome.code, outcome.error[0]) == (2, "UsageError")


def test_a_backup_goes_where_it_is_told_and_never_among_the_desks_own(run, folder, tmp_path):
    for place in (folder / "one.backup", folder / "desk.db"):
        outcome = run("backup", place)
        assert (outcome.code, outcome.error[0]) == (2, "UnwritableFile")
    assert run("backup", tmp_path / "new" / "one.backup").code == 0


def test_an_older_backup_is_replaced_by_a_whole_one_only(run, desk, tmp_path):
    register(desk)
    made = back_up(desk, tmp_path / "one.backup")
    register(desk)
    desk.store.close()
    again = read(results.BackupResult, run("backup", made.file))
    assert again.rows > made.manifest.seq
