"""Qt's own words (Yes, Cancel, Undo …) in the language spoken: Qt ships none in Vietnamese."""

from typing import Final

from PySide6.QtCore import QObject, QTranslator

from counter_app.i18n import N_, _

_WORDS: Final = {
    "OK": N_("OK"),
    "&OK": N_("OK"),
    "Cancel": N_("Cancel"),
    "&Cancel": N_("Cancel"),
    "&Yes": N_("Yes"),
    "Yes": N_("Yes"),
    "&No": N_("No"),
    "No": N_("No"),
    "Save": N_("Save"),
    "&Save": N_("Save"),
    "Open": N_("Open"),
    "&Open": N_("Open"),
    "Close": N_("Close"),
    "&Close": N_("Close"),
    "Discard": N_("Discard"),
    "Print": N_("Print"),
    "&Print": N_("Print"),
    "&Undo": N_("Undo"),
    "&Redo": N_("Redo"),
    "Cu&t": N_("Cut"),
    "&Copy": N_("Copy"),
    "&Paste": N_("Paste"),
    "Delete": N_("Delete"),
    "Select All": N_("Select all"),
    "Show Details...": N_("Show details…"),
    "Hide Details...": N_("Hide details…"),
    "File &name:": N_("File name:"),
    "Files of &type:": N_("Files of type:"),
    "&Look in:": N_("Look in:"),
    "&New Folder": N_("New folder"),
    "Create New Folder": N_("New folder"),
    "Create a New Folder": N_("New folder"),
    "Back": N_("Back"),
    "Go back": N_("Back"),
    "Forward": N_("Forward"),
    "Go forward": N_("Forward"),
    "Parent Directory": N_("One folder up"),
    "Go to the parent directory": N_("One folder up"),
    "List View": N_("Names only"),
    "Change to list view mode": N_("Names only"),
    "Detail View": N_("With size and date"),
    "Change to detail view mode": N_("With size and date"),
    "Show &hidden files": N_("Show hidden files"),
    "All Files (*)": N_("All files (*)"),
    "Computer": N_("This PC"),
    "Name": N_("File name"),
    "Size": N_("Size"),
    "Type": N_("Type"),
    "Date Modified": N_("Changed on"),
    "Folder": N_("Folder"),
    "Drive": N_("Drive"),
    "%1 already exists.\nDo you want to replace it?": N_(
        "%1 already exists.\nDo you want to replace it?"
    ),
}


class Translator(QTranslator):
    """Answers Qt out of our own catalogue."""

    def translate(
        self,
        _context: str,
        source: str,
        _disambiguation: str | None = None,
        _n: int = -1,
    ) -> str | None:
        """Return Qt's `source` as spoken, or nothing for words that are not ours."""
        known = _WORDS.get(source)
        return _(known) if known else None

    def isEmpty(self) -> bool:
        """Say that there are words here: Qt does not ask an empty translator."""
        return False


def installed_on(app: QObject) -> Translator:
    """Return a translator that lives as long as `app`."""
    return Translator(app)
