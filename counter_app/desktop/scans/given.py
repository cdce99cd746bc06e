"""What is dropped on the panel or pasted into it: files of this PC, or pictures without one."""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage

_AS_THEY_ARE = ("image/png", "image/jpeg", "image/webp", "image/tiff")


class Given(NamedTuple):
    """Files and pictures; `unreachable` is what has no file on this PC."""

    files: list[Path]
    pictures: list[bytes]
    unreachable: bool = False


def offers(mime: QMimeData) -> bool:
    """Say whether there may be something to take."""
    return mime.hasUrls() or mime.hasImage() or any(map(mime.hasFormat, _AS_THEY_ARE))


def given(mime: QMimeData) -> Given:
    """Return what there is to take; nothing of it is opened here."""
    urls = mime.urls()
    files = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    if files or urls:
        return Given(files, [], unreachable=not files)
    for form in _AS_THEY_ARE:  # as another program has written it
        if mime.hasFormat(form):
            return Given([], [bytes(mime.data(form).data())])
    return Given([], [_written(mime.imageData())] if mime.hasImage() else [])


def _written(image: object) -> bytes:
    """Return the dots that the system has in its clipboard as a PNG."""
    raw = QByteArray()
    if isinstance(image, QImage):
        buffer = QBuffer(raw)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]  # a text for Qt's own char *
        buffer.close()
    return bytes(raw.data())
