"""The public page: what a citizen sees of a dossier, and what nobody gets to see."""

import re
from datetime import date, datetime

import pytest

from counter_app import i18n
from counter_app.central.tracking.wording import STEP_WORDS
from counter_app.domain.status import Status
from counter_app.domain.tracking import PageState, Step
from tests.central.public import (
    NOW,
    OFFICE,
    REPORTED,
    TODAY,
    Office,
    Visitor,
    a_runner,
    days_ago,
    forget_all,
    heading,
    headline,
)
from tests.factories import VIETNAM, an_office

LANGUAGES = i18n.languages()


@pytest.fixture(scope="module")
def runner():
    with a_runner() as runner:
        yield runner


@pytest.fixture
def database(shared_database):
    forget_all(shared_database)
    return shared_database


@pytest.fixture
def office(database):
    return Office(database)


@pytest.fixture
def visitor(runner, database, centre):
    visitor = Visitor(runner, database.url, centre)
    yield visitor
    visitor.leave()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", REPORTED)
def test_a_reported_dossier_is_shown_as_it_stands(office, visitor, state, language):
    receipt = office.report(office.receipt(), **REPORTED[state])
    answer = visitor.scan(receipt, language=language)
    assert answer.status_code == 200
    assert heading(answer) == headline(state, language)
    assert f'<html lang="{language}">' in answer.text
    for said in (
        receipt.dossier_code,
        "03/08/2026",
        OFFICE.address,
        OFFICE.unit,
        "tel:02343822822",
    ):
        assert said in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("status", "step"), [(2, 1), (4, 2), (5, 3), (6, 3), (9, 4), (10, 5)])
def test_all_five_steps_stand_there_and_one_is_marked(office, visitor, language, status, step):
    answer = visitor.scan(office.report(office.receipt(), status=status), language=language)
    i18n.speak(language)
    rows = re.findall(r"<li[^>]*>.*?</li>", answer.text)
    assert [i18n._(STEP_WORDS[each]) in row for each, row in zip(Step, rows, strict=True)] == [
        True
    ] * 5
    assert [n for n, row in enumerate(rows, 1) if 'aria-current="step"' in row] == [step]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_is_told_from_a_withdrawal(office, visitor, language):
    receipt = office.report(office.receipt(), status=Status.STOPPED)
    office.note(receipt, "refused")
    answer = visitor.scan(receipt, language=language)
    assert heading(answer) == headline(PageState.REFUSED, language)


def test_the_promised_hour_is_vietnams(office, visitor):
    answer = visitor.scan(office.report(office.receipt()))
    assert "06/08/2026<span>Thứ Năm, trước 17:00</span>" in answer.text


@pytest.mark.parametrize(
    ("language", "said"),
    [("vi", "Trên giấy tiếp nhận: 06/08/2026"), ("en", "Your receipt says 06/08/2026")],
)
def test_another_date_than_the_printed_one_is_said_to_be_new(office, visitor, language, said):
    later = datetime(2026, 8, 14, 17, tzinfo=VIETNAM)
    answer = visitor.scan(office.report(office.receipt(), due_at=later), language=language)
    assert "14/08/2026" in answer.text
    assert said in answer.text


@pytest.mark.parametrize(
    ("language", "said"), [("vi", "Không hẹn ngày"), ("en", "No date was promised")]
)
def test_where_no_date_was_promised_none_is_shown(office, visitor, language, said):
    receipt = office.report(office.receipt(due_on=None))
    assert said in visitor.scan(receipt, language=language).text


@pytest.mark.parametrize(
    ("language", "said"), [("vi", "Chúng tôi xin lỗi"), ("en", "We apologise")]
)
def test_a_late_office_says_so_and_apologises(office, visitor, language, said):
    receipt = office.report(office.receipt(), status=Status.PROCESSING)
    assert said not in visitor.scan(receipt, language=language).text
    visitor.now = datetime(2026, 8, 6, 17, 1, tzinfo=VIETNAM)
    late = visitor.scan(receipt, language=language)
    assert said in late.text
    assert "tel:02343822822" in late.text


@pytest.mark.parametrize(
    ("language", "said"), [("vi", "Chỉ để tập huấn"), ("en", "For practice only")]
)
def test_a_practice_dossier_is_said_to_be_practice(office, visitor, language, said):
    receipt = office.report(office.receipt(), practice=True)
    assert said in visitor.scan(receipt, language=language).text
    other = office.receipt(token=bytes(16))
    assert said not in visitor.scan(other, language=language).text
    office.change_desk(practice=True)
    assert said in visitor.scan(other, language=language).text


