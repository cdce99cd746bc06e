"""From the bytes of a file to the pages that are kept."""

import os
import stat
from pathlib import Path
from typing import Final

from msgspec import Struct

from counter_app.domain.text import visible
from counter_app.errors import ScanEmpty, ScanOfOtherKind, ScanTooLarge, UnreadableFile
from counter_app.i18n import N_, _, format_size
from counter_app.imaging import limits
from counter_app.imaging.asking import asked
from counter_app.imaging.kinds import FileKind, kind_of
from counter_app.imaging.pdf import check_pdf, pages_of_pdf

JPEG: Final = "image/jpeg"
PDF: Final = "application/pdf"

_OPEN: Final = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
_LONGEST_TIFF: Final = limits.SECONDS_OF_TIFF + limits.SECONDS_OF_PAGE * limits.MOST_PAGES


class Page(Struct, frozen=True, kw_only=True):
    """What is kept of a page, or of a PDF whole.

    `pages` is how many it has, 0 if only opening it would tell; `thumbnail` is a small JPEG,
    empty for a PDF; `width` and `height` are in dots, 0 for a PDF.
    """

    content: bytes
    media: str
    thumbnail: bytes = b""
    pages: int = 1
    width: int = 0
    height: int = 0


class Leaf(Struct, frozen=True, kw_only=True):
    """One page of a PDF as JPEG, and how many pages there are."""

    content: bytes
    pages: int


def read_given(path: Path) -> bytes:
    """Return what a file holds that somebody has pointed at.

    Raises:
        ScanEmpty: nothing is in it.
        ScanTooLarge: it is longer than files are read.
        ScanOfOtherKind: it is a folder or a device.
        UnreadableFile: it is not there, or cannot be read.
    """
    try:
        descriptor = os.open(path, _OPEN)  # without waiting for what may never come
        with os.fdopen(descriptor, "rb") as file:
            told = os.fstat(file.fileno())
            if not stat.S_ISREG(told.st_mode):
                raise ScanOfOtherKind(kind=_(N_("a folder or a device")))
            raw = file.read(limits.MOST_BYTES + 1)
    except IsADirectoryError as error:
        raise ScanOfOtherKind(kind=_(N_("a folder or a device"))) from error
    except OSError as error:
        raise UnreadableFile(file=visible(str(path)), reason=error) from error
    if not raw:
        raise ScanEmpty
    check_size(raw)
    return raw


def check_size(raw: bytes) -> None:
    """Let bytes pass that are no more than are opened.

    Raises:
        ScanTooLarge: they are more.
    """
    if len(raw) > limits.MOST_BYTES:
        raise ScanTooLarge(most=format_size(limits.MOST_BYTES))


def take_in(source: Path | bytes) -> tuple[Page, ...]:
    """Return the pages of a file as they are kept: several only for a TIFF.

    May take seconds, and touches no database.

    Raises:
        UnusableScan: with what is the matter, and what can be done.
        UnreadableFile: it is not there, or cannot be read.
    """
    raw = read_given(source) if isinstance(source, Path) else source
    check_size(raw)
    kind = kind_of(raw)
    if kind is FileKind.PDF:
        check_pdf(raw)
        return (Page(content=raw, media=PDF, pages=pages_of_pdf(raw)),)
    return tuple(_pages(raw, kind))


def leaf_of(pdf: bytes, number: int) -> Leaf:
    """Return page `number`, counted from 0, of a PDF that was kept; or its last.

    Raises:
        UnusableScan: it cannot be shown; the PDF itself is as it was.
    """
    with asked(pdf, seconds=limits.SECONDS, task="leaf", number=number) as said:
        count = int(said.heard().get("pages", 1))
        return Leaf(content=said.picture(), pages=count)


def _pages(raw: bytes, kind: FileKind) -> list[Page]:
    tiff = kind is FileKind.TIFF
    seconds = limits.SECONDS_OF_TIFF if tiff else limits.SECONDS
    longest = _LONGEST_TIFF if tiff else None
    found: list[Page] = []
    with asked(raw, seconds=seconds, longest=longest, task="pages", kind=kind.value) as said:
        while "end" not in (told := said.heard()):
            page = Page(
                content=said.picture(),
                media=JPEG,
                thumbnail=said.picture(),
                width=int(told.get("width", 0)),
                height=int(told.get("height", 0)),
            )
            found.append(page)
            if sum(len(each.content) for each in found) > limits.MOST_BYTES_OUT:
                raise said.too_heavy()
            said.put_off(limits.SECONDS_OF_PAGE)
    return found
