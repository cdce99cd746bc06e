"""The office that a desk belongs to: what it is called, where it sits and how it is reached.

Its code and names are entered by the office itself: after the mergers of 2025 agencies were
given other codes, and no public list holds them all.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from counter_app.domain.dossier_code import is_agency_code
from counter_app.domain.form_file import FormFile
from counter_app.domain.text import fold, forbidden, tidy
from counter_app.errors import InvalidField
from counter_app.i18n import N_, _

LONGEST_LINE: Final = 255
_LABELS: Final = {
    "code": N_("agency code"),
    "name": N_("name of the agency"),
    "parent_name": N_("agency above it"),
    "unit": N_("name of the reception office"),
    "place": N_("place named beside the date"),
    "address": N_("address"),
    "hotline": N_("hotline"),
    "working_hours": N_("working hours"),
}
_REQUIRED: Final = ("code", "name")


class AgencyKind(StrEnum):
    """Whose reception office it is."""

    COMMUNE = "commune"
    PROVINCE = "province"
    DEPARTMENT = "department"
    CENTRAL = "central"


class Agency(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An agency with its reception office, as the head of a printed form names them.

    `parent_name` is the agency above it, `unit` the office at which the desk stands, `place`
    the word before the date on paper (“Phú Xuân, ngày 05 tháng 3 …”). What is empty is left
    out on paper.
    """

    code: str
    name: str
    kind: AgencyKind = AgencyKind.COMMUNE
    parent_name: str = ""
    unit: str = ""
    place: str = ""
    address: str = ""
    hotline: str = ""
    working_hours: str = ""

    @property
    def letterhead(self) -> tuple[str, ...]:
        """Return what stands at the left of a form's head, line by line, in capitals."""
        return tuple(line.upper() for line in (self.parent_name, self.name, self.unit) if line)

    def check(self) -> None:
        """Let an agency pass whose code and lines can be stored and printed.

        Not done when one is read: what a journal holds was good on the day it was written.

        Raises:
            InvalidField: code or name is empty, the code does not look like one, a line has
                more than 255 characters or one that cannot be stored.
        """
        for field, reason, values in self._problems():
            label = _(_LABELS[field])
            label = label[:1].upper() + label[1:]
            raise InvalidField(field=label, reason=_(reason).format(**values))

    def _problems(self) -> Iterator[tuple[str, str, dict[str, object]]]:
        for field in _LABELS:
            line: str = getattr(self, field)
            if field in _REQUIRED and not line.strip():
                yield field, N_("Please fill this in."), {}
            if len(line) > LONGEST_LINE:
                reason = N_("This is too long: {count} characters, and at most {longest} fit.")
                yield field, reason, {"count": len(line), "longest": LONGEST_LINE}
            if strange := forbidden(line) or next((c for c in line if c in "\n\t"), ""):
                reason = N_("This holds a character that cannot be stored ({code}). Type it again.")
                yield field, reason, {"code": f"U+{ord(strange):04X}"}
        if not is_agency_code(self.code):
            yield "code", N_("An agency code looks like H57.132 or 000.00.19.H47."), {}


class AgencyRule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is usual for agencies whose name begins with one of these words.

    `named_for_its_place`: what follows those words is the place beside the date on paper.
    """

    begins: tuple[str, ...]
    kind: AgencyKind
    unit: str
    named_for_its_place: bool = False

    def rest_of(self, name: str) -> str:
        """Return what follows in a name that this rule fits, or "" for any other."""
        for begin in self.begins:
            if fold(name).startswith(f"{fold(begin)} "):
                return " ".join(name.split()[len(begin.split()) :])
        return ""


class AgencyRules(FormFile, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The schema of forms/rules/agency.toml: what an office need not type at first run.

    `unit` is for a name that no rule fits; of two rules that fit, the first counts.
    """

    unit: str
    rule: tuple[AgencyRule, ...]

    def agency(self, code: str, name: str) -> Agency:
        """Return the agency of which only code and name are known, with what is usual for it.

        Raises:
            InvalidField: code or name cannot be stored and printed.
        """
        agency = Agency(code=tidy(code).upper(), name=tidy(name))
        agency.check()
        for rule in self.rule:
            if rest := rule.rest_of(agency.name):
                place = rest if rule.named_for_its_place else ""
                agency = replace(agency, kind=rule.kind, unit=rule.unit, place=place)
                break
        else:
            agency = replace(agency, unit=self.unit)
        # Some offices enter the reception office itself: its name is not printed twice.
        return replace(agency, unit="") if fold(agency.unit) in fold(agency.name) else agency
