"""What each command does and prints; a program that reads along gets one object a line."""

import re
from datetime import datetime

import msgspec
import pytest

from counter_app.cli import results
from counter_app.keys.keyfile import LEAST_COST
from counter_app.keys.throttle import Uptime
from counter_app.services.opening import sign_in
from counter_app.services.setting_up import set_up
from counter_app.store.backup import read_manifest
from tests.factories import a_party
from tests.office import OFFICER, PASSWORD, a_new_desk, register
from tests.printing.papers import text

EXAMPLES = ("birth", "certified-copies", "residence-by-representative")


def read(kind, outcome):
    """Return the only result of a command, which must fit its published schema."""
    (line,) = outcome.out.splitlines()
    return whole(kind, line)


def whole(kind, line):
    read = msgspec.json.decode(line, type=kind)
    assert msgspec.json.decode(line).keys() <= set(kind.__struct_fields__)
    return read


def test_register_gives_code_pin_and_receipt(run, intake, tmp_path):
    outcome = run("register", intake(), "--receipt", tmp_path / "out" / "r.pdf")
    done = read(results.Registered, outcome)
    assert outcome.code == 0
    assert re.fullmatch(r"H57\.132-\d{6}-0001", done.code)
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{6}", done.pin)
    assert done.code in text((tmp_path / "out" / "r.pdf").read_bytes())
    assert done.received_at.utcoffset().total_seconds() == 7 * 3600
    assert done.fees == []


def test_register_without_a_receipt_prints_none(run, intake):
    assert read(results.Registered, run("register", intake())).receipt is None
    timeline = run("dossier", run("register", intake()).result["code"]).result["timeline"]
    assert [entry["kind"] for entry in timeline] == ["received"]


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_can_be_registered(run, example):
    assert read(results.Registered, run("register", f"docs/examples/{example}.json")).code


def test_the_size_of_the_receipt_can_be_chosen(run, intake, tmp_path):
    run("register", intake(), "--receipt", tmp_path / "a4.pdf", "--size", "a4")
    shown = run("dossier", run("search", "thu").result["code"]).result
    assert "receipt_printed" in {entry["kind"] for entry in shown["timeline"]}
    assert b"/MediaBox" in (tmp_path / "a4.pdf").read_bytes()


def test_a_dossier_is_shown_with_all_that_was_said(run, intake):
    code = run("register", intake(note="Gọi trước", answers={"child_name": "Bé Thử"})).result[
        "code"
    ]
    shown = read(results.DossierResult, run("dossier", code.lower()))
    assert shown.applicant == a_party()
    assert (shown.note, shown.answers["child_name"]) == ("Gọi trước", "Bé Thử")
    assert [paper.id for paper in shown.papers] == ["application", "birth_note", "identity"]
    assert (shown.status, shown.procedure) == (2, "1.001193")
    assert [entry.kind for entry in shown.timeline] == ["received"]
    assert shown.timeline[0].actor == OFFICER.id


def test_all_instants_are_in_the_time_of_the_office(run, intake):
    registered = run("register", intake()).result
    found = run("search", registered["code"]).result
    shown = run("dossier", registered["code"]).result
    for result in (registered, found, shown):
        assert result["received_at"] == registered["received_at"]
        assert result["due_at"] == registered["due_at"]
        assert result["due_at"].endswith("+07:00")
    assert shown["timeline"][0]["at"].endswith("+07:00")


def test_search_prints_a_line_for_each_dossier_the_newest_first(run, intake):
    codes = [run("register", intake()).result["code"] for _ in range(3)]
    outcome = run("search", "tran van", "--limit", "2")
    found = [whole(results.FoundResult, line) for line in outcome.out.splitlines()]
    assert [each.code for each in found] == [codes[2], codes[1]]


def test_search_that_finds_nothing_prints_nothing(run):
    assert (run("search", "không ai").out, run("search", "không ai").code) == ("", 0)
    assert "Không tìm thấy" in run("search", "không ai", json=False).err