def test_what_this_release_cannot_read_is_owned_up_to(office, visitor):
    receipt = office.report(office.receipt(), needs_newer_program=True)
    assert "Có thông tin mới mà trang này chưa hiển thị được" in visitor.scan(receipt).text


def test_the_office_that_received_it_is_named_where_another_desk_reported_it_first(
    database, office, visitor
):
    other = Office(database, number=2, profile=an_office(code="H57.9", name="UBND xã Khác"))
    receipt = office.receipt()
    other.report(receipt, receiving=office.profile.code)
    answer = visitor.scan(receipt)
    assert OFFICE.name in answer.text
    assert "UBND xã Khác" not in answer.text


# Not reported.


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_genuine_receipt_is_genuine_before_its_desk_has_reported(office, visitor, language):
    receipt = office.receipt()
    answer = visitor.scan(receipt, language=language)
    assert answer.status_code == 200
    assert heading(answer) == headline(PageState.NOT_YET, language)
    for said in (receipt.dossier_code, "03/08/2026", "06/08/2026", "04/08/2026", "07:45"):
        assert said in answer.text
    assert "aria-current" not in answer.text


@pytest.mark.parametrize(
    ("language", "said"), [("vi", "chưa báo về lần nào"), ("en", "not reported anything so far")]
)
def test_a_desk_that_never_reported_is_said_never_to_have(office, visitor, language, said):
    office.change_desk(last_contact=None)
    assert said in visitor.scan(office.receipt(), language=language).text


@pytest.mark.parametrize(
    ("received_on", "serial", "genuine"),
    [
        (TODAY, 17, True),
        (days_ago(-1), 17, False),
        (days_ago(45), 17, True),
        (days_ago(46), 17, False),
        (TODAY, 2000, True),
        (TODAY, 2001, False),
        (TODAY, 0, False),
    ],
)
def test_only_what_the_desk_could_have_printed_is_called_genuine(
    office, visitor, received_on, serial, genuine
):
    receipt = office.receipt(received_on=received_on, serial=serial)
    state = PageState.NOT_YET if genuine else PageState.UNCONFIRMED
    answer = visitor.scan(receipt)
    assert heading(answer) == headline(state, "vi")
    assert answer.status_code == (200 if genuine else 404)
    assert "tel:02343822822" in answer.text


def test_vietnams_day_has_begun_while_the_centres_has_not(office, visitor):
    visitor.now = datetime(2026, 8, 5, 0, 30, tzinfo=VIETNAM)
    receipt = office.receipt(received_on=date(2026, 8, 5))
    assert heading(visitor.scan(receipt)) == headline(PageState.NOT_YET, "vi")


def test_numbers_that_a_desk_gave_itself_before_it_was_enrolled_count(office, visitor):
    office.lease(lo=5000, hi=5999, alone=True)
    receipt = office.receipt(serial=5001)
    assert heading(visitor.scan(receipt)) == headline(PageState.NOT_YET, "vi")


def test_another_agencys_numbers_are_not_this_desks(database, office, visitor):
    Office(database, number=2, profile=an_office(code="H57.9"))
    receipt = office.receipt(agency="H57.9")
    assert heading(visitor.scan(receipt)) == headline(PageState.UNCONFIRMED, "vi")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_revoked_desk_confirms_nothing_new_and_what_it_reported_stands(office, visitor, language):
    known, new = office.report(office.receipt()), office.receipt(token=bytes(16))
    office.change_desk(revoked_at=NOW)
    assert heading(visitor.scan(known)) == headline(PageState.RECEIVED, "vi")
    answer = visitor.scan(new, language=language)
    assert heading(answer) == headline(PageState.UNCONFIRMED, language)


def test_a_second_receipt_signed_for_one_dossier_is_not_confirmed(office, visitor):
    office.report(office.receipt())
    other = office.receipt(due_on=date(2026, 12, 31))
    assert heading(visitor.scan(other)) == headline(PageState.UNCONFIRMED, "vi")


