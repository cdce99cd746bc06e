"""Colours that everybody can read, and sizes that the officer chooses."""

import msgspec
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor

from counter_app.desktop import theme
from counter_app.desktop.icons import app_icon, icon, icon_beside

DRESSES = {"light": theme.LIGHT, "dark": theme.DARK}
WORDS = [
    ("text", "window"),
    ("text", "surface"),
    ("text", "raised"),
    ("text", "selection"),
    ("text", "danger_soft"),
    ("text", "warning_soft"),
    ("text", "good_soft"),
    ("text", "info_soft"),
    ("muted", "window"),
    ("muted", "surface"),
    ("muted", "raised"),
    ("primary", "surface"),
    ("primary", "info_soft"),
    ("on_primary", "primary"),
    ("on_primary", "primary_hover"),
    ("danger", "surface"),
    ("danger", "danger_soft"),
    ("warning", "surface"),
    ("warning", "warning_soft"),
    ("good", "good_soft"),
    ("nav_text", "nav"),
    ("nav_text", "nav_selected"),
    ("nav_muted", "nav"),
]
OUTLINES = [("border", "surface"), ("border", "window"), ("focus", "surface"), ("focus", "window")]


def luminance(colour):
    def linear(part):
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in QColor(colour).getRgbF()[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Return the contrast of two colours as WCAG reckons it."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("dress", DRESSES)
@pytest.mark.parametrize(("words", "ground"), WORDS)
def test_words_stand_out_from_their_ground(dress, words, ground):
    colours = msgspec.structs.asdict(DRESSES[dress])
    assert contrast(colours[words], colours[ground]) >= 4.5


@pytest.mark.parametrize("dress", DRESSES)
@pytest.mark.parametrize(("line", "ground"), OUTLINES)
def test_outlines_stand_out_from_their_ground(dress, line, ground):
    colours = msgspec.structs.asdict(DRESSES[dress])
    assert contrast(colours[line], colours[ground]) >= 3


@pytest.mark.parametrize("scale", [100, 125, 150])
@pytest.mark.parametrize("dark", [False, True])
def test_the_application_is_dressed_as_the_settings_say(undressed, dark, scale):
    theme.choose(undressed, dark=dark, scale=scale)
    assert undressed.font().pointSizeF() == theme.BASE_POINTS * scale / 100
    assert theme.worn() is (theme.DARK if dark else theme.LIGHT)
    assert undressed.palette().window().color() == QColor(theme.worn().window)


def test_an_icon_is_drawn_in_the_colour_asked_for(qapp):
    image = icon("check", "#ff0000").pixmap(20, 20).toImage()
    drawn = {
        image.pixelColor(x, y).getRgb()[:3]
        for x in range(20)
        for y in range(20)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert drawn == {(255, 0, 0)}


def test_an_icon_beside_words_is_sharp_and_keeps_away_from_them(qapp):
    image = icon_beside("check", "#ff0000", 18, 6, 2.0).pixmap(QSize(24, 18), 2.0).toImage()
    assert (image.width(), image.height()) == (48, 36)
    drawn = {x for x in range(48) for y in range(36) if image.pixelColor(x, y).alpha()}
    assert 0 < max(drawn) < 36


def test_the_program_has_its_mark(qapp):
    assert not app_icon().pixmap(48, 48).toImage().allGray()