def test_scan_tells_receipts_cards_and_codes_apart(run, intake):
    done = run("register", intake()).result
    receipt = read(results.ScanResult, run("scan", done["tracking_url"]))
    assert (receipt.kind, receipt.valid, receipt.known) == ("receipt", True, True)
    assert (receipt.code, receipt.dossier_id) == (done["code"], done["id"])
    code = read(results.ScanResult, run("scan", done["code"]))
    assert (code.kind, code.dossier_id) == ("dossier_code", done["id"])
    card = "001090000001||Trần Văn Thử|15031990|Nam|Số 1 ngõ Thử Nghiệm|01012022"
    read_card = read(results.ScanResult, run("scan", card))
    assert (read_card.kind, read_card.full_name) == ("id_card", "Trần Văn Thử")
    assert read_card.birth_date == "1990-03-15"
    assert read(results.ScanResult, run("scan", "xin chào")).kind == "unknown"
    forged = done["tracking_url"][:-1] + str((int(done["tracking_url"][-1]) + 1) % 10)
    assert read(results.ScanResult, run("scan", forged)).valid is False


def test_summary_has_every_figure_by_its_name(run, intake, tmp_path):
    code = run("register", intake()).result["code"]
    counted = read(results.SummaryResult, run("summary", "--pdf", tmp_path / "day.pdf"))
    assert counted.figures["received"] == 1
    assert counted.dossiers == [code]
    assert code in text((tmp_path / "day.pdf").read_bytes())
    other = read(results.SummaryResult, run("summary", "--date", "2026-01-05"))
    assert (other.date.isoformat(), other.figures["received"]) == ("2026-01-05", 0)


def test_verify_says_that_nothing_is_wrong(run, intake):
    run("register", intake())
    verified = read(results.VerifyResult, run("verify", "--rebuild"))
    assert (verified.ok, verified.dossiers, verified.findings) == (True, 1, [])


def test_verify_names_what_is_wrong_and_exits_with_5(run, intake, folder, catalogue, clock):
    run("register", intake())
    now = Uptime(boot="test", seconds=1)
    desk = sign_in(folder, OFFICER.id, PASSWORD, catalogue=catalogue, clock=clock, uptime=now)
    with desk.store.begin() as uow:
        uow.connection.exec_driver_sql("UPDATE dossier SET applicant_name = 'Ai đó'")
    desk.store.close()
    outcome = run("verify")
    assert outcome.code == 5
    assert not read(results.VerifyResult, outcome).ok
    assert run("verify", "--rebuild").result["repaired"] == 1
    assert run("verify").code == 0


def test_backup_writes_a_file_that_was_read_again(run, tmp_path):
    made = read(results.BackupResult, run("backup", tmp_path / "b" / "one.backup"))
    manifest = read_manifest(tmp_path / "b" / "one.backup")
    assert (made.rows, made.sha256) == (manifest.seq, manifest.sha256)
    assert made.bytes == (tmp_path / "b" / "one.backup").stat().st_size


def test_doctor_needs_no_password_and_exits_with_9(run):
    outcome = run("doctor", COUNTER_APP_PASSWORD="")
    checks = {each.check for each in map(read_check, outcome.out.splitlines())}
    assert {"python", "sqlite", "forms", "keys", "backup"} <= checks
    assert outcome.code == 9  # the passwords of tests are guessed cheaply


def test_doctor_is_content_with_a_new_desk(run, tmp_path):
    set_up(tmp_path / "sound", a_new_desk(cost=LEAST_COST))
    outcome = run("doctor", "--profile", tmp_path / "sound", COUNTER_APP_PASSWORD="")
    wrong = [each.check for each in map(read_check, outcome.out.splitlines()) if not each.ok]
    assert (outcome.code, wrong) in ((0, []), (9, ["disk"]))  # there may be little room here


def read_check(line):
    return whole(results.CheckResult, line)


def test_procedures_lists_the_catalogue_without_a_profile(run, tmp_path):
    outcome = run("procedures", COUNTER_APP_PROFILE=str(tmp_path / "none"))
    listed = [whole(results.ProcedureResult, line) for line in outcome.out.splitlines()]
    assert len({each.code for each in listed}) == len(listed) >= 14
    (birth,) = (each for each in listed if each.code == "1.001193")
    assert birth.deadline.unit == "same_day"
    assert {case.id for case in birth.cases} >= {"birth_note", "witness"}


@pytest.mark.parametrize("typed", ["dks", "đăng ký khai sinh", "1.001193"])
def test_procedures_finds_by_initials_name_and_code(run, typed):
    assert run("procedures", typed).results[0]["code"] == "1.001193"


