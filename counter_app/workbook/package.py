"""The package that a workbook is: looked through as bytes before anything of it is understood.

A short file can unpack to gigabytes, or name millions of lines with nothing in them, each of which
costs its time. Counting bytes costs hardly any.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from counter_app.domain.text import visible
from counter_app.errors import UnreadableFile
from counter_app.i18n import N_, _, format_count

MOST_BYTES: Final = 20 * 2**20
MOST_UNPACKED: Final = 100 * 2**20
MOST_RATIO: Final = 100
MOST_PARTS: Final = 1_000
MOST_LINES: Final = 50_000
"""Of all sheets, empty ones too, if the file names them."""

MOST_CELLS: Final = 250_000
"""Of all sheets, empty ones too: 20,000 lines of 12 columns."""

MOST_MARKS: Final = 100_000
"""Of markup in what is no sheet and no text of one: our own workbooks have a few hundred."""

_CHUNK: Final = 2**16
_FORBIDDEN: Final = re.compile(r"vbaProject|externalLinks?/|embeddings/|activeX|\.bin$", re.I)
_MARKUP: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.I)
_COUNTED: Final = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?(row|c|si|t|r)(?=[\s/>])")
_FULL: Final = re.compile(r"xl/(worksheets/[^/]*|sharedStrings)\.xml", re.I)
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"
_PROTECTED: Final = "EncryptedPackage".encode("utf-16-le")
_OPEN_DOCUMENT: Final = b"application/vnd.oasis.opendocument"
_NO_WORKBOOK: Final = N_("it is no workbook (.xlsx)")


def refused(path: Path, reason: str, **values: object) -> UnreadableFile:
    """Return the error that says why a workbook is not read; `reason` is marked for translation."""
    return UnreadableFile(file=visible(path.name), reason=_(reason).format(**values))


def check_package(path: Path, file: IO[bytes]) -> None:
    """Let a package pass that is no larger unpacked than it may be, and holds nothing that acts.

    Raises:
        UnreadableFile: with the limit, or with what it is instead of a workbook.
    """
    if file.read(len(_OLD_OFFICE)) == _OLD_OFFICE:
        raise _old_office(path, file)
    try:
        with ZipFile(file) as package:
            _check_names(path, package)
            left, counted = MOST_UNPACKED, Counter[bytes]()
            for part in package.infolist():
                left -= _check_part(path, package, part, left, counted)
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise refused(path, _NO_WORKBOOK) from error


def _old_office(path: Path, file: IO[bytes]) -> UnreadableFile:
    """Say which of two that begin alike: Excel packs what has a password as if it were old."""
    if _PROTECTED in file.read(MOST_BYTES):
        return refused(path, N_("it opens by a password only: save it without one"))
    return refused(path, N_("it is a workbook of the old kind (.xls): save it as .xlsx"))


def _check_names(path: Path, package: ZipFile) -> None:
    parts = package.infolist()
    if len(parts) > MOST_PARTS:
        raise refused(path, N_("it has more than {most} parts"), most=format_count(MOST_PARTS))
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise _too_large(path)
    kind = next((part for part in parts if part.filename == "mimetype"), None)
    if kind is not None and package.read(kind).startswith(_OPEN_DOCUMENT):
        raise refused(path, N_("it is an OpenDocument sheet (.ods): save it as .xlsx"))
    for part in parts:
        if _FORBIDDEN.search(part.filename):
            reason = N_("it holds a macro or a link to another file: save it as plain .xlsx")
            raise refused(path, reason)


def _check_part(
    path: Path, package: ZipFile, part: ZipInfo, left: int, counted: Counter[bytes]
) -> int:
    """Return how large a part is in truth: what its head says may be a lie."""
    size, marks, rest = 0, 0, b""
    is_markup = part.filename.lower().endswith((".xml", ".rels", ".vml"))
    for chunk in _chunks(package, part):
        size += len(chunk)
        if size > left:
            raise _too_large(path)
        if size > max(MOST_RATIO * part.compress_size, _CHUNK):
            reason = N_("a part of it is packed more than {most} times: no list of an office is")
            raise refused(path, reason, most=MOST_RATIO)
        if not is_markup:
            continue
        if (size == len(chunk) and b"\0" in chunk[:4]) or _MARKUP.search(rest + chunk):
            raise refused(path, N_("it holds markup that no workbook needs"))
        # What begins at the end of a chunk is counted with the next.
        seen, begun, after = (rest + chunk).rpartition(b"<")
        marks += seen.count(b"<")
        if _FULL.fullmatch(part.filename):
            counted.update(_COUNTED.findall(seen))
            _check_counted(path, counted)
        elif marks > MOST_MARKS:
            reason = N_(
                "a part of it has more than {most} marks: copy the list into a new workbook"
            )
            raise refused(path, reason, most=format_count(MOST_MARKS))
        rest = (begun + after)[-_CHUNK:]
    return size


def _chunks(package: ZipFile, part: ZipInfo) -> Iterator[bytes]:
    with package.open(part) as unpacked:
        while chunk := unpacked.read(_CHUNK):
            yield chunk


def _check_counted(path: Path, counted: Counter[bytes]) -> None:
    """Let so many lines and cells pass, whether anything is in them or not."""
    texts = max(counted[b"si"], counted[b"t"], counted[b"r"])
    if counted[b"row"] > MOST_LINES or counted[b"c"] > MOST_CELLS or texts > 2 * MOST_CELLS:
        reason = N_(
            "it has more than {lines} lines or {cells} cells, empty ones too: delete what lies "
            "below and beside the list, and save it"
        )
        lines, cells = format_count(MOST_LINES), format_count(MOST_CELLS)
        raise refused(path, reason, lines=lines, cells=cells)


def _too_large(path: Path) -> UnreadableFile:
    reason = N_("unpacked it has more than {most} MB: no list of an office has")
    return refused(path, reason, most=MOST_UNPACKED >> 20)
