"""Placeholders: an allow-list, filled in once."""

from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.paper import ReceiptPaper
from counter_app.domain.placeholders import (
    KINDS,
    PaperKind,
    fill,
    kind_of,
    names_in,
    problem,
    values_of,
)
from counter_app.domain.print_form import PrintForm
from tests.factories import a_received
from tests.printing.papers import PAPERS, form

HEAD = """
id = "test"
version = 1
effective_from = 2025-07-01
legal_basis = "for a test"
unverified = true
title = "Test"
paper = "receipt"

[size.a5]
margins = { top = 9, right = 9, bottom = 9, left = 9 }

[size.a5.letters]
nation = 9
motto = 9
agency = 9
number = 9
place_date = 9
title = 9
large = 9
body = 9
table = 9
small = 9

[[block]]
type = "space"
height = 1

[[block]]
"""

ALL_TERMS = {}
for term in {term for kind in KINDS.values() for terms in kind.terms.values() for term in terms}:
    ALL_TERMS.setdefault(term.split(".")[0], {})[term.split(".")[1]] = term
NAMES = frozenset(KINDS["receipt"].values)


def refusal(block):
    with pytest.raises(msgspec.ValidationError) as caught:
        msgspec.toml.decode(HEAD + block, type=PrintForm)
    return str(caught.value)


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        (
            'type = "paragraph"\ntext = "{nonsense}"',
            "unknown placeholder {nonsense} - at `$.block[1].text`",
        ),
        (
            'type = "paragraph"\ntext = "{applicant.__class__}"',
            "a brace that belongs to no placeholder - at `$.block[1].text`",
        ),
        (
            'type = "paragraph"\ntext = "{applicant!r}"',
            "a brace that belongs to no placeholder - at `$.block[1].text`",
        ),
        (
            'type = "fields"\n'
            'rows = [[{ label = "", value = "{applicant}" }], [{ label = "", value = "{x}" }]]',
            "unknown placeholder {x} - at `$.block[1].rows[1][0].value`",
        ),
        (
            'type = "paragraph"\ntext = "{charged_words}"',  # it belongs to the summary
            "unknown placeholder {charged_words} - at `$.block[1].text`",
        ),
        (
            'type = "table"\nrows = "papers"\n'
            'columns = [{ title = "", cell = "{amount}", width = 1 }]',
            "unknown placeholder {amount} - at `$.block[1].columns[0].cell`",
        ),
        (
            'type = "table"\nrows = "dossiers"\ncolumns = []',
            "unknown source of rows 'dossiers' - at `$.block[1].rows`",
        ),
        ('type = "picture"', "Invalid value 'picture' - at `$.block[1].type`"),
        (
            'type = "qr"\ntext = "{pin}"\nsize = 3',
            "Object contains unknown field `size` - at `$.block[1]`",
        ),
        (
            'type = "table"\nrows = "fees"\ncolumns = [{ title = "A", cell = "", width = 1 }]\n'
            'foot = [{ text = "", span = 2 }]',
            "the spans of `foot` do not add up to the number of columns - at `$.block[1]`",
        ),
    ],
)
def test_a_wrong_form_is_refused_with_its_place(block, reason):
    assert refusal(block) == reason


def test_a_form_without_a_size_of_paper_is_refused():
    start, _, rest = HEAD.partition("[size.a5]")
    block = rest.partition("[[block]]")[2]
    with pytest.raises(msgspec.ValidationError, match="no size of paper"):
        msgspec.toml.decode(f"{start}[size]\n[[block]]{block}type = 'rule'", type=PrintForm)


@given(st.text())
def test_what_a_citizen_has_typed_is_never_read(typed):
    assert fill("Tên: {applicant}.", lambda _name: typed) == f"Tên: {typed}."


@given(st.text())
def test_a_text_that_passes_can_be_filled(text):
    if not problem(text, NAMES):
        assert "{" not in fill(text, lambda _name: "")
        assert set(names_in(text)) <= NAMES


@pytest.mark.parametrize("form_id", PAPERS)
def test_every_placeholder_has_a_text_for_every_paper(form_id):
    paper, terms = PAPERS[form_id](), ALL_TERMS
    kind = KINDS[kind_of(paper)]
    value_of = values_of(paper, terms)
    assert all(isinstance(value_of(name), str) for name in kind.values)
    for rows in kind.rows.values():
        for number, row in enumerate(rows.of(paper), 1):
            assert all(isinstance(cell(number, row, terms), str) for cell in rows.cells.values())


def test_a_form_can_be_for_every_kind_of_paper():
    assert set(get_args(PaperKind)) == KINDS.keys()


@pytest.mark.parametrize("form_id", PAPERS)
def test_a_form_brings_its_words_along(form_id):
    assert form(form_id).missing_terms == ()


def test_a_missing_word_is_named():
    terms = {**form("receipt").terms, "return_channel": {"desk": "quầy"}}
    changed = msgspec.structs.replace(form("receipt"), terms=terms)
    assert changed.missing_terms == ("return_channel.electronic", "return_channel.post")


def test_the_pin_is_that_of_the_code_in_the_qr():
    pin = values_of(PAPERS["receipt"](), {})("pin")
    assert len(pin) == 6
    unreadable = ReceiptPaper(received=a_received(receipt="1" * 240))
    assert values_of(unreadable, {})("pin") == ""
