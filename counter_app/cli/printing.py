"""`prints`: what is still to be printed, and what was."""

import click

from counter_app.cli.choices import Choices, Command, pass_choices
from counter_app.i18n import N_, _, format_instant


@click.command(cls=Command, help=N_("List the print jobs: what waits first, then what has ended."))
@pass_choices
def prints(choices: Choices) -> None:
    """List the print jobs: what waits first, then what has ended."""
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
