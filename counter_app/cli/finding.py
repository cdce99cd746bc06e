"""`dossier`, `search` and `scan`: what this desk knows."""

from datetime import datetime

import click

from counter_app.cli.choices import Choices, Command, pass_choices
from counter_app.i18n import N_, _, format_instant, law


@click.command(cls=Command, help=N_("Show the dossier CODE with its timeline."))
@click.argument("code")
@pass_choices
def dossier(choices: Choices, code: str) -> None:
    """Show the dossier CODE with its timeline."""
    # `--help` does not wait for the database.
    from counter_app.bootstrap import open_desk
    from counter_app.cli.dossiers import dossier_result, dossier_words
    from counter_app.services.viewing import find_dossiers, open_dossier

    with open_desk(choices.profile, choices.officer(), choices.password()) as desk:
        found = [open_dossier(desk, dossier_id) for dossier_id in find_dossiers(desk, code)]
    for shown in found:
        choices.show(dossier_result(shown), dossier_words(shown))


@click.command(
    cls=Command,
    help=N_("Find dossiers by code, ID number, phone, or name with or without accents."),
)
@click.argument("text")
@click.option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=20,
    metavar="N",
    help=N_("How many are shown, the newest first."),
)
@pass_choices
def search(choices: Choices, text: str, limit: int) -> None:
    """Find dossiers by code, ID number, phone, or name with or without accents."""
    # `--help` does not wait for the database.
    from counter_app.bootstrap import open_desk
    from counter_app.cli.results import FoundResult
    from counter_app.services.search import search_dossiers

    with open_desk(choices.profile, choices.officer(), choices.password()) as desk:
        found = search_dossiers(desk, text, limit=limit)
        zone = desk.catalogue.calendar.zone
    for each in found:
        due_at = each.due_at and each.due_at.astimezone(zone)
        result = FoundResult(
            id=str(each.dossier_id),
            code=each.code,
            applicant=each.applicant_name,
            procedure=each.procedure_code,
            procedure_name=each.procedure_name,
            status=int(each.status) if each.status else None,
            received_at=each.received_at and each.received_at.astimezone(zone),
            due_at=due_at,
        )
        name = law(each.procedure_name)
        choices.show(result, f"{each.code}  {each.applicant_name}  {name}  {_when(due_at)}")
    if not found and not choices.json:
        click.echo(_("Nothing was found."), err=True)


@click.command(
    cls=Command, help=N_("Say what a scanned string is; of a receipt, whether it is genuine.")
)
@click.argument("payload")
@pass_choices
def scan(choices: Choices, payload: str) -> None:
    """Say what a scanned string is; of a receipt, whether it is genuine."""
    # `--help` does not wait for the database.
    from counter_app.bootstrap import open_desk
    from counter_app.cli.scans import scan_result, scan_words
    from counter_app.services.scanning import read_scan

    with open_desk(choices.profile, choices.officer(), choices.password()) as desk:
        scanned = read_scan(desk, payload)
    choices.show(scan_result(scanned), scan_words(scanned))


def _when(instant: datetime | None) -> str:
    return format_instant(instant) if instant else _("no due date")
