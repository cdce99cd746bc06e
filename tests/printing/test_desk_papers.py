"""The desk's papers: complete, on the page, in two languages, on each size of paper."""

from functools import partial
from typing import get_args

import msgspec
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from counter_app.domain.print_block import Column, Field, Header, Paragraph, Signature, Table
from counter_app.domain.print_form import DEFAULT_NUMBERING, PrintForm
from counter_app.settings import Numbering
from tests.printing import desk_papers
from tests.printing.papers import (
    FORMS,
    NAMES,
    PAPERS,
    a_received,
    an_office,
    form,
    printed,
    text,
    texts,
)

MM = 72 / 25.4
SIZES = [(file.form.id, size) for file in FORMS.files for size in file.form.size]
BILINGUAL = [(form_id, size) for form_id, size in SIZES if form(form_id).english]
OFFICIAL = ["supplement-request", "refusal", "extension", "stop-notice", "control-slip"]
LONG = desk_papers.LONG_NAME
BREAKS = {
    "supplement-request": ("missing", "Thành phần hồ sơ cần bổ sung", "NGƯỜI HƯỚNG DẪN"),
    "register": ("register", "Tên thủ tục hành chính", "TRƯỞNG BỘ PHẬN MỘT CỬA"),
    "hand-over-list": ("dossiers", "Số giấy tờ", "NGƯỜI NHẬN"),
}
"""Forms that go on over the page: the title of a column, and the last who signs."""


def long_paper(form_id, rows, name=LONG):
    received = desk_papers.with_names(a_received(papers=rows), name)
    office = an_office()
    return {
        "supplement-request": partial(
            desk_papers.supplement, received, desk_papers.some_missing(rows, (*NAMES, name))
        ),
        "register": partial(desk_papers.a_register, office, rows),
        "hand-over-list": partial(desk_papers.a_hand_over_list, office, rows),
        "control-slip": partial(desk_papers.control_slip, received, rows),
    }[form_id]()


def boxes(pdf):
    """Return the size of each page, and where its letters stand: (left, low, right, high)."""
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        letters = page.get_textpage()
        found = [letters.get_charbox(n) for n in range(letters.count_chars())]
        yield page.get_size(), [box for box in found if box[2] > box[0]]
    document.close()


def assert_on_the_page(pdf, form_id, size):
    margins = form(form_id).size[size].margins
    for (width, height), found in boxes(pdf):
        assert min(left for left, *_rest in found) >= (margins.left - 0.5) * MM
        assert max(box[2] for box in found) <= width - (margins.right - 0.5) * MM
        assert min(box[1] for box in found) >= (margins.bottom - 0.5) * MM
        assert max(box[3] for box in found) <= height - 2 * MM  # marks stand in the margin


@pytest.mark.parametrize(("form_id", "size"), SIZES)
@pytest.mark.parametrize("bilingual", [False, True])
def test_nothing_stands_outside_the_page(form_id, size, bilingual):
    paper = PAPERS[form_id]()
    pdf = printed(paper, form_id, size, bilingual=bilingual, numbering=DEFAULT_NUMBERING)
    assert_on_the_page(pdf, form_id, size)


@pytest.mark.parametrize("bilingual", [False, True])
@pytest.mark.parametrize("size", ["a5", "a4"])
@pytest.mark.parametrize("form_id", ["receipt", *OFFICIAL, "rejection", "payment-slip"])
def test_an_ordinary_paper_is_one_page(form_id, size, bilingual):
    pdf = printed(PAPERS[form_id](), form_id, size, bilingual=bilingual)
    assert len(texts(pdf)) == 1


@pytest.mark.parametrize("name", [LONG, "W" * 255, "Nguyễn " * 36])
@pytest.mark.parametrize(("form_id", "size"), [s for s in SIZES if s[0] in PAPERS])
def test_the_longest_names_stay_on_the_page(form_id, size, name):
    paper = PAPERS[form_id]()
    if hasattr(paper, "received"):
        paper = replace(paper, received=desk_papers.with_names(paper.received, name))
    elif hasattr(paper, "office"):
        paper = replace(paper, office=an_office(name=name, unit=name))
    assert_on_the_page(printed(paper, form_id, size, bilingual=True), form_id, size)