def test_a_dossier_of_which_only_later_acts_were_reported_is_not_yet_reported(office, visitor):
    receipt = office.receipt()
    office.report(receipt, receipt=b"", status=None, code="")
    assert heading(visitor.scan(receipt)) == headline(PageState.NOT_YET, "vi")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_forged_signature_is_said_calmly(office, visitor, language):
    genuine = office.receipt()
    forged = genuine.digits[:-1] + str((int(genuine.digits[-1]) + 1) % 10)
    answer = visitor.scan(forged, language=language)
    assert answer.status_code == 404
    assert heading(answer) == headline(PageState.ALTERED, language)
    assert genuine.dossier_code not in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_centres_receipt_is_not_called_forged(database, office, visitor, language):
    stranger = Office.__new__(Office)
    stranger.key = type(office.key).from_seed(b"x" * 32)
    stranger.profile = OFFICE
    answer = visitor.scan(stranger.receipt(), language=language)
    assert answer.status_code == 404
    assert heading(answer) == headline(PageState.UNKNOWN_KEY, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "path", ["/T", "/t/", "/T/12", "/T/abc", "/T/<script>", "/T/%00", "/T/１２"]
)
def test_an_address_that_was_cut_off_is_said_to_be(office, visitor, path, language):
    answer = visitor.get(path, language=language)
    assert answer.status_code == 404
    assert heading(answer) == headline(PageState.UNREADABLE, language)


def test_path_and_slash_are_forgiven(office, visitor):
    receipt = office.report(office.receipt())
    for path in (f"/T/{receipt.digits}", f"/t/{receipt.digits}", f"/t/{receipt.digits}/"):
        assert heading(visitor.get(path)) == headline(PageState.RECEIVED, "vi")


# Code and PIN.


@pytest.mark.parametrize("language", LANGUAGES)
def test_code_and_pin_show_what_the_qr_shows(office, visitor, language):
    receipt = office.report(office.receipt(), status=Status.PROCESSING)
    typed = f" {receipt.dossier_code.lower()} "
    answer = visitor.ask(typed, f"{receipt.pin[:3]} {receipt.pin[3:].lower()}", language=language)
    assert answer.status_code == 200
    assert answer.url.query == b""
    assert heading(answer) == headline(PageState.WORKED_ON, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_unknown_and_wrong_and_not_yet_reported_are_one_answer(office, visitor, language):
    known = office.report(office.receipt())
    coming = office.receipt(serial=18, token=bytes(16))
    answers = {
        visitor.ask(code, pin, language=language).text.replace(code, "CODE")
        for code, pin in (
            (known.dossier_code, "000000"),
            (coming.dossier_code, coming.pin),
            ("H57.132-260803-1999", known.pin),
            (known.dossier_code, ""),
        )
    }
    assert len(answers) == 1
    assert headline(PageState.NOT_FOUND, language) in answers.pop()


def test_two_dossiers_with_one_code_are_told_apart_by_their_pins(office, visitor):
    one = office.report(office.receipt(), status=Status.RECEIVED)
    other = office.report(office.receipt(token=bytes(16)), status=Status.FINISHED)
    assert one.dossier_code == other.dossier_code
    assert heading(visitor.ask(one.dossier_code, one.pin)) == headline(PageState.RECEIVED, "vi")
    assert heading(visitor.ask(other.dossier_code, other.pin)) == headline(PageState.READY, "vi")


def test_the_other_language_is_one_press_away_after_typing_too(office, visitor):
    receipt = office.report(office.receipt())
    answer = visitor.ask(receipt.dossier_code, receipt.pin)
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', answer.text))
    assert fields == {"lang": "en", "code": receipt.dossier_code, "pin": receipt.pin}
    again = visitor.request("POST", "/", data=fields)
    assert heading(again) == headline(PageState.RECEIVED, "en")


# Languages.


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "vi"),
        ("vi-VN,vi;q=0.9,en-US;q=0.8", "vi"),
        ("en-US,en;q=0.9", "en"),
        ("en;q=0.3, vi;q=0.7", "vi"),
        ("fr, en;q=0.5", "en"),
        ("fr", "vi"),
        ("*", "vi"),
        ("en;q=x,,;;q=,", "vi"),
        ("en;q=0", "vi"),
    ],
)
def test_a_browser_is_answered_in_its_language(visitor, header, language):
    answer = visitor.get("/", **{"Accept-Language": header})
    assert answer.headers["content-language"] == language


def test_a_chosen_language_counts_more_and_needs_no_cookie(office, visitor):
    receipt = office.report(office.receipt())
    answer = visitor.scan(receipt, language="en", **{"Accept-Language": "vi"})
    assert answer.headers["content-language"] == "en"
    assert "set-cookie" not in answer.headers
    [link] = re.findall('href="([^"]*)" lang="vi"', answer.text)
    back = visitor.get(str(answer.url.join(link)))
    assert back.url.path == f"/T/{receipt.digits}"
    assert heading(back) == headline(PageState.RECEIVED, "vi")


def test_an_unknown_language_is_no_matter(visitor):
    assert visitor.get("/", language="xx").headers["content-language"] == "vi"
    assert visitor.get("/?" + "&".join("lang=en" for _ in range(99))).status_code == 200
