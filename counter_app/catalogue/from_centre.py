"""Law that the centre has sent: which files it may be, and which of them can be used."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from counter_app.catalogue.print_forms import whole_print_form
from counter_app.catalogue.procedures import decode_procedure
from counter_app.catalogue.reading import decode_form, name_of, read_bytes
from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.dossier_code import Numbering
from counter_app.domain.exemption import Exemptions
from counter_app.domain.form_file import FormFile
from counter_app.domain.payment import PaymentRules
from counter_app.domain.queue_rules import QueueRules
from counter_app.domain.reasons import Reasons
from counter_app.domain.steps import Steps
from counter_app.errors import InvalidForm

FOLDER: Final = "forms-from-centre"
"""The folder of a profile in which it stands, laid out as forms/ is."""

# No way out of the folder, and no name that any system takes for something else.
_DEVICES: Final = r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])\."
_PATH: Final = re.compile(
    rf"(procedures|print|rules)/(?!{_DEVICES})[a-z0-9][a-z0-9_.-]{{0,80}}\.toml"
)

Version = tuple[str, str, int]

_RULES: Final[Mapping[str, type[FormFile]]] = {
    "rules/calendar.toml": WorkCalendar,
    "rules/exemptions.toml": Exemptions,
    "rules/numbering.toml": Numbering,
    "rules/payment.toml": PaymentRules,
    "rules/queue.toml": QueueRules,
    "rules/reasons.toml": Reasons,
    "rules/steps.toml": Steps,
}


def is_ours(path: str) -> bool:
    """Say whether this release uses a file at this place; another release's are left alone."""
    if path.startswith("rules/"):
        return path in _RULES
    return _PATH.fullmatch(path) is not None


def check_law(files: Iterable[tuple[str, bytes]]) -> None:
    """Let files pass, by place and content, that can be used as they are, and side by side.

    Raises:
        InvalidForm: with the file and the place in it that is wrong.
    """
    seen: dict[Version, str] = {}
    for path, raw in files:
        other = seen.setdefault(_version(path, raw), path)
        if other != path:
            raise InvalidForm(file=path, reason=f"{other} is the same version already")


def sound_files(folder: Path | None, part: str) -> list[Path]:
    """Return the files in a part of the centre's folder, as "procedures", that can be used.

    They could when they came; a later release may want what an older file does not have.
    """
    sound: dict[Version, Path] = {}
    for path in sorted((folder / part).glob("*.toml")) if folder else ():
        try:
            sound.setdefault(_version(name_of(path), read_bytes(path)), path)
        except InvalidForm:
            continue
    return list(sound.values())


def _version(path: str, raw: bytes) -> Version:
    """Return what a file is a version of, and which."""
    if not is_ours(path):
        raise InvalidForm(file=path, reason="no law stands at this place")
    if path.startswith("procedures/"):
        procedure = decode_procedure(raw, path).ref
        return "procedures", procedure.code, procedure.version
    if path.startswith("print/"):
        form = whole_print_form(raw, path).form
        return "print", form.id, form.version
    return "rules", path, decode_form(raw, _RULES[path], path).version
