"""What “doctor” asks of the locks. Opens nothing, changes nothing, names nobody."""

import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from counter_app.errors import DeviceSecretMissing, UnreadableFile
from counter_app.keys.device import SECRET_NAME, read_secret
from counter_app.keys.finding import Concern, Finding
from counter_app.keys.keyfile import (
    DAMAGED_NAME,
    KEYS_NAME,
    LEAST_COST,
    PREVIOUS_NAME,
    Cost,
    KeyFile,
    read_generation,
    read_keys,
)

_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def inspect(folder: Path) -> tuple[Finding, ...]:
    """Return what there is to say about the slots in `folder`, problems first.

    Raises:
        NotConfigured: no desk has been set up in `folder`.
        StoreTooNew: it was set up by a newer release.
        StoreDamaged: neither generation of the slots can be read.
    """
    reading = read_keys(folder)
    return (
        *reading.findings,
        *_generations(folder),
        *_device_secret(folder, reading.keys),
        *_open_to_others(folder),
        *_officers(reading.keys),
        Finding(concern=Concern.SECRET_IN_FILE, values={"file": SECRET_NAME}),
    )


def _generations(folder: Path) -> Iterator[Finding]:
    if (folder / DAMAGED_NAME).exists():
        values = {"file": KEYS_NAME, "kept": DAMAGED_NAME}
        yield Finding(concern=Concern.DAMAGED_SET_ASIDE, values=values)
    if not (folder / PREVIOUS_NAME).exists():
        yield Finding(concern=Concern.NO_PREVIOUS, values={"file": PREVIOUS_NAME})
        return
    try:
        read_generation(folder / PREVIOUS_NAME)
    except UnreadableFile:
        yield Finding(concern=Concern.PREVIOUS_DAMAGED, values={"file": PREVIOUS_NAME})


def _device_secret(folder: Path, keys: KeyFile) -> Iterator[Finding]:
    try:
        read_secret(folder, keys)
    except DeviceSecretMissing:
        yield Finding(concern=Concern.NO_DEVICE_SECRET, values={"file": SECRET_NAME})


def _open_to_others(folder: Path) -> Iterator[Finding]:
    if sys.platform == "win32":  # there the folder's access list rules, and modes say nothing
        return
    for name in (SECRET_NAME, KEYS_NAME, PREVIOUS_NAME):
        path = folder / name
        if path.exists() and path.stat().st_mode & _OTHERS:
            yield Finding(concern=Concern.OPEN_TO_OTHERS, values={"file": name})


def _officers(keys: KeyFile) -> Iterator[Finding]:
    cheap = sum(1 for each in keys.accounts if each.slot and _is_cheap(each.slot.cost))
    if cheap:
        yield Finding(concern=Concern.CHEAP_GUESSING, values={"count": cheap})
    if not any(account.leads for account in keys.accounts):
        yield Finding(concern=Concern.NO_SUPERVISOR)


def _is_cheap(cost: Cost) -> bool:
    return cost.memory < LEAST_COST.memory or cost.passes < LEAST_COST.passes
