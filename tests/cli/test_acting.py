"""`act`: each way that a dossier may take, what cannot be, and the list of what is possible."""

import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import msgspec
import pytest

from counter_app.cli import results
from counter_app.domain.officer import Officer, Role
from counter_app.domain.status import Status
from counter_app.domain.workflow import TRANSITIONS
from counter_app.i18n import languages
from counter_app.services.acting import BY_HAND, BY_ITSELF, act
from counter_app.services.business_day import confirm_day
from counter_app.services.setting_up import set_up
from tests.factories import EXAMPLES, VIETNAM, a_received, an_operation
from tests.office import OFFICER, a_new_desk, is_sound, kinds, register

CHIEF = Officer(id=OFFICER.id, name=OFFICER.name, roles=frozenset(Role))
ROADS = {
    Status.RECEIVED: "",
    Status.PROCESSING: "forwarded",
    Status.SUPPLEMENT: "forwarded supplement_requested",
    Status.OBLIGATION: "forwarded obligation_set",
    Status.WITHDRAWAL: "withdrawal_requested",
    Status.STOPPED: "forwarded refused",
    Status.FINISHED: "forwarded finished",
    Status.RETURNED: "forwarded finished result_returned",
}
RECEPTIONIST = frozenset({Role.RECEPTION, Role.ADMINISTRATOR})
BY_THE_DESK = {"due_before", "due_at", "old"}  # what it knows itself, or works out
FORBIDDEN = [
    (status, kind) for status in ROADS for kind in BY_HAND if status not in TRANSITIONS[kind].before
]
"""Every pair of a state and a kind that the table does not draw."""


@pytest.fixture(scope="module")
def profile(tmp_path_factory):
    """A desk whose officer may do everything."""
    folder = tmp_path_factory.mktemp("chief") / "profile"
    set_up(folder, a_new_desk(officer=CHIEF))
    return folder


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
def standing(at_desk):
    """Receive an application, bring it so far, and return its code."""

    def standing(status):
        def work(desk):
            dossier = register(desk, answers={"in_time": "no"})  # it costs what nobody has entered
            for kind in ROADS[status].split():
                dossier = act(desk, dossier.id, EXAMPLES[kind])
            assert dossier.status is status
            return dossier.code

        return at_desk(work)

    return standing


@pytest.fixture
def body(tmp_path):
    """Write what an entry says to a file, with these changes; return the path."""

    def write(kind, **changes):
        said = json.loads(msgspec.json.encode(EXAMPLES[kind]))
        kept = {key: value for key, value in said.items() if key not in BY_THE_DESK}
        if kind == "extended":
            kept["due_at"] = (datetime.now(VIETNAM) + timedelta(days=90)).isoformat()
        path = tmp_path / "body.json"
        path.write_text(json.dumps(kept | changes), "utf-8")
        return path

    return write


def entries(desk):
    """Return what was noted at the desk, but for who has signed in and what day it is."""
    return [kind for kind in kinds(desk) if kind not in {"officer_signed_in", "clock_confirmed"}]


def entered(outcome):
    assert outcome.code == 0, outcome.out
    return msgspec.json.decode(outcome.out, type=results.ActResult)


def possible(status, done=()):
    """What may follow `status`: not a result at once, nor what a rule stands against by now."""
    never = {"served"} | ({"extended"} & {*done})
    if "fee_exempted" not in done:
        never.add("exemption_reversed")
    if "fee_paid" in done or status is Status.RETURNED:
        never.add("voided")
    return [k for k in BY_HAND if status in TRANSITIONS[k].before and k not in never]


@pytest.mark.parametrize("status", ROADS, ids=lambda status: status.name.lower())
def test_all_that_the_law_allows_can_be_entered(run, standing, body, at_desk, status):
    allowed = possible(status)
    code = standing(status)
    listed = [each["kind"] for each in run("act", code, "--list").results]
    assert listed == allowed
    made = set()
    there = {"fee_assessed": {"line": "late_registration"}}
    for kind in allowed:
        if kind == "voided":  # money was taken by now
            code, made = standing(status), set()
        done = entered(run("act", code, kind, body(kind, **there.get(kind, {}))))
        assert (done.code, done.kind) == (code, kind)
        if kind == "fee_paid":
            there["receipt_linked"] = {"payment": done.op_id}
        after = TRANSITIONS[kind].after or status
        assert (done.status, done.status_name) == (after, f"{after}")
        made.add(kind)
        assert done.possible == possible(after, made)
        if after is not status:
            code, made = standing(status), set()
    assert at_desk(is_sound)


def test_what_the_law_does_not_allow_is_refused_and_leaves_no_trace(run, standing, body, at_desk):
    codes = {status: standing(status) for status in ROADS}
    before = at_desk(entries)
    for status, kind in FORBIDDEN:
        outcome = run("act", codes[status], kind, body(kind))
        assert (outcome.code, outcome.error[0]) == (10, "IllegalTransition"), (status, kind)
        assert f"{status}" in outcome.error[1]
    assert at_desk(entries) == before


