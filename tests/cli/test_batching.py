"""`register-group`, `group-template` and `guide` on the command line."""

import json

import pytest
from openpyxl import load_workbook

from counter_app.domain.guidance_code import guidance_digits
from counter_app.domain.receipt_code import dossier_id_of
from counter_app.printing.preview import page_images

PROCEDURE = "2.000815"
HEADINGS = ("Họ và tên", "Số bản sao", "Số trang của bản chính")


@pytest.fixture
def group(run, tmp_path):
    """Fill in the sheet that the program writes, with so many lines, some without a name."""

    def group(count, nameless=()):
        path = tmp_path / "nhom.xlsx"
        assert run("group-template", PROCEDURE, "--xlsx", path).code == 0
        book = load_workbook(path)
        at = {cell.value: cell.column for cell in book.active[1]}
        for n in range(count):
            name = "" if n in nameless else f"Trần Văn Thử {n}"
            for heading, value in zip(HEADINGS, (name, 2, 3), strict=True):
                book.active.cell(n + 2, at[heading]).value = value
            book.active.cell(
                n + 2, next(c for h, c in at.items() if "chính giấy tờ" in h)
            ).value = "x"
        book.save(path)
        return path

    return group


def test_a_dry_run_says_what_each_line_is_and_receives_nothing(run, group):
    outcome = run("register-group", group(3, nameless={1}), "--procedure", PROCEDURE, "--dry-run")
    assert outcome.code == 10
    *lines, whole = outcome.results
    assert [line["line"] for line in lines if line["problems"]] == [3]
    assert whole | {"batch": ""} == {
        "procedure": PROCEDURE,
        "batch": "",
        "lines": 3,
        "received": 0,
        "again": 0,
        "failed": 1,
        "reception": 1,
    }


def test_each_sound_line_is_received_with_its_receipt_and_again_is_not_twice(run, group, tmp_path):
    path, out = group(3), tmp_path / "out.pdf"
    line = ("register-group", path, "--procedure", PROCEDURE)
    outcome = run(*line, "--receipts", out)
    assert outcome.code == 0
    codes = [each["code"] for each in outcome.results[:-1]]
    assert len(set(codes)) == 3
    assert len(page_images(out.read_bytes())) >= 3
    again = run(*line)
    assert [each["code"] for each in again.results[:-1]] == codes
    assert again.results[-1]["received"] == 0
    assert again.results[-1]["again"] == 3
    assert all(each["received_at"] for each in again.results[:-1])
    twice = run(*line, "--reception", 2)
    assert twice.results[-1]["received"] == 3
    assert not {each["code"] for each in twice.results[:-1]} & {*codes}


@pytest.mark.parametrize(("option", "received"), [((), 2), (("--only-whole",), 0)])
def test_with_a_wrong_line_the_others_are_received_or_none(run, group, option, received):
    line = ("register-group", group(3, nameless={0}), "--procedure", PROCEDURE)
    outcome = run(*line, *option)
    assert outcome.code == 10
    assert outcome.results[-1]["received"] == received


def test_what_is_no_sheet_is_refused_as_unreadable(run, tmp_path):
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"MZ")
    outcome = run("register-group", path, "--procedure", PROCEDURE)
    assert outcome.code == 2
    assert outcome.error[0] == "UnreadableFile"


def test_guidance_is_noted_with_all_that_is_missing_and_gone_on_from(run, intake):
    outcome = run("guide", intake(components=[]), "--outcome", "supplement")
    assert outcome.code == 0
    given = outcome.result
    assert given["missing"]
    scanned = run("scan", given["token"]).result
    assert scanned["kind"] == "guidance"
    assert scanned["known"]
    made = run("register", intake(), "--guidance", given["token"])
    assert made.code == 0
    kinds = [entry["kind"] for entry in run("dossier", made.result["code"]).result["timeline"]]
    assert sorted(kinds) == ["guidance_given", "received"]
    again = run("register", intake(), "--guidance", given["token"])
    assert again.result["code"] == made.result["code"]
    assert run("scan", given["token"]).result["dossier_id"] == made.result["id"]


def test_guidance_given_elsewhere_gives_the_dossier_the_same_identity_here(run, intake):
    token = b"0123456789abcdef"
    made = run("register", intake(), "--guidance", guidance_digits(token))
    assert made.result["id"] == str(dossier_id_of(token))


@pytest.mark.parametrize(
    ("options", "code", "name"),
    [
        (("--outcome", "refusal"), 10, "IncompleteEntry"),
        (("--outcome", "helped"), 10, "IncompleteEntry"),
        (("--outcome", "supplement", "--guidance", "12"), 2, "GuidanceMistyped"),
        (("--outcome", "none"), 2, "UsageError"),
        ((), 2, "UsageError"),
    ],
)
def test_what_says_nothing_is_refused(run, intake, options, code, name):
    outcome = run("guide", intake(components=[]), *options)
    assert (outcome.code, outcome.error[0]) == (code, name)


def test_refusal_and_help_are_noted_too(run, intake):
    told = run("guide", intake(), "--outcome", "refusal", "--reason", "Sai thẩm quyền")
    assert told.result["reason"] == "Sai thẩm quyền"
    helped = run("guide", intake(), "--outcome", "helped", "--agency", "Công an phường")
    assert helped.result["agency"] == "Công an phường"
    assert json.loads(helped.out)["missing"] == []