@pytest.mark.parametrize("rows", [30, 120])
@pytest.mark.parametrize(("form_id", "size"), [s for s in SIZES if s[0] in BREAKS])
def test_a_long_list_has_its_titles_and_its_number_on_every_page(form_id, size, rows):
    title = BREAKS[form_id][1]
    pages = texts(printed(long_paper(form_id, rows), form_id, size))
    assert len(pages) >= (2 if rows == 30 else 3)
    for number, page in enumerate(pages[1:], 2):
        lines = [line.strip() for line in page.split("\n")]
        assert str(number) in lines[:2] + lines[-2:]
    assert all(title.split()[0] in page for page in pages[:-1])  # the last may have no rows
    whole = " ".join(" ".join(pages).split())
    last = f"{rows:04d}" if form_id != "supplement-request" else "Hết hạn"
    assert last in whole


@pytest.mark.parametrize("form_id", BREAKS)
def test_signatures_never_stand_alone_on_a_page(form_id):
    _rows, title, signs = BREAKS[form_id]
    for size in form(form_id).size:
        for rows in range(1, 30, 2):
            last = texts(printed(long_paper(form_id, rows, "Trần"), form_id, size))[-1]
            before = last.partition(signs)[0]
            kept = title.split()[0] in before or "liên hệ" in before
            assert kept, (size, rows)


def test_a_control_slip_goes_on_over_the_page_and_leaves_room_for_the_next():
    few = text(printed(long_paper("control-slip", 0), "control-slip", "a5"))
    assert few.count("1. Giao:") == 6
    many = texts(printed(long_paper("control-slip", 20), "control-slip", "a5"))
    assert len(many) > 2
    assert all("GHI CHÚ" in page for page in many[:-1])
    assert " ".join(many).count("1. Giao:") == 20


@pytest.mark.parametrize(("form_id", "size"), BILINGUAL)
def test_a_form_in_two_languages_says_each_label_in_both(form_id, size):
    said = text(printed(PAPERS[form_id](), form_id, size, bilingual=True))
    plain = text(printed(PAPERS[form_id](), form_id, size))
    english = [words for words in form(form_id).english.values() if "{" not in words]
    shown = [words for words in english if words in said]
    assert len(shown) >= 2
    assert [words for words in shown if words in plain and len(words) > 8] == []


def labels(value):
    """Return the texts of a form that label something."""
    match value:
        case Paragraph() if value.text.isupper() and "{" not in value.text:
            yield value.text
        case Field():
            yield value.label
        case Column():
            yield value.title
        case Table():
            yield value.caption
            yield from labels(value.columns)
        case Header():
            yield from (value.nation, value.motto)
        case Signature():
            yield from (value.caption, value.hint)
        case tuple():
            for part in value:
                yield from labels(part)
        case msgspec.Struct():
            yield from labels(tuple(getattr(value, name) for name in value.__struct_fields__))


@pytest.mark.parametrize("form_id", sorted({form_id for form_id, _size in BILINGUAL}))
def test_no_label_of_a_form_lacks_its_english(form_id):
    whole = form(form_id)
    said = {label for label in labels((whole.block, *whole.size.values())) if label}
    same = {"Email:", "CCCD:", "STT:", "STT"}
    assert {each for each in said if each not in whole.english} - same == set()


def captions_of(form_id):
    return {number.id: number.caption for number in form(form_id).numbering}


@pytest.mark.parametrize("form_id", ["receipt", *OFFICIAL, "register"])
def test_a_form_is_numbered_by_the_circular_that_the_office_goes_by(form_id):
    size, paper = next(iter(form(form_id).size)), PAPERS[form_id]()
    for number in form(form_id).numbering:
        said = text(printed(paper, form_id, size, numbering=number.id))
        assert f"{number.number} - {number.legal_basis}" in said
        assert " ".join(number.caption.split()) in said
    plain = text(printed(paper, form_id, size))
    assert "Mẫu số" not in plain
    assert " ".join(captions_of(form_id)[DEFAULT_NUMBERING].split()) in plain


