"""The QR code of a receipt, as bars.

The library lays out the modules. The words that it lays out are reckoned here: many times as
fast, error correction being a division of whole numbers and not coefficient by coefficient;
and the library stumbles over a block of zeros. A test compares them with the library's own.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

QR_BORDER: Final = 4  # modules that stay white around the code

# Which of the eight patterns is laid over the modules. The library's own choice takes four
# times as long and differs between releases, and a reprint must not.
MASK: Final = 2
_LATEST: Final = 40  # versions, each four modules larger than the one before
_DIGITS: Final = 1
_CAPITALS: Final = 2
_BYTES: Final = 4
_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_PADDING: Final = "1110110000010001"
_PARTS: Final = re.compile(r"(?P<before>.*?)(?P<digits>[0-9]*)", re.DOTALL)


def qr_bars(text: str) -> tuple[int, list[tuple[int, int, int]]]:
    """Return how many modules a QR code has on a side with its border, and its black bars.

    A bar is (column, row, columns). The digits at the end of `text` are held as a number,
    which needs half the room.

    Raises:
        ValueError: it is too long for any QR code.
    """
    modules = qr_modules(text)
    bars = [
        (start + QR_BORDER, row + QR_BORDER, end - start)
        for row, line in enumerate(modules)
        for start, end in _runs(line)
    ]
    return len(modules) + 2 * QR_BORDER, bars


def qr_modules(text: str) -> list[list[bool]]:
    """Return the modules row by row, black ones true, without a border; level M."""
    # Not with the module: a start of the program need not wait for it.
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    match = _PARTS.fullmatch(text)
    parts = [_part(part) for part in (match.groups() if match else (text,)) if part]
    version = _version(parts)
    code = QRCode(version=version, error_correction=ERROR_CORRECT_M, mask_pattern=MASK)
    code.data_cache = _words(parts, version)
    code.makeImpl(False, MASK)  # and not make(), which would reckon the words once more
    return list(code.modules)


def _runs(line: list[bool]) -> Iterable[tuple[int, int]]:
    """Return where the black modules of a row begin and end."""
    black = "".join("#" if module else " " for module in line)
    return (match.span() for match in re.finditer("#+", black))


def _part(text: str) -> tuple[int, int, str]:
    """Return the mode of a part of the text, how long it is, and its bits."""
    if text.isascii() and text.isdigit():
        triples = [text[n : n + 3] for n in range(0, len(text), 3)]
        return _DIGITS, len(text), "".join(f"{int(t):0{3 * len(t) + 1}b}" for t in triples)
    if all(sign in _ALPHABET for sign in text):
        values = [_ALPHABET.index(sign) for sign in text]
        pairs = [f"{45 * a + b:011b}" for a, b in zip(values[::2], values[1::2], strict=False)]
        return _CAPITALS, len(text), "".join(pairs) + (f"{values[-1]:06b}" if len(text) % 2 else "")
    raw = text.encode()
    return _BYTES, len(raw), "".join(f"{byte:08b}" for byte in raw)


def _version(parts: list[tuple[int, int, str]]) -> int:
    for version in range(1, _LATEST + 1):
        if len(_bits(parts, version)) <= 8 * sum(_blocks(version)[0]):
            return version
    raise ValueError("too long for a QR code")


def _bits(parts: list[tuple[int, int, str]], version: int) -> str:
    from qrcode.util import length_in_bits

    return "".join(
        f"{mode:04b}{length:0{length_in_bits(mode, version)}b}{bits}"
        for mode, length, bits in parts
    )


@cache
def _blocks(version: int) -> tuple[tuple[int, ...], int]:
    """Return how many words of data each block of a version has, and how many of correction."""
    from qrcode.base import rs_blocks
    from qrcode.constants import ERROR_CORRECT_M

    blocks = rs_blocks(version, ERROR_CORRECT_M)
    return tuple(b.data_count for b in blocks), blocks[0].total_count - blocks[0].data_count


def _words(parts: list[tuple[int, int, str]], version: int) -> list[int]:
    """Return the words of all blocks by turns, first of data and then of correction."""
    sizes, correction = _blocks(version)
    room = 8 * sum(sizes)
    bits = _bits(parts, version)
    bits += "0" * min(4, room - len(bits))
    bits += "0" * (-len(bits) % 8)
    bits += (_PADDING * room)[: room - len(bits)]
    data = int(bits, 2).to_bytes(sum(sizes), "big")
    blocks, start = [], 0
    for size in sizes:
        blocks.append(data[start : start + size])
        start += size
    checks = [_correction(block, correction) for block in blocks]
    return [*_by_turns(blocks), *_by_turns(checks)]


def _by_turns(blocks: list[bytes]) -> list[int]:
    longest = max(map(len, blocks))
    return [block[n] for n in range(longest) for block in blocks if n < len(block)]


def _correction(data: bytes, size: int) -> bytes:
    """Return the remainder of the data divided by the generator of `size` words."""
    multiples = _multiples(size)
    top, whole, rest = 8 * (size - 1), (1 << 8 * size) - 1, 0
    for word in data:
        rest = (rest << 8 & whole) ^ multiples[word ^ rest >> top]
    return rest.to_bytes(size, "big")


@cache
def _multiples(size: int) -> list[int]:
    """Return the generator polynomial times each word, its coefficients as bytes of a number."""
    from qrcode.base import EXP_TABLE

    generator = [1]
    for root in range(size):
        shifted, times = [*generator, 0], [0, *(_times(g, EXP_TABLE[root]) for g in generator)]
        generator = [a ^ b for a, b in zip(shifted, times, strict=True)]
    return [
        int.from_bytes(bytes(_times(word, g) for g in generator[1:]), "big") for word in range(256)
    ]


def _times(a: int, b: int) -> int:
    """Return the product of two words in the field of 256."""
    from qrcode.base import EXP_TABLE, LOG_TABLE

    return int(EXP_TABLE[(LOG_TABLE[a] + LOG_TABLE[b]) % 255]) if a and b else 0
