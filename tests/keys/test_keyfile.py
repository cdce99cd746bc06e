import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from counter_app.errors import (
    CounterError,
    NotConfigured,
    SignInRefused,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreReadOnly,
    StoreTooNew,
    UnreadableFile,
)
from counter_app.keys.backup import put_slots
from counter_app.keys.durable import actionable
from counter_app.keys.finding import Concern
from counter_app.keys.inspection import inspect
from counter_app.keys.keyfile import (
    DAMAGED_NAME,
    KEYS_NAME,
    PREVIOUS_NAME,
    decode_keys,
    read_keys,
)
from counter_app.keys.roster import officer_of, read_roster, set_language
from counter_app.keys.signin import unlock
from tests.keys.conftest import CLERKS_PASSWORD, HEAD, HEADS_PASSWORD, WRONG, at

FULL = Path("/dev/full")


def cut_off(path, at_byte):
    path.write_bytes(path.read_bytes()[:at_byte])


def concerns(findings):
    return [finding.concern for finding in findings]


def test_a_whole_file_is_read_without_a_word(folder):
    assert read_keys(folder).findings == ()


@pytest.mark.parametrize("length", [0, 1, 100, -2])
def test_a_truncated_file_is_told_and_the_previous_generation_read(folder, length):
    cut_off(folder / KEYS_NAME, length)
    roster = read_roster(folder)
    assert concerns(roster.findings) == [Concern.PREVIOUS_USED]
    assert HEAD in [each.officer for each in roster.officers]


def test_a_missing_file_is_told_and_the_previous_generation_read(folder):
    (folder / KEYS_NAME).unlink()
    assert concerns(read_roster(folder).findings) == [Concern.PREVIOUS_USED]


def test_every_byte_that_flips_is_noticed_or_harmless(folder, made):
    """A flipped byte never opens the desk to anybody, and never keeps the others out."""
    whole = (folder / KEYS_NAME).read_bytes()
    for place in range(0, len(whole), 97):
        flipped = whole[:place] + bytes([whole[place] ^ 0x15]) + whole[place + 1 :]
        (folder / KEYS_NAME).write_bytes(flipped)
        (folder / PREVIOUS_NAME).write_bytes(whole)
        for name, password in (("lan", HEADS_PASSWORD), ("binh", CLERKS_PASSWORD)):
            try:
                assert unlock(folder, name, password, at(1)).key == made.key
            except CounterError:
                continue


def test_who_signs_in_on_the_previous_generation_is_told_and_doctor_remembers(folder):
    cut_off(folder / KEYS_NAME, 50)
    assert concerns(unlock(folder, "lan", HEADS_PASSWORD, at(1)).findings) == [
        Concern.PREVIOUS_USED
    ]
    assert unlock(folder, "lan", HEADS_PASSWORD, at(2)).findings == ()
    assert (folder / DAMAGED_NAME).stat().st_size == 50
    assert Concern.DAMAGED_SET_ASIDE in concerns(inspect(folder))


def test_two_damaged_generations_are_never_written_over(folder):
    for name in (KEYS_NAME, PREVIOUS_NAME):
        cut_off(folder / name, 50)
    for attempt in (
        lambda: read_roster(folder),
        lambda: unlock(folder, "lan", HEADS_PASSWORD, at(1)),
        lambda: set_language(folder, "en"),
    ):
        with pytest.raises(StoreDamaged):
            attempt()
    assert (folder / KEYS_NAME).stat().st_size == 50


@pytest.mark.parametrize("left", [KEYS_NAME + ".new", PREVIOUS_NAME + ".new"])
def test_what_a_crash_left_half_written_is_passed_over(folder, left):
    (folder / left).write_bytes(b'{"version": 1, "lang')
    (folder / left).chmod(0o444)
    assert unlock(folder, "lan", HEADS_PASSWORD, at(1)).findings == ()
    assert not (folder / left).exists()


def test_a_crash_between_the_two_generations_costs_nothing(folder):
    # The old file had become the previous generation; its successor was not yet in its place.
    (folder / PREVIOUS_NAME).write_bytes((folder / KEYS_NAME).read_bytes())
    (folder / (KEYS_NAME + ".new")).write_bytes(b"")
    assert unlock(folder, "lan", HEADS_PASSWORD, at(1)).findings == ()


def test_a_file_of_a_newer_release_is_left_alone(folder):
    newer = json.dumps({"version": 2, "something": "else"}).encode()
    (folder / KEYS_NAME).write_bytes(newer)
    for attempt in (lambda: read_roster(folder), lambda: set_language(folder, "en")):
        with pytest.raises(StoreTooNew):
            attempt()
    with pytest.raises(StoreTooNew):
        put_slots(folder, newer)
    assert (folder / KEYS_NAME).read_bytes() == newer


def test_a_field_that_nobody_knows_is_not_dropped_silently(folder):
    raw = (folder / KEYS_NAME).read_bytes().replace(b"{", b'{"surprise": 1,', 1)
    with pytest.raises(UnreadableFile, match="surprise"):
        decode_keys(raw)


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe", b"[]", b"null", b'{"version": "1"}', b"{}"])
def test_what_is_no_file_of_slots_is_refused_in_words(folder, raw):
    before = (folder / KEYS_NAME).read_bytes()
    with pytest.raises(UnreadableFile, match=KEYS_NAME):
        put_slots(folder, raw)
    assert (folder / KEYS_NAME).read_bytes() == before


def test_the_previous_generation_is_the_one_before(folder):
    before = (folder / KEYS_NAME).read_bytes()
    set_language(folder, "en")
    assert (folder / PREVIOUS_NAME).read_bytes() == before


def test_no_try_is_lost_when_several_come_at_once(folder):
    def guess(_):
        with pytest.raises(SignInRefused):
            unlock(folder, "lan", WRONG, at(1))

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(guess, range(4)))
    assert officer_of(folder, "lan").throttle.failures == 4


def test_nothing_is_made_where_there_is_nothing(tmp_path):
    for attempt in (read_roster, inspect, lambda folder: set_language(folder, "en")):
        with pytest.raises(NotConfigured):
            attempt(tmp_path)
        with pytest.raises(NotConfigured):
            attempt(tmp_path / "nowhere")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_said_so(folder):
    folder.chmod(0o500)
    try:
        if os.access(folder, os.W_OK):
            pytest.skip("this account may write everywhere")
        with pytest.raises(StoreReadOnly):
            set_language(folder, "en")
    finally:
        folder.chmod(0o700)


def test_a_file_that_may_not_be_read_is_no_damaged_one(folder):
    (folder / KEYS_NAME).chmod(0)
    if os.access(folder / KEYS_NAME, os.R_OK):
        pytest.skip("this account may read everything")
    with pytest.raises(StoreError):
        read_roster(folder)


@pytest.mark.skipif(not FULL.exists(), reason="needs /dev/full")
def test_a_full_disk_is_said_so():
    with pytest.raises(StoreFull), actionable():
        FULL.write_bytes(b"one byte too many")


def test_the_roster_is_read_without_loading_the_cryptography(folder):
    code = (
        "import sys, pathlib; from counter_app.keys.roster import read_roster;"
        "read_roster(pathlib.Path(sys.argv[1]));"
        "sys.exit(' '.join({'argon2', 'cryptography'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=False
    )
    assert done.stderr.strip() == ""
