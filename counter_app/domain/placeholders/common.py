"""What several kinds of paper say: the office, an application, its people, papers and money."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final, get_args

from counter_app.domain.agency import Agency
from counter_app.domain.channel import Channel, ReturnChannel
from counter_app.domain.deadline import Unit
from counter_app.domain.fee import FeeKind, total_of
from counter_app.domain.money_words import money_words
from counter_app.domain.operation import Received
from counter_app.domain.party import Party
from counter_app.domain.placeholders.kind import Cell, Terms, Value, plain
from counter_app.domain.receipt_code import parse_receipt_code
from counter_app.i18n import format_count, format_long_date


def office(of: Callable[[Any], Agency], desk_name: Callable[[Any], str]) -> dict[str, Value]:
    """Return the placeholders that every paper of an office has."""
    return {
        "parent_agency": lambda paper, _terms: of(paper).parent_name,
        "agency": lambda paper, _terms: of(paper).name,
        "parent_agency_capitals": lambda paper, _terms: of(paper).parent_name.upper(),
        "agency_capitals": lambda paper, _terms: of(paper).name.upper(),
        "unit": lambda paper, _terms: of(paper).unit,
        "unit_capitals": lambda paper, _terms: of(paper).unit.upper(),
        "office_address": lambda paper, _terms: of(paper).address,
        "hotline": lambda paper, _terms: of(paper).hotline,
        "working_hours": lambda paper, _terms: of(paper).working_hours,
        "desk": lambda paper, _terms: desk_name(paper),
    }


def people(
    applicant: Callable[[Any], Party], submitter: Callable[[Any], Party | None]
) -> dict[str, Value]:
    """Return whose application it is, and who came for them, if it was another."""

    def other(paper: Any) -> Party:
        came = submitter(paper)
        return Party() if came is None or came == applicant(paper) else came

    return {
        "applicant": plain(lambda p: applicant(p).full_name),
        "applicant_id": plain(lambda p: applicant(p).id_number),
        "applicant_address": plain(lambda p: applicant(p).address),
        "applicant_phone": plain(lambda p: applicant(p).phone),
        "applicant_email": plain(lambda p: applicant(p).email),
        "submitter": plain(lambda p: other(p).full_name),
        "submitter_id": plain(lambda p: other(p).id_number),
        "submitter_phone": plain(lambda p: other(p).phone),
        "signer": plain(lambda p: other(p).full_name or applicant(p).full_name),
    }


def application(of: Callable[[Any], Received]) -> dict[str, Value]:
    """Return what was recorded when an application was received."""

    def value(says: Callable[[Received], str]) -> Value:
        return lambda paper, _terms: says(of(paper))

    return {
        **people(lambda p: of(p).applicant, lambda p: of(p).submitter),
        "dossier_code": value(lambda r: r.code),
        "procedure": value(lambda r: r.procedure.name),
        "procedure_code": value(lambda r: r.procedure.code),
        "field": value(lambda r: r.procedure.field),
        "case": value(lambda r: r.case_name),
        "sets": value(lambda r: two_digits(r.sets)),
        "deadline": lambda paper, terms: _deadline(of(paper), terms),
        "received_hour": value(lambda r: hour(r.received_at)),
        "received_minute": value(lambda r: minute(r.received_at)),
        "received_date": value(lambda r: long_date(r.received_at)),
        "return_channel": lambda p, terms: terms["return_channel"][of(p).return_channel.value],
        "channel": lambda p, terms: terms["channel"][of(p).channel.value],
        "register_entry": value(lambda r: count(r.register_entry)),
        "note": value(lambda r: r.note),
        "receipt_payload": value(lambda r: r.receipt),
        "tracking_address": value(_tracking_address),
        "pin": value(_pin),
        "practice": lambda p, terms: terms["mark"]["practice"] if of(p).practice else "",
    }


PRACTICE: Final = {"practice": frozenset({"mark.practice"})}
CHANNELS: Final = frozenset(f"channel.{channel.value}" for channel in Channel)
RETURN_CHANNELS: Final = frozenset(f"return_channel.{channel.value}" for channel in ReturnChannel)
UNKNOWN_FEE: Final = frozenset({"fee.unknown"})

APPLICATION_TERMS: Final[Mapping[str, frozenset[str]]] = {
    **PRACTICE,
    "deadline": frozenset(f"deadline.{unit}" for unit in (*get_args(Unit), "extension")),
    "channel": CHANNELS,
    "return_channel": RETURN_CHANNELS,
    "papers.shown": frozenset({"paper.shown"}),
    "fees.kind": frozenset(f"fee.{kind.value}" for kind in FeeKind),
    "fees.unit_amount": UNKNOWN_FEE,
    "fees.amount": UNKNOWN_FEE,
}
"""The words that an application's values and tables are given in."""


