"""The scans of a desk: sealed files beside the database, each on the disk before it is spoken of.

A file is named by what only this store's key can reckon from its contents: neither name nor file
tells whose paper it is, and the same page is kept once. What the journal speaks of is never
removed here; what it does not speak of after a day, a crash has left.
"""

import hmac
import os
import secrets
from collections.abc import Iterable, Iterator
from enum import Enum
from hashlib import sha256
from pathlib import Path
from threading import Lock
from time import time
from typing import Final

import msgspec
import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from msgspec import Struct

from counter_app.errors import ScanLost
from counter_app.keys.durable import make_folder, put
from counter_app.store.trouble import disk_told

FOLDER: Final = "scans"
"""The folder of a profile in which the scans are."""

ORPHAN_AFTER: Final = 24 * 60 * 60
"""Seconds; a page that was kept so long ago, and of which the journal says nothing, goes."""

_TAG: Final = b"CAS1"
_NONCE: Final = 12
_ROOM: Final = 4  # bytes of a length
_NAMES: Final = b"counter-app/scans/name/1"
_SEAL: Final = b"counter-app/scans/seal/1"
_THUMBNAIL: Final = b"/thumbnail"
_CONTENT: Final = b"/content"
_ENDING: Final = ".sealed"
_SHORT: Final = 2  # letters of a name that are its folder
_LEAST_NAME: Final = 64

_SPOKEN_OF: Final = (
    "SELECT position, body FROM operation JOIN operation_body USING (position) "
    "WHERE kind = 'scan_added' AND desk_id IN (SELECT desk_id FROM chain) ORDER BY position"
)


class State(Enum):
    """How a file is that the journal speaks of."""

    WHOLE = "whole"
    MISSING = "missing"
    ALTERED = "altered"


class Sealed(Struct, frozen=True, kw_only=True):
    """A page that is kept: the SHA-256 of its bytes, in hexadecimal, and how many they are."""

    sha256: str
    size: int


class SpokenOf(Struct, frozen=True, kw_only=True):
    """A page that the journal speaks of, and where first."""

    position: int
    sha256: str


class Swept(Struct, frozen=True, kw_only=True):
    """Pages of which the journal says nothing: too young to go yet, and gone."""

    waiting: int = 0
    gone: int = 0


