"""`hand-over`: what waits at the desk goes to the unit that examines it, on one numbered list."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from counter_app.cli.choices import Choices, Command, pass_choices
from counter_app.i18n import N_, _, format_instant

if TYPE_CHECKING:
    from counter_app.services.hand_over import ToHandOver


@click.command(
    cls=Command,
    help=N_(
        "Hand over for examination what was received and may go today, or the dossiers with "
        "these CODES, on one numbered list. With --list: what waits; nothing is changed."
    ),
)
@click.argument("codes", nargs=-1)
@click.option("--unit", metavar="TEXT", help=N_("The unit that examines them."))
@click.option("--receiver", metavar="TEXT", default="", help=N_("Who takes them there."))
@click.option(
    "--pdf",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="F",
    help=N_("Where the list is written."),
)
@click.option("--list", "listing", is_flag=True, help=N_("Show what waits; change nothing."))
@pass_choices
def hand_over(
    choices: Choices,
    codes: tuple[str, ...],
    unit: str | None,
    receiver: str,
    pdf: Path | None,
    *,
    listing: bool,
) -> None:
    """Hand dossiers over to a unit, or list what waits at the desk."""
    if listing == (unit is not None):
        raise click.UsageError(_("Either --unit or --list is wanted."))
    if unit is None:
        _list(choices)
    else:
        _hand_over(choices, codes, unit, receiver, pdf)


def _hand_over(
    choices: Choices, codes: tuple[str, ...], unit: str, receiver: str, pdf: Path | None
) -> None:
    # `--help` does not wait for the database.
    from counter_app.bootstrap import open_desk
    from counter_app.cli.results_handing import HandedOverResult
    from counter_app.services.hand_over import hand_over, waiting_here
    from counter_app.services.papers import hand_over_sheet
    from counter_app.services.print_jobs import IN_A_FILE, note_sheet
    from counter_app.services.saving import save_pdf
    from counter_app.services.viewing import find_dossier

    with open_desk(choices.profile, choices.officer(), choices.password()) as desk:
        ids = [find_dossier(desk, code) for code in codes]
        if not codes:
            ids = [each.dossier_id for each in waiting_here(desk).waiting if not each.tomorrow]
        done = hand_over(desk, ids, unit=unit, receiver=receiver)
        if pdf is not None:
            sheet = hand_over_sheet(desk, done.number)
            note_sheet(desk, sheet, to=IN_A_FILE)
            save_pdf(pdf, sheet.pdf)
    result = HandedOverResult(
        number=done.number,
        unit=done.unit,
        receiver=receiver,
        codes=[str(code) for code in done.codes],
        pdf=str(pdf) if pdf else None,
    )
    words = _("List {number}: {count} dossier(s) handed over to {unit}.")
    head = words.format(number=done.number, count=len(done.codes), unit=done.unit)
    choices.show(result, "\n".join([head, *result.codes]))


def _list(choices: Choices) -> None:
    # `--help` does not wait for the database.
    from counter_app.bootstrap import open_desk
    from counter_app.services.hand_over import waiting_here

    with open_desk(choices.profile, choices.officer(), choices.password()) as desk:
        _show(choices, waiting_here(desk))


def _show(choices: Choices, found: "ToHandOver") -> None:
    from counter_app.cli.results_handing import WaitingResult

    if not found.waiting:
        click.echo(_("No dossier is waiting to be handed over for examination."), err=True)
    for each in found.waiting:
        goes = _("tomorrow") if each.tomorrow else each.unit.unit
        choices.show(
            WaitingResult(
                id=str(each.dossier_id),
                code=each.code,
                procedure_name=each.procedure,
                received_at=each.received_at,
                due_at=each.due_at,
                tomorrow=each.tomorrow,
                unit=each.unit.unit,
            ),
            f"{each.code}  {format_instant(each.received_at)}  {each.procedure}  {goes}".rstrip(),
        )
