"""Workbooks from strangers: what a person sees is read, and nothing acts."""

import os
import zipfile
from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import Workbook

from counter_app.errors import UnreadableFile
from counter_app.workbook.package import MOST_BYTES, MOST_CELLS, MOST_LINES, check_package
from counter_app.workbook.reading import read_workbook
from counter_app.workbook.writing import Table, workbook

HOSTILE = [
    "=1+1",
    "+84",
    "-1",
    "@sum",
    "\tx",
    "＝1",
    "<b>",
    "{x}",
    "\u202eabc",
    "Đỗ Thị Ngọc",
    "😀",
]


@pytest.fixture
def made(tmp_path):
    """Write a workbook, filled by a function of its first sheet, and return the path."""

    def made(fill):
        book = Workbook()
        fill(book.active)
        path = tmp_path / "given.xlsx"
        book.save(path)
        return path

    return made


@pytest.fixture
def packed(tmp_path, made):
    """Write a workbook whose package is changed by `parts`, and return the path."""

    def packed(**parts):
        whole = made(lambda sheet: sheet.append(["a"]))
        path = tmp_path / "packed.xlsx"
        with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w", 8) as new:
            for part in old.infolist():
                if part.filename not in parts:
                    new.writestr(part.filename, old.read(part))
            for name, content in parts.items():
                new.writestr(name, content)
        return path

    return packed


def refused(path, **limits):
    with pytest.raises(UnreadableFile) as caught:
        read_workbook(path, **limits)
    return str(caught.value)


def test_cells_are_read_as_a_person_sees_them(made):
    day, moment = date(2026, 11, 23), datetime(2026, 11, 23, 9, 30)
    path = made(lambda s: s.append(["Đỗ", 12, 12.0, 1.5, day, moment, True, None, "x"]))
    (sheet,) = read_workbook(path)
    said = ("Đỗ", "12", "12", "1.5", "2026-11-23", "2026-11-23 09:30", "x", "", "x")
    assert sheet.rows[0].cells == said


def test_lines_come_by_their_headings_with_the_numbers_that_a_spreadsheet_shows(made):
    def fill(sheet):
        sheet.append(["Họ tên", "Số"])
        sheet["A4"], sheet["B4"] = "Thử", 7

    (sheet,) = read_workbook(made(fill))
    assert list(sheet.by_heading()) == [(4, {"Họ tên": "Thử", "Số": "7"})]


def test_what_was_written_is_read_and_no_text_has_become_a_formula(tmp_path):
    path = tmp_path / "out.xlsx"
    rows = [[text, 1, date(2026, 1, 2)] for text in HOSTILE]
    table = Table(title="Thử", captions=("a", "b", "c"), widths=(9, 9, 9), rows=rows)
    path.write_bytes(workbook([table]))
    (sheet,) = read_workbook(path)
    assert [row.cells[0] for row in sheet.rows[1:]] == HOSTILE
    with zipfile.ZipFile(path) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")
        assert package.read("xl/styles.xml").count(b'quotePrefix="1"') >= 1


def test_a_formula_is_refused_by_its_cell(made):
    assert "B2" in refused(made(lambda s: s.append(["a"]) or s.__setitem__("B2", "=A1+1")))


@pytest.mark.parametrize(
    "part", ["xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml", "xl/embeddings/a.docx"]
)
def test_what_acts_is_refused(packed, part):
    assert "macro" in refused(packed(**{part: b"x"})) or "liên kết" in refused(
        packed(**{part: b"x"})
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_markup_that_expands_is_refused(packed, encoding):
    laughs = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>'
    refused(packed(**{"xl/workbook.xml": laughs.encode(encoding)}))


def test_a_bomb_is_refused_before_it_goes_off(packed):
    refused(packed(**{"xl/media/bomb.xml": bytes(50 * 2**20)}))


def test_what_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "x.xlsx"
    for content in (b"", b"PK\3\4", b"hello", BytesIO(b"\xd0\xcf\x11\xe0" * 200).getvalue()):
        path.write_bytes(content)
        refused(path)


def test_too_large_a_file_is_refused_without_being_read(tmp_path):
    path = tmp_path / "x.xlsx"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    refused(path)


def test_more_lines_or_columns_than_may_be_are_refused_and_none_is_dropped(made):
    path = made(lambda s: [s.append(["a", "b", "c"]) for _line in range(10)])
    assert len(read_workbook(path, most_rows=10, most_columns=3)[0].rows) == 10
    refused(path, most_rows=9)
    refused(path, most_columns=2)


def test_a_cell_far_out_is_not_lost(made):
    path = made(lambda s: s.append(["a"]) or s.__setitem__("A5000", "z"))
    assert [row.number for row in read_workbook(path)[0].rows] == [1, 5000]
    refused(made(lambda s: s.append(["a"]) or s.__setitem__("ZZ1", "z")))


SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="999999999999"><c r="A9" t="inlineStr"><is><t>y</t></is></c></row>',
        "".join(f'<row r="{n}"><c r="XFD{n}"/></row>' for n in range(1, 400)),
    ],
    ids=["a line far below", "cells far to the right"],
)
def test_room_that_is_only_named_is_not_gone_through(packed, rows):
    sheet = f'<worksheet xmlns="{NAMESPACE}"><sheetData>{rows}</sheetData></worksheet>'
    with pytest.raises(UnreadableFile):
        read_workbook(packed(**{SHEET: sheet}))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes that have a name")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.xlsx")
    with pytest.raises(UnreadableFile):
        read_workbook(tmp_path / "pipe.xlsx")


