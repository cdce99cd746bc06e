"""The public page in a real Chromium, on a narrow telephone and on paper."""

import re

import pypdfium2
import pytest
from PIL import Image

from counter_app.central.tracking.app import TrackingApp
from counter_app.central.tracking.pages import STYLE
from tests.central.browser import Chromium
from tests.central.public import NOW, OFFICE, Office, served

STYLED = (18, 41, 74)  # the colour at the top of every page, if the browser has let the style in
PAGE = (243, 245, 248)


@pytest.fixture
def chromium(tool):
    return Chromium(tool("chromium"))


@pytest.fixture
def office(database):
    return Office(database)


@pytest.fixture
def base(database, centre):
    with served(TrackingApp(database.url, centre, now=lambda: NOW)) as base:
        yield base


def test_the_policy_lets_the_style_in_and_the_page_is_whole(chromium, office, base, tmp_path):
    receipt = office.report(office.receipt(), status=4)
    url = f"{base}/T/{receipt.digits}"
    document = chromium.document(url)
    assert receipt.dossier_code in document
    assert document.count("</li>") == 5
    picture = chromium.picture(url, tmp_path / "page.png", width=360, height=740)
    with Image.open(picture) as image:
        assert image.convert("RGB").getpixel((180, 3)) == STYLED


@pytest.mark.parametrize("width", [320, 360])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_nothing_sticks_out_at_the_side_of_a_telephone(
    chromium, office, base, tmp_path, width, language
):
    receipt = office.report(office.receipt(), status=5)
    url = f"{base}/T/{receipt.digits}?lang={language}"
    # Twice as wide a window over a page that is laid out for the telephone would show it.
    picture = chromium.picture(url, tmp_path / "page.png", width=width, height=2400)
    with Image.open(picture) as image:
        right = image.convert("RGB").crop((width - 14, 80, width, 2400))
        assert {colour for _count, colour in right.getcolors()} == {PAGE}


def test_a_printed_page_is_one_sheet_without_buttons(chromium, office, base, tmp_path):
    receipt = office.report(office.receipt(), status=4)
    file = chromium.paper(f"{base}/T/{receipt.digits}", tmp_path / "page.pdf")
    paper = pypdfium2.PdfDocument(file)
    try:
        assert len(paper) == 1
        said = paper[0].get_textpage().get_text_bounded()
    finally:
        paper.close()
    assert receipt.dossier_code in said
    assert OFFICE.address in said
    assert "English" not in said
    assert receipt.digits not in said


# Contrast, as WCAG 2.2 reckons it, for every pair that stands on each other.

PAIRS = [
    ("text", "page"),
    ("text", "card"),
    ("muted", "page"),
    ("muted", "card"),
    ("link", "page"),
    ("link", "card"),
    ("on", "link"),
    ("on", "go"),
    ("go", "card"),
    ("good", "card"),
    *((tone, f"{tone}2") for tone in ("go", "good", "ask", "bad", "plain")),
    *(("text", f"{tone}2") for tone in ("go", "good", "ask", "bad", "plain")),
]


def colours(dark):
    blocks = re.findall(r":root\{([^}]*)\}", STYLE)
    return dict(re.findall(r"--(\w+):(#\w+)", blocks[1 if dark else 0]))


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    channels = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("front", "back"), PAIRS)
def test_words_stand_out_from_what_is_behind_them(front, back, dark):
    known = colours(dark)
    assert contrast(known[front], known[back]) >= 4.5


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("outline", ["edge", "focus"])
def test_outlines_and_focus_are_seen(outline, dark):
    known = colours(dark)
    assert min(contrast(known[outline], known[back]) for back in ("page", "card")) >= 3


def test_no_type_is_smaller_than_18_pixels():
    screen = STYLE.split("@media print")[0]
    assert "html{font:112.5%" in screen
    sizes = [float(size) for size in re.findall(r"font-size:([\d.]+)", screen)]
    sizes.remove(0)  # the tick, which is read out and drawn
    assert min(sizes) >= 1
