"""What cannot be true of a person, business or agency, and of what lets one act for another."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from counter_app.domain.identity import DocumentKind, document_kind
from counter_app.domain.partial_date import parse_partial_date
from counter_app.domain.party import Authority, AuthorityKind, Party, PartyKind
from counter_app.domain.phone import parse_phone
from counter_app.domain.problem import LABELS, LONGEST_LINE, Problem, wrong_in_text
from counter_app.domain.tax_code import parse_tax_code
from counter_app.errors import ImpossibleDate
from counter_app.i18n import N_

_PERSONAL_DIGITS: Final = 12
_TEXTS: Final = ("full_name", "id_number", "address", "phone", "email")

Wrong = tuple[str, dict[str, object]]


def of_party(who: str, party: Party, today: date, *, within: str = "") -> Iterator[Problem]:
    """Walk through what is wrong with a tidied person, business or agency at the path `who`."""

    def at(name: str, reason: str = "", **values: object) -> Problem:
        path, label = f"{who}.{name}", LABELS[name]
        return Problem(field=path, label=label, reason=reason, values=values, within=within)

    if not party.full_name:
        yield at("full_name")
    for name in _TEXTS:
        yield from (at(name, r, **v) for r, v in wrong_in_text(getattr(party, name), LONGEST_LINE))
    if party.kind is PartyKind.PERSON:
        yield from (at("id_number", r, **v) for r, v in _of_person_number(party.id_number))
    elif party.id_number and parse_tax_code(party.id_number) is None:
        yield at("id_number", N_("A tax code has 10, 12 or 13 digits."))
    yield from (at("birth_date", r, **v) for r, v in _of_past_date(party.birth_date, today))
    if party.phone and parse_phone(party.phone) is None:
        yield at("phone", N_("This is no telephone number of Vietnam. Example: 0912 345 678."))
    if party.email and not _is_email(party.email):
        yield at("email", N_("An e-mail address looks like ten@example.vn."))


def of_authority(authority: Authority, today: date) -> Iterator[Problem]:
    """Walk through what is wrong with the ground on which somebody acts for the applicant.

    Only a power of attorney needs a paper here: the others show in the papers of the dossier.
    """

    def at(name: str, reason: str = "", **values: object) -> Problem:
        path = f"authority.{name}"
        return Problem(field=path, label=LABELS[name], reason=reason, values=values)

    if authority.kind is AuthorityKind.AUTHORISED and not authority.document:
        yield at("document")
    for reason, values in wrong_in_text(authority.document, LONGEST_LINE):
        yield at("document", reason, **values)
    for reason, values in _of_past_date(authority.issued_on, today):
        yield at("issued_on", reason, **values)


def wrong_date(typed: str) -> Wrong | None:
    """Return why `typed` is no date, or nothing."""
    try:
        parse_partial_date(typed)
    except ImpossibleDate:
        reason = N_("{typed} is not in any calendar. Type day/month/year, as 05/03/1990.")
        return reason, {"typed": typed[:40]}
    return None


def _of_person_number(number: str) -> Iterator[Wrong]:
    if number and document_kind(number) is DocumentKind.OTHER and number.isdigit():
        reason = N_("An ID number has {right} digits (this has {count}).")
        yield reason, {"right": _PERSONAL_DIGITS, "count": len(number)}


def _of_past_date(typed: str, today: date) -> Iterator[Wrong]:
    if not typed:
        return
    if wrong := wrong_date(typed):
        yield wrong
        return
    past = parse_partial_date(typed)
    if past.in_future(today):
        yield N_("{typed} is still to come. Check the year."), {"typed": f"{past}"}


def _is_email(text: str) -> bool:
    name, at, host = text.rpartition("@")
    return bool(name and at and "." in host.strip(".")) and " " not in text
