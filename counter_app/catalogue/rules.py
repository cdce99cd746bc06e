"""Reads forms/rules/: of the file that comes with the program and the office's, the newer one."""

from pathlib import Path
from typing import TypeVar

from counter_app import assets
from counter_app.catalogue.reading import read_form
from counter_app.domain.form_file import FormFile

F = TypeVar("F", bound=FormFile)

_RULES = "rules"


def read_rules(name: str, kind: type[F], own: Path | None = None) -> F:
    """Return the rules of this name, as "calendar", from forms/rules/ or the office's own folder.

    Of two with the same version the office's holds: it may have set its office hours.

    Raises:
        InvalidForm: a file is missing or not as it should be.
    """
    shipped = read_form(assets.FORMS / _RULES / f"{name}.toml", kind)
    path = own / _RULES / f"{name}.toml" if own else None
    if path is None or not path.exists():
        return shipped
    ours = read_form(path, kind)
    return ours if ours.version >= shipped.version else shipped