HEAD = f'<worksheet xmlns="{NAMESPACE}"><sheetData>'
FOOT = "</sheetData></worksheet>"


@pytest.mark.parametrize("row", ['<row r="{n}" {x}/>', '<x:row r="{n}" {x}></x:row>'])
def test_lines_that_are_named_and_empty_are_counted_before_one_is_read(packed, row):
    lines = "".join(row.format(n=n, x=f'a="{n * 7919}"') for n in range(1, MOST_LINES + 2))
    assert "50.000" in refused(packed(**{SHEET: f"{HEAD}{lines}{FOOT}"}))


def test_cells_that_are_named_and_empty_are_counted_too(packed):
    cells = "".join(f'<c s="{n * 7919}"/>' for n in range(MOST_CELLS + 1))
    assert "250.000" in refused(packed(**{SHEET: f"{HEAD}<row>{cells}</row>{FOOT}"}))


def test_no_line_is_missed_where_two_chunks_meet(packed):
    lines = "".join(f'<row r="{n}" x="{n * n}"/>' for n in range(1, MOST_LINES + 1))
    path = packed(**{SHEET: f"{HEAD}{lines}{FOOT}"})
    with path.open("rb") as file:
        check_package(path, file)
    refused(packed(**{SHEET: f"{HEAD}{lines}<row/>{FOOT}"}))


def test_reading_has_an_end(made):
    path = made(lambda s: [s.append(["a"]) for _line in range(300)])
    assert "0 giây" in refused(path, seconds=0)
    assert len(read_workbook(path)[0].rows) == 300


def test_styles_without_end_are_refused(packed):
    styles = "".join(f'<xf numFmtId="{n}"/>' for n in range(100_001))
    assert "100.000" in refused(packed(**{"xl/styles.xml": f"<styleSheet>{styles}</styleSheet>"}))


def test_a_head_that_lies_about_its_size_helps_nobody(packed):
    path = packed(**{"xl/media/bomb.xml": bytes(30 * 2**20)})
    raw = path.read_bytes()
    size = (30 * 2**20).to_bytes(4, "little")
    path.write_bytes(raw.replace(size, (100).to_bytes(4, "little")))
    refused(path)


ODS = "application/vnd.oasis.opendocument.spreadsheet"


def test_what_else_it_is_is_said_with_what_to_do(tmp_path):
    path = tmp_path / "renamed.xlsx"
    old, protected = b"\xd0\xcf\x11\xe0" + bytes(600), "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(old)
    assert ".xls" in refused(path)
    path.write_bytes(old + protected + bytes(100))
    assert "mật khẩu" in refused(path)
    path.write_bytes("Họ tên;Số\nThử;1\n".encode())
    refused(path)
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", ODS)
    assert ".ods" in refused(path)


def test_a_zip_behind_a_password_is_no_workbook(packed):
    path = packed()
    raw = bytearray(path.read_bytes())
    for start in (b"PK\x03\x04", b"PK\x01\x02"):
        place = raw.index(start) + (6 if start == b"PK\x03\x04" else 8)
        raw[place] |= 1
    path.write_bytes(raw)
    refused(path)


def test_merged_cells_are_read_at_their_first_one(made):
    def fill(sheet):
        sheet.append(["a", "b", "c"])
        sheet.append(["x", None, "y"])
        sheet.merge_cells("A2:B2")

    assert read_workbook(made(fill))[0].rows[1].cells == ("x", "", "y")


def test_days_are_days_in_workbooks_of_both_epochs(tmp_path):
    for epoch in (datetime(1899, 12, 30), datetime(1904, 1, 1)):
        book = Workbook()
        book.epoch = epoch
        book.active["A1"] = date(2026, 11, 23)
        book.save(tmp_path / "days.xlsx")
        assert read_workbook(tmp_path / "days.xlsx")[0].rows[0].cells == ("2026-11-23",)


def test_numbers_are_what_they_say_and_a_number_of_a_day_is_a_number(made):
    def fill(sheet):
        sheet.append([46349, "079090000001", 79090000001, "12", 0.5])

    said = ("46349", "079090000001", "79090000001", "12", "0.5")
    assert read_workbook(made(fill))[0].rows[0].cells == said


def test_a_line_of_blanks_says_nothing_even_where_they_do_not_break(made):
    path = made(lambda s: [s.append(["a"]), s.append(["\u00a0", " \u2007"]), s.append(["b"])])
    assert [row.number for row in read_workbook(path)[0].rows] == [1, 3]


def test_a_heading_is_known_whatever_blanks_stand_in_it(made):
    path = made(lambda s: [s.append(["Họ\u00a0 tên "]), s.append(["Thử"])])
    assert list(read_workbook(path)[0].by_heading()) == [(2, {"Họ tên": "Thử"})]


def test_hidden_sheets_are_not_read_and_hidden_lines_and_columns_are(tmp_path):
    book = Workbook()
    book.active.append(["a", "b"])
    book.active.append(["c", "d"])
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["B"].hidden = True
    book.create_sheet("Ẩn").append(["x"])
    book["Ẩn"].sheet_state = "hidden"
    book.save(tmp_path / "hidden.xlsx")
    (sheet,) = read_workbook(tmp_path / "hidden.xlsx")
    assert [row.cells for row in sheet.rows] == [("a", "b"), ("c", "d")]
