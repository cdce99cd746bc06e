"""Ten lives of dossiers, each lived from outside: every step is the command line in a process.

Nothing is known of a dossier but what the commands have printed, as it is for an office whose
own programs drive the desk. Each step exits as it should, leaves the dossier where the law says,
and in the end the timeline tells the life step by step and the store is as it was written.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from tests.factories import VIETNAM
from tests.proofs._verdict import Verdict

OFFICER = {"COUNTER_APP_OFFICER": "lan", "COUNTER_APP_PASSWORD": "bảy con sếu bay"}
REFUSED = 10

_PERSON = {
    "full_name": "Trần Văn Thử",
    "id_number": "001090000001",
    "birth_date": "1990-03-15",
    "sex": "male",
    "address": "Số 1 ngõ Thử Nghiệm, phường Phú Thử",
    "phone": "0900000001",
}
_BUSINESS = {
    "procedure": "1.001612",
    "case": "individual",
    "applicant": _PERSON,
    "components": "all",
    "answers": {"household_name": "Hộ kinh doanh Thử Nghiệm"},
}
_COPIES = {
    "procedure": "2.000815",
    "applicant": _PERSON,
    "components": "all",
    "answers": {"copies": 2, "pages": 3},
}
_PAPER = {"id": "application", "name": "Giấy đề nghị", "originals": 1}
_LATER = (datetime.now(VIETNAM) + timedelta(days=60)).isoformat()
_MISSING = [{"name": "Giấy tờ tùy thân", "originals": 1}]


class Step(NamedTuple):
    """One thing done by `act`: what, with which particulars, where it leads, or how it exits."""

    kind: str
    status: int
    body: dict[str, Any] = {}
    code: int = 0


FORWARDED = Step("forwarded", 4, {"unit": "Phòng Kinh tế", "receiver": "Lê Văn Thử"})
FINISHED = Step("finished", 9, {"result": "Giấy chứng nhận đăng ký hộ kinh doanh"})
RETURNED = Step("result_returned", 10, {"collector": _PERSON, "channel": "desk"})
PAPERS_BACK = Step("papers_returned", 8, {"papers": [_PAPER], "to": "Trần Văn Thử"})
WITHDRAWN = Step("withdrawal_requested", 7, {"reason": "Không còn nhu cầu"})
SUPPLEMENT = Step("supplement_requested", 5, {"missing": _MISSING, "reason": "Thiếu giấy tờ"})
EXTENDED = Step("extended", 4, {"due_at": _LATER, "reason": "Cần xác minh thêm"})

LIVES = {
    "as usual": (_BUSINESS, [FORWARDED, FINISHED, RETURNED]),
    "with a supplement": (
        _BUSINESS,
        [
            FORWARDED,
            SUPPLEMENT,
            Step("finished", 5, {"result": "x"}, REFUSED),
            Step("supplement_received", 4, {"papers": [_PAPER]}),
            FINISHED,
            RETURNED,
        ],
    ),
    "without the supplement": (
        _BUSINESS,
        [FORWARDED, SUPPLEMENT, Step("stopped", 8, {"reason": "Quá hạn bổ sung"}), PAPERS_BACK],
    ),
    "withdrawn": (
        _BUSINESS,
        [
            WITHDRAWN,
            Step("stopped", 8, {"reason": "Công dân rút", "settlement": "Chưa thu"}),
            PAPERS_BACK,
        ],
    ),
    "withdrawn, and not after all": (
        _BUSINESS,
        [FORWARDED, WITHDRAWN, Step("withdrawal_taken_back", 4), FINISHED, RETURNED],
    ),
    "with a duty to pay": (
        _BUSINESS,
        [
            FORWARDED,
            Step("obligation_set", 6, {"amount": 120_000, "reason": "Lệ phí trước bạ"}),
            Step("obligation_met", 4, {"evidence": "Biên lai 0000001"}),
            FINISHED,
            RETURNED,
        ],
    ),
    "late, with an apology": (
        _BUSINESS,
        [FORWARDED, EXTENDED, EXTENDED._replace(code=REFUSED), FINISHED, RETURNED],
    ),
    "refused after examination": (
        _BUSINESS,
        [
            FORWARDED,
            Step("refused", 8, {"reason": "Không đủ điều kiện"}),
            PAPERS_BACK,
            Step("finished", 8, {"result": "x"}, REFUSED),
        ],
    ),
    "on the spot": (
        _COPIES,
        [
            Step("fee_paid", 2, {"amount": 10_000, "means": "cash", "tendered": 20_000}),
            Step("served", 10, {"result": "Bản sao đã chứng thực", "collector": _PERSON}),
        ],
    ),
    "a mistake": (
        _BUSINESS,
        [
            Step("amended", 2, {"field": "applicant.phone", "new": "0900000002", "reason": "Sai"}),
            Step("voided", 8, {"reason": "Nhập hai lần"}),
            Step("forwarded", 8, {"unit": "Phòng Kinh tế"}, REFUSED),
        ],
    ),
}
"""What was handed in, and what was done to it, step by step."""


class Outside:
    """The command line of one desk, each time in a process of its own."""

    def __init__(self, folder):
        self._folder = folder
        self._count = 0

    def run(self, *words):
        """Run a command; return its exit code and the objects that it has printed."""
        command = [sys.executable, "-m", "counter_app", *map(str, words)]
        place = ["--profile", str(self._folder / "desk"), "--json"]
        done = subprocess.run(
            [*command, *place],
            capture_output=True,
            text=True,
            env=os.environ | OFFICER,
            check=False,
        )
        return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]

    def file(self, content):
        """Return a file that says `content`."""
        self._count += 1
        path = self._folder / f"{self._count}.json"
        path.write_text(json.dumps(content), "utf-8")
        return path


def main(arguments=None):
    """Run the proof, and return the exit code."""
    parser = argparse.ArgumentParser(prog="prove lives", description=__doc__)
    parser.add_argument("--lives", type=int, default=len(LIVES))
    asked = parser.parse_args(arguments)
    verdict = Verdict("lives", 0)
    chosen = list(LIVES)[-asked.lives :]
    with tempfile.TemporaryDirectory(prefix="prove-lives-") as folder:
        places = [Path(folder) / str(number) for number in range(len(chosen))]
        with ThreadPoolExecutor(2) as threads:
            steps = sum(threads.map(lambda life, at: _live(life, at, verdict), chosen, places))
    return verdict.conclude(
        f"{len(chosen)} lives were lived in {steps} steps, each a process of its own.",
        lives=len(chosen),
        steps=steps,
    )


def _live(life, folder, verdict):
    """Live one life at a desk of its own, and return how many steps it took."""
    folder.mkdir()
    desk = Outside(folder)
    intake, steps = LIVES[life]
    begun, _printed = desk.run(
        "init", "--agency", "H57.132", "--name", "UBND phường Phú Thử", "--desk", "Quầy 1"
    )
    code, printed = desk.run("register", desk.file(intake), "--receipt", folder / "receipt.pdf")
    if begun or code:
        verdict.note("not begun", f"{life}: {begun} {code} {printed}")
        return 0
    number = printed[0]["code"]
    for step in steps:
        _take(desk, life, number, step, verdict)
    done = [step.kind for step in steps if not step.code]
    _look_back(desk, life, number, done, steps[-1].status, verdict)
    return len(steps)


def _take(desk, life, number, step, verdict):
    code, printed = desk.run("act", number, step.kind, desk.file(step.body))
    if code != step.code:
        verdict.note("exits otherwise", f"{life}, {step.kind}: {code} {printed}")
    elif not code and printed[0]["status"] != step.status:
        verdict.note("leads elsewhere", f"{life}, {step.kind}: {printed[0]['status']}")


def _look_back(desk, life, number, done, status, verdict):
    _code, printed = desk.run("dossier", number)
    told = [entry["kind"] for entry in printed[0]["timeline"]]
    happened = [kind for kind in reversed(told) if kind not in {"record_viewed", "receipt_printed"}]
    if happened != ["received", *done]:
        verdict.note("told otherwise", f"{life}: {happened}")
    if printed[0]["status"] != status:
        verdict.note("ends elsewhere", f"{life}: {printed[0]['status']}")
    code, printed = desk.run("verify", "--rebuild")
    if code or not printed[0]["ok"]:
        verdict.note("not as written", f"{life}: {printed}")


if __name__ == "__main__":
    sys.exit(main())
