"""A group's sheet: looked through first, then received line by line, and never twice."""

import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from counter_app.domain.group_sheet import MOST_LINES, columns_of
from counter_app.domain.officer import Role
from counter_app.domain.operation import Voided
from counter_app.errors import (
    CounterError,
    GroupSheetRefused,
    NotPermitted,
    UnknownProcedure,
    UnreadableFile,
)
from counter_app.services.acting import act
from counter_app.services.batch import group_template, read_group, register_group
from counter_app.services.business_day import confirm_day
from counter_app.services.viewing import open_dossier
from tests.office import MONDAY, OFFICER, PASSWORD, counts, is_sound, with_roles

PROCEDURE = "2.000815"
NAMES = [f"Trần Văn Thử {word}" for word in ("Một", "Hai", "Ba")]


@pytest.fixture
def sheet(tmp_path, catalogue):
    """Write a group's sheet of lines, each a mapping by the field that it fills."""

    def sheet(*lines, procedure=PROCEDURE, headings=None, name="nhom.xlsx"):
        form = catalogue.procedure(procedure, MONDAY.date()).form
        columns = columns_of(form)
        book = Workbook()
        book.active.append(headings or [column.heading for column in columns])
        for line in lines:
            book.active.append([line.get(column.field) for column in columns])
        path = tmp_path / name
        book.save(path)
        return path

    return sheet


def a_line(name=NAMES[0], **changes):
    return {
        "applicant.full_name": name,
        "applicant.birth_date": date(1990, 3, 15),
        "applicant.sex": "Nam",
        "answers.copies": 2,
        "answers.pages": "3",
        "components.original": "x",
    } | changes


def registered(desk, path):
    group = read_group(desk, path, PROCEDURE)
    return list(register_group(desk, group.ready, batch=group.batch))


def test_the_lines_are_read_as_intakes(desk, sheet):
    group = read_group(desk, sheet(*map(a_line, NAMES)), PROCEDURE)
    assert [line.intake.applicant.full_name for line in group.ready] == NAMES
    first = group.ready[0]
    assert first.number == 2
    assert first.intake.applicant.birth_date == "1990-03-15"
    assert first.intake.answers == {"copies": 2, "pages": 3}
    assert counts(desk)["dossier"] == 0


def test_the_empty_sheet_of_the_program_is_read_by_it(desk, tmp_path):
    path = tmp_path / "mau.xlsx"
    path.write_bytes(group_template(desk, PROCEDURE))
    assert read_group(desk, path, PROCEDURE).lines == ()


def test_each_line_tells_what_is_wrong_with_it(desk, sheet):
    path = sheet(
        a_line(""),
        a_line(**{"answers.copies": "nhiều"}),
        a_line(**{"applicant.birth_date": "31/02/1990"}),
        a_line(**{"applicant.sex": "?", "components.original": ""}),
        a_line(**{"answers.pages": 1.5}),
        a_line(),
    )
    group = read_group(desk, path, PROCEDURE)
    wrong = {line.number: [p.field for p in line.problems] for line in group.wrong}
    assert wrong == {
        2: ["applicant.full_name"],
        3: ["answers.copies"],
        4: ["applicant.birth_date"],
        5: ["applicant.sex", "components.original"],
        6: ["answers.pages"],
    }
    assert [line.number for line in group.ready] == [7]


def test_of_a_paper_there_are_as_many_as_the_cell_says(desk, sheet):
    path = sheet(
        *(
            a_line(name, **{"components.original": n})
            for name, n in zip(NAMES, (1, 0, 2), strict=True)
        )
    )
    one, none, two = read_group(desk, path, PROCEDURE).lines
    assert [paper.originals for line in (one, two) for paper in line.intake.components] == [1, 2]
    assert [problem.field for problem in none.problems] == ["components.original"]


