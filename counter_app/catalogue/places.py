"""Reads forms/rules/places.toml."""

from pathlib import Path
from typing import Final

import msgspec

from counter_app import assets
from counter_app.domain.places import Places, PlacesFile
from counter_app.domain.text import nfc
from counter_app.errors import InvalidForm

PLACES_FILE: Final = assets.FORMS / "rules" / "places.toml"


def read_places(path: Path = PLACES_FILE) -> Places:
    """Return the provinces and communes of a file.

    Raises:
        InvalidForm: the file is missing or not as it should be.
    """
    try:
        return Places(msgspec.toml.decode(nfc(path.read_text("utf-8")), type=PlacesFile))
    except (OSError, ValueError, msgspec.MsgspecError) as error:
        raise InvalidForm(file=f"{path.parent.name}/{path.name}", reason=error) from error
