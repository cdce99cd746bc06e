"""What the house rests on: Qt that counts its references right, fonts, icons, and the tests."""

import ast
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QRawFont
from PySide6.QtWidgets import QScrollBar

from counter_app import assets

FONTS = sorted((assets.RESOURCES / "fonts").glob("*.ttf"))
LUCIDE = [
    path
    for path in sorted((assets.RESOURCES / "icons").glob("*.svg"))
    if b"@license" in path.read_bytes()
]
TESTS = sorted(Path(__file__).parent.rglob("*.py"))

VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
LETTERS = VOWELS + VOWELS.upper() + "đĐ"
SIGNS = "₫€–—…•“”‘’«»×§°№½²³\u00a0"
MARKS = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"


def named(path):
    return path.name


def test_a_void_call_to_qt_keeps_what_it_was_lent(qapp):
    bar = QScrollBar(Qt.Orientation.Vertical)
    bar.setRange(0, 100)
    before = sys.getrefcount(None)
    for value in range(20_000):
        bar.setValue(value % 100)
    assert abs(sys.getrefcount(None) - before) < 1_000


def test_there_are_146_vietnamese_letters():
    # 12 vowels, each with six tones, and đ, small and capital.
    assert len(set(LETTERS)) == 146


@pytest.mark.parametrize("path", FONTS, ids=named)
def test_a_font_has_every_letter_and_sign(qapp, path):
    font = QRawFont(str(path), 12)
    assert font.isValid()
    assert [
        letter for letter in LETTERS + SIGNS + MARKS if not font.supportsCharacter(ord(letter))
    ] == []


def test_a_decomposed_name_is_as_wide_as_a_composed_one(qapp):
    metrics = QFontMetrics(qapp.font())
    assert qapp.font().family() == "Noto Sans"
    decomposed = "Nguye\u0302\u0303n"
    assert abs(metrics.horizontalAdvance(decomposed) - metrics.horizontalAdvance("Nguyễn")) <= 1


@pytest.mark.parametrize("path", LUCIDE, ids=named)
def test_an_icon_takes_the_colour_of_its_place(path):
    assert ElementTree.parse(path).getroot().get("stroke") == "currentColor"


@pytest.mark.parametrize("folder", ["fonts", "icons"])
def test_what_came_from_others_has_its_licence_beside_it(folder):
    assert list((assets.RESOURCES / folder).glob("LICENSE*"))


@pytest.mark.parametrize("path", TESTS, ids=named)
def test_no_test_types_vietnamese_by_key_clicks(path):
    # Qt aborts the whole process there: its table of keys ends at ASCII.
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {
            "keyClicks",
            "keyClick",
        }:
            typed = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            assert all(str(text).isascii() for text in typed), f"line {node.lineno}"


def test_the_start_needs_neither_qt_nor_the_database():
    heavy = ("PySide6", "sqlalchemy", "alembic", "reportlab", "babel", "cryptography")
    code = (
        "import sys; import counter_app.errors;"
        f"sys.exit(' '.join(name for name in {heavy} if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""


def test_a_tool_that_is_not_there_skips_a_test_but_fails_the_whole_check(tool, monkeypatch):
    monkeypatch.delenv("COUNTER_APP_CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no-such-tool is not installed"):
        tool("no-such-tool")
    monkeypatch.setenv("COUNTER_APP_CI", "1")
    with pytest.raises(pytest.fail.Exception):
        tool("no-such-tool")
