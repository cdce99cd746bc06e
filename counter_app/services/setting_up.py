"""The first run: a new desk with its key, its store and its first officer."""

import secrets
from pathlib import Path
from typing import Final
from uuid import uuid4

from msgspec import Struct
from msgspec.structs import replace

from counter_app import settings
from counter_app.domain.agency import Agency
from counter_app.domain.desk_profile import DeskProfile, check_desk
from counter_app.domain.officer import Officer
from counter_app.domain.text import tidy
from counter_app.errors import ProfileExists, UnwritableFile
from counter_app.keys.device import SECRET_NAME
from counter_app.keys.durable import actionable, make_folder
from counter_app.keys.keyfile import KEYS_NAME, PREVIOUS_NAME, USUAL_COST, Cost
from counter_app.keys.officers import create_keys
from counter_app.settings import STORE_NAME, Settings
from counter_app.store import create_store
from counter_app.wire.signing import SigningKey

ALL_CODES: Final = (1, 9999)


class NewDesk(Struct, frozen=True, kw_only=True):
    """What must be known to set up a desk; `codes` are the numbers it may print each day."""

    office: Agency
    name: str
    language: str
    officer: Officer
    password: str
    codes: tuple[int, int] = ALL_CODES
    standalone: bool = True
    practice: bool = False
    tracking_url: str = ""
    cost: Cost = USUAL_COST


def set_up(folder: Path, wanted: NewDesk) -> str:
    """Make the profile in `folder` and return the recovery key, which is kept nowhere.

    The store comes last: without it there is no desk yet, and whatever stopped the work, the
    same call begins it anew.

    Raises:
        ProfileExists: there is one already.
        InvalidField: code or name of the agency, name or address of the desk cannot be.
        WeakPassword: with the reason.
        InvalidOfficer: the short name of the officer cannot be used.
        UnwritableFile: there can be no folder of this name.
        StoreFull, StoreReadOnly: the disk cannot be written.
    """
    wanted = replace(wanted, name=tidy(wanted.name), tracking_url=wanted.tracking_url.strip())
    wanted.office.check()
    check_desk(wanted.name, wanted.tracking_url)
    _make_room(folder)
    made = create_keys(
        folder,
        language=wanted.language,
        officer=wanted.officer,
        password=wanted.password,
        cost=wanted.cost,
    )
    try:
        with actionable():
            settings.save(folder, _settings(wanted))
        create_store(folder, made.key, _profile(wanted), codes=wanted.codes).close()
    except BaseException:
        _clear(folder)
        raise
    return made.recovery_key


def _make_room(folder: Path) -> None:
    try:
        with actionable():
            make_folder(folder, mode=0o700)
    except OSError as error:
        raise UnwritableFile(file=folder, reason=error) from error
    if settings.has_desk(folder):
        raise ProfileExists(place=folder)
    _clear(folder)


def _clear(folder: Path) -> None:
    """Take away the locks of a desk that never came to be: nobody was told how to open them."""
    if (folder / STORE_NAME).exists():
        return
    with actionable():
        for name in (KEYS_NAME, PREVIOUS_NAME, SECRET_NAME):
            (folder / name).unlink(missing_ok=True)


def _settings(wanted: NewDesk) -> Settings:
    return Settings(
        language=wanted.language,
        office_name=wanted.office.name,
        desk_name=wanted.name,
        last_officer=wanted.officer.id,
    )


def _profile(wanted: NewDesk) -> DeskProfile:
    return DeskProfile(
        id=uuid4(),
        name=wanted.name,
        office=wanted.office,
        epoch=secrets.randbits(63),
        signing_seed=SigningKey.generate().seed,
        tracking_url=wanted.tracking_url,
        standalone=wanted.standalone,
        practice=wanted.practice,
    )
