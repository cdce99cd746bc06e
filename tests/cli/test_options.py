"""What stands on every command line: before the command or after it, in either language."""

import subprocess
import sys

import msgspec
import pytest

from counter_app import settings
from counter_app.cli import main
from counter_app.cli.lazy import LAZY
from counter_app.i18n import speak
from counter_app.settings import Settings
from tests.office import OFFICER, PASSWORD

CENTRAL = "serve migrate status enrol-code revoke import openapi user"
COMMANDS = [
    *([name] for name in LAZY),
    *(["user", sub] for sub in ("list", "add", "unlock", "passwd")),
    *(["central", sub] for sub in CENTRAL.split()),
    *(["central", "user", sub] for sub in ("add", "list", "revoke")),
]
NO_DISPLAY = {"QT_QPA_PLATFORM": None, "DISPLAY": None, "WAYLAND_DISPLAY": None}
HEAVY = (
    "PySide6 sqlalchemy alembic sqlcipher3 reportlab qrcode cryptography argon2 PIL babel "
    "litestar uvicorn psycopg"
)


def named(words):
    return " ".join(words)


@pytest.mark.parametrize(
    "line",
    [
        ("--lang", "en", "--json", "dossier", "x"),
        ("dossier", "x", "--json", "--lang", "en"),
        ("--json", "dossier", "--lang=en", "x"),
        ("--lang", "vi", "dossier", "--lang", "en", "x", "--json"),
    ],
)
def test_options_stand_before_the_command_or_after_it(run, line):
    outcome = run(*line, json=False)
    assert outcome.code == 2
    assert outcome.error[1].startswith("This desk knows no dossier “x”.")


def test_the_profile_after_the_command_wins(run, folder, tmp_path):
    line = ("--profile", tmp_path / "none", "search", "x", "--profile", folder)
    assert run(*line).code == 0


def test_without_being_told_the_desk_s_language_is_spoken(run, folder):
    settings.save(folder, Settings(language="en"))
    assert run("dossier", "x").error[1].startswith("This desk knows no dossier")
    assert run("dossier", "x", "--lang", "vi").error[1].startswith("Quầy này")


@pytest.mark.parametrize("language", ["xx", "", "../vi"])
def test_a_language_that_there_is_not_is_not_spoken(run, folder, language):
    settings.save(folder, Settings(language=language))
    assert run("dossier", "x").error[1].startswith("Quầy này")


def test_a_language_that_there_is_not_cannot_be_asked_for(run):
    outcome = run("search", "x", "--lang", "xx")
    assert (outcome.code, outcome.error[0]) == (2, "UsageError")
    assert "vi, en" in outcome.error[1]


@pytest.mark.parametrize(
    "line",
    [
        ("search",),
        ("search", "x", "--limit", "0"),
        ("search", "x", "--limit", "x"),
        ("search", "x", "--no-such-option"),
        ("search", "x", "--li", "1"),
        ("search", "x", "y"),
        ("no-such-command",),
        ("register",),
        ("user",),
        ("user", "no-such-command"),
        ("init", "--agency", "H57.132"),
        ("--profile", "pyproject.toml", "search", "x"),
        ("--no-such-option",),
        ("register", "x.json", "--size", "a3"),
    ],
    ids=named,
)
def test_a_line_that_cannot_be_read_is_an_error_like_any_other(run, line):
    outcome = run(*line)
    assert (outcome.code, outcome.error[0]) == (2, "UsageError")
    assert outcome.err == ""
    words = run(*line, json=False)
    assert words.code == 2
    assert words.out == ""
    assert words.err.startswith("Cách dùng: ")
    assert outcome.error[1] in words.err


def test_what_follows_two_dashes_is_no_option(run):
    assert run("scan", "--", "--json", json=False).out.startswith("Đây không phải")


@pytest.mark.parametrize("words", COMMANDS, ids=named)
def test_every_command_says_what_it_does_in_both_languages(run, words):
    said = {lang: run(*words, "--help", "--lang", lang, json=False) for lang in ("vi", "en")}
    assert {outcome.code for outcome in said.values()} == {0}
    assert "Cách dùng: " in said["vi"].out
    assert "Usage: " in said["en"].out
    assert not any("{" in outcome.out for outcome in said.values())
    said_alike = set(said["en"].out.splitlines()) & set(said["vi"].out.splitlines())
    assert said_alike <= {""}


def test_all_commands_are_listed_with_a_line_about_each(run):
    listed = run("--help", json=False).out
    for name, (_module, msgid) in LAZY.items():
        assert name in listed
        assert msgid not in listed  # but its translation


def test_help_waits_for_nothing_heavy():
    """Asked in one process for all commands: what one of them imports, stays imported."""
    code = f"""
import contextlib, io, sys
from counter_app.cli import main
for words in {[*COMMANDS, []]!r}:
    with contextlib.redirect_stdout(io.StringIO()) as said, contextlib.suppress(SystemExit):
        main([*words, "--help"], prog_name="counter-app")
    assert "--help" in said.getvalue(), words
    heavy = [name for name in {HEAVY.split()!r} if name in sys.modules]
    assert not heavy, (words, heavy)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_version_is_told(run):
    from counter_app import __version__

    assert __version__ in run("--version", json=False).out


def test_without_a_command_and_a_screen_it_says_so(run):
    outcome = run(**NO_DISPLAY)
    assert (outcome.code, outcome.error[0]) == (3, "NoDisplay")


def test_name_and_password_are_asked_for(run):
    asked = {"COUNTER_APP_OFFICER": "", "COUNTER_APP_PASSWORD": ""}
    outcome = run("verify", json=False, typed=f"{OFFICER.id}\n{PASSWORD}\n", **asked)
    assert outcome.code == 0
    assert "Cán bộ" in outcome.err
    assert PASSWORD not in outcome.out + outcome.err


def test_a_new_password_is_asked_for_twice(run):
    typed = "bốn mùa hoa nở\nkhác\nbốn mùa hoa nở\nbốn mùa hoa nở\n"
    assert run("user", "passwd", json=False, typed=typed).code == 0
    assert run("verify", COUNTER_APP_PASSWORD="bốn mùa hoa nở").code == 0


@pytest.mark.parametrize("missing", ["COUNTER_APP_OFFICER", "COUNTER_APP_PASSWORD"])
def test_where_nobody_can_be_asked_it_names_the_variable(run, missing):
    outcome = run("verify", **{missing: ""})
    assert (outcome.code, outcome.error[0]) == (2, "UsageError")
    assert missing in outcome.error[1]


def test_the_program_can_be_called_from_another(folder, variables, monkeypatch, capsys):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as left:
        main(["scan", "x", "--json"])
    assert left.value.code == 0
    assert msgspec.json.decode(capsys.readouterr().out)["kind"] == "unknown"
    speak("vi")
