"""An intake that has been begun and not yet registered."""

from datetime import datetime

from msgspec import Struct

from counter_app.domain.intake import Intake


class Draft(Struct, frozen=True, kw_only=True):
    """What was typed, with the token that the dossier will be known by.

    The token is drawn with the draft: pressing twice cannot make two dossiers.
    """

    token: bytes
    officer: str
    intake: Intake
    saved_at: datetime
