"""Pages as dots: what a thermal printer gets, and that its scanners read it again."""

import re

import pytest
import zxingcpp
from PIL import Image

from counter_app.domain.guidance_code import parse_guidance
from counter_app.domain.print_form import ROLL_DOTS_PER_INCH
from counter_app.domain.vietqr import parse_vietqr
from counter_app.printing import pages_as_images
from tests.printing import desk_papers
from tests.printing.papers import NAMES, PAPERS, a_receipt, an_office, form, printed

PRINTABLE = 576  # dots across 72 mm
ROLLS = [form_id for form_id in PAPERS if "roll80" in form(form_id).size]


def dots(pdf, width=PRINTABLE):
    return pages_as_images(pdf, dots_per_inch=ROLL_DOTS_PER_INCH, width_dots=width)


def picture(image):
    """Return dots as a picture, black where a dot is."""
    white = bytes(~byte & 0xFF for byte in image.bits)
    whole = Image.frombytes("1", (image.row_bytes * 8, image.height), white)
    return whole.crop((0, 0, image.width, image.height)).convert("L")


def scanned(image):
    shown = picture(image)
    pixels = memoryview(shown.tobytes()).cast("B", (shown.height, shown.width))
    return {found.text for found in zxingcpp.read_barcodes(pixels)}


def modules(image, width):
    """Return how many rows go through the middle of a finder, its modules `width` dots wide."""
    finder = re.compile(
        b"\xff" + b"\x00" * width + b"\xff" * width + b"\x00" * 3 * width
        + b"\xff" * width + b"\x00" * width + b"\xff"
    )  # fmt: skip
    shown = picture(image)
    rows = (shown.crop((0, y, shown.width, y + 1)).tobytes() for y in range(shown.height))
    return sum(bool(finder.search(row)) for row in rows)


@pytest.mark.parametrize("form_id", ROLLS)
@pytest.mark.parametrize("bilingual", [False, True])
def test_a_roll_is_one_page_as_wide_as_its_printer_and_as_long_as_what_it_says(form_id, bilingual):
    pdf = printed(PAPERS[form_id](), form_id, "roll80", bilingual=bilingual)
    (whole,) = dots(pdf, width=None)
    assert whole.width == 640
    (image,) = dots(pdf)
    assert (image.width, image.height) == (PRINTABLE, whole.height)
    assert len(image.bits) == PRINTABLE // 8 * image.height
    black = [number for number in range(image.height) if any(image.bits[number * 72 :][:72])]
    assert image.height - black[-1] < 120  # dots: 15 mm
    # What the printer cannot reach is empty.
    assert sum(map(int.bit_count, whole.bits)) == sum(map(int.bit_count, image.bits))


def test_both_codes_of_a_receipt_are_read_from_its_dots():
    paper = a_receipt(papers=5)
    (image,) = dots(printed(paper, size="roll80"))
    assert scanned(image) == {paper.received.receipt, paper.received.code}


def test_a_module_is_a_whole_number_of_dots():
    (receipt,) = dots(printed(a_receipt(), size="roll80"))
    assert modules(receipt, 5) >= 2 * 3 * 5
    (transfer,) = dots(printed(PAPERS["transfer-request"](), "transfer-request", "roll80"))
    assert modules(transfer, 8) >= 2 * 3 * 8


@pytest.mark.parametrize("size", ["a5", "a4", "roll80"])
def test_a_banking_app_reads_what_is_to_be_transferred(size):
    paper = PAPERS["transfer-request"]()
    (image,) = dots(printed(paper, "transfer-request", size), width=None)
    (said,) = scanned(image)
    asked = parse_vietqr(said)
    assert (asked.amount, asked.purpose) == (paper.about.amount, paper.about.purpose)


@pytest.mark.parametrize("size", ["a5", "a4"])
def test_the_code_of_guidance_takes_up_the_same_intake(size):
    missing = desk_papers.some_missing(2, NAMES)
    paper = desk_papers.guidance(missing, office=an_office())
    (image,) = dots(printed(paper, "supplement-request", size), width=None)
    (said,) = scanned(image)
    assert parse_guidance(said) == paper.given.token


def test_a_page_that_is_narrower_than_the_printer_stands_in_its_middle():
    (image,) = dots(printed(PAPERS["ticket"](), "ticket", "roll80"), width=700)
    assert (image.width, image.row_bytes) == (700, 88)
    box = picture(image).point(lambda grey: 255 - grey).getbbox()
    assert abs(box[0] - (700 - box[2])) <= 4


def test_many_pages_are_as_many_images():
    images = dots(printed(a_receipt(papers=80), size="a5"), width=None)
    assert len(images) > 2
    assert {image.width for image in images} == {1183}
