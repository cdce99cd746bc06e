"""Taking money at the desk: what is owed, what lies there, what goes back, what is not known."""

from collections import defaultdict

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from counter_app import assets
from counter_app.catalogue.catalogue import load_catalogue
from counter_app.desktop import cashier
from counter_app.desktop.cashier import CashierPresenter
from counter_app.desktop.cashier.state import Page
from counter_app.domain.officer import Role
from counter_app.domain.operation import PaymentMeans
from counter_app.domain.payment import PaymentState
from counter_app.domain.vietqr import parse_vietqr
from counter_app.i18n import speak, spoken
from counter_app.services import payments
from counter_app.services.payments import money_of
from tests.desktop.conftest import RecordingView, Waiting
from tests.desktop.test_every_sight import letter_of, said_by
from tests.desktop.typing import type_text
from tests.office import kinds, register, with_roles

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
ACCOUNT = """
[account]
bank = "Ngân hàng Thử Nghiệm"
bin = "970436"
number = "1023456789"
holder = "UBND phường Phú Thử"
"""


@pytest.fixture
def view():
    return RecordingView()


@pytest.fixture
def desk(desk, folder):
    """The desk of an office that has named its account."""
    from dataclasses import replace

    own = folder / "forms"
    (own / "rules").mkdir(parents=True)
    shipped = (assets.FORMS / "rules" / "payment.toml").read_text("utf-8")
    (own / "rules" / "payment.toml").write_text(shipped + ACCOUNT, "utf-8")
    return replace(desk, catalogue=load_catalogue(own))


@pytest.fixture
def dossier(desk):
    """Two certified copies of three pages: 10.000 dong."""
    return register(desk, procedure="2.000815", answers={"copies": 2, "pages": 3})


@pytest.fixture
def remarried(desk):
    """A dossier whose fee a council sets, and nobody has entered."""
    return register(desk, procedure="1.004746")


@pytest.fixture
def opened(desk, tasks, navigator, view):
    """Open a dossier at the cashier's, and return the presenter."""

    def opened(dossier, *, at=desk, lanes=tasks):
        presenter = CashierPresenter(at, lanes, navigator)
        presenter.attach(view)
        presenter.open(dossier.id)
        presenter.enter()
        return presenter

    return opened


def test_what_is_owed_and_who_pays_stand_there_already(opened, dossier, view):
    opened(dossier)
    assert view.state.value("amount") == "10.000"
    assert view.state.value("payer") == "Trần Văn Thử"
    assert view.state.money.balance.state is PaymentState.OWED


def test_exact_cash_is_one_act_and_its_slip_is_printed(desk, opened, dossier, view, navigator):
    opened(dossier).submit()
    assert money_of(desk, dossier.id).balance.owed == 0
    assert view.state.paid.number.startswith("PT26-")
    assert view.state.value("amount") == ""
    assert ("changed", None) in navigator.asked
    form = navigator.last("print_sheet")
    assert "payment-slip" in str(form)


def test_without_a_slip_nothing_is_printed(desk, opened, dossier, navigator):
    opened(dossier).submit_without_slip()
    assert money_of(desk, dossier.id).balance.owed == 0
    assert "print_sheet" not in [name for name, _given in navigator.asked]


def test_notes_are_counted_and_the_change_is_told(desk, opened, dossier, view):
    presenter = opened(dossier)
    presenter.add_note(10_000)
    presenter.add_note(20_000)
    assert view.state.value("tendered") == "30.000"
    assert view.state.change == 20_000
    presenter.submit()
    assert view.state.paid.change == 20_000
    assert money_of(desk, dossier.id).dossier.payments[0].tendered == 30_000


def test_too_little_on_the_desk_is_no_payment_of_the_whole(desk, opened, dossier, view):
    presenter = opened(dossier)
    presenter.edit("tendered", "5000")
    assert view.state.change == -5000
    presenter.submit()
    assert "5.000" in view.state.problems["tendered"]
    assert "fee_paid" not in kinds(desk)
    presenter.edit("amount", "5k")
    presenter.submit()
    assert money_of(desk, dossier.id).balance.owed == 5000
    assert view.state.value("amount") == "5.000"  # the rest


@pytest.mark.parametrize(
    ("typed", "words"), [("", "Chưa nhập"), ("12x", "16.000"), ("0", "16.000")]
)
def test_what_is_no_sum_is_said_beside_the_field(opened, dossier, view, typed, words):
    presenter = opened(dossier)
    presenter.edit("amount", typed)
    presenter.submit()
    assert words in view.state.problems["amount"]
    assert view.state.refusals == 1


def test_more_than_is_owed_is_asked_about_once(desk, opened, dossier, view):
    presenter = opened(dossier)
    presenter.edit("amount", "100.000")
    presenter.submit()
    assert "100.000" in view.state.problems["amount"]
    assert "fee_paid" not in kinds(desk)
    presenter.edit("amount", "100.001")
    presenter.submit()
    assert "fee_paid" not in kinds(desk)  # another sum is asked about again
    presenter.submit()
    assert money_of(desk, dossier.id).balance.excess == 90_001