def test_a_column_that_was_moved_makes_no_other_line_of_it(desk, sheet):
    births = "1.001193"
    papers = {f"components.{each}": "x" for each in ("application", "birth_note", "identity")}
    line = a_line(
        **papers, **{"answers.child_name": "Trần Thử", "answers.child_birth_date": "01/11/2026"}
    )
    path = sheet(line, procedure=births)
    (first,) = read_group(desk, path, births).lines
    book = load_workbook(path)
    rows = [[cell.value for cell in reversed(row)] for row in book.active.iter_rows()]
    moved = Workbook()
    for row in rows:
        moved.active.append(row)
    moved.save(path)
    (again,) = read_group(desk, path, births).lines
    assert again.token == first.token


def test_all_share_a_batch_and_each_has_a_code_of_its_own(desk, sheet):
    done = registered(desk, sheet(*map(a_line, NAMES)))
    assert len({each.dossier.code for each in done}) == len(NAMES)
    assert len({each.dossier.received.batch for each in done}) == 1
    assert is_sound(desk)


def test_the_same_sheet_again_doubles_nothing(desk, sheet):
    path = sheet(*map(a_line, NAMES))
    first = read_group(desk, path, PROCEDURE)
    done = list(register_group(desk, first.lines, batch=first.batch))
    again = list(register_group(desk, first.lines, batch=first.batch))
    assert all(each.again for each in again)
    assert [each.dossier.id for each in again] == [each.dossier.id for each in done]
    looked = read_group(desk, path, PROCEDURE)
    assert looked.ready == ()
    assert [line.received for line in looked.lines] == [each.dossier.code for each in done]
    assert counts(desk)["dossier"] == len(NAMES)


def test_a_corrected_sheet_takes_in_what_was_corrected_and_nothing_else(desk, sheet):
    registered(desk, sheet(a_line(NAMES[0]), a_line("")))
    done = registered(desk, sheet(a_line(NAMES[1]), a_line(NAMES[0])))
    assert [each.dossier.received.applicant.full_name for each in done] == [NAMES[1]]
    assert counts(desk)["dossier"] == 2


def test_two_lines_that_say_the_same_are_two_dossiers(desk, sheet):
    done = registered(desk, sheet(a_line(), a_line()))
    assert len({each.dossier.id for each in done}) == 2


def test_a_sheet_that_is_gone_on_with_on_another_day_doubles_nothing(desk, sheet, clock):
    path = sheet(*map(a_line, NAMES))
    first = read_group(desk, path, PROCEDURE)
    (made,) = register_group(desk, first.lines[:1], batch=first.batch)
    clock.at = MONDAY + timedelta(days=40)
    later = confirm_day(desk, clock.at.date())
    looked = read_group(later, path, PROCEDURE)
    assert [line.received for line in looked.lines] == [made.dossier.code, None, None]
    assert looked.known[0].received_at == made.dossier.received.received_at
    done = list(register_group(later, looked.lines, batch=looked.batch))
    assert [each.again for each in done] == [True, False, False]
    assert len({each.dossier.received.batch for each in done}) == 1
    assert counts(desk)["dossier"] == len(NAMES)


def test_what_is_meant_to_be_received_twice_is_asked_for_and_doubles_nothing_either(desk, sheet):
    path = sheet(a_line(), a_line(NAMES[1]))
    first = registered(desk, path)
    for _once_more in range(2):
        group = read_group(desk, path, PROCEDURE, reception=2)
        again = list(register_group(desk, group.lines, batch=group.batch))
    assert all(each.again for each in again)
    assert not {each.dossier.id for each in again} & {each.dossier.id for each in first}
    assert counts(desk)["dossier"] == 4


def test_what_was_voided_can_be_handed_in_again(desk, sheet):
    path = sheet(a_line())
    (done,) = registered(desk, path)
    act(desk, done.dossier.id, Voided(reason="Nhập nhầm"))
    (again,) = registered(desk, path)
    assert again.dossier.id != done.dossier.id


