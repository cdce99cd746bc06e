"""The end of a window: it waits for what is still coming in, unless somebody will not."""

import pytest

from counter_app.desktop.closing import Closing
from counter_app.settings import BACKUPS


@pytest.fixture
def coming():
    """The files of a scanner that are not in yet."""
    return ["page.jpg"]


@pytest.fixture
def closed():
    return []


@pytest.fixture
def closing(qtbot, desk, tasks, coming, closed):
    closing = Closing(desk, tasks, lambda: closed.append(True), lambda: not coming)
    qtbot.addWidget(closing.view)
    closing.begin()
    return closing


def test_what_is_still_coming_in_is_waited_for(qtbot, closing, coming, closed, folder):
    assert closed == []
    assert not (folder / BACKUPS).exists()
    coming.clear()
    qtbot.waitUntil(lambda: closed == [True])
    assert list((folder / BACKUPS).iterdir())


def test_who_will_not_wait_closes_without_it(closing, coming, closed):
    closing.view.show_doubt()
    closing.view.without_button.click()
    assert closed == [True]
    coming.clear()
    closing._back_up_at_rest()
    assert closed == [True]
