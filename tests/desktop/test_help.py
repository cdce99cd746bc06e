"""The help names the keys that there are."""

import re

import pytest
from PySide6.QtWidgets import QLabel

from counter_app import __version__, i18n
from counter_app.desktop import help as help_screen
from counter_app.desktop.help.presenter import KEYS, HelpPresenter
from counter_app.desktop.navigation import _BELOW, _PLACES

NAMED = {key for _name, lines in KEYS for keys, _words in lines for key in keys.split(" · ")}


@pytest.mark.parametrize("place", [*_PLACES, *_BELOW], ids=lambda place: place[0])
def test_every_place_is_named_with_its_keys(place):
    assert {key for key in place[3:] if key} <= NAMED


def test_what_the_program_is_made_of_is_named_with_its_licence(qtbot):
    view = help_screen.build(HelpPresenter())
    qtbot.addWidget(view)
    said = [label.text() for label in view.findChildren(QLabel)]
    assert any(__version__ in words for words in said)
    assert "LGPL-3.0" in said


def test_no_sentence_is_left_in_english(qtbot):
    i18n.speak("vi")
    for _name, lines in KEYS:
        for _keys, words in lines:
            assert i18n._(words) != words or not re.search(r"[a-z]", words)
