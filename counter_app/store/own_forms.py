"""The office's own law in a backup: procedures, tariffs and papers that it has in its profile.

Each backup holds them as they were when it was made, so an older one holds older ones. Going on
from a backup never mixes two folders: what lies in the profile is the office's last word and
stays, and what the backup has otherwise is laid beside it for a person to compare.
"""

import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from msgspec import Struct

from counter_app.keys.durable import make_folder, move, put
from counter_app.settings import OWN_FORMS
from counter_app.store.trouble import disk_told

_PREFIX: Final = f"{OWN_FORMS}/"
_STAMP: Final = "%Y%m%d-%H%M%S"
_LARGEST: Final = 4 * 1024 * 1024  # bytes; the longest of ours has fifty thousand
# One folder deep, as the program reads them; no way out, no name that a system reads its own way.
_PLACE: Final = re.compile(
    r"(procedures|print|rules)/[^./\\:*?\"<>|\0-\x1f][^/\\:*?\"<>|\0-\x1f]*\.toml"
)


class CarriedForm(Struct, frozen=True, kw_only=True):
    """A file of the office's own law in a backup: its place below forms/, and its hash."""

    path: str
    sha256: str


class CarriedForms(Struct, frozen=True, kw_only=True):
    """The office's own law as it was when a backup was made."""

    files: Sequence[CarriedForm]
    taken_at: datetime


class FoundForms(Struct, frozen=True, kw_only=True):
    """The office's own law in a profile, by place; and what cannot go into a backup, by name."""

    files: Mapping[str, bytes]
    left_out: tuple[str, ...] = ()


class FormsBroughtBack(Struct, frozen=True, kw_only=True):
    """How the office's own law in a profile stands to that in a backup.

    `same` are in both alike. `differing` are not so in the profile: its own stayed, and the
    backup's lie in the folder `aside`. `damaged` are lost in the backup itself.
    """

    same: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()
    aside: Path | None = None


def own_forms(folder: Path) -> FoundForms:
    """Return the office's own law in a profile, as far as it can be read."""
    files, left_out = {}, []
    for path in sorted((folder / OWN_FORMS).glob("*/*.toml")):
        place = path.relative_to(folder / OWN_FORMS).as_posix()
        content = _read(path) if _is_place(place) else None
        if content is None:
            left_out.append(_shown(place))
        else:
            files[place] = content
    return FoundForms(files=files, left_out=tuple(left_out))


def pack_forms(packed: zipfile.ZipFile, files: Mapping[str, bytes]) -> tuple[CarriedForm, ...]:
    """Put the office's own law into a backup."""
    for place, content in files.items():
        packed.writestr(f"{_PREFIX}{place}", content)
    return tuple(
        CarriedForm(path=place, sha256=sha256(content).hexdigest())
        for place, content in files.items()
    )


def unpack_forms(packed: zipfile.ZipFile, carried: CarriedForms, folder: Path) -> None:
    """Bring the office's own law back, unless there is some in `folder`; see `compare_forms`.

    All of it is there on return, or none: what a power cut leaves is begun anew.

    Raises:
        StoreFull, StoreReadOnly: the disk cannot be written.
    """
    whole = dict(_whole(packed, carried.files))
    here = own_forms(folder).files
    if not whole or all(here.get(place) == content for place, content in whole.items()):
        return
    target, aside = folder / OWN_FORMS, _aside(folder, carried)
    if any(path.is_file() for path in target.rglob("*")):
        target = aside
    if target == aside and aside.exists():  # by the same call, before the power went
        return
    unfinished = target.with_name(f"{target.name}.new")
    with disk_told():
        shutil.rmtree(unfinished, ignore_errors=True)
        for place, content in whole.items():
            make_folder((unfinished / place).parent)
            put(unfinished / place, content)
        if target.exists():
            shutil.rmtree(target)  # folders without a file
        move(unfinished, target)


def compare_forms(packed: zipfile.ZipFile, carried: CarriedForms, folder: Path) -> FormsBroughtBack:
    """Say what has become of the office's own law in a backup from which `folder` goes on."""
    whole = dict(_whole(packed, carried.files))
    here = own_forms(folder).files
    same = [place for place, content in whole.items() if here.get(place) == content]
    aside = _aside(folder, carried)
    return FormsBroughtBack(
        same=tuple(same),
        differing=tuple(place for place in whole if place not in same),
        damaged=tuple(_shown(form.path) for form in carried.files if form.path not in whole),
        aside=aside if aside.exists() else None,
    )


def _whole(packed: zipfile.ZipFile, forms: Sequence[CarriedForm]) -> Iterator[tuple[str, bytes]]:
    """Return what is in a backup as it was put there; only places of law are made paths of."""
    for form in forms:
        try:
            part = packed.getinfo(f"{_PREFIX}{form.path}")
            content = packed.read(part) if part.file_size <= _LARGEST else b""
        except (KeyError, zipfile.BadZipFile, EOFError):
            continue
        if _is_place(form.path) and sha256(content).hexdigest() == form.sha256:
            yield form.path, content


def _is_place(place: str) -> bool:
    return _PLACE.fullmatch(place) is not None and place == _shown(place)


def _shown(place: str) -> str:
    """Return a name as it can be written anywhere: some systems let names be any bytes."""
    return place.encode("utf-8", "replace").decode()


def _read(path: Path) -> bytes | None:
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            return None
        return path.read_bytes()
    except OSError:
        return None


def _aside(folder: Path, carried: CarriedForms) -> Path:
    """Return where the law of a backup goes that the profile has otherwise."""
    return folder / f"{OWN_FORMS}-{carried.taken_at:{_STAMP}}"
