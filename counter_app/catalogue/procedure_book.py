"""Procedures as a workbook: one sheet for each part, one line for each of its things.

The headings are those that a province's staff reads; the same tables write the workbook and
read it back, so they cannot disagree.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import msgspec
from msgspec import Struct

from counter_app.domain.procedure import Procedure
from counter_app.domain.text import fold, tidy

Cells = Mapping[str, str]
Plain = dict[str, Any]


class Line(Struct, frozen=True):
    """One line of a sheet: its number as a spreadsheet shows it, and its cells by heading."""

    number: int
    cells: Cells


class Trouble(Struct, frozen=True, kw_only=True):
    """What keeps a line from being read; `line` 0 is the sheet itself."""

    sheet: str
    line: int
    reason: str


class Book(Struct, frozen=True):
    """The lines of each sheet by its title."""

    sheets: Mapping[str, Sequence[Line]]


class _Column(Struct, frozen=True):
    """A heading, the key that it fills, and how a cell is read and written."""

    heading: str
    key: str
    read: Callable[[str], Any]
    write: Callable[[Any], str]


_YES: Final = "x"
_UNITS: Final = {
    "ngày làm việc": "working_days",
    "ngày": "calendar_days",
    "giờ làm việc": "working_hours",
    "giờ": "hours",
    "tháng": "months",
    "trong ngày": "same_day",
    "không quy định": "none",
}
_LEVELS: Final = {"xã": "commune", "tỉnh": "province"}
_TYPES: Final = {
    "chữ": "text",
    "ngày": "date",
    "số": "number",
    "chọn": "choice",
    "người": "person",
    "địa điểm": "place",
    "nhóm": "group",
}
_KINDS: Final = {"phí": "charge", "lệ phí": "fee"}
_PER: Final = {"hồ sơ": "case", "bản": "copy", "trang": "page"}
_CHANNELS: Final = {"trực tiếp": "direct", "trực tuyến": "online", "bưu chính": "post"}


def _one_of(words: Mapping[str, str]) -> tuple[Callable[[str], str], Callable[[Any], str]]:
    known = {fold(word): value for word, value in words.items()}
    named = {value: word for word, value in words.items()}

    def read(cell: str) -> str:
        if fold(cell) not in known:
            raise ValueError(f"“{cell}” ≠ {', '.join(words)}")
        return known[fold(cell)]

    return read, lambda value: named[value]


def _listed(
    read: Callable[[str], Any], write: Callable[[Any], str]
) -> tuple[Callable[[str], list[Any]], Callable[[Any], str]]:
    def several(cell: str) -> list[Any]:
        return [read(part.strip()) for part in re.split(r"[;\n]", cell) if part.strip()]

    return several, lambda values: "; ".join(write(value) for value in values)


def _yes(cell: str) -> bool:
    if fold(cell) in {_YES, "co", "1", "true"}:
        return True
    if fold(cell) in {"", "khong", "0", "false"}:
        return False
    raise ValueError(f"“{cell}” ≠ {_YES}")


def _number(cell: str) -> int:
    digits = re.sub(r"[\s.]", "", cell)
    if not digits.isascii() or not digits.isdigit():
        raise ValueError(f"“{cell}” ≠ 0, 1, 2, …")
    return int(digits)


def _pair(cell: str) -> tuple[str, str]:
    left, colon, right = cell.partition(":")
    if not colon or not left.strip() or not right.strip():
        raise ValueError(f"“{cell}” ≠ a: b")
    return left.strip(), right.strip()


def _choice(cell: str) -> Plain:
    identifier, label = _pair(cell)
    return {"id": identifier, "label": label}


def _step(cell: str) -> Plain:
    page, amount = _pair(cell)
    return {"from_page": _number(page), "amount": _number(amount)}


def _when(cell: str) -> Plain:
    return dict(_pair(part) for part in cell.split(";") if part.strip())


def _answer(cell: str) -> Any:
    return int(cell) if re.fullmatch(r"[0-9]+", cell) else cell


_TEXT: Final = (tidy, str)
_COUNT: Final = (_number, str)
_MARK: Final = (_yes, lambda value: _YES if value else "")
_IDS: Final = _listed(str, str)
_CONDITION: Final = (_when, lambda when: "; ".join(f"{q}: {c}" for q, c in when.items()))

CODE: Final = "Mã thủ tục"
MAIN: Final = "Thủ tục"
PARTS: Final = "question.part"
"""What the lines of a group's parts are; their question is named in the line."""

