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

_BODY_TAG: Final = b"counter-app body 1"
_OPERATION_TAG: Final = b"counter-app operation 1"
_CHAIN_TAG: Final = b"counter-app chain 1"
_FEED_TAG: Final = b"counter-app feed 1"
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
    return _digest(_OPERATION_TAG, header, _digest(_BODY_TAG, nonce, body))


def chain_hash(desk_id: UUID, epoch: int, seq: int, prev_hash: bytes, digest: bytes) -> bytes:
    """Return the hash of the row at `seq` that stands for the operation with hash `digest`."""
    place = desk_id.bytes, epoch.to_bytes(8), seq.to_bytes(8)
    return _digest(_CHAIN_TAG, *place, prev_hash, digest)


def feed_hash(agency: str, prev_hash: bytes, entry: FeedEntry) -> bytes:
    """Return the hash of a feed's row, which holds that of the row before: START for the first.

    Whoever has read the feed of `agency` up to a row can tell by one hash that nothing that
    was told has been changed, left out or told to others in another order.
    """
    return _digest(
        _FEED_TAG,
        agency.encode(),
        entry.seq.to_bytes(8),
        prev_hash,
        entry.op_id.bytes,
        entry.op_hash,
        entry.dossier_version.to_bytes(8),
        entry.verdict.encode(),
        b"\1" if entry.whole else b"\0",
    )


def _digest(tag: bytes, *parts: bytes) -> bytes:
    framed = [_LENGTHS[len(tag)], tag]
    for part in parts:
        size = len(part)
        # Most parts are short, and a centre hashes thousands of them a second.
        framed.append(_LENGTHS[size] if size < _SHORT else size.to_bytes(_LENGTH_SIZE))
        framed.append(part)
    return sha256(b"".join(framed)).digest()


_SHORT: Final = 8192
_LENGTHS: Final = tuple(size.to_bytes(_LENGTH_SIZE) for size in range(_SHORT))