def test_a_line_that_fails_stops_no_other(desk, sheet):
    group = read_group(desk, sheet(a_line(), a_line(""), a_line(NAMES[1])), PROCEDURE)
    done = list(register_group(desk, group.lines, batch=group.batch))
    assert [bool(each.dossier) for each in done] == [True, False, True]
    assert done[1].reason


def test_without_the_role_nothing_is_received(desk, sheet):
    group = read_group(desk, sheet(a_line()), PROCEDURE)
    with pytest.raises(NotPermitted):
        list(register_group(with_roles(desk, Role.CASHIER), group.lines, batch=group.batch))


def test_tokens_cannot_be_told_from_what_a_line_says(desk, sheet, enter, tmp_path):
    from counter_app.services.setting_up import set_up
    from tests.office import a_new_desk

    path = sheet(a_line())
    set_up(tmp_path / "other", a_new_desk())
    other = confirm_day(enter(tmp_path / "other"), MONDAY.date())
    (one,), (two,) = (read_group(each, path, PROCEDURE).lines for each in (desk, other))
    assert one.intake == two.intake
    assert one.token != two.token


# What strangers bring


def test_headings_may_stand_in_any_order_and_case(desk, sheet, tmp_path):
    book = Workbook()
    book.active.append(["số bản sao", "HỌ VÀ TÊN *", None])
    book.active.append([4, "Lê Thị Thử"])
    path = tmp_path / "x.xlsx"
    book.save(path)
    (line,) = read_group(desk, path, PROCEDURE).lines
    assert line.intake.answers["copies"] == 4


@pytest.mark.parametrize(
    ("headings", "said"),
    [
        (["Họ và tên", "Lương"], "Lương"),
        (["Họ và tên", "Họ và tên"], "Họ và tên"),
        (["Số bản sao"], "Họ và tên"),
    ],
)
def test_a_sheet_with_other_headings_is_refused_by_name(desk, tmp_path, headings, said):
    book = Workbook()
    book.active.append(headings)
    book.active.append(["Thử"] * len(headings))
    path = tmp_path / "x.xlsx"
    book.save(path)
    with pytest.raises(GroupSheetRefused, match=said):
        read_group(desk, path, PROCEDURE)


def test_what_stands_under_no_heading_is_not_passed_over(desk, tmp_path):
    book = Workbook()
    book.active.append(["Họ và tên"])
    book.active.append(["Thử", None, "thêm"])
    path = tmp_path / "x.xlsx"
    book.save(path)
    with pytest.raises(GroupSheetRefused, match="2"):
        read_group(desk, path, PROCEDURE)


def test_a_formula_is_refused_by_its_cell(desk, sheet):
    path = sheet(a_line(**{"applicant.address": "=1+1"}))
    with pytest.raises(UnreadableFile, match="E2"):
        read_group(desk, path, PROCEDURE)


def test_more_lines_than_fit_are_refused(desk, sheet):
    with pytest.raises(UnreadableFile):
        read_group(desk, sheet(*[a_line()] * (MOST_LINES + 1)), PROCEDURE)


def test_merged_cells_count_for_the_line_in_which_they_begin(desk, sheet, tmp_path):
    from openpyxl import load_workbook

    path = sheet(a_line(NAMES[0]), a_line(NAMES[1]))
    book = load_workbook(path)
    book.active.merge_cells("A2:A3")
    book.save(path)
    first, second = read_group(desk, path, PROCEDURE).lines
    assert first.is_ready
    assert [p.field for p in second.problems] == ["applicant.full_name"]


def test_a_line_at_the_far_end_of_the_sheet_is_no_burden(desk, tmp_path):
    book = Workbook()
    book.active.append(["Họ và tên"])
    book.active["A1048576"] = "Thử"
    book.active["XFD1"] = "xa"
    path = tmp_path / "x.xlsx"
    book.save(path)
    began = time.monotonic()
    with pytest.raises(CounterError):
        read_group(desk, path, PROCEDURE)
    assert time.monotonic() - began < 20