def test_the_circulars_are_those_that_an_office_can_choose():
    known = {number.id for file in FORMS.files for number in file.form.numbering}
    assert known == set(get_args(Numbering))


def test_control_slip_and_register_have_changed_their_numbers():
    numbers = {each.id: each.number for each in form("control-slip").numbering}
    assert numbers == {"tt03-2025": "Mẫu số 06", "tt01-2018": "Mẫu số 05"}
    numbers = {each.id: each.number for each in form("register").numbering}
    assert numbers == {"tt03-2025": "Mẫu số 07", "tt01-2018": "Mẫu số 06"}


TYPED = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60)
WITH_PEOPLE = [form_id for form_id in PAPERS if hasattr(PAPERS[form_id](), "received")]


@settings(max_examples=40, deadline=None)
@given(form_id=st.sampled_from(WITH_PEOPLE), name=TYPED, bilingual=st.booleans())
def test_whatever_was_typed_is_printed_and_does_nothing(form_id, name, bilingual):
    paper = PAPERS[form_id]()
    received = desk_papers.with_names(paper.received, name)
    pdf = printed(replace(paper, received=received), form_id, "a5", bilingual=bilingual)
    document = pypdfium2.PdfDocument(pdf)
    try:
        assert len(document) <= 3
        assert b"/Annot" not in pdf
        assert b"/JavaScript" not in pdf
    finally:
        document.close()


@pytest.mark.parametrize("form_id", sorted(set(WITH_PEOPLE) - {"control-slip"}))
def test_braces_and_markup_that_were_typed_stay_as_they_are(form_id):
    typed = "<b>{officer}</b> & {reason} {{x}} =1+1"
    paper = PAPERS[form_id]()
    applicant = replace(paper.received.applicant, full_name=typed, address=typed)
    received = replace(paper.received, applicant=applicant)
    assert typed in text(printed(replace(paper, received=received), form_id, "a5"))


HEAD = """
id = "test"
version = 1
effective_from = 2025-07-01
legal_basis = "for a test"
unverified = true
title = "Test"
paper = ["dossier", "guidance"]
size = {}

[[block]]
type = "table"
rows = "missing"
columns = [{ title = "A", cell = "{name}", width = 1 }]
"""
SIZE = form("receipt").size["a5"]


def a_form(more):
    raw = HEAD.replace("size = {}\n", more)
    whole = msgspec.toml.decode(raw)
    whole["size"] = {"a5": msgspec.to_builtins(replace(SIZE, block=()))}
    return msgspec.convert(whole, PrintForm, strict=False)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ('about = ["nonsense"]\n', "unknown kind of operation 'nonsense' - at `$.about`"),
        ('english = { "A" = "{nonsense}" }\n', "unknown placeholder {nonsense} - at `$.english"),
        ('paper = ["dossier", "letter"]\n', "Invalid enum value 'letter' - at `$.paper[1]`"),
    ],
)
def test_a_wrong_form_is_refused_with_its_place(more, reason):
    raw = HEAD.replace("size = {}\n", more)
    raw = raw.replace('paper = ["dossier", "guidance"]\n', "") if "paper" in more else raw
    whole = msgspec.toml.decode(raw)
    whole["size"] = {"a5": msgspec.to_builtins(replace(SIZE, block=()))}
    with pytest.raises(msgspec.ValidationError) as caught:
        msgspec.convert(whole, PrintForm)
    assert reason in str(caught.value)


def test_a_form_for_two_kinds_leaves_empty_what_one_of_them_lacks():
    missing = desk_papers.some_missing(2, NAMES)
    before = text(printed(desk_papers.guidance(missing, office=an_office()), "supplement-request"))
    after = text(printed(desk_papers.supplement(a_received(), missing), "supplement-request"))
    assert "Mã hồ sơ:" in after
    assert "Mã hồ sơ:" not in before
    assert "Mã hướng dẫn:" in before
    assert "Mã hướng dẫn:" not in after
    assert all(name.split()[0] in before and name.split()[0] in after for name in NAMES[:2])
