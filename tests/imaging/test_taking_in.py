"""Bad files cannot hurt (P23): what is taken in is new, what is refused is refused with words."""

import io
import os
import subprocess
import sys

import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageStat

from counter_app import errors
from counter_app.i18n import languages, speak
from counter_app.imaging import drawing, frames, limits
from counter_app.imaging.asking import asked
from counter_app.imaging.taking_in import leaf_of, take_in
from tests.imaging import corpus

resource = pytest.importorskip("resource", reason="needs limits of memory and time")

BAD = {
    "60,000 x 60,000": (lambda: corpus.png_of(60_000, 60_000), errors.ScanTooManyDots),
    "a JPEG cut short": (
        lambda: corpus.saved(corpus.page(), "JPEG")[:-20_000],
        errors.ScanDamaged,
    ),
    "a JPEG of a head": (lambda: corpus.small(form="JPEG")[:100], errors.ScanDamaged),
    "a PNG cut short": (lambda: corpus.saved(corpus.page())[:5000], errors.ScanDamaged),
    "words that unpack to 100 MB": (corpus.png_bomb_of_words, errors.ScanDamaged),
    "10,000 pages": (lambda: corpus.tiff_that_says(10_000), errors.ScanTooManyPages),
    "101 pages": (lambda: corpus.tiff_of(101), errors.ScanTooManyPages),
    "a PNG in colours of more dots than there is room for": (
        lambda: corpus.png_of(7000, 6000),
        errors.ScanTooManyDots,
    ),
    "a WebP of 35 million dots": (
        lambda: corpus.webp_that_says(5000, 7000, as_what=b"VP8X"),
        errors.ScanTooManyDots,
    ),
    "waves of 49 million dots": (
        lambda: corpus.jpeg_that_says(7000, 7000, progressive=True, subsampling=0),
        errors.ScanTooHeavy,
    ),
    "a strip of 100 MB": (lambda: corpus.tiff_of_one_strip(4960, 7016), errors.ScanTooHeavy),
    "a JPEG that is a PDF too": (
        lambda: corpus.small(form="JPEG", comment=b"%PDF-1.4\n1 0 obj"),
        errors.ScanTwofold,
    ),
    "a PDF that is a ZIP too": (
        lambda: corpus.pdf_of() + b"PK\x05\x06" + bytes(18),
        errors.ScanTwofold,
    ),
    "a PDF with a picture behind": (
        lambda: corpus.pdf_of() + corpus.saved(corpus.page(), "JPEG"),
        errors.ScanTwofold,
    ),
    "a PDF behind a password": (lambda: corpus.pdf_of(encrypt="bí mật"), errors.ScanProtected),
    "a PDF cut short": (lambda: corpus.pdf_of()[:500], errors.ScanDamaged),
    "21 MB": (lambda: corpus.small() + bytes(21 * limits.MEGABYTE), errors.ScanTooLarge),
    "nothing": (lambda: b"", errors.ScanEmpty),
    "an iPhone's": (lambda: b"\0\0\0\x18ftypheic" + bytes(100), errors.ScanFromPhone),
    "a newer phone's": (lambda: b"\0\0\0\x18ftypavif" + bytes(100), errors.ScanFromPhone),
    "a film": (lambda: b"\0\0\0\x18ftypisom" + bytes(100), errors.ScanOfOtherKind),
    "a document with macros": (lambda: b"PK\x03\x04" + bytes(100), errors.ScanOfOtherKind),
    "an old document": (lambda: b"\xd0\xcf\x11\xe0" + bytes(100), errors.ScanOfOtherKind),
    "a program": (lambda: b"MZ" + bytes(100), errors.ScanOfOtherKind),
    "a drawing that reads files": (
        lambda: b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>',
        errors.ScanOfOtherKind,
    ),
    "a GIF": (lambda: corpus.small(form="GIF"), errors.ScanOfOtherKind),
    "a BMP": (lambda: corpus.small(form="BMP"), errors.ScanOfOtherKind),
    "letters": ("Trần Văn Thử".encode, errors.ScanOfOtherKind),
}


