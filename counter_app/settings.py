"""Where a desk keeps its things, and how its window was left. Nothing here is secret.

The folder is the profile: `desk.db` and `keys.json` with what is secret in them, beside the
settings, the backups and the logs.
"""

import os
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from counter_app.errors import UnreadableFile
from counter_app.i18n import DEFAULT

FILE: Final = "settings.json"
STORE_NAME: Final = "desk.db"
BACKUPS: Final = "backups"
"""The folder of a profile in which the desk keeps its own."""

OWN_FORMS: Final = "forms"
"""The folder of a profile in which the office has law of its own, laid out as forms/ is."""

CENTRE_NOTE: Final = "centre.json"
"""What `doctor` may read of a desk's exchange with its centre."""

NOTED_EVERY: Final = timedelta(minutes=15)

PaperName = Literal["a5", "a4", "roll80"]
"""Sheets, and the roll of a thermal printer that is 80 mm wide."""

Numbering = Literal["tt03-2025", "tt01-2018"]
"""By which circular the printed forms are numbered: "tt03-2025" is the one in force."""

Scale = Literal[100, 125, 150]
SCALES: Final[tuple[Scale, ...]] = (100, 125, 150)
IDLE_MINUTES: Final = (1, 30)
"""The least and the most that may pass before a window without anybody at it locks itself."""


class PaperChoice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where one form is printed, and on what; what is "" is as for every other form."""

    printer: str = ""
    paper: PaperName | Literal[""] = ""


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an office may choose about one PC.

    `scale` is in per cent; `idle_minutes` until the window locks itself; `printer` "" means the
    system's own choice; `print_at_once` sends a receipt to the printer without a preview;
    `window` is where the window stood, in Qt's own words ("" means maximised). `printer` and
    `paper` hold for every form but those in `forms`, by the ids of their files.
    `receipt_copies` is how often a receipt comes out: for the citizen, and for the file.
    `scanner_folder` is where the scanner's own software drops files ("" means nowhere), and
    `scanner_delete` whether they go from there when they are safe.
    `queue_groups` are those that this desk calls for (none means all), `hall_screen` is the name
    of the screen that shows the hall whose turn it is, `hall_open` whether it does so when the
    work begins, and `hall_chime` whether a call is heard too.
    """

    language: str = DEFAULT
    office_name: str = ""
    desk_name: str = ""
    scale: Scale = 100
    dark: bool = False
    idle_minutes: int = 5
    printer: str = ""
    paper: Literal["a5", "a4"] = "a5"
    print_at_once: bool = False
    forms: dict[str, PaperChoice] = {}
    numbering: Numbering = "tt03-2025"
    bilingual: bool = False
    receipt_copies: Literal[1, 2] = 1
    scanner_folder: str = ""
    scanner_delete: bool = False
    queue_groups: tuple[str, ...] = ()
    hall_screen: str = ""
    hall_open: bool = False
    hall_chime: bool = False
    last_officer: str = ""
    window: str = ""

    def choice(self, form: str) -> "PaperChoice":
        """Return where a form is printed and on what; a printer "" is the system's own choice."""
        own, usual = self.forms.get(form, PaperChoice()), self.choice_without(form)
        return PaperChoice(printer=own.printer or usual.printer, paper=own.paper or usual.paper)

    def choice_without(self, form: str) -> "PaperChoice":
        """Return what would hold for a form if nothing were chosen for it alone."""
        return PaperChoice(printer=self.printer, paper=_USUAL.get(form, self.paper))


def on_another_pc(settings: Settings) -> Settings:
    """Return what the office has chosen, without what belongs to the PC that it was chosen at."""
    fresh = Settings()
    papers = {form: PaperChoice(paper=choice.paper) for form, choice in settings.forms.items()}
    return replace(
        settings,
        printer=fresh.printer,
        forms={form: choice for form, choice in papers.items() if choice.paper},
        scanner_folder=fresh.scanner_folder,
        scanner_delete=fresh.scanner_delete,
        hall_screen=fresh.hall_screen,
        hall_open=fresh.hall_open,
        last_officer=fresh.last_officer,
        window=fresh.window,
    )


_USUAL: Final[dict[str, PaperName]] = {
    "ticket": "roll80",
    "register": "a4",
    "hand-over-list": "a4",
    "daily-summary": "a4",
}
"""Forms that are not made for the usual paper."""


def load(folder: Path) -> Settings:
    """Return the settings kept in `folder`, or those a new desk begins with.

    Raises:
        UnreadableFile: somebody edited the file, and it does not parse any more.
    """
    path = folder / FILE
    try:
        return msgspec.json.decode(path.read_bytes(), type=Settings)
    except FileNotFoundError:
        return Settings()
    except (OSError, msgspec.MsgspecError) as error:
        raise UnreadableFile(file=path, reason=error) from error


def save(folder: Path, settings: Settings) -> None:
    """Keep `settings` in `folder`; after a power cut there are the old ones or the new."""
    path = folder / FILE
    temporary = path.with_suffix(".new")
    with temporary.open("wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(settings), indent=2))
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


class CentreNote(Struct, frozen=True, kw_only=True):
    """How a desk stood with its centre, as far as anybody may know: nothing of it is secret.

    `waiting` counts operations, `oldest` is when the first of them was done; `trouble` is the
    class of the error that stood in the way, or "".
    """

    heard_at: datetime | None = None
    waiting: int = 0
    oldest: datetime | None = None
    trouble: str = ""


def centre_note(folder: Path) -> CentreNote | None:
    """Return the note in `folder`; None at a desk without a centre, or if it is no note."""
    try:
        return msgspec.json.decode((folder / CENTRE_NOTE).read_bytes(), type=CentreNote)
    except (OSError, ValueError):  # msgspec's own errors are ValueErrors
        return None


def keep_centre_note(folder: Path, note: CentreNote) -> None:
    """Leave a note in `folder`. It may be lost with the power: the next exchange brings it again.

    A disk that cannot be written is no reason to call the exchange a failure.
    """
    unfinished = folder / f"{CENTRE_NOTE}.new"
    with suppress(OSError):
        unfinished.write_bytes(msgspec.json.encode(note))
        unfinished.replace(folder / CENTRE_NOTE)


def has_desk(folder: Path) -> bool:
    """Say whether a desk was ever set up in `folder`: its store, a part or a backup of it is there.

    What SQLite keeps beside a database would be read into another that got its name.
    """
    names = (STORE_NAME, f"{STORE_NAME}-wal", BACKUPS)
    return any((folder / name).exists() for name in names)
