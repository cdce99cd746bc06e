"""Values become bytes and come back the same; what does not fit is told, or kept."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.operation import Noted, Unreadable
from counter_app.errors import UnreadableBody
from counter_app.wire.codec import decode_body, decode_header, encode, read_operation
from tests.factories import EXAMPLES, a_received, an_operation


@pytest.mark.parametrize("body", EXAMPLES.values(), ids=EXAMPLES)
def test_a_body_of_every_kind_comes_back_as_it_was(body):
    assert decode_body(body.kind, body.version, encode(body)) == body


def test_a_header_comes_back_as_it_was():
    header = an_operation(EXAMPLES["noted"]).header
    assert decode_header(encode(header)) == header


def test_the_same_answers_give_the_same_bytes_in_whatever_order_they_came():
    one, other = {"a": 1, "b": "x"}, {"b": "x", "a": 1}
    assert encode(a_received(answers=one)) == encode(a_received(answers=other))


def test_a_body_says_which_place_is_wrong():
    with pytest.raises(UnreadableBody, match=r"\$\.missing\[0\]"):
        decode_body("supplement_requested", 1, b'{"missing":[{"name":1}],"reason":""}')


def test_a_field_that_nobody_here_knows_does_no_harm():
    assert decode_body("noted", 1, b'{"text":"x","mood":"calm"}') == Noted(text="x")


@pytest.mark.parametrize(
    ("kind", "version"), [("noted", 2), ("noticed", 1), ("unreadable", 1), ("", 0)]
)
def test_what_a_newer_program_has_done_is_kept_unread(kind, version):
    header = an_operation(Noted(text="x"), kind=kind, version=version).header
    operation = read_operation(encode(header), b'{"text":"x"}')
    assert operation.header == header
    assert operation.body == Unreadable()


@given(st.binary())
@pytest.mark.parametrize("kind", ["noted", "received", "result_returned"])
def test_junk_for_a_body_is_kept_unread(kind, junk):
    header = an_operation(EXAMPLES[kind]).header
    assert read_operation(encode(header), junk).body == Unreadable()


@pytest.mark.parametrize(
    "junk",
    [b'"\xff"', b'{"text":"\\ud800"}', b"\x00", b'{"text":"x","deep":' + b"[" * 100_000],
    ids=["no UTF-8", "half a pair", "NUL", "deep"],
)
def test_a_body_made_in_malice_is_refused(junk):
    with pytest.raises(UnreadableBody):
        decode_body("noted", 1, junk)


def test_a_header_that_is_none_is_an_error_of_the_store():
    with pytest.raises(msgspec.MsgspecError):
        decode_header(b'{"kind":"noted"}')
