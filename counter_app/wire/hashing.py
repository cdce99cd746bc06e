"""What makes the journal provable: a hash for each operation, and the chain that links a desk's.

These formats are for ever: paper, backups and the centre hold what they gave. Every part is
preceded by its length, and every purpose has a tag of its own, so that no two different
things are ever the same bytes.
"""

from hashlib import sha256
from typing import Final
from uuid import UUID

from msgspec import Raw, Struct

HASH_SIZE: Final = 32
NONCE_SIZE: Final = 16

START: Final = bytes(HASH_SIZE)
"""What the first row of a chain has in place of the hash of the row before."""

_LENGTH_SIZE: Final = 8


class ChainRow(Struct, frozen=True, kw_only=True):
    """One row of a desk's chain with the operation it stands for, as it travels.

    Header and body are the exact bytes that were hashed.
    """

    epoch: int
    seq: int
    op_id: UUID
    prev_hash: bytes
    hash: bytes
    header: Raw
    nonce: bytes
    body: Raw

    def follows(self, desk_id: UUID, prev_hash: bytes) -> bool:
        """Say whether this is, bit by bit, the row that `desk_id` wrote after `prev_hash`."""
        digest = op_hash(bytes(self.header), self.nonce, bytes(self.body))
        linked = chain_hash(desk_id, self.epoch, self.seq, prev_hash, digest)
        return self.prev_hash == prev_hash and self.hash == linked


class FeedEntry(Struct, frozen=True, kw_only=True):
    """One row of an agency's feed, as far as it is hashed.

    `dossier_version` is 0 for what has no effect; `whole` is False where only the header is told.
    """

    seq: int
    op_id: UUID
    op_hash: bytes
    dossier_version: int
    verdict: str
    whole: bool = True


def op_hash(header: bytes, nonce: bytes, body: bytes) -> bytes:
    """Return the hash of an operation: H(header ‖ H(nonce ‖ body)).

    The body may be erased one day, as the law can ask; without the nonce nobody could then
    find out by trial what it said, and the hash still holds.
    """
    inner = sha256(b"".join((_BODY, _framed(nonce), _framed(body)))).digest()
    return sha256(b"".join((_OPERATION, _framed(header), _framed(inner)))).digest()


def chain_hash(desk_id: UUID, epoch: int, seq: int, prev_hash: bytes, digest: bytes) -> bytes:
    """Return the hash of the row at `seq` that stands for the operation with hash `digest`."""
    place = (_framed(desk_id.bytes), _EIGHT, epoch.to_bytes(8), _EIGHT, seq.to_bytes(8))
    return sha256(b"".join((_CHAIN, *place, _framed(prev_hash), _framed(digest)))).digest()


def feed_hash(agency: str, prev_hash: bytes, entry: FeedEntry) -> bytes:
    """Return the hash of a feed's row, which holds that of the row before: START for the first.

    Whoever has read the feed of `agency` up to a row can tell by one hash that nothing that
    was told has been changed, left out or told to others in another order.
    """
    told = (
        _framed(agency.encode()),
        _EIGHT,
        entry.seq.to_bytes(8),
        _framed(prev_hash),
        _framed(entry.op_id.bytes),
        _framed(entry.op_hash),
        _EIGHT,
        entry.dossier_version.to_bytes(8),
        _framed(entry.verdict.encode()),
        _framed(b"\1" if entry.whole else b"\0"),
    )
    return sha256(b"".join((_FEED, *told))).digest()


def _framed(part: bytes) -> bytes:
    size = len(part)
    # Most parts are short, and a centre hashes thousands of them a second.
    return (_LENGTHS[size] if size < _SHORT else size.to_bytes(_LENGTH_SIZE)) + part


_SHORT: Final = 8192
_LENGTHS: Final = tuple(size.to_bytes(_LENGTH_SIZE) for size in range(_SHORT))
_EIGHT: Final = _LENGTHS[8]
_BODY: Final = _framed(b"counter-app body 1")
_OPERATION: Final = _framed(b"counter-app operation 1")
_CHAIN: Final = _framed(b"counter-app chain 1")
_FEED: Final = _framed(b"counter-app feed 1")
