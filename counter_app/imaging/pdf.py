"""What is looked at in a PDF before it is kept as it is: nothing of it is opened."""

import re
from typing import Final

from counter_app.errors import ScanDamaged, ScanProtected, ScanTwofold

_END: Final = b"%%EOF"
_SPACE: Final = b" \t\r\n\0"
_AFTER_END: Final = 1024  # what programs still take for a PDF
_PROTECTED: Final = re.compile(rb"/Encrypt(?![A-Za-z])")
_PAGE: Final = re.compile(rb"/Type\s{0,8}/Page(?![A-Za-z])")
_PACKED: Final = b"/ObjStm"  # pages may stand where only opening would show them
_END_OF_ZIP: Final = b"PK\x05\x06"
_ZIP_WITHIN: Final = 22 + 0xFFFF  # an end of a ZIP with the longest comment


def check_pdf(raw: bytes) -> None:
    """Let a PDF pass that is whole, nothing else besides, and open to everybody.

    Raises:
        ScanDamaged: it has no end.
        ScanTwofold: it could be opened as something else too.
        ScanProtected: it opens by a password only.
    """
    end = raw.rfind(_END)
    if end < 0:
        raise ScanDamaged
    rest = raw[end + len(_END) :].strip(_SPACE)
    if len(rest) > _AFTER_END or _END_OF_ZIP in raw[-_ZIP_WITHIN:]:
        raise ScanTwofold(one="PDF", other="ZIP" if _END_OF_ZIP in raw else _foreign(rest))
    if _PROTECTED.search(raw):
        raise ScanProtected


def pages_of_pdf(raw: bytes) -> int:
    """Return how many pages a PDF seems to have, 0 if only opening it would tell."""
    return 0 if _PACKED in raw else len(_PAGE.findall(raw))


def _foreign(rest: bytes) -> str:
    return "JPEG" if b"\xff\xd8\xff" in rest else "?"
