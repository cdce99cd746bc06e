"""A paper as a file: where somebody has asked for it."""

from pathlib import Path

from counter_app.errors import UnwritableFile


def check_place(path: Path) -> None:
    """Let a place pass where a file can be written; what is there is left as it is.

    Raises:
        UnwritableFile: it cannot be written there.
    """
    try:
        was_there = path.exists()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.open("ab").close()
        if not was_there:
            path.unlink()
    except OSError as error:
        raise UnwritableFile(file=path, reason=error) from error


def save_pdf(path: Path, pdf: bytes) -> None:
    """Write `pdf` to `path`, in place of what was there.

    Raises:
        UnwritableFile: it cannot be written there.
    """
    save_file(path, pdf)


def save_file(path: Path, content: bytes) -> None:
    """Write `content` to `path`, in place of what was there.

    Raises:
        UnwritableFile: it cannot be written there.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise UnwritableFile(file=path, reason=error) from error
