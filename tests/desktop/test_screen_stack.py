"""Screens behind the one in sight, to which an answer comes late."""

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from counter_app.desktop.screen_stack import ScreenStack


@pytest.fixture
def screens(qtbot):
    """Two screens with a field each, the second one in sight; and their fields."""
    stack, fields = ScreenStack(), []
    qtbot.addWidget(stack)
    for _screen in range(2):
        screen, field = QWidget(), QLineEdit()
        QVBoxLayout(screen).addWidget(field)
        screen.setFocusProxy(field)
        stack.addWidget(screen)
        fields.append(field)
    stack.setCurrentIndex(1)
    with qtbot.waitActive(stack):
        stack.show()
        stack.activateWindow()
    return stack, *fields


def test_a_screen_behind_does_not_take_the_cursor(screens):
    stack, behind, before = screens
    before.setFocus()
    behind.setFocus()
    assert QApplication.focusWidget() is before
    stack.setCurrentIndex(0)
    assert QApplication.focusWidget() is behind  # it has waited for that


def test_the_screen_in_sight_has_the_cursor_where_nobody_had_it(screens):
    _stack, behind, before = screens
    before.clearFocus()
    behind.setFocus()
    assert QApplication.focusWidget() is before


def test_a_field_that_goes_with_the_cursor_in_it_does_not_get_it_back(screens):
    stack, _behind, before = screens
    before.setFocus()
    other = QLineEdit(stack.currentWidget())
    other.show()
    shiboken6.delete(before)
    now = QApplication.focusWidget()
    assert now is None or shiboken6.isValid(now)
    other.setFocus()
    assert QApplication.focusWidget() is other


def test_when_what_had_the_cursor_is_gone_the_screen_takes_it_up(qtbot, screens):
    _stack, _behind, first = screens
    first.setFocus()
    first.clearFocus()
    assert QApplication.focusWidget() is None
    qtbot.waitUntil(first.hasFocus)
