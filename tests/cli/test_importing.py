"""`import procedures`: what a province sends is looked at line by line, and taken over whole."""

import pytest
from openpyxl import load_workbook

from counter_app.catalogue.procedure_book import CODE, MAIN, SHEETS

NEW = {
    CODE: "9.000002",
    "Tên thủ tục": "Cấp thẻ đồng",
    "Lĩnh vực": "Thư viện",
    "Cấp": "xã",
    "Thời hạn": "2",
    "Đơn vị thời hạn": "ngày làm việc",
    "Có hiệu lực từ": "01/02/2026",
    "Căn cứ pháp lý": "Quyết định 2/2026/QĐ-UBND",
}
PAPER = {CODE: "9.000002", "Mã thành phần": "application", "Tên giấy tờ": "Đơn", "Bắt buộc": "x"}
GROUP = {CODE: "9.000002", "Mã câu hỏi": "members", "Câu hỏi": "Thành viên", "Kiểu": "nhóm"}
NAME = {CODE: "9.000002", "Mã câu hỏi": "members", "Mã phần": "name", "Tên phần": "Họ tên"}


@pytest.fixture
def book(run, tmp_path, folder):
    """The workbook of the present procedures, and what changes it: sheet, headings → cells."""
    path = tmp_path / "book.xlsx"
    assert run("import", "procedures", path, "--template").code == 0

    def changed(*lines, **cells):
        whole = load_workbook(path)
        for sheet, line in lines:
            heads = [cell.value for cell in whole[sheet][1]]
            whole[sheet].append([line.get(head, "") for head in heads])
        for sheet, code, heading, value in cells.get("put", ()):
            heads = [cell.value for cell in whole[sheet][1]]
            for row in whole[sheet].iter_rows(min_row=2):
                if row[0].value == code:
                    row[heads.index(heading)].value = value
        whole.save(path)
        return path

    return changed


def test_what_was_written_out_is_taken_over_without_a_change(run, book):
    *changes, told = run("import", "procedures", book(), "--dry-run").results
    assert {change["change"] for change in changes} == {"same"}
    assert (told["new"], told["changed"], told["troubles"]) == (0, 0, [])


def test_a_dry_run_says_what_would_change_and_changes_nothing(run, book, folder):
    path = book(put=[("Phí, lệ phí", "1.001612", "Mức thu (đồng)", "100000")])
    *changes, told = run("import", "procedures", path, "--dry-run").results
    (changed,) = [change for change in changes if change["change"] == "changed"]
    assert changed["differences"] == [
        {"place": "fee.registration.amount", "old": "", "new": "100000"}
    ]
    assert (changed["version"], told["written"], changed["file"]) == (2, False, "")
    assert not (folder / "forms").exists()


def test_new_law_is_there_at_once_and_old_law_stays(run, book, folder, intake):
    path = book(
        (MAIN, NEW),
        ("Thành phần", PAPER),
        ("Câu hỏi", GROUP),
        ("Phần của nhóm", NAME),
        put=[
            ("Phí, lệ phí", "1.001612", "Mức thu (đồng)", "100000"),
            (MAIN, "1.001612", "Có hiệu lực từ", "2099-01-01"),
        ],
    )
    assert run("import", "procedures", path).results[-1]["written"]
    (found,) = run("procedures", "9.000002").results
    assert [part["id"] for part in found["questions"][0]["part"]] == ["name"]
    (before,) = run("procedures", "1.001612").results
    assert before["version"] == 1
    again = run("import", "procedures", path).results[-1]
    assert (again["new"], again["changed"]) == (0, 0)
    assert run("register", intake()).code == 0


@pytest.mark.parametrize(
    ("lines", "sheet", "line"),
    [
        ([(MAIN, NEW | {"Có hiệu lực từ": "31/02/2026"})], MAIN, 33),
        ([(MAIN, NEW | {"Cấp": "huyện"})], MAIN, 33),
        ([(MAIN, NEW | {CODE: ""})], MAIN, 33),
        ([(MAIN, NEW), (MAIN, NEW)], MAIN, 34),
        ([(MAIN, NEW), ("Thành phần", PAPER | {"Bản chính": "hai"})], "Thành phần", 173),
        ([(MAIN, NEW), ("Thành phần", PAPER | {"Mã thành phần": "Đơn"})], MAIN, 33),
        ([("Thành phần", PAPER)], "Thành phần", 173),
        ([(MAIN, NEW), ("Phần của nhóm", NAME)], "Phần của nhóm", 2),
    ],
)
def test_one_wrong_line_is_named_and_nothing_is_taken_over(run, book, folder, lines, sheet, line):
    outcome = run("import", "procedures", book(*lines))
    troubles = outcome.results[-1]["troubles"]
    assert outcome.code == 2
    assert (sheet, line) in [(each["sheet"], each["line"]) for each in troubles]
    assert not outcome.results[-1]["written"]
    assert not (folder / "forms").exists()


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_workbook_without_one_of_its_sheets_is_refused(run, book, folder, sheet):
    path = book()
    whole = load_workbook(path)
    whole[sheet].title = "Trang 1"
    whole.save(path)
    outcome = run("import", "procedures", path)
    assert outcome.code == 2
    assert (sheet, 0) in [(t["sheet"], t["line"]) for t in outcome.results[-1]["troubles"]]
    assert not (folder / "forms").exists()


def test_every_heading_leads_to_a_part_of_the_law():
    assert all(columns for _part, columns in SHEETS.values())
    heads = [c.heading for _part, columns in SHEETS.values() for c in columns]
    assert all(head and head == head.strip() for head in heads)
