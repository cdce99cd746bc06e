"""The slots on their way into a backup and back: with them a backup opens by the recovery key."""

from pathlib import Path

from counter_app.keys.durable import alone
from counter_app.keys.keyfile import decode_keys, read_keys, write_keys


def slots_for_backup(folder: Path) -> bytes:
    """Return the slots as they go into a backup; the secret of this PC stays behind.

    Raises:
        NotConfigured: no desk has been set up in `folder`.
        StoreDamaged: the slots cannot be read.
    """
    return read_keys(folder).raw


def put_slots(folder: Path, raw: bytes) -> None:
    """Make the slots of a backup those of `folder`, whatever was there.

    On the PC that made the backup, the passwords of that day open them again; on any other
    `rebind_device` must follow.

    Raises:
        UnreadableFile: with the place that is wrong; nothing was changed.
        StoreTooNew: the backup was made by a newer release; nothing was changed.
    """
    keys = decode_keys(raw)
    with alone(folder):
        write_keys(folder, keys)
