"""What the help says; without Qt."""

from typing import Final, Protocol

from msgspec import Struct

from counter_app import __version__
from counter_app.i18n import N_

KEYS: Final = (
    (
        N_("Places"),
        (
            ("F2 · Ctrl+1", N_("New application")),
            ("F3 · Ctrl+2", N_("Search")),
            ("F4 · Ctrl+3", N_("Return results: scan receipts, then the collector's card")),
            ("Ctrl+G", N_("From today's list: hand over for examination")),
            ("F6 · Ctrl+4", N_("Today: list, tiles and drafts")),
            ("F7 · Ctrl+5", N_("Daily summary")),
            ("F8 · Ctrl+6", N_("Centre: what was sent, and what it reports back")),
            ("F11 · Ctrl+7", N_("Queue: give out numbers, and call them")),
            ("Ctrl+8", N_("Register and lists: what waits, printed or as a workbook")),
            ("Ctrl+9", N_("Print jobs: what waits, what failed, what nobody knows of")),
            ("Ctrl+,", N_("Settings")),
            ("F1", N_("These keys")),
            ("Esc", N_("Back one step")),
        ),
    ),
    (
        N_("New application"),
        (
            ("F9", N_("All mandatory papers are there")),
            ("Space", N_("Tick the paper under the cursor")),
            ("Ctrl+Enter", N_("Save, and print the receipt")),
            ("Ctrl+S", N_("Keep as a draft")),
            ("Ctrl+N", N_("Begin with an empty form")),
            ("Ctrl+D", N_("One more for the same person")),
            ("Ctrl+T", N_("Hand over on the spot what was just registered")),
            ("Ctrl+M", N_("Take the money for what was just registered")),
            ("Ctrl+↓ · Ctrl+↑", N_("To the next row of a table, to the one before")),
            ("Ctrl+Del", N_("Take a row out of a table")),
        ),
    ),
    (
        N_("Guidance, many at once"),
        (
            ("F10", N_("Tell what is missing, or see what was told")),
            ("Ctrl+B", N_("Certify line by line, or take in a group's sheet")),
            ("Enter", N_("The next line, with as many copies")),
            ("Del", N_("Take a line out again")),
            ("Ctrl+Enter", N_("Note and print; certify and take the money")),
        ),
    ),
    (
        N_("Dossier"),
        (
            ("Alt+1 … Alt+9", N_("Do what stands on the button")),
            ("Alt+0", N_("All that can be done, and whose work the rest is")),
            ("Ctrl+U", N_("Ask for a supplement, or take it in")),
            ("F9", N_("All papers of the list")),
            ("Ctrl+Enter", N_("Do it, and print what goes with it")),
            ("Ctrl+H", N_("Show ID numbers, or hide them")),
        ),
    ),
    (
        N_("Queue"),
        (
            ("Space · Enter", N_("Call the next number")),
            ("A … H", N_("Give out a number of this group; with Shift, one with priority")),
            ("R · S · V · M", N_("Call again, served, not there, send on to another group")),
        ),
    ),
    (
        N_("Everywhere"),
        (
            ("Ctrl+L", N_("To the scan box")),
            ("Ctrl+P", N_("Print what is shown")),
            ("F5", N_("Look again")),
            ("Ctrl++ · Ctrl+-", N_("Larger, smaller letters")),
            ("F12", N_("Lock the screen")),
            ("Alt+F8", N_("Show the password, or hide it")),
            ("↑ ↓ Enter", N_("Choose in a list, and open")),
            ("Del", N_("Give up the paper that is chosen in the print jobs")),
            ("Tab · Alt+…", N_("To the next field, to the underlined letter")),
        ),
    ),
)

PARTS: Final = (
    ("Qt, PySide6", "LGPL-3.0"),
    ("SQLCipher, sqlcipher3", "BSD-3-Clause, zlib"),
    ("SQLAlchemy, Alembic", "MIT"),
    ("msgspec, click, Babel", "BSD-3-Clause"),
    ("cryptography", "Apache-2.0, BSD-3-Clause"),
    ("httpx, python-zstandard", "BSD-3-Clause"),
    ("argon2-cffi, platformdirs", "MIT"),
    ("ReportLab, qrcode", "BSD-3-Clause"),
    ("XlsxWriter, openpyxl", "BSD-2-Clause, MIT"),
    ("defusedxml, Tomli-W", "PSF-2.0, MIT"),
    ("pypdfium2 (PDFium)", "Apache-2.0, BSD-3-Clause"),
    ("Pillow", "MIT-CMU"),
    ("Noto Sans, Counter Serif (Liberation Serif)", "OFL-1.1"),
    ("Lucide", "ISC"),
)


class HelpState(Struct, frozen=True, kw_only=True):
    """All that the screen shows; the texts are translated where they are shown."""

    version: str = __version__
    keys: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = KEYS
    parts: tuple[tuple[str, str], ...] = PARTS


class _View(Protocol):
    def show_state(self, state: HelpState) -> None: ...


class HelpPresenter:
    """Shows the help; nothing in it changes while the program runs."""

    def attach(self, view: _View) -> None:
        """Show everything in `view`."""
        view.show_state(HelpState())

    def enter(self) -> None:
        """The screen comes into sight; it has nothing to look up."""
