"""What a scanned string says, and what this desk knows about it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.receipt_code import parse_receipt_code
from counter_app.domain.scanned import ScanKind
from counter_app.services.scanning import read_scan
from counter_app.wire.signing import ReceiptVerdict
from tests.factories import a_received, an_operation
from tests.office import a_new_desk, register

CARD = "001090000001|012345678|Trần Văn Thử|15031990|Nam|Số 1 ngõ Thử Nghiệm|01012022"


def test_the_receipt_of_this_desk_is_genuine_and_known(desk):
    dossier = register(desk)
    scanned = read_scan(desk, dossier.received.receipt)
    assert scanned.kind is ScanKind.RECEIPT
    assert scanned.verdict is ReceiptVerdict.GENUINE
    assert scanned.code == dossier.code
    assert scanned.dossier_id == dossier.id


@pytest.mark.parametrize(
    "wrapped", ["{}\r\n", " {}", "HTTPS://EXAMPLE.VN/T/{}", "https://example.vn/t/{}/", "\ufeff{}"]
)
def test_a_receipt_is_known_however_the_scanner_types_it(desk, wrapped):
    dossier = register(desk)
    assert read_scan(desk, wrapped.format(dossier.received.receipt)).dossier_id == dossier.id


@pytest.mark.parametrize("place", [0, 20, 60, 120, 200, -1])
def test_a_receipt_with_one_digit_changed_is_not_genuine(desk, place):
    digits = list(register(desk).received.receipt)
    digits[place] = str((int(digits[place]) + 1) % 10)
    scanned = read_scan(desk, "".join(digits))
    assert scanned.kind is ScanKind.RECEIPT
    assert scanned.verdict is not ReceiptVerdict.GENUINE


def test_a_genuine_receipt_whose_dossier_is_not_here_says_so(desk, folder, profile, enter):
    receipt = register(desk).received.receipt
    desk.store.close()
    (folder / "desk.db").write_bytes((profile / "desk.db").read_bytes())  # as it was before
    for beside in folder.glob("desk.db-*"):
        beside.unlink()
    scanned = read_scan(enter(folder), receipt)
    assert scanned.verdict is ReceiptVerdict.GENUINE
    assert scanned.dossier_id is None


def test_the_receipt_of_another_desk_is_of_an_unknown_key(desk, enter, tmp_path):
    from counter_app.services.setting_up import set_up

    set_up(tmp_path / "other", a_new_desk(name="Quầy 2"))
    receipt = register(enter(tmp_path / "other")).received.receipt
    scanned = read_scan(desk, receipt)
    assert scanned.verdict is ReceiptVerdict.UNKNOWN_KEY
    assert scanned.dossier_id is None


def test_a_code_is_known_however_it_is_typed(desk):
    dossier = register(desk)
    scanned = read_scan(desk, " h57.132-261123-0001\n")
    assert scanned.kind is ScanKind.DOSSIER_CODE
    assert scanned.dossier_id == dossier.id


def test_a_code_that_is_not_here_is_still_a_code(desk):
    scanned = read_scan(desk, "H57.132-261123-0777")
    assert (scanned.code, scanned.dossier_id) == ("H57.132-261123-0777", None)


def test_of_two_dossiers_with_one_code_a_person_says_which(desk):
    dossier = register(desk)
    with desk.store.begin() as uow:
        uow.append(an_operation(a_received(code=dossier.code)))
    assert read_scan(desk, dossier.code).dossier_id is None


def test_a_card_is_read(desk):
    scanned = read_scan(desk, CARD)
    assert scanned.kind is ScanKind.ID_CARD
    assert scanned.card.full_name == "Trần Văn Thử"
    assert scanned.card.number == "001090000001"


@pytest.mark.parametrize("payload", ["", "xin chào", "0" * 5000, "\0", "|||||||", "12345"])
def test_what_is_none_of_these_is_unknown(desk, payload):
    assert read_scan(desk, payload).kind is ScanKind.UNKNOWN


def test_digits_that_no_desk_has_written_are_a_forged_receipt(desk):
    scanned = read_scan(desk, "9" * 240)
    assert parse_receipt_code("9" * 240) is None
    assert scanned.verdict is ReceiptVerdict.FORGED


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text() | st.from_regex(r"[0-9]{190,300}", fullmatch=True))
def test_nothing_that_can_be_scanned_stops_the_desk(desk, payload):
    assert read_scan(desk, payload).kind in ScanKind
