"""What the desk knows of itself, in the one row that it has for that."""

from typing import Final

import msgspec
import sqlalchemy as sa

from counter_app.domain.desk_profile import DeskProfile
from counter_app.errors import StoreDamaged
from counter_app.i18n import _
from counter_app.wire.codec import encode

_decoder: Final = msgspec.json.Decoder(DeskProfile)


def profile_of(connection: sa.Connection) -> DeskProfile:
    """Return what the desk knows of itself.

    Raises:
        StoreDamaged: it does not say.
    """
    raw = connection.exec_driver_sql("SELECT profile FROM desk").scalar()
    try:
        return _decoder.decode(raw or b"")
    except msgspec.MsgspecError as error:
        raise StoreDamaged(reason=_("the desk's profile cannot be read")) from error


def keep_profile(connection: sa.Connection, profile: DeskProfile) -> None:
    """Put `profile` in place of what the desk has known of itself."""
    connection.exec_driver_sql("DELETE FROM desk")
    connection.exec_driver_sql("INSERT INTO desk (profile) VALUES (?)", (encode(profile),))
