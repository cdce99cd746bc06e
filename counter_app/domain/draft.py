"""An intake that has been begun and not yet registered."""

from datetime import datetime

from msgspec import Struct

from counter_app.domain.fitting import LeftOut
from counter_app.domain.intake import Intake


class Draft(Struct, frozen=True, kw_only=True):
    """What was typed, with the token that the dossier will be known by.

    The token is drawn with the draft: pressing twice cannot make two dossiers. `left_out` is
    what a newer version of the procedure has no place for, as long as no officer has seen to it.
    `version` is the one of the procedure under which it was typed, 0 if that is not known.
    """

    token: bytes
    officer: str
    intake: Intake
    saved_at: datetime
    left_out: tuple[LeftOut, ...] = ()
    version: int = 0
