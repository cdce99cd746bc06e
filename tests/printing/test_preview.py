"""Pages as pictures, for the screen."""

import random

import pytest
from PIL import Image

from counter_app.printing import each_page, page_images, page_within
from tests.printing.papers import a_receipt, printed


def test_pages_are_pictures_of_the_size_asked_for():
    (image,) = page_images(printed(a_receipt()), dots_per_inch=101.6)
    assert (image.width, image.height) == (593, 840)
    assert len(image.rgb) == 593 * 840 * 3
    picture = Image.frombytes("RGB", (image.width, image.height), image.rgb)
    assert {color for _count, color in picture.getcolors(1 << 16)} >= {(255, 255, 255), (0, 0, 0)}


def test_a_picture_of_any_width_is_free_of_padding():
    chance = random.Random(1)
    for dots_per_inch in (chance.uniform(30, 60) for _ in range(5)):
        (image,) = page_images(printed(a_receipt()), dots_per_inch=dots_per_inch)
        assert len(image.rgb) == image.width * image.height * 3


@pytest.mark.parametrize(
    ("width", "height", "shown"),
    [(500, None, (500, 710)), (500, 500, (353, 500)), (300, 900, (300, 426))],
)
def test_a_page_is_as_large_as_there_is_room_for(width, height, shown):
    page = page_within(printed(a_receipt()), 1, width=width, height=height)
    assert page.image.width == pytest.approx(shown[0], abs=1)
    assert page.image.height == pytest.approx(shown[1], abs=1)


def test_leafing_ends_with_the_last_page():
    pdf = printed(a_receipt(papers=30))
    first, last = page_within(pdf, 1, width=200), page_within(pdf, 9, width=200)
    assert (first.number, first.count) == (1, 2)
    assert (last.number, last.count) == (2, 2)
    assert first.image.rgb != last.image.rgb


def test_pages_come_one_by_one_as_they_come_together():
    pdf = printed(a_receipt(papers=30))
    assert list(each_page(pdf, dots_per_inch=40)) == page_images(pdf, dots_per_inch=40)


def test_while_one_page_is_used_others_may_draw():
    pages = each_page(printed(a_receipt(papers=30)), dots_per_inch=40)
    next(pages)
    assert page_within(printed(a_receipt()), 1, width=100).number == 1
