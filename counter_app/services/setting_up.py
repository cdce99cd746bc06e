"""The first run: a new desk with its key, its store and its first officer."""

import secrets
from pathlib import Path
from typing import Final
from uuid import uuid4

from msgspec import Struct

from counter_app import settings
from counter_app.domain.agency import Agency
from counter_app.domain.desk_profile import DeskProfile
from counter_app.domain.officer import Officer
from counter_app.domain.text import tidy
from counter_app.errors import ProfileExists
from counter_app.keys.keyfile import USUAL_COST, Cost, has_keys
from counter_app.keys.officers import create_keys
from counter_app.settings import Settings
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

    Raises:
        ProfileExists: there is one already.
        InvalidField: code or name of the agency cannot be.
        WeakPassword: with the reason.
        InvalidOfficer: the short name of the officer cannot be used.
    """
    wanted.office.check()
    folder.mkdir(parents=True, exist_ok=True)
    if has_keys(folder):
        raise ProfileExists(place=folder)
    made = create_keys(
        folder,
        language=wanted.language,
        officer=wanted.officer,
        password=wanted.password,
        cost=wanted.cost,
    )
    profile = DeskProfile(
        id=uuid4(),
        name=tidy(wanted.name),
        office=wanted.office,
        epoch=secrets.randbits(63),
        signing_seed=SigningKey.generate().seed,
        tracking_url=wanted.tracking_url,
        standalone=wanted.standalone,
        practice=wanted.practice,
    )
    create_store(folder, made.key, profile, codes=wanted.codes).close()
    kept = Settings(
        language=wanted.language,
        office_name=wanted.office.name,
        desk_name=profile.name,
        last_officer=wanted.officer.id,
    )
    settings.save(folder, kept)
    return made.recovery_key