def moment(name: str, instant: Callable[[Any], datetime | None]) -> dict[str, Value]:
    """Return an instant as forms write it: `name`_hour, `name`_minute and `name`_date."""
    return {
        f"{name}_hour": plain(lambda paper: hour(instant(paper))),
        f"{name}_minute": plain(lambda paper: minute(instant(paper))),
        f"{name}_date": plain(lambda paper: long_date(instant(paper))),
    }


def place_date(place: str, day: date) -> str:
    """Return what stands at the right of a paper's head: “Phú Xuân, ngày 05 tháng 3 …”."""
    return ", ".join(part for part in (place, format_long_date(day)) if part)


def two_digits(number: int) -> str:
    """Return a number as official papers have it: before one below ten nobody can add a digit."""
    return f"{number:02d}"


def count(number: int) -> str:
    """Return how many there are, or "" for none."""
    return two_digits(number) if number else ""


def money(amount: int | None, terms: Terms) -> str:
    """Return an amount of dong in figures, or the form's word for what is not known."""
    return terms["fee"]["unknown"] if amount is None else format_count(amount)


def hour(instant: datetime | None) -> str:
    """Return the hour of an instant in two digits."""
    return f"{instant:%H}" if instant else ""


def minute(instant: datetime | None) -> str:
    """Return the minute of an instant in two digits."""
    return f"{instant:%M}" if instant else ""


def long_date(instant: datetime | None) -> str:
    """Return the day of an instant in words."""
    return format_long_date(instant.date()) if instant else ""


def short_instant(instant: datetime | None) -> str:
    """Return an instant as lists have it, or ""."""
    return f"{instant:%H:%M %d/%m/%Y}" if instant else ""


def short_date(instant: datetime | None) -> str:
    """Return the day of an instant as lists have it, or ""."""
    return f"{instant:%d/%m/%Y}" if instant else ""


def fee_total(received: Received) -> int | None:
    """Return what is owed, or None as long as a council's sum is not known here."""
    known = all(line.amount is not None for line in received.fees)
    return total_of(received.fees) if received.fees and known else None


def fee_total_words(received: Received) -> str:
    """Return what is owed in words, or "" as long as it is not known."""
    total = fee_total(received)
    return "" if total is None else money_words(total)


def _deadline(received: Received, terms: Terms) -> str:
    deadline, words = received.deadline, terms["deadline"]
    if not deadline.value:
        return words[deadline.unit]
    text = f"{two_digits(deadline.value)} {words[deadline.unit]}"
    if not deadline.extension:
        return text
    return f"{text} ({words['extension']} {two_digits(deadline.extension)} {words[deadline.unit]})"


def _pin(received: Received) -> str:
    code = parse_receipt_code(received.receipt)
    return code.pin if code else ""


def _tracking_address(received: Received) -> str:
    """Return what a citizen types who cannot scan, or "" where there is no such page."""
    return received.receipt.rpartition("/T/")[0].lower().removeprefix("https://")


def row_number(number: int, _row: object, _terms: Terms) -> str:
    """Return how many rows there are up to this one."""
    return str(number)


TAKEN_CELLS: Final[Mapping[str, Cell]] = {
    "row": row_number,
    "name": lambda _n, paper, _terms: paper.name,
    "originals": lambda _n, paper, _terms: count(paper.originals),
    "copies": lambda _n, paper, _terms: count(paper.copies),
    "shown": lambda _n, paper, terms: terms["paper"]["shown"] if paper.shown else "",
}
"""What a table says of a paper that was handed in."""

MISSING_CELLS: Final[Mapping[str, Cell]] = {
    "row": row_number,
    "name": lambda _n, paper, _terms: paper.name,
    "originals": lambda _n, paper, _terms: count(paper.originals),
    "copies": lambda _n, paper, _terms: count(paper.copies),
    "reason": lambda _n, paper, _terms: paper.reason,
}
"""What a table says of a paper that is still to be brought."""

FEE_CELLS: Final[Mapping[str, Cell]] = {
    "row": row_number,
    "name": lambda _n, line, _terms: line.name,
    "kind": lambda _n, line, terms: terms["fee"][line.kind.value],
    "unit_amount": lambda _n, line, terms: money(line.unit_amount, terms),
    "quantity": lambda _n, line, _terms: two_digits(line.quantity),
    "amount": lambda _n, line, terms: money(line.amount, terms),
}
"""What a table says of a line of the tariff."""