def test_it_is_done_by_whoever_may(run, body, tmp_path, intake):
    officer = Officer(id=OFFICER.id, name=OFFICER.name, roles=RECEPTIONIST)
    set_up(tmp_path / "plain", a_new_desk(officer=officer))
    there = {"COUNTER_APP_PROFILE": str(tmp_path / "plain")}
    code = run("register", intake(), **there).result["code"]
    assert entered(run("act", code, "forwarded", body("forwarded"), **there)).status == 4
    refused = run("act", code, "finished", body("finished"), **there)
    assert (refused.code, refused.error[0]) == (8, "NotPermitted")
    assert f"{min(TRANSITIONS['finished'].by)}" in refused.error[1]
    for each in run("act", code, "--list", **there).results:
        assert each["allowed"] == bool(RECEPTIONIST & set(each["roles"]))


@pytest.mark.parametrize("kind", BY_ITSELF)
def test_what_is_noted_by_itself_is_not_entered_and_the_way_is_named(run, kind):
    said = [run("act", "x", kind, "--lang", language) for language in languages()]
    assert {(each.code, each.error[0]) for each in said} == {(2, "NotByHand")}
    assert all(kind in each.error[1] and "{" not in each.error[1] for each in said)
    assert len({each.error[1] for each in said}) == len(said)


def test_the_list_says_what_leads_where_by_whom_and_what_it_takes(run, standing):
    code = standing(Status.RECEIVED)
    listed = {each["kind"]: each for each in run("act", f" {code.lower()} ", "--list").results}
    forwarded = msgspec.convert(listed["forwarded"], results.PossibleResult)
    assert forwarded.roles == ["reception", "specialist", "supervisor"]
    assert (forwarded.status, forwarded.allowed) == (4, True)
    schema = forwarded.body["$defs"]["Forwarded"]
    assert (schema["required"], schema["additionalProperties"]) == (["unit"], False)
    words = {
        language: run("act", code, "--list", "--lang", language, json=False)
        for language in languages()
    }
    assert "Hand over for examination → being processed" in words["en"].out
    assert "Chuyển hồ sơ để giải quyết → đang xử lý" in words["vi"].out


def test_the_clock_runs_again_when_the_supplement_has_come(run, standing, body):
    code = standing(Status.SUPPLEMENT)
    promised = run("dossier", code).result["due_at"]
    done = entered(run("act", code, "supplement_received", body("supplement_received")))
    assert done.due_at is not None
    assert done.due_at.utcoffset() == timedelta(hours=7)
    assert done.due_at >= datetime.fromisoformat(promised)
    later = (done.due_at + timedelta(days=30)).isoformat()
    extended = entered(run("act", code, "extended", body("extended", due_at=later)))
    assert extended.due_at.isoformat() == later


def test_what_was_promised_before_is_the_desk_s_to_say(run, standing, body, at_desk):
    code = standing(Status.PROCESSING)
    other = run("act", code, "extended", body("extended", due_before="2026-01-05T17:00:00+07:00"))
    assert (other.code, other.error[0]) == (10, "InvalidField")
    assert "due_before" in other.error[1]
    sooner = run("act", code, "extended", body("extended", due_at="2026-01-05T17:00:00+07:00"))
    assert "due_at" in sooner.error[1]
    naive = run("act", code, "extended", body("extended", due_at="2099-01-05T17:00:00"))
    assert (naive.code, naive.error[0]) == (10, "InvalidField")


def test_a_correction_names_what_it_replaces(run, standing, body):
    code = standing(Status.RECEIVED)
    entered(run("act", code, "amended", body("amended")))
    assert "0900000001" in run("dossier", code).result["timeline"][0]["sentence"]
    stale = run("act", code, "amended", body("amended", old="0900000001", new="0900000003"))
    assert (stale.code, stale.error[0]) == (10, "InvalidField")
    assert "0900000002" in stale.error[1]
    entered(run("act", code, "amended", body("amended", old="0900000002", new="")))
    for field in ("applicant.size", "submitter.phone", "due_at", "", "applicant", "answers.x"):
        assert run("act", code, "amended", body("amended", field=field)).code == 10, field


def test_what_was_said_of_a_person_and_in_a_row_is_corrected_too(run, folder, intake, body):
    law = Path(__file__).parents[1] / "forms" / "procedures"
    shutil.copytree(law, folder / "forms" / "procedures")
    answers = {
        "purpose": "Thử",
        "form": "family",
        "head": {"full_name": "Trần Văn Mẫu"},
        "members": [{"name": "Lê Thị Thử"}],
    }
    code = run("register", intake(procedure="9.000001", answers=answers)).result["code"]
    for field, new in (("head.full_name", "Trần Văn Mẫn"), ("members[0].born", "1990")):
        entered(run("act", code, "amended", body("amended", field=f"answers.{field}", new=new)))
    assert "Trần Văn Mẫu" in run("dossier", code).result["timeline"][1]["sentence"]
    wrong = run("act", code, "amended", body("amended", field="answers.members[0].kin", new="x"))
    assert (wrong.code, wrong.error[0]) == (10, "InvalidField")


