"""Reads forms/print/: the printed forms, in all versions that there are of each."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

from msgspec import Struct

from counter_app import assets
from counter_app.catalogue.reading import decode_form, name_of, read_bytes
from counter_app.domain.form_file import in_force
from counter_app.domain.print_form import PrintForm
from counter_app.errors import InvalidForm

PRINT_FORMS: Final = assets.FORMS / "print"

_ID: Final = re.compile(rb"""^id[ \t]*=[ \t]*["']([^"'\n]*)["']""", re.MULTILINE)


class PrintFormFile(Struct, frozen=True, kw_only=True):
    """A printed form, and the bytes of its file, which are kept with what is printed by it."""

    form: PrintForm
    raw: bytes


class PrintForms(Struct, frozen=True):
    """The printed forms that there are."""

    files: tuple[PrintFormFile, ...]

    def on(self, form_id: str, day: date) -> PrintFormFile:
        """Return a form as it is on `day`.

        Raises:
            InvalidForm: none is in force.
        """
        files = [file for file in self.files if file.form.id == form_id]
        form = in_force([file.form for file in files], day)
        for file in files:
            if file.form is form:
                return file
        reason = f"no printed form “{form_id}” is in force on {day:%d/%m/%Y}"
        raise InvalidForm(file="print", reason=reason)

    def in_force(self, day: date) -> Sequence[PrintFormFile]:
        """Return every form as it is on `day`, by its id."""
        ids = sorted({file.form.id for file in self.files})
        held = (in_force([f.form for f in self.files if f.form.id == each], day) for each in ids)
        forms = {id(form) for form in held if form}
        found = (file for file in self.files if id(file.form) in forms)
        return sorted(found, key=lambda file: file.form.id)


@lru_cache(maxsize=64)  # every receipt asks, and reading takes as long as printing
def decode_print_form(raw: bytes, file: str) -> PrintForm:
    """Return the printed form that bytes describe, of today or kept from long ago.

    Raises:
        InvalidForm: with the place that is wrong, as in "$.block[2].text".
    """
    return decode_form(raw, PrintForm, file)


def read_print_forms(folders: Iterable[Path] = (PRINT_FORMS,)) -> PrintForms:
    """Return the printed forms in these folders; what a later one has of its own holds.

    Raises:
        InvalidForm: a file is not as it should be.
    """
    return print_forms_of(path for folder in folders for path in sorted(folder.glob("*.toml")))


def print_forms_of(paths: Iterable[Path]) -> PrintForms:
    """Return the printed forms in these files; of the same version of a form, the later one.

    Raises:
        InvalidForm: a file is not as it should be.
    """
    files: dict[tuple[str, int], PrintFormFile] = {}
    for path in paths:
        file = whole_print_form(read_bytes(path), name_of(path))
        files[file.form.id, file.form.version] = file
    return PrintForms(tuple(files.values()))


def may_be_of(path: Path, form_id: str) -> bool:
    """Say whether a file may hold a version of this form, without reading all that it says.

    Raises:
        InvalidForm: it cannot be read.
    """
    head = read_bytes(path).partition(b"\n[")[0]
    said = _ID.search(head)
    return said is None or said[1].decode(errors="replace") == form_id


def whole_print_form(raw: bytes, file: str) -> PrintFormFile:
    """Return a printed form with nothing missing in it.

    Raises:
        InvalidForm: with what is wrong.
    """
    form = decode_print_form(raw, file)
    if form.missing_terms:
        reason = f"terms are missing: {', '.join(form.missing_terms)} - at `$.terms`"
        raise InvalidForm(file=file, reason=reason)
    return PrintFormFile(form=form, raw=raw)
