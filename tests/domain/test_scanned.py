"""What comes out of a scanner is told apart without asking the officer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.scanned import ScanKind, looks_like_receipt, read_id_card, scan_kind
from tests.domain.test_id_card import a_payload
from tests.domain.test_mrz import a_card

DIGITS = "2134" * 60  # 240 of them


@pytest.mark.parametrize(
    ("payload", "kind"),
    [
        (a_payload(), ScanKind.ID_CARD),
        (a_payload() + "\r\n", ScanKind.ID_CARD),
        (a_card(), ScanKind.ID_CARD),
        (a_card().replace("\n", ""), ScanKind.ID_CARD),
        (f"HTTPS://MOTCUA.EXAMPLE.VN/T/{DIGITS}", ScanKind.RECEIPT),
        (DIGITS, ScanKind.RECEIPT),
        ("H57.132-260804-0583", ScanKind.DOSSIER_CODE),
        ("000.00.19.H47-260105-0001\r\n", ScanKind.DOSSIER_CODE),
        ("079190000001", ScanKind.UNKNOWN),
        ("Lê Thị Bưởi", ScanKind.UNKNOWN),
        ("", ScanKind.UNKNOWN),
        ("9" * 5000, ScanKind.UNKNOWN),
    ],
)
def test_a_scanned_string_is_recognised(payload, kind):
    assert scan_kind(payload) is kind


@pytest.mark.parametrize(
    "payload",
    [
        f"HTTPS://MOTCUA.EXAMPLE.VN/T/{DIGITS}",
        f"http://localhost:8080/t/{DIGITS}",
        f"https://example.vn/mot-cua/T/{DIGITS}/",
        f"https://example.vn/T/{DIGITS}?lang=en#top",
        f"MOTCUA.EXAMPLE.VN/T/{DIGITS}",
        f"\ufeff{DIGITS}\r\n",
        f"HTTPSṬMÔTCUA1-T-{DIGITS}",  # the letters went through a typing tool
    ],
)
def test_the_digits_of_a_receipt_are_found_in_any_address(payload):
    assert looks_like_receipt(payload) == DIGITS


def test_digits_cut_short_still_come_from_a_receipt_if_the_address_says_so():
    assert looks_like_receipt("HTTPS://EXAMPLE.VN/T/2134") == "2134"
    assert looks_like_receipt("2134") is None
    assert looks_like_receipt("1" * 199) is None
    assert looks_like_receipt("1" * 200) == "1" * 200


@pytest.mark.parametrize(
    "payload", ["https://example.vn/T/", "https://example.vn/T/12a", "https://example.vn/12", ""]
)
def test_another_address_is_no_receipt(payload):
    assert looks_like_receipt(payload) is None


def test_a_card_is_read_from_either_side():
    assert read_id_card(a_payload()).full_name == "Lê Thị Bưởi"
    assert read_id_card(a_card()).full_name == "LE THI AN"
    assert read_id_card("H57.132-260804-0583") is None


@given(st.text(st.characters(exclude_categories=()), max_size=300))
def test_any_text_is_of_some_kind(text):
    assert scan_kind(text) in ScanKind


@given(st.text("0123456789/tT|<A\r\n", max_size=400))
def test_any_signs_of_a_scanner_are_of_some_kind(text):
    assert scan_kind(text) in ScanKind
    assert (looks_like_receipt(text) or "0").isdigit()
