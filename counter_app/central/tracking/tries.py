"""How often somebody may be wrong before the page takes a rest. Only failures count.

A PIN has 30 bits: with these limits, guessing one takes years. A QR code cannot be guessed,
so whoever has the right one is never turned away, however many others fail behind the same
address.
"""

import time
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

MINUTE: Final = 60.0
MOST_OF_ADDRESS: Final = 20
MOST_OF_ALL: Final = 1200
"""Failures within a minute, of one block of addresses and of everybody together."""

QUARTER_HOUR: Final = 900.0
MOST_OF_SUBJECT: Final = 20
"""Failures within a quarter of an hour, with one dossier code or one receipt's token."""

_V4_BITS: Final = 24
_V6_BITS: Final = 56


class Tries:
    """Failures of late, in memory: never more of them than `MOST_OF_ALL` lets in."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._addresses = _Window(MINUTE, MOST_OF_ADDRESS, clock)
        self._all = _Window(MINUTE, MOST_OF_ALL, clock)
        self._subjects = _Window(QUARTER_HOUR, MOST_OF_SUBJECT, clock)

    def too_many(self, address: str, subject: bytes) -> bool:
        """Say whether another failure would be one too many."""
        return (
            self._all.is_full(b"")
            or self._subjects.is_full(subject)
            or self._addresses.is_full(_block(address))
        )

    def failed(self, address: str, subject: bytes) -> None:
        """Count one failure; none beyond the limits, or an attacker could fill the memory."""
        if not self.too_many(address, subject):
            self._all.add(b"")
            self._subjects.add(subject)
            self._addresses.add(_block(address))


class _Window:
    """Counts that begin again at nought whenever `seconds` are over."""

    def __init__(self, seconds: float, most: int, clock: Callable[[], float]) -> None:
        self._seconds = seconds
        self._most = most
        self._clock = clock
        self._began = clock()
        self._counts: dict[bytes, int] = {}

    def is_full(self, key: bytes) -> bool:
        if self._clock() - self._began >= self._seconds:
            self._began = self._clock()
            self._counts.clear()
        return self._counts.get(key, 0) >= self._most

    def add(self, key: bytes) -> None:
        self._counts[key] = self._counts.get(key, 0) + 1


def _block(address: str) -> bytes:
    # One subscriber has many addresses of version 6, and many subscribers one of version 4.
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:  # a socket of this machine has no address
        return b""
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    bits = _V6_BITS if isinstance(parsed, IPv6Address) else _V4_BITS
    return ip_network((parsed, bits), strict=False).network_address.packed
