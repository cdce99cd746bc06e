"""Every text of the program is said in every language, and dates and money as is the custom."""

from contextvars import copy_context
from datetime import date, datetime

import pytest

from counter_app import i18n
from tests import translations


@pytest.mark.parametrize("path", translations.files(), ids=lambda path: "-".join(path.parts[-2:]))
@pytest.mark.parametrize("check", translations.CHECKS.values(), ids=list(translations.CHECKS))
def test_no_text_is(check, path):
    assert check(path) == []


def test_vietnamese_comes_first_and_english_is_there():
    assert i18n.languages()[:2] == ["vi", "en"]


def test_the_language_belongs_to_the_context_that_speaks_it():
    copy_context().run(i18n.speak, "en")
    assert i18n.spoken() == "vi"


def test_nothing_is_said_for_an_empty_text():
    assert i18n._("") == i18n.law("") == ""


def test_an_unknown_text_is_shown_as_it_is():
    assert i18n._("No such text.") == "No such text."
    assert i18n.law("Không có câu này") == "Không có câu này"


@pytest.mark.parametrize(
    ("language", "day", "words"),
    [
        ("vi", date(2026, 1, 5), "ngày 05 tháng 01 năm 2026"),
        ("vi", date(2026, 2, 10), "ngày 10 tháng 02 năm 2026"),
        ("vi", date(2026, 3, 5), "ngày 05 tháng 3 năm 2026"),
        ("vi", date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
        ("en", date(2026, 3, 5), "5 March 2026"),
    ],
)
def test_a_long_date_has_the_zeros_that_the_decree_asks_for(language, day, words):
    i18n.speak(language)
    assert i18n.format_long_date(day) == words


@pytest.mark.parametrize("language", ["vi", "en"])
def test_days_and_instants_are_written_alike_in_every_language(language):
    i18n.speak(language)
    assert i18n.format_date(date(2026, 3, 5)) == "05/03/2026"
    assert i18n.format_instant(datetime(2026, 3, 5, 7, 4)) == "07:04 05/03/2026"


@pytest.mark.parametrize(
    ("language", "amount", "written"),
    [
        ("vi", 150000, "150.000 ₫"),
        ("vi", 0, "0 ₫"),
        ("vi", -1234567, "−1.234.567 ₫"),
        ("en", 150000, "₫150,000"),
        ("en", -20000, "−₫20,000"),
    ],
)
def test_money_is_written_as_the_language_has_it(language, amount, written):
    i18n.speak(language)
    assert i18n.format_money(amount) == written


def test_thousands_stand_apart():
    assert i18n.format_count(1234567) == "1.234.567"
    i18n.speak("en")
    assert i18n.format_count(1234) == "1,234"