def opened(page):
    return Image.open(io.BytesIO(page.content))


def only(source):
    (page,) = take_in(source)
    return page


def memory():
    """Return how much memory this program has used at most so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def spent_elsewhere():
    """Return how many seconds of the processor the other programs have taken so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_words_in_time_and_within_bounds(name):
    make, error = BAD[name]
    raw = make()
    before, start = memory(), spent_elsewhere()
    with pytest.raises(error) as refused:
        take_in(raw)
    assert spent_elsewhere() - start < limits.SECONDS
    assert memory() - before < 64
    for language in languages():
        speak(language)
        assert str(refused.value)[0].isupper()
        assert "{" not in str(refused.value)


@pytest.mark.parametrize(
    ("form", "options"),
    [("JPEG", {}), ("PNG", {}), ("WEBP", {}), ("TIFF", {}), ("TIFF", {"compression": "tiff_lzw"})],
)
def test_what_a_scanner_makes_becomes_a_page(form, options):
    page = only(corpus.saved(corpus.page(), form, **options))
    assert page.media == "image/jpeg"
    assert opened(page).size == (page.width, page.height) == corpus.A4_200
    assert opened(page).format == "JPEG"
    thumbnail = Image.open(io.BytesIO(page.thumbnail))
    assert max(thumbnail.size) == limits.THUMBNAIL


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "CMYK", "I;16"])
def test_a_page_is_the_same_whatever_its_dots_are_told_in(mode):
    plain = corpus.page((600, 800)).convert("L")
    form = "TIFF" if mode == "CMYK" else "PNG"
    told = plain.convert("RGB").convert(mode) if mode == "CMYK" else plain.convert(mode)
    if mode == "I;16":
        told = plain.convert("I").point(lambda value: value * 257).convert("I;16")
    came = opened(only(corpus.saved(told, form))).convert("L")
    assert ImageStat.Stat(ImageChops.difference(came, plain)).mean[0] < 14


def test_what_is_seen_through_lies_on_white():
    empty = corpus.saved(Image.new("RGBA", (50, 50), (0, 0, 0, 0)))
    assert opened(only(empty)).getpixel((25, 25)) == (255, 255, 255)


def test_a_file_is_what_it_begins_as_and_not_what_it_is_called(tmp_path):
    named = tmp_path / "thu.pdf"
    named.write_bytes(corpus.small(form="PNG"))
    assert only(named).media == "image/jpeg"


@pytest.mark.parametrize("name", ["CON.png", "NUL", "aux.jpg", "..\\..\\x.png", "a\nb.png", "-rf"])
def test_no_name_does_any_harm(tmp_path, name):
    (tmp_path / name).write_bytes(corpus.small())
    before = sorted(tmp_path.rglob("*"))
    assert only(tmp_path / name).media == "image/jpeg"
    assert sorted(tmp_path.rglob("*")) == before


def test_what_is_no_file_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", "/dev/zero"):
        with pytest.raises(errors.ScanOfOtherKind):
            take_in(type(tmp_path)(path))
    with pytest.raises(errors.UnreadableFile):
        take_in(tmp_path / "nothing.jpg")


def test_a_file_of_2_gb_is_not_read(tmp_path):
    with (tmp_path / "large.jpg").open("wb") as file:
        file.write(corpus.small(form="JPEG"))
        file.truncate(2 << 30)
    before = memory()
    with pytest.raises(errors.ScanTooLarge):
        take_in(tmp_path / "large.jpg")
    assert memory() - before < 64


def test_where_and_with_what_it_was_taken_is_gone():
    raw = corpus.with_place(corpus.page((800, 600)))
    assert Image.open(io.BytesIO(raw)).getexif().get_ifd(0x8825)
    page = only(raw)
    assert not opened(page).getexif()
    for told in (b"Exif", b"Dien thoai", b"somebody", b"GPS"):
        assert told not in page.content + page.thumbnail


