"""The proofs in small, and that they find what was broken on purpose."""

import json
import secrets
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest

from counter_app.central.tracking.looking_up import DossierRow, IssuerRow
from counter_app.domain.dossier_code import make_dossier_code
from counter_app.domain.receipt_code import receipt_code_for
from counter_app.wire.signing import SigningKey, sign_receipt
from tests.factories import AGENCY, DAY
from tests.proofs import altered, kill, line, powercut
from tests.proofs._alterations import Alterations
from tests.proofs._disk import SECTOR, after_cut
from tests.proofs._trace import Made, Removed, Renamed, Synced, Written

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has neither fork nor strace; the proofs need them"
)

FOLDER = 0  # its inode
FEW_KILLS = ("--kills", "20", "--seed", "1")
FEW_POINTS = ("--points", "120", "--seed", "1")
FEW_DOSSIERS = ("--dossiers", "60", "--kills", "1", "--desk-kills", "1", "--postgres")
FEW_STRINGS = ("--strings", "690", "--pages", "46", "--seed", "1")


def proved(name, *arguments):
    """Return what a proof says in its first line."""
    command = [sys.executable, "-m", f"tests.proofs.{name}", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    verdict = json.loads(done.stdout.splitlines()[0])
    assert done.returncode == (0 if verdict["held"] else 1)
    return verdict


LINE = ("line", *FEW_DOSSIERS, "own", "--seed", "1")
ALTERED = ("altered", *FEW_STRINGS)
REPLAY = ("replay", "--times", "80", "--seed", "1")
LATER = ("later", "--receipts", "10", "--postgres", "wheel", "--seed", "1")


@pytest.fixture(scope="module")
def verdicts():
    """What the proofs of the centre say: two at a time, for they wait more than they work."""
    runs = (LINE, ALTERED, REPLAY, LATER)
    with ThreadPoolExecutor(2) as threads:
        return dict(zip(runs, threads.map(lambda run: proved(*run), runs), strict=True))


def left(*calls, seeds=range(40)):
    """Return all that the power may have left of files in the folder "/d"."""
    return [after_cut(calls, "/d", Random(seed)) for seed in seeds]


def receipt_code(signed_by):
    """Return what a receipt of this desk says."""
    code = receipt_code_for(
        make_dossier_code(AGENCY, DAY, 1),
        key_id=signed_by.key_id,
        due_on=None,
        token=secrets.token_bytes(16),
    )
    return sign_receipt(signed_by, code)


def a_reported_row(receipt):
    """Return the dossier of a receipt as the tracking page looks it up."""
    blank = DossierRow(*[None] * len(DossierRow._fields))
    return blank._replace(code=receipt.dossier_code, receipt=receipt.packed)


def test_nothing_is_lost_when_the_program_is_killed():
    verdict = proved("kill", *FEW_KILLS)
    assert verdict["broken"] == {}
    assert verdict["received"] > 20


def test_killing_finds_what_was_broken_on_purpose():
    verdict = proved("kill", *FEW_KILLS, "--mutant", kill.MUTANTS[0])
    assert verdict["broken"].keys() & {"lost", "said twice"}


def test_nothing_is_lost_when_the_power_fails(tool):
    tool("strace")
    verdict = proved("powercut", *FEW_POINTS)
    assert verdict["broken"] == {}
    assert verdict["looked_for"] > 1000


@pytest.mark.parametrize("mutant", powercut.MUTANTS)
def test_cutting_the_power_finds_what_was_broken_on_purpose(tool, mutant):
    tool("strace")
    verdict = proved("powercut", "--points", "15", "--seed", "1", "--mutant", mutant)
    assert "lost" in verdict["broken"]


def test_what_two_desks_have_received_comes_to_the_centre_once(verdicts):
    verdict = verdicts[LINE]
    assert verdict["broken"] == {}
    assert (verdict["dossiers"], verdict["flagged"], verdict["refused"]) == (60, 4, 4)
    assert verdict["hindered"] > 5


def test_the_line_shows_what_was_broken_on_purpose():
    one_of_each_side = (line.MUTANTS[0], line.MUTANTS[-1])
    with ThreadPoolExecutor(2) as threads:
        shown = dict(zip(one_of_each_side, threads.map(is_shown, one_of_each_side), strict=True))
    assert shown == dict.fromkeys(one_of_each_side, True)


def is_shown(mutant):
    """Say whether the line finds a fault; on a few dossiers now and then it does no harm."""
    for seed in range(3, 7):
        verdict = proved("line", *FEW_DOSSIERS, "wheel", "--seed", f"{seed}", "--mutant", mutant)
        if verdict["broken"].keys() & {"taken back", "lost", "nobody's operation"}:
            return True
    return False


def test_no_altered_digits_are_taken_for_a_receipt(verdicts):
    verdict = verdicts[ALTERED]
    assert verdict["broken"] == {}
    assert set(verdict["said"]) == {"altered", "unreadable", "unknown_key"}


@pytest.mark.parametrize("mutant", [None, *altered.MUTANTS])
def test_altering_digits_finds_what_was_broken_on_purpose(mutant):
    key, rows = SigningKey.generate(), {}
    receipts = [receipt_code(signed_by=key) for _ in range(10)]
    for receipt in receipts[:5]:
        rows[receipt.dossier_id] = a_reported_row(receipt)
    issuers = {key.key_id: IssuerRow(key.public, False, False, None, b"", True)}
    judge = altered.Judge(rows, issuers, mutant)
    alterations = Alterations([receipt.digits for receipt in receipts], key, Random(1))
    taken = [
        kind
        for kind in alterations.kinds * 10
        if judge.state(alterations.make(kind)) not in altered.REJECTED
    ]
    assert bool(taken) == (mutant is not None)


def test_a_push_that_comes_again_and_again_is_stored_once(verdicts):
    assert verdicts[REPLAY]["broken"] == {}


def test_a_desk_that_stood_alone_keeps_its_receipts_when_it_is_enrolled(verdicts):
    verdict = verdicts[LATER]
    assert verdict["broken"] == {}
    assert verdict["said"]["after"] == {"received": 10}


def test_what_was_synced_with_its_folder_is_always_there():
    calls = Made("/d/a", 1), Written(1, 0, b"x" * 2000), Synced(1), Synced(FOLDER)
    assert left(*calls) == [{"/d/a": b"x" * 2000}] * 40


def test_a_sector_that_was_not_synced_may_be_there_without_the_one_before():
    calls = Made("/d/a", 1), Synced(FOLDER), Written(1, 0, b"x" * 2 * SECTOR)
    torn = {"/d/a": bytes(SECTOR) + b"x" * SECTOR}
    assert torn in left(*calls)
    assert {"/d/a": b""} in left(*calls)


def test_a_new_name_may_be_lost_until_its_folder_is_synced():
    calls = Made("/d/a", 1), Written(1, 0, b"x"), Synced(1)
    assert {} in left(*calls)
    assert {"/d/a": b"x"} in left(*calls)


def test_a_file_takes_the_place_of_another_wholly_or_not_at_all():
    old = Made("/d/a", 1), Written(1, 0, b"old"), Synced(1), Synced(FOLDER)
    new = Made("/d/b", 2), Written(2, 0, b"new"), Synced(2), Renamed("/d/b", "/d/a", 2)
    assert {found["/d/a"] for found in left(*old, *new)} == {b"old", b"new"}


def test_a_file_that_was_removed_may_come_back():
    calls = Made("/d/a", 1), Written(1, 0, b"x"), Synced(1), Synced(FOLDER), Removed("/d/a")
    assert {} in left(*calls)
    assert {"/d/a": b"x"} in left(*calls)


def test_two_lives_are_lived_from_outside():
    verdict = proved("lives", "--lives", "2")
    assert (verdict["held"], verdict["lives"]) == (True, 2)


def test_two_strings_are_inert_wherever_they_go():
    verdict = proved("inert", "--strings", "2")
    assert verdict["held"]
    assert verdict["taken"] > verdict["refused"] > 0
