"""`prints`: what waits for a printer survives whatever becomes of the program at it."""

import os
import signal
import subprocess
import sys

import msgspec
import pytest
from msgspec.structs import replace

from counter_app.cli.results_prints import PrintJobResult, PrintNoteResult
from counter_app.domain.officer import Role
from counter_app.domain.sheet import Sheet
from counter_app.errors import NotPermitted
from counter_app.services.papers import register_sheet
from counter_app.services.print_jobs import keep_sheet, printed_on, queue_print
from counter_app.services.receipts import print_receipt
from tests.desktop.sample import receive
from tests.office import with_roles

AT_WORK = """
import sys
from pathlib import Path
from counter_app.bootstrap import Opening
from counter_app.domain.sheet import Sheet
from counter_app.services.print_jobs import begin_sending, end_sending, queue_print
from counter_app.domain.print_job import JobState

desk = Opening(Path(sys.argv[1])).enter("lan", sys.argv[2])
out = Path(sys.argv[3])

def keep(title):
    sheet = Sheet(form="receipt", title=title, size="a5", pdf=b"%PDF " + title.encode())
    return queue_print(desk, sheet, printer="Máy in A")

def send(job):
    sending = begin_sending(desk, job)
    with out.open("ab") as paper:  # the printer
        paper.write(sending.pdf)
    return sending.job

end_sending(desk, send(keep("xong")), JobState.DONE)
at_the_printer = keep("đang in")
keep("còn chờ")
send(at_the_printer)
print("printing", flush=True)
sys.stdin.read()  # until it is killed
"""


def listed(outcome):
    assert outcome.code == 0
    return [msgspec.json.decode(line, type=PrintJobResult) for line in outcome.out.splitlines()]


def test_a_killed_program_leaves_nothing_lost_and_says_what_nobody_knows(
    run, folder, variables, tmp_path
):
    password = variables["COUNTER_APP_PASSWORD"]
    line = [sys.executable, "-c", AT_WORK, folder, password, tmp_path / "paper"]
    with subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as at_work:
        assert at_work.stdout.readline() == b"printing\n"
        os.kill(at_work.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
    assert (tmp_path / "paper").read_bytes() == "%PDF xong%PDF đang in".encode()
    assert [(job.title, job.state, job.tries) for job in listed(run("prints"))] == [
        ("đang in", "unknown", 1),
        ("còn chờ", "waiting", 0),
        ("xong", "done", 1),
    ]


def test_the_list_is_told_in_words_too(run, desk):
    sheet = Sheet(form="receipt", title="Giấy tiếp nhận", size="a5", pdf=b"%PDF")
    queue_print(desk, sheet, printer="Máy in A")
    desk.store.close()
    assert "Chờ in  Giấy tiếp nhận  Máy in A" in run("prints", json=False).out


def test_an_empty_list_says_so(run):
    assert run("prints").out == ""
    assert "Không có giấy nào chờ in" in run("prints", json=False).err


def test_who_took_what_out_on_paper_is_told_to_a_supervisor(run, desk):
    dossier = receive(desk, 0)
    print_receipt(desk, dossier, size="a5", to="Máy in A")
    day = desk.business_date
    register = register_sheet(desk, [], first=day, last=day)
    keep_sheet(desk, replace(register, lines=4), printer="")
    desk.store.close()
    notes = run("prints", "--noted", day)
    receipt, list_ = [
        msgspec.json.decode(line, type=PrintNoteResult) for line in notes.out.splitlines()
    ]
    assert (receipt.form, receipt.officer, receipt.to) == ("receipt", "lan", "Máy in A")
    assert receipt.dossier.endswith("-0001")
    assert (list_.form, list_.lines, list_.to, list_.dossier) == ("register", 4, "usual", "")
    assert "gồm 4 hồ sơ" in run("prints", "--noted", day, json=False).out
    assert "không in giấy nào" in run("prints", "--noted", "2026-11-01", json=False).err


def test_a_clerk_is_not_told_who_printed_what(desk):
    with pytest.raises(NotPermitted):
        printed_on(with_roles(desk, Role.RECEPTION), desk.business_date)
