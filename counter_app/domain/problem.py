"""One thing that is wrong with what was entered, and what keeps a text from being stored."""

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct

from counter_app.domain.text import forbidden
from counter_app.i18n import N_, _, law

LONGEST_LINE: Final = 255
LONGEST_NOTE: Final = 4_000

LABELS: Final[Mapping[str, str]] = {
    "procedure": N_("procedure"),
    "case": N_("case"),
    "applicant": N_("applicant"),
    "submitter": N_("who hands it in"),
    "collector": N_("who fetches the result"),
    "kind": N_("kind"),
    "full_name": N_("full name"),
    "id_number": N_("ID number"),
    "birth_date": N_("birth date"),
    "address": N_("address"),
    "phone": N_("phone"),
    "email": N_("e-mail"),
    "authority": N_("ground to act for the applicant"),
    "document": N_("paper that shows the ground"),
    "issued_on": N_("date of that paper"),
    "competent_agency": N_("deciding agency"),
    "note": N_("note"),
}
_OURS: Final = frozenset(LABELS.values())


class Problem(Struct, frozen=True, kw_only=True):
    """One thing to put right: the field it stands in, and a sentence, or none if it is empty.

    `field` is a path into the intake, as "applicant.full_name", "components.birth_note" or
    "answers.members[2].birth_date". `within` names the person or group that the field is of,
    `row` is its row there, from 1.
    """

    field: str
    label: str
    reason: str = ""
    values: dict[str, object] = {}
    within: str = ""
    row: int = 0

    @property
    def is_missing(self) -> bool:
        """Say whether the field was only left empty."""
        return not self.reason

    @property
    def sentence(self) -> str:
        """Return what is wrong, in the language spoken."""
        return _(self.reason or N_("Please fill this in.")).format(**self.values)

    @property
    def named(self) -> str:
        """Return the field's name in the language spoken."""
        name = _said(self.label)
        if self.row:
            words = _("{group}, row {row}: {name}")
            return words.format(group=_said(self.within), row=self.row, name=name)
        return f"{_said(self.within)}: {name}" if self.within else name


def of_text(path: str, label: str, text: str, longest: int) -> Iterator[Problem]:
    """Walk through what keeps a text of at most `longest` characters from being stored."""
    for reason, values in wrong_in_text(text, longest):
        yield Problem(field=path, label=label, reason=reason, values=values)


def wrong_in_text(text: str, longest: int) -> Iterator[tuple[str, dict[str, object]]]:
    """Walk through the same as sentences and the values that fill them."""
    if len(text) > longest:
        reason = N_("This is too long: {count} characters, and at most {longest} fit.")
        yield reason, {"count": len(text), "longest": longest}
    if strange := forbidden(text):
        reason = N_("This holds a character that cannot be stored ({code}). Type it again.")
        yield reason, {"code": f"U+{ord(strange):04X}"}


def _said(label: str) -> str:
    return _(label) if label in _OURS else law(label)
