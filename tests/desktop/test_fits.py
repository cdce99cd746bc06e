"""All screens on the smallest screen that offices have: nothing is wider, and nothing is cut."""

import pytest

from counter_app.desktop import theme
from counter_app.i18n import speak
from tests.desktop.conftest import RecordingPrinter
from tests.desktop.fitting import USUAL, Crowd, Round, cut_in

WIDTH, HEIGHT = 1366, 728  # less the task bar


@pytest.fixture
def go_round(qtbot, undressed, desk, tasks):
    opened = []

    def go_round(scale, language="vi"):
        speak(language)
        theme.choose(undressed, dark=False, scale=scale)
        opened.append(Round(qtbot, Crowd(desk), tasks, RecordingPrinter(), scale=scale))
        return opened[-1]

    yield go_round
    for each in opened:
        each.close()


@pytest.mark.parametrize(
    ("scale", "language"), [(100, "vi"), (125, "vi"), (150, "vi"), (150, "en")]
)
def test_all_screens_fit_with_nothing_cut(go_round, scale, language):
    tour = go_round(scale, language)
    wrong = {}
    tour.settle()
    assert cut_in(tour.window) == []  # around the screens: the places, the box, the line below
    for sight in tour.sights():
        if cut := tour.cut():
            wrong[sight] = cut
        least = tour.window.minimumSizeHint().expandedTo(tour.window.size())
        if least.width() > WIDTH or least.height() > HEIGHT:
            wrong.setdefault(sight, []).append(f"needs {least.width()} × {least.height()}")
        if (sight, scale) == (f"intake, {USUAL}", 100):
            hidden = [area.verticalScrollBar().maximum() for area in tour.view.scrolling]
            assert hidden == [0, 0], "the usual application is not in sight as a whole"
    assert wrong == {}
