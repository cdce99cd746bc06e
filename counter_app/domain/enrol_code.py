"""The one-time code with which a desk becomes one of the centre's.

It is made at the centre, said to nobody but the desk, and typed or scanned there: 112 random
bits, and the first 48 bits of the hash of the centre's root key, by which the desk knows that
the centre that answers is the one that made the code.
"""

import hmac
from hashlib import sha256
from typing import Final, NamedTuple

from counter_app.domain.typed_secret import GROUPS, WrongGroups, from_groups, in_groups
from counter_app.errors import EnrolCodeMistyped

ENROL_SECRET_SIZE: Final = 14

_ROOT_SIZE: Final = 6


class EnrolCode(NamedTuple):
    """What the code says; `root` is the start of the hash of the centre's root key."""

    secret: bytes
    root: bytes

    def names(self, root_key: bytes) -> bool:
        """Say whether the centre with this root key has made the code."""
        return hmac.compare_digest(sha256(root_key).digest()[:_ROOT_SIZE], self.root)


def print_enrol_code(secret: bytes, root_key: bytes) -> str:
    """Return the code as it is shown at the centre."""
    return in_groups(secret + sha256(root_key).digest()[:_ROOT_SIZE])


def read_enrol_code(text: str) -> EnrolCode:
    """Return what the code says that somebody has typed or scanned.

    Raises:
        EnrolCodeMistyped: with the numbers of the groups that cannot be right.
    """
    try:
        raw = from_groups(text)
    except WrongGroups as error:
        groups = ", ".join(map(str, sorted(error.groups)))
        raise EnrolCodeMistyped(groups=groups, total=GROUPS) from error
    return EnrolCode(raw[:ENROL_SECRET_SIZE], raw[ENROL_SECRET_SIZE:])
