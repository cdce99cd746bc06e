"""What `scans` prints with `--json`."""

from msgspec import Struct


class KeptScan(Struct, frozen=True, kw_only=True):
    """One scan of a dossier; `size` in bytes, `pages` 0 if only opening a PDF would tell.

    `digitised` says where it comes from, `turn` by how many degrees it is turned clockwise.
    """

    scan: str
    component: str
    media: str
    pages: int
    size: int
    sha256: str
    digitised: str
    turn: int


class ScannedPaper(Struct, frozen=True, kw_only=True):
    """One paper of a dossier with its scans in order; `component` "" stands for all others."""

    component: str
    name: str
    handed_in: bool
    scans: list[KeptScan]


class ScansResult(Struct, frozen=True, kw_only=True):
    """The papers of a dossier with their scans; `size` is that of all, in bytes.

    `added` are the scans that this call has added.
    """

    id: str
    code: str
    count: int
    size: int
    papers: list[ScannedPaper]
    added: list[str] = []


class OpenedScan(Struct, frozen=True, kw_only=True):
    """A scan that was written to a file, after it was noted why; `size` in bytes."""

    scan: str
    file: str
    media: str
    size: int
