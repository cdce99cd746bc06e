"""What a file is, by its first bytes: its name may say anything."""

from enum import StrEnum
from typing import Final, NoReturn

from counter_app.errors import (
    ScanEmpty,
    ScanFromPhone,
    ScanOfOtherKind,
    ScanTwofold,
)
from counter_app.i18n import N_, _


class FileKind(StrEnum):
    """The kinds of file that are let in."""

    JPEG = "jpeg"
    PNG = "png"
    TIFF = "tiff"
    WEBP = "webp"
    PDF = "pdf"


_PDF: Final = b"%PDF-"
_PDF_WITHIN: Final = 1024  # where programs still look for the beginning of a PDF
_FROM_PHONES: Final = {
    b"heic": "HEIC", b"heix": "HEIC", b"heim": "HEIC", b"heis": "HEIC", b"hevc": "HEIC",
    b"hevx": "HEIC", b"mif1": "HEIC", b"msf1": "HEIC", b"avif": "AVIF", b"avis": "AVIF",
}  # fmt: skip
_LET_IN: Final = (
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"II*\0", FileKind.TIFF),
    (b"MM\0*", FileKind.TIFF),
    (_PDF, FileKind.PDF),
)
_OTHERS: Final = (
    (b"GIF8", N_("a GIF picture")),
    (b"BM", N_("a BMP picture")),
    (b"II+\0", N_("a TIFF of more than 4 GB")),
    (b"MM\0+", N_("a TIFF of more than 4 GB")),
    (b"PK\x03\x04", N_("an Office document or a ZIP")),
    (b"\xd0\xcf\x11\xe0", N_("an old Office document")),
    (b"MZ", N_("a program")),
    (b"\x7fELF", N_("a program")),
    (b"<", N_("a web page or drawing")),
    (b"{\\rtf", N_("a text document")),
)


def kind_of(raw: bytes) -> FileKind:
    """Return what a file is that may be let in.

    Raises:
        ScanEmpty: nothing is in it.
        ScanFromPhone: a picture in a form that only phones open.
        ScanOfOtherKind: no picture and no PDF.
        ScanTwofold: a picture that could be opened as a PDF too.
    """
    if not raw:
        raise ScanEmpty
    kind = _let_in(raw)
    if kind is None:
        _refuse(raw)
    if kind is not FileKind.PDF and _PDF in raw[:_PDF_WITHIN]:
        raise ScanTwofold(one=kind.value.upper(), other="PDF")
    return kind


def _let_in(raw: bytes) -> FileKind | None:
    if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
        return FileKind.WEBP
    return next((kind for start, kind in _LET_IN if raw.startswith(start)), None)


def _refuse(raw: bytes) -> NoReturn:
    if raw[4:8] == b"ftyp" and (phone := _FROM_PHONES.get(raw[8:12])):
        raise ScanFromPhone(kind=phone)
    told = next((name for start, name in _OTHERS if raw.startswith(start)), N_("something else"))
    raise ScanOfOtherKind(kind=_(told))
