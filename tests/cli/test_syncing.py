"""`enrol` and `sync`, as they are typed and as programs read them."""

import json
import os
import signal
import subprocess
import sys

import pytest

from counter_app.wire.delivery import Verdict
from counter_app.wire.envelope import fingerprint
from counter_app.wire.messages import PushOutcome
from tests.sync.fake_centre import CENTRE_ID, FakeCentre, serving
from tests.sync.pki import Authority

NOWHERE = "http://127.0.0.1:9"


@pytest.fixture
def centre():
    return FakeCentre()


@pytest.fixture
def url(centre):
    with serving(centre) as url:
        yield url


@pytest.fixture
def enrolled(run, centre, url):
    return run("enrol", centre.code, "--central", url)


def test_enrolling_tells_who_the_centre_is(enrolled, centre, url):
    assert enrolled.code == 0
    result = enrolled.result
    assert (result["centre_id"], result["url"]) == (str(CENTRE_ID), url)
    assert result["fingerprint"] == fingerprint(centre.root.public)
    assert result["tracking_url"] == "https://tracking.example"
    assert result["waiting"] > 0


def test_two_people_compare_the_fingerprint_first(run, centre, url):
    asked = run("enrol", centre.code, "--central", url, "--lang", "en", json=False, typed="n\n")
    assert asked.code == 130
    assert fingerprint(centre.root.public) in asked.out
    assert not any(request.path.endswith("enrol") for request in centre.requests)
    done = run("enrol", centre.code, "--central", url, "--lang", "en", json=False, typed="y\n")
    assert done.code == 0
    assert "stay valid" in done.out


def test_whoever_has_compared_is_not_asked(run, centre, url):
    done = run("enrol", centre.code, "--central", url, "--yes", json=False)
    assert done.code == 0
    assert "?" not in done.out


@pytest.mark.parametrize("words", [[], ["CODE", "--move"]])
def test_a_code_or_a_new_address_and_not_both(run, words):
    assert run("enrol", *words, "--central", NOWHERE).code == 2


def test_what_keeps_a_desk_from_enrolling_has_its_exit_code(run, centre, url, tmp_path):
    assert run("enrol", "X" + centre.code[1:], "--central", url).error[0] == "EnrolCodeMistyped"
    assert run("enrol", FakeCentre().code, "--central", url).error[0] == "EnrolCodeRefused"
    assert run("enrol", centre.code, "--central", NOWHERE).error[0] == "CentreUnreachable"
    unsafe = run("enrol", centre.code, "--central", "http://example.vn")
    assert (unsafe.code, unsafe.error[0]) == (2, "UnsafeAddress")
    missing = run("enrol", centre.code, "--central", url, "--authority", tmp_path / "none")
    assert (missing.code, missing.error[0]) == (2, "UnreadableFile")
    assert run("sync", "--once").error[0] == "NotEnrolled"


def test_a_second_centre_is_refused(run, enrolled, centre, url):
    again = run("enrol", centre.code, "--central", url)
    assert (again.code, again.error[0]) == (3, "EnrolledAlready")


def test_over_tls_with_the_authority_in_a_file(run, centre, tmp_path):
    authority = Authority()
    (tmp_path / "authority.pem").write_text(authority.pem)
    with serving(centre, authority.vouch(tmp_path)) as url:
        place = "--central", url, "--authority", tmp_path / "authority.pem"
        assert run("enrol", centre.code, *place).code == 0
        assert run("sync", "--once").code == 0


def test_the_same_centre_at_another_address(run, enrolled, centre):
    with serving(centre) as there:
        assert run("enrol", "--move", "--central", there).result["url"] == there
    with serving(FakeCentre()) as there:
        other = run("enrol", "--move", "--central", there)
        assert (other.code, other.error[0]) == (6, "CentreNotTrusted")


def test_all_that_was_done_is_sent_once(run, enrolled, centre, intake):
    run("register", intake())
    first = run("sync", "--once")
    assert first.code == 0
    assert first.result["sent"] == len(centre.rows) == 4
    assert first.result["applied"] == 4
    assert (first.result["waiting"], first.result["complete"]) == (0, True)
    assert first.result["centre_id"] == str(CENTRE_ID)
    assert first.result["reference_version"] == 1
    again = run("sync", "--once")
    assert (again.code, again.result["sent"]) == (0, 1)  # that somebody has signed in


def test_an_unreachable_centre_loses_nothing_and_exits_with_six(run, enrolled, centre, intake):
    run("register", intake())
    centre.twist = lambda _answer: None
    away = run("sync", "--once")
    assert (away.code, away.error[0]) == (6, "CentreUnreachable")
    centre.twist = None
    assert run("sync", "--once").result["sent"] == 5


def test_what_ends_half_way_says_what_was_sent_and_exits_with_seven(run, enrolled, centre):
    answered = []

    def once(answer):
        answered.append(answer)
        return answer if len(answered) == 1 else None

    centre.twist = once
    partial = run("sync", "--once")
    assert partial.code == 7
    assert partial.result["sent"] == 2
    assert (partial.result["trouble"], partial.result["complete"]) == ("CentreUnreachable", False)


def test_a_conflict_exits_with_seven_and_is_counted(run, enrolled, centre, intake):
    run("register", intake())
    centre.verdicts["received"] = (Verdict.FLAGGED, "code_clash")
    flagged = run("sync", "--once")
    assert flagged.code == 7
    assert (flagged.result["flagged"], flagged.result["unsettled"]) == (1, 1)
    assert flagged.result["waiting"] == 0
    again = run("sync", "--once")
    assert (again.code, again.result["flagged"], again.result["unsettled"]) == (0, 0, 1)


def test_a_revoked_desk_is_told_so(run, enrolled, centre):
    centre.outcomes, centre.reason = [PushOutcome.QUARANTINED], "revoked"
    revoked = run("sync", "--once")
    assert (revoked.code, revoked.error[0]) == (7, "DeskRevoked")


def test_words_for_people_name_what_was_sent(run, enrolled):
    said = run("sync", "--once", "--lang", "en", json=False)
    assert said.code == 0
    assert "2 entries sent, 0 still wait" in said.out


@pytest.mark.timeout(60)
def test_without_once_it_goes_on_until_it_is_stopped(enrolled, centre, variables):
    command = [sys.executable, "-m", "counter_app", "sync", "--json"]
    env = os.environ | variables
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=quiet, env=env) as running:
        first = json.loads(running.stdout.readline())
        assert running.poll() is None
        running.send_signal(signal.SIGINT)
        last = json.loads(running.stdout.readline())
    assert running.returncode == 130
    assert (first["sent"], first["complete"]) == (2, True)
    assert last["error"]["code"] == "Abort"
    assert len(centre.rows) == 2
