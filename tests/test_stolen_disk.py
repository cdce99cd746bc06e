"""P19 and P22: who takes the disk, or is sent the log, learns nothing of any citizen."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from counter_app.desktop.incidents import IncidentDialog, Incidents
from counter_app.desktop.logbook import keep_log, log
from counter_app.desktop.tasks import TaskRunner
from counter_app.domain.text import fold
from tests.factories import a_party, an_intake
from tests.imaging import corpus

SEED = 20261123
CITIZENS = 16
_FAMILIES = "Nguyễn Trần Lê Phạm Hoàng Vũ Đặng Bùi Đỗ Ngô".split()
_SYLLABLES = "Thử Nghiệm Bịa Giả Tưởng Mẫu Ví Dụ Kiểm Chứng Không Thật".split()


def seeded():
    """Return applications of people whom nobody would name so, and all that is personal in them."""
    rng, intakes, secrets = Random(SEED), [], set()
    for _ in range(CITIZENS):
        name = " ".join([rng.choice(_FAMILIES), *rng.sample(_SYLLABLES, 4)])
        number, phone = f"0011{rng.randrange(10**8):08d}", f"09{rng.randrange(10**8):08d}"
        address = f"Số {rng.randrange(10**6)} ngõ {' '.join(rng.sample(_SYLLABLES, 3))}"
        note, email = f"Ghi chú {rng.getrandbits(64):x}", f"x{rng.getrandbits(48):x}@example.vn"
        party = a_party(full_name=name, id_number=number, phone=phone, address=address, email=email)
        intakes.append(an_intake(applicant=party, note=note))
        secrets |= {name, number, phone, address, note, email}
    return intakes, secrets


def shapes(secret):
    """Return the bytes that a text may be found as."""
    texts = {secret, fold(secret), secret.upper(), json.dumps(secret)[1:-1]}
    return {text.encode(code) for text in texts for code in ("utf-8", "utf-16-le", "utf-16-be")}


def betrayed(secrets, *places):
    """Return what can be read in the files below `places`, and where."""
    files = [file for place in places for file in Path(place).rglob("*") if file.is_file()]
    contents = {file: file.read_bytes() for file in files}
    wanted = {shape: secret for secret in secrets for shape in shapes(secret)}
    found = {
        (file.name, secret)
        for file, content in contents.items()
        for shape, secret in wanted.items()
        if shape in content
    }
    return found, {file.name for file in files}


def paper_of(intake):
    """Return a PDF that says all that is personal, as a scanner with text recognition writes it."""
    person = intake.applicant
    words = (person.full_name, person.id_number, person.phone, person.address, intake.note)
    return b"%PDF-1.4\n" + "\n".join(words).encode() + b"\n%%EOF\n"


def work(folder):
    """Have a day at the desk, and be killed in the middle of it."""
    from counter_app.services.care import back_up, back_up_in_turn
    from counter_app.services.drafts import keep_draft
    from counter_app.services.receipts import print_receipt
    from counter_app.services.registration import register_dossier
    from counter_app.services.scans import add_scan, open_scan
    from counter_app.services.search import search
    from counter_app.services.summary import daily_summary, summary_pdf
    from counter_app.services.viewing import open_dossier
    from counter_app.store.verify import verify
    from tests.proofs._office import enter, set_up_desk

    set_up_desk(folder)
    desk = enter(folder)
    keep_log(folder)
    intakes, _secrets = seeded()
    for number, intake in enumerate(intakes):
        keep_draft(desk, intake, token=bytes([number]) * 16)
        if number % 4 == 0:
            continue
        dossier = register_dossier(desk, intake, token=bytes([number]) * 16)
        open_dossier(desk, dossier.id)
        assert search(desk, intake.applicant.full_name).rows
        if number % 6 == 0:
            (scan,) = add_scan(desk, dossier.id, paper_of(intake))
            assert open_scan(desk, dossier.id, scan.scan, intake.note) == paper_of(intake)
            add_scan(desk, dossier.id, corpus.with_place(corpus.page((300, 400), seed=number)))
        if number % 5 == 0:
            print_receipt(desk, dossier.id, size="a5", to="pdf")
        if number % 20 == 10:
            back_up_in_turn(desk)
    summary_pdf(desk, daily_summary(desk, desk.business_date))
    verify(desk.store, rebuild=True)
    back_up(desk, folder.parent / "elsewhere" / "one.backup")
    print("at work", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a kill")
def test_a_stolen_disk_yields_nothing(tmp_path):
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "tests.test_stolen_disk", tmp_path / "disk" / "profile"],
        env=os.environ | {"TMPDIR": str(temporary), "HOME": str(temporary)},
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stdout) == (-signal.SIGKILL, b"at work\n"), done.stderr
    _intakes, secrets = seeded()
    found, files = betrayed(secrets, tmp_path)
    assert any(name.endswith(".sealed") for name in files)
    assert files >= {"desk.db", "desk.db-wal", "keys.json", "settings.json", "one.backup"}
    assert any(name.startswith("desk-2026") for name in files)
    assert found == set()


def test_what_is_in_the_clear_would_be_found(tmp_path):
    _intakes, secrets = seeded()
    for number, code in enumerate(("utf-8", "utf-16-le")):
        (tmp_path / f"{number}").write_bytes("\n".join(secrets).encode(code))
    found, _files = betrayed(secrets, tmp_path)
    assert {secret for _file, secret in found} == secrets


@pytest.fixture
def watched(qtbot, tmp_path):
    """A profile whose window logs and shows bugs; returns its runner of tasks."""
    keep_log(tmp_path)
    incidents, tasks = Incidents(), TaskRunner()
    incidents.watch()
    yield tasks
    qtbot.waitUntil(lambda: tasks.is_idle)
    if (left := dialog()) is not None:
        left.close()
        qtbot.waitUntil(lambda: dialog() is None)
    incidents.rest()
    tasks.close()
    for handler in list(log.handlers):
        handler.close()
        log.removeHandler(handler)


@pytest.mark.parametrize("lane", ["write", "read", "paper"])
def test_a_bug_while_somebody_is_received_is_logged_without_them(
    qtbot, watched, tmp_path, capfd, lane
):
    intakes, secrets = seeded()
    intake = intakes[0]

    def work():
        applicant = intake.applicant
        try:
            {}[applicant.full_name]
        except KeyError as error:
            raise ValueError(f"cannot store {applicant!r}, {intake.note}") from error

    getattr(watched, lane)(work, done=lambda _none: None, failed=lambda _error: None)
    qtbot.waitUntil(lambda: dialog() is not None)
    dialog().copy_button.click()
    written = (tmp_path / "logs" / "window.log").read_text("utf-8")
    assert "ValueError" in written
    assert "KeyError" in written
    assert f"test_stolen_disk.py:{work.__code__.co_firstlineno + 5} work" in written
    assert betrayed(secrets, tmp_path)[0] == set()
    shown = [label.text() for label in dialog().findChildren(QLabel)]
    copied = QApplication.clipboard().text()
    said = "".join([*shown, copied, *capfd.readouterr()])
    assert "ValueError" in copied
    assert not any(secret in said for secret in secrets)


def dialog():
    shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, IncidentDialog)]
    return shown[0] if shown else None


def test_what_the_database_refuses_is_told_without_what_was_typed(desk):
    with pytest.raises(Exception, match="no such table") as told, desk.store.read() as connection:
        connection.exec_driver_sql("SELECT * FROM no_such WHERE name = ?", ("Trần Văn Thử",))
    assert "Trần" not in str(told.value)


if __name__ == "__main__":
    work(Path(sys.argv[1]))