def test_a_sheet_that_claims_to_be_endless_is_read_as_far_as_it_goes(desk, sheet, tmp_path):
    whole, path = sheet(a_line()), tmp_path / "endless.xlsx"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                claimed = b'<dimension ref="A1:XFD1048576"'
                content = re.sub(rb'<dimension ref="[^"]*"', claimed, content)
                assert claimed in content
            new.writestr(part.filename, content)
    assert len(read_group(desk, path, PROCEDURE).ready) == 1


def test_a_bomb_is_refused_before_it_goes_off(desk, sheet):
    path = sheet(a_line())
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/bomb.xml", bytes(30 * 2**20))
    with pytest.raises(UnreadableFile):
        read_group(desk, path, PROCEDURE)


def test_an_unknown_procedure_is_said_before_the_file_is_read(desk, tmp_path):
    with pytest.raises(UnknownProcedure):
        read_group(desk, tmp_path / "none.xlsx", "9.999999")


cells = st.none() | st.text(max_size=40) | st.integers() | st.floats() | st.booleans() | st.dates()


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.lists(cells, max_size=20), max_size=4))
def test_whatever_stands_in_the_cells_is_a_line_a_problem_or_refused(desk, tmp_path, rows):
    from openpyxl.utils.exceptions import IllegalCharacterError

    form = desk.catalogue.procedure(PROCEDURE, MONDAY.date()).form
    book = Workbook()
    book.active.append([column.heading for column in columns_of(form)])
    try:
        for row in rows:
            book.active.append(row)
    except (IllegalCharacterError, ValueError):
        return  # no spreadsheet could hold it either
    path = tmp_path / "x.xlsx"
    book.save(path)
    try:
        group = read_group(desk, path, PROCEDURE)
    except CounterError:
        return
    for line in group.lines:
        assert line.is_ready or all(p.sentence for p in line.problems)


# When the power goes

_WORKER = """
import sys
from pathlib import Path
from counter_app.catalogue.catalogue import load_catalogue
from counter_app.keys.throttle import Uptime
from counter_app.services.batch import read_group, register_group
from counter_app.services.business_day import confirm_day
from counter_app.services.opening import sign_in
from tests.office import MONDAY, StillClock

folder, officer, password, sheet = sys.argv[1:]
desk = sign_in(
    Path(folder), officer, password, catalogue=load_catalogue(), clock=StillClock(),
    uptime=Uptime(boot="test", seconds=1000),
)
desk = confirm_day(desk, MONDAY.date())
group = read_group(desk, Path(sheet), "2.000815")
for done in register_group(desk, group.lines, batch=group.batch):
    print(done.dossier.code, flush=True)
"""


def test_killed_in_the_middle_the_same_sheet_goes_on_and_doubles_nothing(folder, enter, sheet):
    path = sheet(*(a_line(f"Trần Văn Thử {n}") for n in range(60)))
    told = []
    for patience in (5, 20, 1000):
        line = [sys.executable, "-c", _WORKER, folder, OFFICER.id, PASSWORD, path]
        worker = subprocess.Popen(line, stdout=subprocess.PIPE, text=True, env=os.environ)
        for _one in range(patience):
            code = worker.stdout.readline().strip()
            if not code:
                break
            told.append(code)
        worker.send_signal(signal.SIGKILL)
        worker.communicate()
    desk = confirm_day(enter(folder), MONDAY.date())
    group = read_group(desk, path, PROCEDURE)
    assert group.ready == ()
    codes = [line.received for line in group.lines]
    assert len(set(codes)) == counts(desk)["dossier"] == 60
    assert set(told) <= set(codes)
    assert is_sound(desk)


def test_its_dossiers_are_like_any_other(desk, sheet):
    (done,) = registered(desk, sheet(a_line()))
    kinds = [each.operation.body.kind for each in open_dossier(desk, done.dossier.id).entries]
    assert kinds == ["received"]
