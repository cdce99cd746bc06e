"""`paper`, and `act --paper`: the papers of a dossier as files."""

import json

import pytest

from tests.printing.papers import text

BODY = {
    "missing": [{"name": "Giấy chứng sinh", "originals": 1, "reason": "Chưa nộp"}],
    "reason": "Thiếu giấy tờ",
}


@pytest.fixture
def code(run, tmp_path, intake_file):
    return run("register", intake_file).result["code"]


@pytest.fixture
def intake_file(tmp_path):
    applicant = {"full_name": "Trần Văn Thử", "id_number": "001090000001"}
    path = tmp_path / "intake.json"
    whole = {"procedure": "1.001193", "applicant": applicant, "components": "all"}
    path.write_text(json.dumps(whole), "utf-8")
    return path


@pytest.fixture
def body(tmp_path):
    path = tmp_path / "body.json"
    path.write_text(json.dumps(BODY), "utf-8")
    return path


@pytest.fixture
def forward(run, tmp_path, code):
    path = tmp_path / "forwarded.json"
    path.write_text(json.dumps({"unit": "Bộ phận hộ tịch"}), "utf-8")
    run("act", code, "forwarded", path)
    return code


def test_it_lists_what_can_be_printed(run, code):
    offers = run("paper", code).results
    assert [offer["form"] for offer in offers] == ["receipt", "control-slip"]
    assert offers[0]["sizes"] == ["a5", "a4", "roll80"]
    assert "Phiếu kiểm soát" in run("paper", code, json=False).out


def test_it_writes_a_paper_and_marks_the_next_one(run, code, tmp_path):
    out = tmp_path / "slip.pdf"
    first = run("paper", code, "control-slip", "--pdf", out).result
    assert (first["copy"], first["size"], first["pdf"]) == (0, "a5", str(out))
    assert code in text(out.read_bytes())
    assert run("paper", code, "control-slip", "--pdf", out).result["copy"] == 1
    assert "BẢN IN LẠI lần 1" in text(out.read_bytes())


def test_it_writes_on_thermal_paper_and_in_two_languages(run, code, tmp_path):
    out = tmp_path / "receipt.pdf"
    options = ("--size", "roll80", "--bilingual", "--pdf", out)
    assert run("paper", code, "receipt", *options).code == 0
    assert "RECEIPT OF AN APPLICATION" in " ".join(text(out.read_bytes()).split())


def test_an_entry_writes_the_paper_of_its_step(run, forward, body, tmp_path):
    out = tmp_path / "supplement.pdf"
    done = run("act", forward, "supplement_requested", body, "--paper", out).result
    assert done["paper"] == str(out)
    assert "Giấy chứng sinh" in text(out.read_bytes())
    last = run("paper", forward).results[-1]
    assert (last["form"], last["about"], last["printed"]) == (
        "supplement-request", done["op_id"], 1,
    )  # fmt: skip


def test_an_entry_without_a_paper_is_refused_before_it_is_made(run, code, body, tmp_path):
    note = tmp_path / "note.json"
    note.write_text(json.dumps({"text": "Đã gọi"}), "utf-8")
    refused = run("act", code, "noted", note, "--paper", tmp_path / "x.pdf")
    assert refused.code == 2
    assert "Đã gọi" not in run("dossier", code, json=False).out


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense", "--pdf", "x.pdf"),
        ("extension", "--pdf", "x.pdf"),
        ("control-slip",),
        ("--pdf", "x.pdf"),
        ("control-slip", "--size", "roll80", "--pdf", "x.pdf"),
        ("control-slip", "--about", "nothing", "--pdf", "x.pdf"),
    ],
)
def test_what_cannot_be_printed_exits_with_2(run, code, tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    assert run("paper", code, *words).code == 2
    assert run("paper", "H57.132-260101-0001").code == 2
