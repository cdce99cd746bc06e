"""Numbers for those who wait, by commands."""

import pytest

from counter_app.settings import STORE_NAME


def test_a_number_is_given_out_called_recalled_and_served(run, folder):
    assert (folder / STORE_NAME).exists()
    issued = run("queue", "issue", "A")
    assert issued.code == 0
    assert (issued.result["number"], issued.result["state"]) == ("A001", "waiting")
    assert issued.result["together"] is False
    called = run("queue", "call").result
    assert (called["number"], called["place"], called["state"]) == ("A001", "Quầy 1", "called")
    assert run("queue", "recall").code == 0
    assert run("queue", "end", "served").result["state"] == "served"
    assert run("queue", "recall").error[0] == "NobodyCalled"
    assert run("queue", "call").code == 10


def test_numbers_are_sent_on_called_by_group_and_out_of_turn(run):
    for group in ("A", "chung_thuc", "A"):
        run("queue", "issue", group)
    assert run("queue", "call", "--group", "B").result["number"] == "B001"
    assert run("queue", "move", "C").result["group"] == "dat_dai"
    assert run("queue", "call", "--number", "a002").result["number"] == "A002"
    assert run("queue", "end", "absent", "--number", "A001").result["state"] == "absent"
    listed = run("queue", "list").results
    assert [(one["number"], one["state"]) for one in listed] == [
        ("A001", "absent"),
        ("B001", "waiting"),
        ("A002", "called"),
    ]


def test_whom_the_law_lets_forward_is_called_first(run):
    run("queue", "issue", "A")
    assert run("queue", "issue", "A", "--priority", "uu_tien").result["priority"] == "uu_tien"
    assert run("queue", "call").result["number"] == "A002"
    assert run("queue", "issue", "A", "--priority", "x").error[0] == "UnknownPriority"


def test_those_who_wait_are_counted(run):
    run("queue", "issue", "A")
    counts = {one["letter"]: one["waiting"] for one in run("queue", "list", "--waiting").results}
    assert (counts["A"], counts["B"]) == (1, 0)
    assert "người" in run("queue", "list", "--waiting", json=False).out


def test_the_ticket_can_be_kept_as_a_file(run, tmp_path):
    made = run("queue", "issue", "A", "--sheet", tmp_path / "ticket.pdf")
    assert (tmp_path / "ticket.pdf").read_bytes().startswith(b"%PDF")
    assert made.result["sheet"] == str(tmp_path / "ticket.pdf")


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (("queue", "issue", "Z"), 2, "UnknownGroup"),
        (("queue", "call", "--number", "A999"), 2, "UnknownTicket"),
        (("queue", "move", "A"), 10, "NobodyCalled"),
        (("queue", "end", "gone"), 2, "UsageError"),
        (("queue",), 2, "UsageError"),
    ],
)
def test_what_cannot_be_done_is_said(run, words, code, error):
    outcome = run(*words)
    assert (outcome.code, outcome.error[0]) == (code, error)


def test_the_words_for_people_name_number_and_place(run):
    assert "A001" in run("queue", "issue", "A", json=False).out
    said = run("queue", "call", json=False).out
    assert "Quầy 1" in said
    assert "Hộ tịch" in said
    assert run("queue", "end", "absent", json=False).out.count("vắng mặt") == 1


def test_a_ticket_that_cannot_be_written_there_is_given_out_all_the_same(run, tmp_path):
    (tmp_path / "file").touch()
    refused = run("queue", "issue", "A", "--sheet", tmp_path / "file" / "ticket.pdf")
    assert (refused.code, refused.error[0]) == (2, "UnwritableFile")
    assert [one["number"] for one in run("queue", "list").results] == ["A001"]