@pytest.mark.parametrize(
    ("kind", "raw", "place"),
    [
        ("noted", '{"text": "x", "txt": 1}', "$.txt"),
        ("noted", "{}", "text"),
        ("fee_paid", "{}", "amount, means"),
        ("fee_paid", '{"amount": "1", "means": "cash"}', "$.amount"),
        (
            "papers_changed",
            '{"papers": [{"id": "a", "name": "A", "pages": 1}]}',
            "$.papers[0].pages",
        ),
        ("result_returned", '{"collector": {"nam": "x"}, "channel": "desk"}', "$.collector.nam"),
        ("result_returned", '{"collector": {}, "channel": "pigeon"}', "$.channel"),
        ("noted", "[]", "array"),
        ("noted", '"x"', "str"),
        ("noted", "[" * 100_000, ""),
        ("noted", '{"text": "\\ud800"}', ""),
        ("noted", "", "truncated"),
    ],
)
def test_a_body_that_does_not_parse_is_named_with_the_place(run, tmp_path, kind, raw, place):
    (tmp_path / "wrong.json").write_text(raw, "utf-8")
    outcome = run("act", "x", kind, tmp_path / "wrong.json")
    assert (outcome.code, outcome.error[0]) == (2, "UnreadableFile")
    assert "wrong.json" in outcome.error[1]
    assert place in outcome.error[1]


@pytest.mark.parametrize(
    ("kind", "changes", "error", "place"),
    [
        ("noted", {"text": "  "}, "IncompleteEntry", "text"),
        ("noted", {"text": "a\0b"}, "InvalidField", "text"),
        ("noted", {"text": "x" * 4001}, "InvalidField", "text"),
        ("fee_paid", {"amount": 0}, "InvalidField", "amount"),
        ("fee_paid", {"amount": 10**30}, "InvalidField", "amount"),
        ("papers_changed", {"papers": []}, "IncompleteEntry", "papers"),
        (
            "papers_changed",
            {"papers": [{"id": "a", "name": "", "copies": 0}]},
            "IncompleteEntry",
            "papers[0].name",
        ),
        (
            "papers_changed",
            {"papers": [{"id": "a", "name": "A", "copies": -1}]},
            "InvalidField",
            "papers[0].copies",
        ),
    ],
)
def test_what_cannot_be_true_is_refused(run, standing, body, kind, changes, error, place):
    outcome = run("act", standing(Status.RECEIVED), kind, body(kind, **changes))
    assert (outcome.code, outcome.error[0]) == (10, error)
    assert place in outcome.error[1]


def test_a_body_is_piped_in_or_left_out_where_nothing_is_needed(run, standing):
    code = standing(Status.RECEIVED)
    entered(run("act", code, "noted", "-", typed='{"text": "Ngươ\u0300i nộp hẹn"}'))
    assert "Người nộp hẹn" in run("dossier", code).result["timeline"][0]["sentence"]
    assert entered(run("act", code, "withdrawal_requested")).status == 7
    assert entered(run("act", code, "withdrawal_taken_back")).status == 4
    bare = run("act", code, "fee_paid")
    assert (bare.code, bare.error[0]) == (2, "UsageError")
    assert "amount, means" in bare.error[1]
    words = run("act", code, "noted", "-", "--lang", "en", json=False, typed='{"text": "x"}')
    assert words.out.startswith(f"{code}: Write a note. Now “being processed”; due: ")


@pytest.mark.parametrize("line", [("x",), ("x", "noted", "--list"), ("x", "noted", "no", "more")])
def test_a_line_that_cannot_be_read_says_so(run, line):
    outcome = run("act", *line)
    assert (outcome.code, outcome.error[0]) == (2, "UsageError")


def test_what_is_not_there_is_said(run, body):
    assert run("act", "x", "noted", body("noted")).error[0] == "UnknownDossier"
    assert run("act", str(UUID(int=7)), "--list").error[0] == "UnknownDossier"
    strange = run("act", "x", "eaten", body("noted"))
    assert (strange.code, strange.error[0]) == (2, "UnknownKind")
    assert "forwarded" in strange.error[1]
    assert "record_viewed" not in strange.error[1]


def test_of_two_dossiers_with_one_code_the_id_is_wanted(run, at_desk, body):
    def work(desk):
        first = register(desk)
        with desk.store.begin() as uow:
            uow.append(an_operation(a_received(code=first.code), on=UUID(int=5)))
        return first

    first = at_desk(work)
    for words in (("--list",), ("noted", body("noted"))):
        outcome = run("act", first.code, *words)
        assert (outcome.code, outcome.error[0]) == (2, "SharedCode")
        assert all(str(each) in outcome.error[1] for each in (first.id, UUID(int=5)))
    done = entered(run("act", str(UUID(int=5)), "noted", body("noted")))
    assert (done.id, done.code) == (str(UUID(int=5)), first.code)
    assert run("dossier", str(first.id)).result["id"] == str(first.id)
