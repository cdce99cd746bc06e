"""What every error is that a caller may be expected to handle."""

import errno
from collections.abc import Mapping
from typing import ClassVar, Final

from counter_app.i18n import N_, _

_TROUBLES: Final[Mapping[int | None, str]] = {
    errno.ENOENT: N_("there is no such file or folder"),
    errno.EACCES: N_("this account may not do that there"),
    errno.EPERM: N_("this account may not do that there"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOTDIR: N_("a part of the path is no folder"),
    errno.EEXIST: N_("something of this name is there already"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.ELOOP: N_("its links lead round in a circle"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EROFS: N_("the disk can only be read"),
    errno.EIO: N_("the disk does not answer"),
    errno.EADDRINUSE: N_("another program uses this address"),
    errno.EADDRNOTAVAIL: N_("this PC does not have this address"),
}
"""What the system says in its own language, where an officer meets it."""


class CounterError(Exception):
    """Base of the tree above: a message for the officer, and the values that fill it."""

    message: ClassVar[str] = N_("The operation could not be completed.")
    exit_code: ClassVar[int] = 1

    def __init__(self, **values: object) -> None:
        """Keep the values; the sentence is made when it is shown."""
        super().__init__(values)
        self.values = values

    def __str__(self) -> str:
        """Return the sentence in the language of whoever reads it."""
        # Translated here and not where it was raised: that was another thread, or another day.
        return _(self.message).format_map(
            {name: in_words(value) for name, value in self.values.items()}
        )


def in_words(value: object) -> object:
    """Return `value` as it can be shown: of what the system has refused, why."""
    if not isinstance(value, OSError):
        return value
    # Errors of TLS and of the names of hosts count in other numbers.
    is_known = type(value).__module__ == OSError.__module__
    said = _TROUBLES.get(value.errno) if is_known else None
    return _(said) if said else value.strerror or str(value)
