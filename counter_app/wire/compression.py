"""Making small what desk and centre send each other (zstd, with a dictionary of our own words).

The dictionary holds what every push says anyway: names of fields, of procedures and of papers.
Each frame names the dictionary it was made with, so that a later one can come beside this.
"""

import threading
from functools import cache
from typing import Final

import zstandard

from counter_app import assets

DICTIONARY_ID: Final = 32_769
"""That of resources/wire/push-1.dict; those below are kept for a public register."""

_NAME: Final = "push-1.dict"
_SMALL: Final = 8 * 1024
_LEVEL: Final = 3  # more is slow, and makes hardly less
_LEVEL_OF_SMALL: Final = 19  # one receipt: a tenth less on a slow line, for some milliseconds


class _Contexts(threading.local):
    """What a thread compresses with: made once, and good for one call at a time."""

    def __init__(self) -> None:
        words = _dictionary()
        self.small = zstandard.ZstdCompressor(level=_LEVEL_OF_SMALL, dict_data=words)
        self.large = zstandard.ZstdCompressor(level=_LEVEL, dict_data=words)
        self.back = zstandard.ZstdDecompressor(dict_data=words)


def pack(raw: bytes) -> bytes:
    """Return `raw` made small."""
    contexts = _contexts()
    return (contexts.small if len(raw) <= _SMALL else contexts.large).compress(raw)


def unpack(packed: bytes, *, most: int) -> bytes:
    """Return what was made small; never more than `most` bytes are reserved for it.

    Raises:
        ValueError: it is junk, cut or followed by something, it was made with a dictionary
            that is not known here, or there would be more than `most` bytes.
    """
    try:
        # Before anything is reserved: a frame of a few bytes can claim to hold a gigabyte.
        frame = zstandard.get_frame_parameters(packed)
        if frame.content_size > most:  # also what stands for "not told", which `pack` tells
            raise ValueError(f"there are more than {most} bytes in it")
        if frame.dict_id not in {0, DICTIONARY_ID}:
            raise ValueError(f"it was made with the dictionary {frame.dict_id}")
        return _contexts().back.decompress(packed, read_across_frames=False, allow_extra_data=False)
    except zstandard.ZstdError as error:
        raise ValueError(str(error)) from error


@cache
def _contexts() -> _Contexts:
    return _Contexts()


@cache
def _dictionary() -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict((assets.RESOURCES / "wire" / _NAME).read_bytes())
