"""`prints`: what waits for a printer survives whatever becomes of the program at it."""

import os
import signal
import subprocess
import sys

import msgspec

from counter_app.cli.results_prints import PrintJobResult
from counter_app.domain.sheet import Sheet
from counter_app.services.print_jobs import queue_print

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
