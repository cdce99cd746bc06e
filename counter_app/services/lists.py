"""The register and the lists: what is shown, printed and written as a workbook."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

from msgspec import Struct

from counter_app.desk import Desk
from counter_app.domain.corrected import corrected
from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_filter import DossierFilter, Order, SavedFilter, Standing
from counter_app.domain.paper import RegisterRow
from counter_app.domain.text import tidy
from counter_app.errors import InvalidField
from counter_app.i18n import _, law
from counter_app.store import lists as stored
from counter_app.store.rows import DossierRow, rows
from counter_app.workbook.writing import Cell, Table, workbook

FIRST_PAGE: Final = 128  # rows that come at once, as many as any screen shows
LONGEST_NAME: Final = 60  # characters of a saved filter's name

LISTS: Final = {
    "due-soon": DossierFilter(standing=Standing.DUE_SOON, order=Order.DUE_FIRST),
    "overdue": DossierFilter(standing=Standing.OVERDUE, order=Order.DUE_FIRST),
    "to-collect": DossierFilter(standing=Standing.TO_COLLECT, order=Order.LONGEST_WAITING),
    "waits-long": DossierFilter(standing=Standing.WAITS_LONG, order=Order.LONGEST_WAITING),
    "supplement": DossierFilter(standing=Standing.SUPPLEMENT, order=Order.OLDEST),
    "unpaid": DossierFilter(standing=Standing.UNPAID, order=Order.OLDEST),
}
"""The lists that every office works through, by name."""


class Listed(Struct, frozen=True, kw_only=True):
    """A list as it stood at `now`; `rows` are the first of `ids`, `more` were not looked at."""

    now: datetime
    ids: Sequence[int]
    rows: Sequence[DossierRow]
    more: bool


class Choices(Struct, frozen=True, kw_only=True):
    """What a filter can be made of at this desk."""

    officers: Sequence[str]
    procedures: Sequence[tuple[str, str]]
    fields: Sequence[str]
    saved: Sequence[SavedFilter]


def list_dossiers(desk: Desk, wanted: DossierFilter) -> Listed:
    """Return the dossiers that a filter lets through."""
    now = desk.now()
    with desk.store.read() as connection:
        ids = stored.listed(connection, wanted, _moment(desk, now))
        first = rows(connection, ids[:FIRST_PAGE])
    return Listed(now=now, ids=ids, rows=first, more=len(ids) >= stored.MOST)


def count_dossiers(desk: Desk, wanted: DossierFilter) -> int:
    """Return how many dossiers a filter lets through."""
    with desk.store.read() as connection:
        return stored.counted(connection, wanted, _moment(desk, desk.now()))


def register_rows(desk: Desk, wanted: DossierFilter) -> Sequence[RegisterRow]:
    """Return the lines of the register for the dossiers that a filter lets through.

    Each is the dossier as it stands now, corrections included.
    """
    with desk.store.read() as connection:
        ids = stored.listed(connection, wanted, _moment(desk, desk.now()))
        return tuple(_lines(desk, stored.dossiers(connection, ids)))


def register_of(first: date, last: date) -> DossierFilter:
    """Return what the register of a period holds: all that was received, in its order."""
    return DossierFilter(first=first, last=last, order=Order.OLDEST)


def as_workbook(desk: Desk, register: Sequence[RegisterRow], *, title: str) -> bytes:
    """Return the lines of the register as a workbook; no text in it ever acts."""
    captions = (
        _("No."),
        _("Dossier code"),
        _("Procedure"),
        _("Sets"),
        _("Applicant"),
        _("Address"),
        _("Phone"),
        _("Agency that decides"),
        _("Received"),
        _("Due"),
        _("Returned"),
        _("Result goes back"),
        _("Note"),
    )
    office = desk.profile.office
    table = Table(
        title=_("Register"),
        above=(office.name, title),
        captions=captions,
        widths=(6, 24, 44, 6, 28, 36, 14, 24, 18, 18, 18, 16, 24),
        rows=[_cells(desk, number, row) for number, row in enumerate(register, start=1)],
    )
    return workbook([table])


def choices(desk: Desk) -> Choices:
    """Return what the officer can choose from."""
    files = desk.catalogue.procedures(desk.business_date)
    with desk.store.read() as connection:
        return Choices(
            officers=stored.officers(connection),
            procedures=[(file.form.code, law(file.form.name)) for file in files],
            fields=sorted({file.form.field for file in files}),
            saved=stored.saved_filters(connection, desk.officer.id),
        )


def save_filter(desk: Desk, name: str, wanted: DossierFilter) -> None:
    """Keep a filter for this officer under a name, in place of what bore it.

    Raises:
        InvalidField: the name is empty or too long.
    """
    name = tidy(name)
    if not 0 < len(name) <= LONGEST_NAME:
        reason = _("A name has 1 to {most} characters.").format(most=LONGEST_NAME)
        raise InvalidField(field=_("Name of the list"), reason=reason)
    with desk.store.begin() as uow:
        saved = SavedFilter(name=name, filter=wanted)
        stored.save_filter(uow.connection, desk.officer.id, saved)


def drop_filter(desk: Desk, name: str) -> None:
    """Forget a filter of this officer."""
    with desk.store.begin() as uow:
        stored.drop_filter(uow.connection, desk.officer.id, name)


def _moment(desk: Desk, now: datetime) -> stored.Moment:
    return stored.Moment(now, desk.catalogue.steps.collection_days)


def _lines(desk: Desk, dossiers: Iterator[Dossier]) -> Iterator[RegisterRow]:
    zone = desk.catalogue.calendar.zone
    for each in dossiers:
        received = corrected(each)
        if received is None:
            continue
        applicant = received.applicant
        notes = [received.note, _("voided") if each.voided else ""]
        yield RegisterRow(
            entry=received.register_entry,
            code=each.code,
            procedure=received.procedure.name,
            sets=received.sets,
            applicant=applicant.full_name,
            address=applicant.address,
            phone=applicant.phone,
            competent_agency=_agency(each),
            received_at=received.received_at,
            due_at=each.due_at,
            returned_at=each.returned_at and each.returned_at.astimezone(zone),
            return_channel=received.return_channel,
            note="; ".join(note for note in notes if note),
        )


def _agency(each: Dossier) -> str:
    assert each.received is not None
    office = each.received.office
    decides = each.competent_agency
    return office.name if decides in {"", office.code} else decides


def _cells(desk: Desk, number: int, row: RegisterRow) -> tuple[Cell, ...]:
    zone = desk.catalogue.calendar.zone
    return (
        row.entry or number,
        row.code,
        row.procedure,
        row.sets,
        row.applicant,
        row.address,
        row.phone,
        row.competent_agency,
        row.received_at.astimezone(zone),
        row.due_at and row.due_at.astimezone(zone),
        row.returned_at and row.returned_at.astimezone(zone),
        f"{row.return_channel}",
        row.note,
    )
