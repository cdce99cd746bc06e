"""All that is law at a desk, read from forms/ and from what the office has there of its own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from itertools import groupby
from pathlib import Path

from counter_app import assets
from counter_app.catalogue.from_centre import sound_files
from counter_app.catalogue.payment import read_payment
from counter_app.catalogue.places import read_places
from counter_app.catalogue.print_forms import (
    PRINT_FORMS,
    PrintFormFile,
    PrintForms,
    may_be_of,
    print_forms_of,
)
from counter_app.catalogue.procedures import (
    ProcedureFile,
    by_code,
    procedures_of,
    read_procedures,
)
from counter_app.catalogue.rules import read_rules
from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.dossier_code import Numbering
from counter_app.domain.exemption import Exemptions
from counter_app.domain.form_file import in_force
from counter_app.domain.payment import PaymentRules
from counter_app.domain.places import Places
from counter_app.domain.procedure import Procedure, national_code
from counter_app.domain.queue_rules import QueueRules
from counter_app.domain.reasons import Reasons
from counter_app.domain.steps import Steps
from counter_app.domain.text import fold, matches_name, words
from counter_app.errors import UnknownProcedure
from counter_app.i18n import law


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """The law on any day. Procedures are read at once, the rest when it is first asked for.

    `own` is the office's folder, laid out as forms/ is, and so is `centre`, with what the centre
    has sent; where two hold the same version of something, the office's counts. Nothing in a
    catalogue ever changes: after a file has changed, a new one is loaded.
    """

    versions: Mapping[str, tuple[ProcedureFile, ...]]
    own: Path | None = None
    centre: Path | None = None

    def procedure(self, code: str, day: date) -> ProcedureFile:
        """Return a procedure as it is on `day`; its code may have an agency's suffix.

        Raises:
            UnknownProcedure: there is none with this code, or none in force.
        """
        file = self._in_force(code, day) or self._in_force(national_code(code), day)
        if file is None:
            raise UnknownProcedure(code=code)
        return file

    def procedures(self, day: date) -> list[ProcedureFile]:
        """Return the procedures that are in force on `day`, by field and name."""
        return sorted(
            self._all_in_force(day),
            key=lambda file: (_folded(file.form.field), _folded(file.form.name)),
        )

    def find(self, text: str, day: date, usage: Mapping[str, int]) -> list[ProcedureFile]:
        """Return the procedures that answer what an officer typed, the likeliest first.

        `text` is the beginning of a code, a part of the name, beginnings of its words, or
        letters from among their initials; `usage` tells how often each code is used here.
        Of equals, those used more often come first, then those with shorter names.
        """
        ranked = [(_rank(text, file.form), file) for file in self._all_in_force(day)]
        found = [(rank, file) for rank, file in ranked if rank is not None]
        found.sort(key=lambda hit: (hit[0], *_likeliness(hit[1].form, usage)))
        return [file for _, file in found]

    def print_form(self, form_id: str, day: date) -> PrintFormFile:
        """Return a printed form as it is on `day`.

        Raises:
            InvalidForm: there is none in force, or one of its files is not as it should be.
        """
        # Only its own files: a receipt does not wait until all other forms have been read.
        if form_id not in self._named_forms:
            files = [path for path in self._print_files if may_be_of(path, form_id)]
            self._named_forms[form_id] = print_forms_of(files)
        return self._named_forms[form_id].on(form_id, day)

    def print_forms(self, day: date) -> Sequence[PrintFormFile]:
        """Return all printed forms as they are on `day`.

        Raises:
            InvalidForm: one of the files is not as it should be.
        """
        return self._print_forms.in_force(day)

    @cached_property
    def _named_forms(self) -> dict[str, PrintForms]:
        return {}

    @cached_property
    def calendar(self) -> WorkCalendar:
        """The working days and office hours."""
        return read_rules("calendar", WorkCalendar, own=self.own, centre=self.centre)

    @cached_property
    def numbering(self) -> Numbering:
        """How dossiers are numbered."""
        return read_rules("numbering", Numbering, own=self.own, centre=self.centre)

    @cached_property
    def steps(self) -> Steps:
        """What the law lets a desk do with a dossier, and how often."""
        return read_rules("steps", Steps, own=self.own, centre=self.centre)

    @cached_property
    def reasons(self) -> Reasons:
        """The reasons that are given again and again."""
        return read_rules("reasons", Reasons, own=self.own, centre=self.centre)

    @cached_property
    def queue(self) -> QueueRules:
        """The groups in which people wait, and who is called before others."""
        return read_rules("queue", QueueRules, own=self.own, centre=self.centre)

    @cached_property
    def payment(self) -> PaymentRules:
        """What a receipt has to be, and into which account of this office money goes."""
        return read_payment(own=self.own, centre=self.centre)

    @cached_property
    def exemptions(self) -> Exemptions:
        """Who need not pay, or pays less."""
        return read_rules("exemptions", Exemptions, own=self.own, centre=self.centre)

    @cached_property
    def places(self) -> Places:
        """The provinces and communes."""
        return read_places()

    @cached_property
    def _print_forms(self) -> PrintForms:
        return print_forms_of(self._print_files)

    @cached_property
    def _print_files(self) -> list[Path]:
        files = sorted(PRINT_FORMS.glob("*.toml"))
        files += sound_files(self.centre, "print")
        files += sorted((self.own / "print").glob("*.toml")) if self.own else []
        return files

    def _all_in_force(self, day: date) -> Iterator[ProcedureFile]:
        return (file for code in self.versions if (file := self._in_force(code, day)))

    def _in_force(self, code: str, day: date) -> ProcedureFile | None:
        files = self.versions.get(code, ())
        form = in_force([file.form for file in files], day)
        return next((file for file in files if file.form is form), None)


def load_catalogue(own: Path | None = None, centre: Path | None = None) -> Catalogue:
    """Return the law that comes with the program, and what centre and office add to it.

    A file from the centre that this release cannot read is left out: the law before it holds.

    Raises:
        InvalidForm: one of the other procedures is not as it should be.
    """
    theirs = procedures_of(sound_files(centre, "procedures"))
    ours = read_procedures(own / "procedures") if own else ()
    return Catalogue(versions=by_code(_shipped(), theirs, ours), own=own, centre=centre)


@cache
def _shipped() -> tuple[ProcedureFile, ...]:
    # Once: an update of the program changes these files, and nothing else does.
    return read_procedures(assets.FORMS / "procedures")


def _rank(text: str, form: Procedure) -> tuple[int, bool] | None:
    """Return how well a procedure answers `text`, lowest best; None if it does not."""
    if (code := text.strip()) and form.code.startswith(code):
        return 0, False
    # The name as the law has it, and as the officer reads it.
    ranks = [_name_rank(text, name) for name in {form.name, law(form.name)}]
    return min((rank for rank in ranks if rank is not None), default=None)


def _name_rank(text: str, name: str) -> tuple[int, bool] | None:
    grade = matches_name(text, name)
    # What is spoken as d-k-h is typed for d-k-k-h: a letter that comes twice is typed once.
    return None if grade is None else (grade, _initials(name) != fold(text))


def _likeliness(form: Procedure, usage: Mapping[str, int]) -> tuple[int, int, str]:
    name = _folded(form.name)
    return -usage.get(form.code, 0), len(name.split()), name


@cache
def _initials(name: str) -> str:
    return "".join(letter for letter, _ in groupby(word[0] for word in words(name)))


@cache
def _folded(text: str) -> str:
    return fold(text)
