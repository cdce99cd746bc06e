"""The secret of this PC: without it no password opens the desk, so a stolen backup is no use.

It is a file of its own and never part of a backup.
"""

import hmac
import secrets
from pathlib import Path
from typing import Final

from counter_app.errors import DeviceSecretMissing
from counter_app.keys.durable import put
from counter_app.keys.keyfile import KeyFile
from counter_app.keys.wrapping import check_value

SECRET_NAME: Final = "device.secret"

_SIZE: Final = 32


def new_secret() -> bytes:
    """Return a secret for a PC."""
    return secrets.token_bytes(_SIZE)


def write_secret(folder: Path, secret: bytes) -> None:
    """Make `secret` that of this PC, readable by this account only."""
    put(folder / SECRET_NAME, secret)


def read_secret(folder: Path, keys: KeyFile) -> bytes:
    """Return the secret that the slots in `keys` were made with.

    Raises:
        DeviceSecretMissing: it is not here, or is that of another PC or time.
    """
    path = folder / SECRET_NAME
    try:
        secret = path.read_bytes()
    except FileNotFoundError as error:
        raise DeviceSecretMissing(file=path) from error
    # Told apart from a wrong password, which would cost the officer a try.
    if not hmac.compare_digest(check_value(secret), keys.device_check):
        raise DeviceSecretMissing(file=path)
    return secret
