"""Reads forms/rules/: of the program's file, the centre's and the office's, the newest one."""

from pathlib import Path
from typing import TypeVar

from counter_app import assets
from counter_app.catalogue.from_centre import sound_files
from counter_app.catalogue.reading import read_form
from counter_app.domain.form_file import FormFile

F = TypeVar("F", bound=FormFile)

_RULES = "rules"


def read_rules(
    name: str, kind: type[F], *, own: Path | None = None, centre: Path | None = None
) -> F:
    """Return the rules of this name, as "calendar", from forms/rules/ or another folder like it.

    Of several with the same version the office's holds, which may have set its office hours,
    and the centre's before the program's.

    Raises:
        InvalidForm: a file is missing or not as it should be.
    """
    file = f"{name}.toml"
    found = [read_form(assets.FORMS / _RULES / file, kind)]
    found += [read_form(p, kind) for p in sound_files(centre, _RULES) if p.name == file]
    if own and (path := own / _RULES / file).exists():
        found.append(read_form(path, kind))
    return max(reversed(found), key=lambda rules: rules.version)
