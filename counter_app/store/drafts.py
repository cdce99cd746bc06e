"""What the home screen asks after a crash: the intakes that were begun and not registered."""

from typing import Final

import msgspec
import sqlalchemy as sa

from counter_app.domain.draft import Draft

_decoder: Final = msgspec.json.Decoder(Draft)


def drafts(connection: sa.Connection, officer: str) -> list[Draft]:
    """Return the drafts of one officer, the latest first."""
    query = "SELECT draft FROM draft WHERE officer = ? ORDER BY saved_at DESC"
    return [_decoder.decode(raw) for (raw,) in connection.exec_driver_sql(query, (officer,))]


def draft_of(connection: sa.Connection, token: bytes) -> Draft | None:
    """Return the draft with this token, whoever has begun it."""
    query = "SELECT draft FROM draft WHERE token = ?"
    raw = connection.exec_driver_sql(query, (token,)).scalar()
    return None if raw is None else _decoder.decode(raw)