SHEETS: Final[Mapping[str, tuple[str, tuple[_Column, ...]]]] = {
    MAIN: (
        "",
        (
            _Column("Tên thủ tục", "name", *_TEXT),
            _Column("Lĩnh vực", "field", *_TEXT),
            _Column("Cấp", "level", *_one_of(_LEVELS)),
            _Column("Yêu cầu giải quyết", "request", *_TEXT),
            _Column("Kết quả", "result", *_TEXT),
            _Column("Thời hạn", "deadline.value", *_COUNT),
            _Column("Đơn vị thời hạn", "deadline.unit", *_one_of(_UNITS)),
            _Column("Kéo dài để xác minh", "deadline.extension", *_COUNT),
            _Column("Tính sang hôm sau nếu nhận sau", "deadline.cutoff", *_TEXT),
            _Column("Cách trả giờ hẹn", "deadline.due_mode", *_TEXT),
            _Column("Khi bổ sung", "deadline.pause", *_TEXT),
            _Column("Trả kết quả ngay", "on_the_spot", *_MARK),
            _Column("Phi địa giới", "anywhere_in_province", *_MARK),
            _Column("Có hiệu lực từ", "effective_from", *_TEXT),
            _Column("Hết hiệu lực sau", "effective_to", *_TEXT),
            _Column("Căn cứ pháp lý", "legal_basis", *_TEXT),
            _Column("Nguồn đã đối chiếu", "source", *_TEXT),
            _Column("Chưa đối chiếu", "unverified", *_MARK),
        ),
    ),
    "Thành phần": (
        "component",
        (
            _Column("Mã thành phần", "id", *_TEXT),
            _Column("Tên giấy tờ", "name", *_TEXT),
            _Column("Bản chính", "originals", *_COUNT),
            _Column("Bản sao", "copies", *_COUNT),
            _Column("Bắt buộc", "required", *_MARK),
            _Column("Chỉ xuất trình", "shown", *_MARK),
            _Column("Mẫu đơn", "form_name", *_TEXT),
        ),
    ),
    "Trường hợp": (
        "case",
        (
            _Column("Mã trường hợp", "id", *_TEXT),
            _Column("Tên trường hợp", "name", *_TEXT),
            _Column("Các thành phần", "components", *_IDS),
            _Column("Thời hạn", "deadline.value", *_COUNT),
            _Column("Đơn vị thời hạn", "deadline.unit", *_one_of(_UNITS)),
            _Column("Kéo dài để xác minh", "deadline.extension", *_COUNT),
            _Column("Tính sang hôm sau nếu nhận sau", "deadline.cutoff", *_TEXT),
        ),
    ),
    "Câu hỏi": (
        "question",
        (
            _Column("Mã câu hỏi", "id", *_TEXT),
            _Column("Câu hỏi", "label", *_TEXT),
            _Column("Kiểu", "type", *_one_of(_TYPES)),
            _Column("Bắt buộc", "required", *_MARK),
            _Column("Lựa chọn", "choices", *_listed(_choice, lambda c: f"{c['id']}: {c['label']}")),
            _Column("Từ", "minimum", *_COUNT),
            _Column("Đến", "maximum", *_COUNT),
            _Column("Mặc định", "default", _answer, str),
            _Column("Chỉ hỏi khi", "when", *_CONDITION),
            _Column("Ít nhất mấy dòng", "fewest", *_COUNT),
            _Column("Nhiều nhất mấy dòng", "most", *_COUNT),
        ),
    ),
    "Phần của nhóm": (
        PARTS,
        (
            _Column("Mã câu hỏi", "question", *_TEXT),
            _Column("Mã phần", "id", *_TEXT),
            _Column("Tên phần", "label", *_TEXT),
            _Column("Kiểu", "type", *_one_of(_TYPES)),
            _Column("Bắt buộc", "required", *_MARK),
            _Column("Lựa chọn", "choices", *_listed(_choice, lambda c: f"{c['id']}: {c['label']}")),
            _Column("Từ", "minimum", *_COUNT),
            _Column("Đến", "maximum", *_COUNT),
        ),
    ),
    "Phí, lệ phí": (
        "fee",
        (
            _Column("Mã khoản", "id", *_TEXT),
            _Column("Tên khoản", "name", *_TEXT),
            _Column("Loại", "kind", *_one_of(_KINDS)),
            _Column("Mức thu (đồng)", "amount", *_COUNT),
            _Column("HĐND quy định", "set_by_council", *_MARK),
            _Column("Tính theo", "per", *_one_of(_PER)),
            _Column(
                "Mức theo trang",
                "steps",
                *_listed(_step, lambda s: f"{s['from_page']}: {s['amount']}"),
            ),
            _Column("Tối đa một bản", "cap", *_COUNT),
            _Column("Số bản theo câu hỏi", "copies", *_TEXT),
            _Column("Số trang theo câu hỏi", "pages", *_TEXT),
            _Column("Hình thức nộp", "channels", *_listed(*_one_of(_CHANNELS))),
            _Column("Trường hợp", "cases", *_IDS),
            _Column("Chỉ thu khi", "when", *_CONDITION),
        ),
    ),
}
"""The title of each sheet, the part of a procedure that its lines are, and its columns."""


