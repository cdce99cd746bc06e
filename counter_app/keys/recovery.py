"""The recovery key: drawn once, printed once, and typed by whoever opens a backup elsewhere."""

import secrets

from counter_app.domain.typed_secret import (
    GROUPS,
    SECRET_SIZE,
    WrongGroups,
    from_groups,
    in_groups,
)
from counter_app.errors import RecoveryKeyMistyped


def new_recovery() -> bytes:
    """Return a recovery key."""
    return secrets.token_bytes(SECRET_SIZE)


def printed(recovery: bytes) -> str:
    """Return the recovery key as it stands on paper."""
    return in_groups(recovery)


def typed(text: str) -> bytes:
    """Return the recovery key that somebody has typed; case, blanks and O for 0 do not matter.

    Raises:
        RecoveryKeyMistyped: with the numbers of the groups that cannot be right.
    """
    try:
        return from_groups(text)
    except WrongGroups as error:
        groups = ", ".join(map(str, sorted(error.groups)))
        raise RecoveryKeyMistyped(groups=groups, total=GROUPS) from error