class ScanFiles:
    """The sealed files in one folder, by one store's key."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self.folder: Final = folder / FOLDER
        self._key = key
        self._names = _derived(key, _NAMES)
        self._alone = Lock()  # what is being kept is not swept

    @classmethod
    def beside(cls, folder: Path, other: "ScanFiles") -> "ScanFiles":
        """Return the files in another folder that have the names that `other` gives."""
        return cls(folder, other._key)

    def keep(self, content: bytes, thumbnail: bytes = b"") -> Sealed:
        """Keep a page, and a small picture of it. Both are on the disk on return.

        Raises:
            StoreFull, StoreReadOnly: the disk cannot be written; nothing was kept.
        """
        digest = sha256(content).hexdigest()
        with self._alone, disk_told():
            path = self.path_of(digest)
            make_folder(path.parent, mode=0o700)
            put(path, self._seal(path.stem, content, thumbnail))
        return Sealed(sha256=digest, size=len(content))

    def read(self, digest: str) -> bytes:
        """Return a page, proved to be what was kept.

        Raises:
            ScanLost: it is not there, or not what was kept.
        """
        content = self._content(digest)
        if content is None or sha256(content).hexdigest() != digest:
            raise ScanLost(scan=digest[:12])
        return content

    def thumbnail(self, digest: str) -> bytes:
        """Return the small picture of a page; nothing if there is none, or it is not whole."""
        path = self.path_of(digest)
        try:
            with path.open("rb") as file:
                head = file.read(len(_TAG) + _ROOM)
                length = int.from_bytes(head[len(_TAG) :])
                part = file.read(length) if head.startswith(_TAG) else b""
        except OSError:
            return b""
        return self._unsealed(path.stem, part, _THUMBNAIL) or b""

    def state_of(self, digest: str) -> State:
        """Say whether a page is there and what was kept; reads all of it."""
        if not self.path_of(digest).exists():
            return State.MISSING
        content = self._content(digest)
        whole = content is not None and sha256(content).hexdigest() == digest
        return State.WHOLE if whole else State.ALTERED

    def path_of(self, digest: str) -> Path:
        """Return where a page is kept."""
        return self.place_of(self.name_of(digest))

    def name_of(self, digest: str) -> str:
        """Return the name that only this store's key gives to a page."""
        return hmac.digest(self._names, digest.encode(), "sha256").hex()

    def place_of(self, name: str) -> Path:
        """Return where the page of this name is kept: a folder holds 256th part of them."""
        return self.folder / name[:_SHORT] / f"{name}{_ENDING}"

    def sweep(self, spoken_of: Iterable[SpokenOf], now: float | None = None) -> Swept:
        """Remove what a crash has left more than a day ago; see that nobody writes meanwhile.

        Raises:
            StoreReadOnly: it cannot be removed.
        """
        until = (time() if now is None else now) - ORPHAN_AFTER
        with self._alone, disk_told():
            orphans = self.orphans(spoken_of)
            old = [path for path in orphans if path.stat().st_mtime <= until]
            for path in old:
                path.unlink()
        return Swept(waiting=len(orphans) - len(old), gone=len(old))

    def orphans(self, spoken_of: Iterable[SpokenOf]) -> list[Path]:
        """Return the files of which the journal does not speak, whole or half written."""
        kept = {f"{self.name_of(each.sha256)}{_ENDING}" for each in spoken_of}
        return [Path(each.path) for each in _entries(self.folder) if each.name not in kept]

    def _content(self, digest: str) -> bytes | None:
        path = self.path_of(digest)
        try:
            raw = path.read_bytes()
        except OSError:
            return None
        start = len(_TAG) + _ROOM
        length = int.from_bytes(raw[len(_TAG) : start])
        if not raw.startswith(_TAG):
            return None
        return self._unsealed(path.stem, raw[start + length :], _CONTENT)

    def _seal(self, name: str, content: bytes, thumbnail: bytes) -> bytes:
        cipher = AESGCM(_derived(self._key, _SEAL + name.encode()))
        parts = []
        for purpose, plain in ((_THUMBNAIL, thumbnail), (_CONTENT, content)):
            nonce = secrets.token_bytes(_NONCE)
            parts.append(nonce + cipher.encrypt(nonce, plain, name.encode() + purpose))
        small, large = parts
        return b"".join((_TAG, len(small).to_bytes(_ROOM), small, large))

    def _unsealed(self, name: str, part: bytes, purpose: bytes) -> bytes | None:
        cipher = AESGCM(_derived(self._key, _SEAL + name.encode()))
        nonce, sealed = part[:_NONCE], part[_NONCE:]
        try:
            return cipher.decrypt(nonce, sealed, name.encode() + purpose)
        except (InvalidTag, ValueError):  # cut so short that there is no nonce
            return None


def is_name(text: str) -> bool:
    """Say whether something is a name of a page: nothing else is ever made a path of."""
    return len(text) == _LEAST_NAME and set(text) <= set("0123456789abcdef")


class _OnlyHash(Struct):
    sha256: str


def spoken_of(connection: sa.Connection) -> Iterator[SpokenOf]:
    """Return the pages that this desk's journal speaks of, each once."""
    decoder, seen = msgspec.json.Decoder(_OnlyHash), set()
    for position, body in connection.exec_driver_sql(_SPOKEN_OF):
        try:
            digest = decoder.decode(body).sha256
        except (msgspec.MsgspecError, UnicodeDecodeError):  # found as altered already
            continue
        if digest not in seen:
            seen.add(digest)
            yield SpokenOf(position=position, sha256=digest)


def size_on_disk(folder: Path) -> tuple[int, int]:
    """Return how many scans a profile has, and their bytes: as far as one sees without the key."""
    sizes = [entry.stat().st_size for entry in _entries(folder / FOLDER)]
    return len(sizes), sum(sizes)


def _entries(folder: Path) -> Iterator["os.DirEntry[str]"]:
    if not folder.is_dir():
        return
    for each in os.scandir(folder):
        if each.is_dir():
            yield from (file for file in os.scandir(each) if file.is_file())


def _derived(key: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(key)
