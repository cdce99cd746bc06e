"""`prints`: what is still to be printed, and what was; who took what out on paper."""

from datetime import datetime
from typing import TYPE_CHECKING

import click

from counter_app.cli.choices import Choices, Command, pass_choices
from counter_app.i18n import N_, _, format_instant

if TYPE_CHECKING:
    from counter_app.cli.results_prints import PrintNoteResult
    from counter_app.store.journal import Entry


@click.command(cls=Command, help=N_("List the print jobs: what waits first, then what has ended."))
@click.option(
    "--noted",
    metavar="DATE",
    type=click.DateTime(["%Y-%m-%d"]),
    help=N_("Instead: who printed what on this day, as the journal has noted it."),
)
@pass_choices
def prints(choices: Choices, noted: datetime | None) -> None:
    """List the print jobs: what waits first, then what has ended; or what was noted of prints."""
    if noted is not None:
        _show_noted(choices, noted)
        return
    # `--help` does not wait for the database.
    from counter_app.bootstrap import open_desk
    from counter_app.cli.results_prints import PrintJobResult
    from counter_app.services.print_jobs import jobs

    with open_desk(choices.profile, choices.officer(), choices.password()) as desk:
        found = jobs(desk)
        zone = desk.catalogue.calendar.zone
    for job in found:
        result = PrintJobResult(
            id=job.id,
            state=job.state.value,
            title=job.title,
            form=job.form,
            dossier=job.code,
            copy=job.copy,
            paper=job.paper,
            printer=job.printer,
            officer=job.officer,
            made_at=job.made_at.astimezone(zone),
            changed_at=job.changed_at.astimezone(zone),
            tries=job.tries,
            problem=job.problem,
        )
        said = (
            f"{job.id}",
            f"{job.state}",
            job.title,
            job.printer or "–",
            format_instant(result.changed_at),
            job.problem,
        )
        choices.show(result, "  ".join(filter(None, said)))
    if not found and not choices.json:
        click.echo(_("Nothing is to be printed, and nothing was lately."), err=True)


def _show_noted(choices: Choices, day: datetime) -> None:
    # As above.
    from counter_app.bootstrap import open_desk
    from counter_app.domain.sentence import sentence
    from counter_app.services.print_jobs import printed_on

    with open_desk(choices.profile, choices.officer(), choices.password()) as desk:
        found = printed_on(desk, day.date())
        zone = desk.catalogue.calendar.zone
    for entry, code in found:
        header = entry.operation.header
        at = header.wall_utc.astimezone(zone)
        said = (format_instant(at), header.actor, code, sentence(entry.operation))
        choices.show(_note(entry, code, at), "  ".join(filter(None, said)))
    if not found and not choices.json:
        click.echo(_("Nothing was printed on this day."), err=True)


def _note(entry: "Entry", code: str, at: datetime) -> "PrintNoteResult":
    from counter_app.cli.results_prints import PrintNoteResult  # as above
    from counter_app.domain.operation import PaperPrinted, ReceiptPrinted, SheetPrinted

    header, body = entry.operation.header, entry.operation.body
    # Of what a newer program has noted, who and when is known all the same.
    known = body if isinstance(body, SheetPrinted | PaperPrinted | ReceiptPrinted) else None
    sheet = body if isinstance(body, SheetPrinted) else None
    form = "" if known is None or isinstance(known, ReceiptPrinted) else known.form
    return PrintNoteResult(
        at=at,
        officer=header.actor,
        kind=header.kind,
        form="receipt" if isinstance(body, ReceiptPrinted) else form,
        dossier=code,
        copy=known.copy if known else 0,
        paper=known.paper if known else "",
        to=known.to if known else "",
        number=sheet.number if sheet else "",
        lines=sheet.lines if sheet else 0,
    )
