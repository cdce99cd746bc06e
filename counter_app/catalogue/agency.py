"""Reads forms/rules/agency.toml."""

from pathlib import Path
from typing import Final

import msgspec

from counter_app import assets
from counter_app.domain.agency import AgencyRules
from counter_app.domain.text import nfc
from counter_app.errors import InvalidForm

AGENCY_FILE: Final = assets.FORMS / "rules" / "agency.toml"


def read_agency_rules(path: Path = AGENCY_FILE) -> AgencyRules:
    """Return what is usual for offices of each kind.

    Raises:
        InvalidForm: the file is missing or not as it should be.
    """
    try:
        return msgspec.toml.decode(nfc(path.read_text("utf-8")), type=AgencyRules)
    except (OSError, ValueError, msgspec.MsgspecError) as error:
        raise InvalidForm(file=f"{path.parent.name}/{path.name}", reason=error) from error