def test_a_transfer_shows_the_code_and_waits_until_the_money_is_there(desk, opened, dossier, view):
    presenter = opened(dossier)
    presenter.choose_means("transfer")
    asked = parse_vietqr(view.state.qr)
    assert (asked.amount, asked.purpose) == (10_000, dossier.code.replace("-", ""))
    assert view.state.money.balance.state is PaymentState.WAITING
    assert money_of(desk, dossier.id).dossier.paid == 0
    presenter.submit()
    (payment,) = money_of(desk, dossier.id).dossier.payments
    assert payment.means is PaymentMeans.TRANSFER
    assert view.state.qr == ""


def test_another_sum_wants_another_code(opened, dossier, view):
    presenter = opened(dossier)
    presenter.choose_means("transfer")
    presenter.edit("amount", "4000")
    assert view.state.qr == ""
    presenter.show_code()
    assert parse_vietqr(view.state.qr).amount == 4000


def test_an_office_without_an_account_shows_no_code_and_can_still_book(desk, opened, dossier, view):
    from dataclasses import replace

    bare = replace(desk, catalogue=load_catalogue())
    presenter = opened(dossier, at=bare)
    presenter.choose_means("transfer")
    assert view.state.qr == ""
    assert "transfer_requested" not in kinds(desk)
    presenter.submit()
    assert money_of(desk, dossier.id).balance.owed == 0


def test_what_nobody_has_entered_is_entered_and_then_paid(desk, opened, remarried, view):
    presenter = opened(remarried)
    assert (view.state.page, view.state.about) == (Page.ASSESS, "registration")
    presenter.go_back()
    assert view.state.value("amount") == ""
    presenter.edit("amount", "30000")
    presenter.submit()
    assert "kết hôn" in view.state.trouble
    presenter.turn_to(Page.ASSESS, "registration")
    assert view.state.value("quantity") == "1"
    presenter.edit("unit_amount", "30k")
    presenter.submit()
    assert view.state.page is Page.PAY
    assert view.state.value("amount") == "30.000"
    presenter.submit()
    assert money_of(desk, remarried.id).balance.state is PaymentState.PAID
    presenter.turn_to(Page.ASSESS, "registration")
    presenter.edit("unit_amount", "25000")
    presenter.submit()
    assert "reason" in view.state.problems


def test_who_need_not_pay_is_let_off_with_ground_and_evidence(desk, opened, remarried, view):
    payments.assess(desk, remarried.id, "registration", 30_000)
    presenter = opened(remarried)
    presenter.turn_to(Page.EXEMPT)
    presenter.submit()
    assert view.state.problems.keys() == {"ground", "evidence"}
    presenter.edit("ground", "poor")
    presenter.edit("evidence", "Giấy chứng nhận số 1")
    presenter.submit()
    assert view.state.money.balance.state is PaymentState.EXEMPT
    presenter.turn_to(Page.EXEMPT)
    presenter.edit("ground", "poor")
    presenter.edit("evidence", "Giấy chứng nhận số 1")
    presenter.submit()
    assert view.state.trouble


def test_an_exemption_is_taken_back_for_a_reason_by_who_may(desk, opened, remarried, view):
    payments.assess(desk, remarried.id, "registration", 30_000)
    (granted,) = payments.exempt(desk, remarried.id, "poor", "Giấy số 1").exemptions
    opened(remarried, at=with_roles(desk, Role.CASHIER))
    assert "exemption_reversed" not in view.state.possible
    presenter = opened(remarried)
    presenter.turn_to(Page.TAKE_BACK, str(granted.id))
    presenter.submit()
    assert view.state.problems.keys() == {"reason"}
    presenter.edit("reason", "Giấy của người khác")
    presenter.submit()
    assert view.state.money.balance.owed == 30_000
    assert view.state.value("amount") == "30.000"


def test_money_is_given_back_for_a_reason_by_who_may(desk, opened, dossier, view):
    paid = payments.pay(desk, dossier.id, 10_000, PaymentMeans.CASH)
    only = with_roles(desk, Role.CASHIER)
    opened(dossier, at=only)
    assert "fee_reversed" not in view.state.possible
    presenter = opened(dossier)
    presenter.turn_to(Page.REVERSE, str(paid.payment.id))
    assert view.state.value("amount") == "10.000"
    presenter.submit()
    assert "reason" in view.state.problems
    presenter.edit("reason", "Thu nhầm")
    presenter.edit("amount", "11000")
    presenter.submit()
    assert "10.000" in view.state.problems["amount"]
    presenter.edit("amount", "4000")
    presenter.submit()
    assert view.state.money.dossier.payments[0].left == 6000
    assert view.state.value("amount") == "4.000"


def test_the_number_of_the_receipt_comes_later(desk, opened, dossier, view):
    paid = payments.pay(desk, dossier.id, 10_000, PaymentMeans.CASH)
    presenter = opened(dossier)
    presenter.turn_to(Page.LINK, str(paid.payment.id))
    presenter.edit("receipt_number", "123456789")
    presenter.submit()
    assert "8" in view.state.problems["receipt_number"]
    presenter.edit("receipt_number", "0000123")
    presenter.submit()
    assert view.state.money.dossier.payments[0].receipt_number == "0000123"
    presenter.turn_to(Page.LINK, str(paid.payment.id))
    assert presenter.steps_back()
    assert not presenter.steps_back()


