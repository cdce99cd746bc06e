"""The letters that go with Alt: each leads to one place of what is in sight, and can be typed."""

from collections import defaultdict

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QTabBar

from tests.desktop.walking import Walk


@pytest.fixture(params=["vi", "en"])
def walk_from(request, qtbot, undressed, enter, tasks):
    opened = []

    def walk_from(folder):
        opened.append(Walk(qtbot, folder, enter, tasks, language=request.param))
        return opened[-1]

    yield walk_from
    for walk in opened:
        walk.close()


def letter_of(text):
    """Return the letter that stands behind the sign for it."""
    place = text.replace("&&", "  ").find("&")
    return text[place + 1].lower() if 0 <= place < len(text) - 1 else ""


def letters_in_sight():
    """Return what is said by each letter that goes with Alt, of all that is in sight."""
    found = defaultdict(list)
    for widget in QApplication.allWidgets():
        if not widget.isVisible():
            continue
        for text in said_by(widget):
            if letter := letter_of(text):
                found[letter].append(text)
    return found


def said_by(widget):
    """Return the words of a widget in which a letter may lead somewhere."""
    if isinstance(widget, QTabBar):
        return [widget.tabText(place) for place in range(widget.count())]
    leads = isinstance(widget, QAbstractButton) or (
        isinstance(widget, QLabel) and widget.buddy() is not None
    )
    return [widget.text()] if leads else []


def wrong_letters(stops):
    """Return, by stop, the letters that lead to two places, or that are on no key."""
    wrong = {}
    for stop in stops:
        for letter, texts in letters_in_sight().items():
            if len(texts) > 1 or not letter.isascii():
                wrong[stop, letter] = texts
    return wrong


def test_a_letter_leads_to_one_place_at_the_first_run(walk_from, tmp_path):
    assert wrong_letters(walk_from(tmp_path / "new").first_run()) == {}


def test_a_letter_leads_to_one_place_at_work(walk_from, folder):
    walk = walk_from(folder)
    assert wrong_letters(walk.sign_in()) == {}
    assert wrong_letters(walk.work()) == {}
