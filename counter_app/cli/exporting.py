"""`export`: the register of a period and the lists, printed or as a workbook."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from counter_app.cli.choices import Choices, Command, Commands, pass_choices
from counter_app.i18n import N_, _, format_date, format_instant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from counter_app.desk import Desk
    from counter_app.domain.dossier_filter import DossierFilter
    from counter_app.domain.paper import RegisterRow

_FILE: Final = click.Path(path_type=Path, dir_okay=False)
_DAY: Final = click.DateTime(["%Y-%m-%d"])
_DATE: Final = "YYYY-MM-DD"
_LISTS: Final = ("due-soon", "overdue", "to-collect", "waits-long", "supplement", "unpaid")


@click.group(cls=Commands, help=N_("Write the register, or a list of dossiers."))
def export() -> None:
    """Write the register, or a list of dossiers."""


@export.command(cls=Command, help=N_("The register of a period, both days included."))
@click.option("--from", "first", type=_DAY, required=True, metavar=_DATE, help=N_("The first day."))
@click.option("--to", "last", type=_DAY, required=True, metavar=_DATE, help=N_("The last day."))
@click.option("--pdf", type=_FILE, help=N_("Where it is written as form 07."))
@click.option("--xlsx", type=_FILE, help=N_("Where it is written as a workbook."))
@pass_choices
def register(
    choices: Choices, *, first: date, last: date, pdf: Path | None, xlsx: Path | None
) -> None:
    """Write the register of a period."""
    # `--help` does not wait for the database.
    from counter_app.services.lists import register_of

    begin, end = _day(first), _day(last)
    if begin > end:
        raise click.UsageError(_("--from is after --to: no day lies between them."))
    title = _("Register of {period}").format(period=f"{format_date(begin)} – {format_date(end)}")
    _write(choices, register_of(begin, end), (begin, end), title, pdf=pdf, xlsx=xlsx)


@export.command("list", cls=Command, help=N_("One of the lists that an office works through."))
@click.argument("name", type=click.Choice(_LISTS))
@click.option("--pdf", type=_FILE, help=N_("Where it is written as form 07."))
@click.option("--xlsx", type=_FILE, help=N_("Where it is written as a workbook."))
@pass_choices
def list_(choices: Choices, *, name: str, pdf: Path | None, xlsx: Path | None) -> None:
    """Write one of the lists that an office works through."""
    # `--help` does not wait for the database.
    from counter_app.services.lists import LISTS

    wanted = LISTS[name]
    _write(choices, wanted, None, f"{wanted.standing}", pdf=pdf, xlsx=xlsx)


def _day(typed: date) -> date:
    """Return the day of what click takes for a moment."""
    return date(typed.year, typed.month, typed.day)


def _write(
    choices: Choices,
    wanted: "DossierFilter",
    period: tuple[date, date] | None,
    title: str,
    *,
    pdf: Path | None,
    xlsx: Path | None,
) -> None:
    from counter_app.bootstrap import open_desk
    from counter_app.services.lists import as_workbook, register_rows
    from counter_app.services.print_jobs import note_workbook
    from counter_app.services.saving import check_place, save_file

    for path in filter(None, (pdf, xlsx)):
        check_place(path)
    with open_desk(choices.profile, choices.officer(), choices.password()) as desk:
        rows = register_rows(desk, wanted)
        if xlsx is not None:
            note_workbook(desk, len(rows), period)
            save_file(xlsx, as_workbook(desk, rows, title=title))
        if pdf is not None:
            save_file(pdf, _printed(desk, rows, period))
    for row in rows:
        _show(choices, row)


def _printed(
    desk: "Desk", rows: "Sequence[RegisterRow]", period: tuple[date, date] | None
) -> bytes:
    from counter_app.services.papers import register_sheet
    from counter_app.services.print_jobs import IN_A_FILE, note_sheet

    first, last = period or (desk.business_date, desk.business_date)
    sheet = register_sheet(desk, rows, first=first, last=last)
    note_sheet(desk, sheet, to=IN_A_FILE)
    return sheet.pdf


def _show(choices: Choices, row: "RegisterRow") -> None:
    from counter_app.cli.results_lists import RegisterLine

    result = RegisterLine(
        entry=row.entry,
        code=row.code,
        procedure=row.procedure,
        applicant=row.applicant,
        received_at=row.received_at,
        due_at=row.due_at,
        returned_at=row.returned_at,
        note=row.note,
    )
    due = format_instant(row.due_at) if row.due_at else _("no due date")
    choices.show(result, f"{row.entry:>5}  {row.code}  {due}  {row.procedure}")