def test_pressing_twice_books_once(desk, opened, dossier, view):
    lanes = Waiting()
    presenter = opened(dossier, lanes=lanes)
    lanes.work()
    presenter.submit()
    presenter.submit()
    lanes.work()
    assert kinds(desk).count("fee_paid") == 1
    assert not view.state.busy


def test_a_scanned_receipt_takes_up_its_dossier(desk, opened, dossier, remarried, view):
    presenter = opened(remarried)
    assert presenter.takes_scan(dossier.received.receipt)
    assert view.state.dossier_id == dossier.id
    assert presenter.takes_scan(remarried.code)
    assert view.state.dossier_id == remarried.id
    assert not presenter.takes_scan("001090000001")


@pytest.fixture
def screen(qtbot, undressed, desk, tasks, navigator, dossier):
    presenter = CashierPresenter(desk, tasks, navigator)
    widget = cashier.build(presenter)
    qtbot.addWidget(widget)
    with qtbot.waitActive(widget):
        widget.resize(1150, 600)
        widget.show()
        widget.activateWindow()
    presenter.open(dossier.id)
    presenter.enter()
    widget.setFocus()
    yield widget


def test_exact_cash_takes_one_key(qtbot, screen, desk, dossier):
    assert QApplication.focusWidget() is screen.pay.lines["tendered"]
    qtbot.keyClick(QApplication.focusWidget(), K.Key_Return, CTRL)
    qtbot.waitUntil(lambda: money_of(desk, dossier.id).balance.owed == 0)
    assert screen.ledger.owed.text() == "0 ₫"


def test_a_note_is_one_key_and_the_change_stands_large(qtbot, screen, desk, dossier):
    qtbot.keyClick(QApplication.focusWidget(), K.Key_3, ALT)
    qtbot.waitUntil(lambda: screen.pay.lines["tendered"].text() == "50.000")
    assert screen.pay.change.text() == "40.000 ₫"
    qtbot.keyClick(QApplication.focusWidget(), K.Key_Return, CTRL)
    qtbot.waitUntil(lambda: money_of(desk, dossier.id).balance.owed == 0)
    assert screen.pay.change.text() == "40.000 ₫"  # until the next one comes


def test_what_is_typed_is_said_in_words(screen):
    line = screen.pay.lines["amount"]
    line.selectAll()
    type_text(line, "105000")
    assert screen.pay.words.text() == "Một trăm linh năm nghìn đồng"


def test_the_code_on_the_screen_is_read_by_a_phone(qtbot, screen, dossier):
    from PIL import Image

    zxing = pytest.importorskip("zxingcpp")
    qtbot.mouseClick(screen.pay.means._buttons["transfer"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: screen.ledger.currentIndex() == 1)
    picture = screen.ledger.code
    assert min(picture.width(), picture.height()) >= 280
    image = screen.grab().toImage().convertToFormat(screen.grab().toImage().Format.Format_RGB888)
    seen = Image.frombytes(
        "RGB", (image.width(), image.height()), bytes(image.constBits()), "raw", "RGB",
        image.bytesPerLine(),
    )  # fmt: skip
    (found,) = zxing.read_barcodes(seen)
    asked = parse_vietqr(found.text)
    assert (asked.amount, asked.purpose) == (10_000, dossier.code.replace("-", ""))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_each_page_is_shown_in_both_languages(qtbot, desk, tasks, navigator, dossier, language):
    speak(language)
    paid = payments.pay(desk, dossier.id, 4000, PaymentMeans.CASH)
    presenter = CashierPresenter(desk, tasks, navigator)
    widget = cashier.build(presenter)
    qtbot.addWidget(widget)
    presenter.open(dossier.id)
    presenter.enter()
    for page, about in (
        (Page.EXEMPT, ""),
        (Page.ASSESS, "certification"),
        (Page.REVERSE, str(paid.payment.id)),
        (Page.LINK, str(paid.payment.id)),
    ):
        presenter.turn_to(page, about)
        assert widget._pages.currentWidget() is widget.entries[page]
        assert_letters_lead_to_one_place(widget)
    presenter.go_back()
    assert widget._pages.currentWidget() is widget.pay
    presenter.choose_means("transfer")
    assert_letters_lead_to_one_place(widget)
    presenter.edit("amount", "1000")
    assert_letters_lead_to_one_place(widget)


def assert_letters_lead_to_one_place(widget):
    found = defaultdict(list)
    for each in widget.findChildren(QWidget):
        for text in said_by(each) if each.isVisibleTo(widget) else ():
            if letter := letter_of(text):
                found[letter].append(text)
    taken = {"en": "v", "vi": "x"}[spoken()]  # by the dossier's screen, of which this is a part
    assert {k: v for k, v in found.items() if len(v) > 1 or k == taken or not k.isascii()} == {}