def test_user_lists_adds_unlocks_and_changes_passwords(run):
    added = run(
        "user", "add", "binh", "--name", "Lê Bình Thử", "--role", "reception", "--role", "return",
        COUNTER_APP_NEW_PASSWORD="ba chiếc ghe xanh",
    )  # fmt: skip
    assert read(results.OfficerResult, added).roles == ["reception", "return"]
    listed = [each["id"] for each in run("user", "list", COUNTER_APP_PASSWORD="").results]
    assert sorted(listed) == ["binh", "lan"]
    clerk = {"COUNTER_APP_OFFICER": "binh", "COUNTER_APP_PASSWORD": "ba chiếc ghe xanh"}
    changed = run("user", "passwd", COUNTER_APP_NEW_PASSWORD="bốn mùa hoa nở", **clerk)
    assert changed.result["id"] == "binh"
    assert run("search", "x", **clerk).error[0] == "SignInRefused"
    assert run("user", "unlock", "binh").result["locked"] is False
    given = run("user", "passwd", "binh", COUNTER_APP_NEW_PASSWORD="năm cánh sao vàng")
    assert given.result["id"] == "binh"
    assert run("search", "x", **clerk | {"COUNTER_APP_PASSWORD": "năm cánh sao vàng"}).code == 0


def test_init_prints_the_recovery_key_once(run, tmp_path):
    line = (
        "init", "--profile", tmp_path / "new", "--agency", "h57.132", "--name", "UBND xã Thử",
        "--desk", "Quầy 2", "--codes", "10-20", "--practice", "--lang", "en",
    )  # fmt: skip
    done = read(results.Initialised, run(*line))
    assert re.fullmatch(r"([0-9A-Z]{5}-){7}[0-9A-Z]{5}", done.recovery_key)
    assert (done.agency, done.desk, done.officer) == ("H57.132", "Quầy 2", OFFICER.id)
    assert run(*line).error[0] == "ProfileExists"


def test_a_practice_desk_registers_as_if_it_were_another_day(run, intake, tmp_path):
    set_up(tmp_path / "practice", a_new_desk(practice=True))
    line = ("register", intake(), "--profile", tmp_path / "practice", "--at")
    done = run(*line, "2026-11-23T02:30:00Z").result
    assert done["code"] == "H57.132-261123-0001"
    assert datetime.fromisoformat(done["received_at"]).hour == 9


def test_people_are_told_in_words(run, intake):
    done = run("register", intake(), json=False)
    code = re.search(r"H57\.132-\d{6}-0001", done.out)[0]
    assert "Trần Văn Thử" in run("dossier", code, json=False).out
    assert "Đăng ký khai sinh" in run("search", code, json=False).out
    assert code in run("scan", code, json=False).out
    for command in ("summary", "verify", "procedures", "doctor"):
        assert run(command, json=False).out.strip()


def test_what_a_terminal_would_obey_is_not_printed(run, intake, applicant):
    name = "Trần \u202eThử \u200b\u061c"
    code = run("register", intake(applicant=applicant(full_name=name))).result["code"]
    assert "\u202e" not in run("dossier", code, json=False).out
    assert run("dossier", code).result["applicant"]["full_name"] == name
    assert "\x1b" not in run("dossier", "\x1b[31mx", json=False).err


def test_a_desk_is_found_by_its_variable_and_by_its_option(run, folder, tmp_path, desk):
    register(desk)
    desk.store.close()
    assert run("search", "thu").results
    assert run("search", "thu", "--profile", tmp_path).error[0] == "NotConfigured"


def test_restore_goes_on_from_a_backup(run, intake, tmp_path):
    there = ("--profile", tmp_path / "old")
    key = set_up(tmp_path / "old", a_new_desk())
    code = run("register", intake(), *there).result["code"]
    run("backup", tmp_path / "one.backup", *there)
    here = {"COUNTER_APP_PROFILE": str(tmp_path / "new"), "COUNTER_APP_PASSWORD": "bốn mùa hoa nở"}
    line = ("restore", tmp_path / "one.backup", "--highest-code", code)
    outcome = run(*line, COUNTER_APP_RECOVERY_KEY=key, **here)
    assert read(results.RestoreResult, outcome).desk == "Quầy 1"
    assert run("search", code, **here).result["code"] == code
    assert run("register", intake(), **here).result["code"].endswith("-0002")
    assert run("verify", **here).result["ok"]
    assert run(*line, COUNTER_APP_RECOVERY_KEY=key, **here).error[0] == "ProfileExists"