def headings(sheet: str) -> tuple[str, ...]:
    """Return the first line of a sheet."""
    return (CODE, *(column.heading for column in SHEETS[sheet][1]))


def lines_of(procedure: Procedure) -> dict[str, list[tuple[str, ...]]]:
    """Return the lines that a procedure fills, by sheet, without the headings."""
    plain = msgspec.to_builtins(procedure)
    written: dict[str, list[tuple[str, ...]]] = {}
    for sheet, (part, columns) in SHEETS.items():
        things = _things(plain, part)
        written[sheet] = [
            (procedure.code, *(_written(column, thing) for column in columns)) for thing in things
        ]
    return written


def _things(plain: Plain, part: str) -> list[Plain]:
    if part == PARTS:
        asked = plain["question"]
        return [{**each, "question": group["id"]} for group in asked for each in group["part"]]
    return list(plain[part]) if part else [plain]


def plain_of(line: Line, sheet: str) -> Plain:
    """Return what a line says, with the keys of the files of law; empty cells say nothing.

    Raises:
        ValueError: a cell cannot be read, with its heading.
    """
    plain: Plain = {}
    for column in SHEETS[sheet][1]:
        cell = tidy(line.cells.get(column.heading, ""))
        is_mark = column.read is _yes
        if not cell and not (is_mark and column.key == "required"):
            continue
        try:
            value = column.read(cell)
        except ValueError as error:
            raise ValueError(f"{column.heading}: {error}") from error
        _put(plain, column.key, value)
    return plain


def _written(column: _Column, thing: Plain) -> str:
    value: Any = thing
    for key in column.key.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return "" if value in (None, "", (), [], {}) else column.write(value)


def _put(plain: Plain, key: str, value: Any) -> None:
    whole, _dot, part = key.partition(".")
    if part:
        plain.setdefault(whole, {})[part] = value
    else:
        plain[whole] = value