@pytest.mark.parametrize(("orientation", "corner"), [(1, 0), (3, 2), (6, 1), (8, 3)])
def test_a_picture_stands_upright(orientation, corner):
    size = (400, 300)
    picture = Image.new("RGB", size, "white")
    picture.paste("black", (0, 0, 100, 100))
    came = opened(only(corpus.with_place(picture, orientation)))
    assert came.size == (size if corner % 2 == 0 else size[::-1])
    wide, high = came.size
    corners = [(20, 20), (wide - 20, 20), (wide - 20, high - 20), (20, high - 20)]
    dark = [came.convert("L").getpixel(place) < 128 for place in corners]
    assert dark.index(True) == corner
    assert sum(dark) == 1


def test_a_picture_of_a_phone_becomes_as_large_as_a_page():
    page = only(corpus.saved(corpus.page((4000, 6000)), "JPEG", quality=95, dpi=(72, 72)))
    assert max(page.width, page.height) == limits.LONG_EDGE
    assert len(page.content) < 2 * limits.MEGABYTE


@pytest.mark.parametrize(("dots", "edge"), [(200, 2339), (300, 2339), (600, 2339)])
def test_a_page_that_says_how_finely_it_was_scanned_is_kept_at_200_dots(dots, edge):
    size = (827 * dots // 100, 1169 * dots // 100)
    page = only(corpus.saved(Image.new("L", size, 255), "PNG", dpi=(dots, dots)))
    assert abs(max(page.width, page.height) - edge) <= 2


def test_a_card_that_was_scanned_finely_keeps_its_dots():
    page = only(corpus.saved(Image.new("RGB", (1012, 638), "white"), "PNG", dpi=(300, 300)))
    assert (page.width, page.height) == (1012, 638)


def test_small_print_can_still_be_read():
    code = zxingcpp.create_barcode("0010900000010900000001", zxingcpp.BarcodeFormat.QRCode)
    drawn = Image.fromarray(zxingcpp.write_barcode_to_image(code, scale=3)).convert("RGB")
    picture = corpus.page((2480, 3508), tall=25)  # letters of 6 points at 300 dots to the inch
    picture.paste(drawn, (2000, 200))
    page = only(corpus.saved(picture, "JPEG", quality=92, dpi=(300, 300)))
    assert zxingcpp.read_barcode(opened(page)).text == "0010900000010900000001"
    wanted = picture.resize(opened(page).size, Image.Resampling.LANCZOS)
    apart = ImageChops.difference(opened(page).convert("L"), wanted.convert("L"))
    assert ImageStat.Stat(apart).rms[0] < 12


def test_a_tiff_is_taken_apart_into_its_pages_in_their_order():
    pages = take_in(corpus.tiff_of(5))
    shades = [opened(page).getpixel((30, 40)) for page in pages]
    assert shades == pytest.approx([0, 5, 10, 15, 20], abs=2)
    assert {page.pages for page in pages} == {1}


def test_a_tiff_that_goes_round_comes_to_an_end():
    round_and_round = corpus.tiff_that_says(2)[:-4] + (8).to_bytes(4, "little")
    assert len(take_in(round_and_round)) == 2


def test_a_pdf_is_kept_as_it_is_and_its_pages_are_counted_without_opening_it():
    raw = corpus.pdf_of(3)
    page = only(raw)
    assert (page.content, page.media, page.pages, page.thumbnail) == (
        raw,
        "application/pdf",
        3,
        b"",
    )


def test_a_pdf_whose_pages_cannot_be_seen_from_outside_has_an_unknown_number():
    raw = corpus.pdf_of(3).replace(b"%%EOF", b"/Type /ObjStm\n%%EOF")
    assert only(raw).pages == 0


def test_a_page_of_a_pdf_is_drawn_elsewhere():
    leaf = leaf_of(corpus.pdf_of(3), 1)
    assert leaf.pages == 3
    assert max(Image.open(io.BytesIO(leaf.content)).size) == limits.LONG_EDGE_OF_LAW
    assert leaf_of(corpus.pdf_of(3), 99).content != leaf.content


def test_a_pdf_that_is_none_shows_nothing():
    with pytest.raises(errors.ScanDamaged):
        leaf_of(b"%PDF-1.4\n%%EOF", 0)


@pytest.fixture(scope="module")
def bomb():
    """A small file of 36 million dots."""
    return corpus.png_bomb_of_dots()


def test_what_is_allowed_stays_within_bounds_here_and_there(bomb):
    before = memory()
    page = only(bomb)  # under the limit: what went beyond it would not have come out
    assert (page.width, page.height) == (limits.LONG_EDGE, limits.LONG_EDGE)
    assert memory() - before < 64
    assert limits.MOST_MEMORY <= 256 * limits.MEGABYTE


def test_a_picture_of_48_million_dots_is_opened_at_half_its_size():
    page = only(corpus.saved(Image.new("RGB", (8000, 6000), "gray"), "JPEG"))
    assert (page.width, page.height) == (3508, 2631)


def test_a_large_sheet_in_black_and_white_is_let_in():
    a3 = Image.new("1", (7016, 9922), 1)
    page = only(corpus.saved(a3, "TIFF", compression="group4", dpi=(600, 600)))
    assert page.height == pytest.approx(9922 // 3, abs=2)


@pytest.mark.parametrize("as_what", [b"VP8 ", b"VP8L", b"VP8X"])
def test_a_webp_tells_its_size_in_three_ways(as_what):
    with pytest.raises(frames.Refused) as refused:
        list(drawing.pages(corpus.webp_that_says(5000, 7000, as_what=as_what), "webp"))
    assert (refused.value.said["width"], refused.value.said["height"]) == (5000, 7000)


@pytest.mark.parametrize("size", [(4000, 600), (8000, 500), (3600, 700)])
def test_a_picture_made_smaller_in_strips_has_no_seams(size):
    picture = corpus.page(size, lines=6)
    (drawn,) = drawing.pages(corpus.saved(picture, compress_level=1), "png")
    came = Image.open(io.BytesIO(drawn.content)).convert("L")
    wanted = picture.resize((drawn.width, drawn.height), Image.Resampling.LANCZOS).convert("L")
    apart = ImageChops.difference(came, wanted)
    rows = [ImageStat.Stat(apart.crop((0, y, came.width, y + 1))).mean[0] for y in range(63, 66)]
    assert max(rows) < 4
    assert ImageStat.Stat(apart).mean[0] < 2


def test_a_program_that_wants_too_much_memory_is_given_up(bomb):
    wanted = {"seconds": 5, "task": "pages", "kind": "png"}
    less = 160 * limits.MEGABYTE
    with pytest.raises(errors.ScanTooHeavy), asked(bomb, memory=less, **wanted) as said:
        said.heard()


def test_a_program_that_does_not_answer_is_ended(bomb):
    wanted = {"seconds": 5, "patience": 0, "task": "pages", "kind": "png"}
    with pytest.raises(errors.ScanTooHeavy) as told, asked(bomb, **wanted) as said:
        said.heard()
    assert told.value.values["seconds"] == 5
    assert said.was_ended


def test_a_program_that_works_on_is_ended_by_its_own_limit(bomb):
    wanted = {"seconds": 1, "patience": 100, "task": "pages", "kind": "png"}
    with pytest.raises(errors.ScanTooHeavy), asked(bomb, **wanted) as said:
        said.heard()
    assert not said.was_ended


def test_it_may_write_no_file(tmp_path):
    line = (
        "import sys; from counter_app.imaging.child import _give_up_rights as give_up;"
        f"give_up(5, 5, {limits.MOST_MEMORY}); open(sys.argv[1], 'wb', 0).write(b'x')"
    )
    done = subprocess.run(
        [sys.executable, "-c", line, tmp_path / "x"], capture_output=True, check=False
    )
    assert b"File too large" in done.stderr
    assert (tmp_path / "x").read_bytes() == b""
