import sys

import pytest
from msgspec.structs import replace

from counter_app import i18n
from counter_app.keys.device import SECRET_NAME
from counter_app.keys.finding import Concern, Finding
from counter_app.keys.inspection import inspect
from counter_app.keys.keyfile import (
    KEYS_NAME,
    LEAST_COST,
    PREVIOUS_NAME,
    read_keys,
    write_keys,
)
from counter_app.keys.officers import create_keys
from tests.keys.conftest import HEAD, HEADS_PASSWORD


@pytest.fixture
def sound(tmp_path):
    """A desk with nothing amiss."""
    create_keys(tmp_path, language="vi", officer=HEAD, password=HEADS_PASSWORD, cost=LEAST_COST)
    return tmp_path


def problems(folder):
    return [finding.concern for finding in inspect(folder) if finding.is_problem]


def test_a_sound_desk_has_no_problem_but_the_secret_lies_in_a_file(sound):
    assert [finding.concern for finding in inspect(sound)] == [Concern.SECRET_IN_FILE]
    assert problems(sound) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there the folder's access list rules")
@pytest.mark.parametrize("name", [SECRET_NAME, KEYS_NAME, PREVIOUS_NAME])
def test_a_file_that_others_can_read_is_named(sound, name):
    (sound / name).chmod(0o640)
    assert [dict(each.values) for each in inspect(sound) if each.is_problem] == [{"file": name}]


def test_the_previous_generation_is_looked_for_and_looked_into(sound):
    (sound / PREVIOUS_NAME).write_bytes(b"{")
    assert problems(sound) == [Concern.PREVIOUS_DAMAGED]
    (sound / PREVIOUS_NAME).unlink()
    assert problems(sound) == [Concern.NO_PREVIOUS]


def test_a_damaged_file_is_a_problem(sound):
    (sound / KEYS_NAME).write_bytes(b"{")
    (sound / KEYS_NAME).chmod(0o600)
    assert problems(sound) == [Concern.PREVIOUS_USED]


def test_a_missing_or_foreign_secret_is_a_problem(sound):
    (sound / SECRET_NAME).write_bytes(bytes(32))
    assert problems(sound) == [Concern.NO_DEVICE_SECRET]
    (sound / SECRET_NAME).unlink()
    assert problems(sound) == [Concern.NO_DEVICE_SECRET]


def test_passwords_that_are_guessed_cheaply_are_counted(folder):
    cheap = [each for each in inspect(folder) if each.concern is Concern.CHEAP_GUESSING]
    assert [dict(each.values) for each in cheap] == [{"count": 2}]


def test_a_desk_without_a_supervisor_is_a_problem(sound):
    keys = read_keys(sound).keys
    write_keys(sound, replace(keys, accounts=()))
    assert problems(sound) == [Concern.NO_SUPERVISOR]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("concern", list(Concern))
def test_every_finding_says_what_to_do_and_names_nobody(concern, language):
    i18n.speak(language)
    values = {"file": "F", "reason": "R", "kept": "K", "count": 3}
    said = str(Finding(concern=concern, values=values))
    assert said.endswith(".")
    assert "{" not in said
