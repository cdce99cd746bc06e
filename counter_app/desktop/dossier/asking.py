"""What an entry on a dossier asks for, field by field, and what was typed there; without Qt."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from enum import Enum
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.partial_date import parse_partial_date
from counter_app.domain.party import Party
from counter_app.errors import CounterError, ImpossibleDate, IncompleteEntry, InvalidField
from counter_app.i18n import _, format_date, format_money

_MOST_DIGITS: Final = 13


class Asked(Enum):
    """What kind of place it is that something is entered in."""

    TEXT = "text"
    LINES = "lines"
    REASON = "reason"
    DATE = "date"
    MOMENT = "moment"
    MONEY = "money"
    CHOICE = "choice"
    PAPERS = "papers"
    PERSON = "person"


class PaperLine(Struct, frozen=True, kw_only=True):
    """One paper on a list: whether it is meant, and how many of it.

    One that the officer has written under the list is `free`.
    """

    id: str
    name: str
    ticked: bool = False
    originals: int = 0
    copies: int = 0
    free: bool = False


Value = str | Party | tuple[PaperLine, ...]
Values = Mapping[str, Value]


class Ask(Struct, frozen=True, kw_only=True):
    """One field: where its value belongs in the entry, and what it begins with.

    `offers` are usual texts, `choices` (value, words); `hint` stands below. Under a list of
    papers that may `grow` other papers can be written.
    """

    id: str
    caption: str
    kind: Asked = Asked.TEXT
    needed: bool = False
    start: Value = ""
    offers: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    grow: bool = False


def text_of(values: Values, name: str) -> str:
    """Return what was typed in a field of text."""
    value = values.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def lines_of(values: Values, name: str) -> tuple[PaperLine, ...]:
    """Return a list of papers as it was filled in."""
    value = values.get(name, ())
    return value if isinstance(value, tuple) else ()


def person_in(values: Values, name: str) -> Party:
    """Return the person who was entered."""
    value = values.get(name)
    return value if isinstance(value, Party) else Party()


def ticked(values: Values, name: str) -> Sequence[PaperLine]:
    """Return the papers that are meant; each at least once."""
    return [
        line if line.originals or line.copies else replace(line, originals=1)
        for line in lines_of(values, name)
        if line.ticked and line.name.strip()
    ]


def money_in(values: Values, name: str) -> int:
    """Return an amount in whole dong, typed as “120000”, “120.000” or “120 000 ₫”.

    Raises:
        IncompleteEntry: nothing was typed.
        InvalidField: it is no amount.
    """
    typed = text_of(values, name)
    if not typed:
        raise IncompleteEntry(fields=name)
    digits = "".join(c for c in typed if c not in "., ₫đ\u00a0")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS):
        words = _("This is no amount of money. Type whole dong, as 120000 or 120.000.")
        raise InvalidField(field=name, reason=words)
    return int(digits)


def date_in(values: Values, name: str) -> date | None:
    """Return a day, or none if nothing was typed.

    Raises:
        InvalidField: it is no day.
    """
    typed = text_of(values, name)
    if not typed:
        return None
    try:
        day = parse_partial_date(typed).exact()
    except ImpossibleDate:
        day = None
    if day is None:
        words = _("{typed} is not in any calendar. Type day/month/year, as 05/03/1990.")
        raise InvalidField(field=name, reason=words.format(typed=typed[:40]))
    return day


def moment_in(values: Values, name: str, calendar: WorkCalendar, now: datetime) -> datetime | None:
    """Return an instant typed as “17:00 05/12/2026”, or none if nothing was typed.

    A day alone means the end of that working day, and today's this very minute.

    Raises:
        InvalidField: it is no instant.
    """
    typed = text_of(values, name)
    if not typed:
        return None
    clock = next((part for part in typed.split() if ":" in part), "")
    day = date_in({name: typed.replace(clock, "", 1)}, name)
    if day is None:
        day = calendar.local(now).date()
    if not clock:
        if day == calendar.local(now).date():
            return calendar.local(now)
        if calendar.is_working_day(day):
            return calendar.closing(day)
        return datetime.combine(day, time(17), calendar.zone)
    try:
        return datetime.combine(day, time.fromisoformat(clock.zfill(5)), calendar.zone)
    except ValueError:
        words = _("{typed} is no time of day. Type it like 17:00 05/12/2026.")
        raise InvalidField(field=name, reason=words.format(typed=clock[:40])) from None


def shown_moment(instant: datetime | None, calendar: WorkCalendar) -> str:
    """Return an instant as one would type it."""
    if instant is None:
        return ""
    at = calendar.local(instant)
    return f"{at:%H:%M} {format_date(at.date())}"


def in_figures(values: Values, name: str) -> str:
    """Return an amount as it will be read, or nothing as long as it is none."""
    try:
        return format_money(money_in(values, name))
    except (IncompleteEntry, InvalidField):
        return ""


def beside(error: CounterError, asks: Sequence[Ask]) -> dict[str, str]:
    """Return what of an error belongs beside which field; what belongs beside none is under ""."""
    ids = {ask.id for ask in asks}
    if isinstance(error, IncompleteEntry):
        fields = {_place(field, ids) for field in str(error.values["fields"]).split(", ")}
        said = dict.fromkeys(fields, _("Please fill this in."))
    elif isinstance(error, InvalidField):
        said = {_place(str(error.values["field"]), ids): str(error.values["reason"])}
    else:
        said = {"": str(error)}
    return {"": str(error)} if "" in said else said


def _place(path: str, ids: set[str]) -> str:
    """Return the field that a path, as "missing[0].name", leads to."""
    first = path.partition(".")[0].partition("[")[0]
    return path if path in ids else first if first in ids else ""
