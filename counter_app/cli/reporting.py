"""`summary`: a day in figures, and on paper."""

from datetime import datetime
from pathlib import Path

import click

from counter_app.cli.choices import Choices, Command, pass_choices
from counter_app.i18n import N_, _, format_count, format_date, format_money


@click.command(cls=Command, help=N_("Count a day, the present one if none is given, and print it."))
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help=N_("The day that is counted."),
)
@click.option(
    "--pdf",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="F",
    help=N_("Where the summary is written."),
)
@pass_choices
def summary(choices: Choices, day: datetime | None, pdf: Path | None) -> None:
    """Count a day, the present one if none is given, and print it."""
    # `--help` does not wait for the database.
    from counter_app.bootstrap import open_desk
    from counter_app.cli.results import SummaryResult
    from counter_app.domain.business_date import FIRST_DAY, LAST_DAY
    from counter_app.services.saving import save_pdf
    from counter_app.services.summary import daily_summary, summary_pdf

    if day is not None and not FIRST_DAY <= day.date() <= LAST_DAY:
        words = _("--date: a day from {first} to {last} is wanted.")
        raise click.UsageError(words.format(first=FIRST_DAY, last=LAST_DAY))
    with open_desk(choices.profile, choices.officer(), choices.password()) as desk:
        counted = daily_summary(desk, day.date() if day else desk.business_date)
        if pdf is not None:
            save_pdf(pdf, summary_pdf(desk, counted))
    result = SummaryResult(
        date=counted.day,
        desk=desk.profile.name,
        agency=desk.agency,
        figures={figure.id: figure.value for figure in counted.figures},
        by_procedure={share.name: share.received for share in counted.by_procedure},
        by_field={share.name: share.received for share in counted.by_field},
        by_channel={share.name: share.received for share in counted.by_channel},
        by_officer={share.name: share.received for share in counted.by_officer},
        first_code=counted.first_code,
        last_code=counted.last_code,
        first_payment=counted.first_payment,
        last_payment=counted.last_payment,
        receipts=list(counted.receipts),
        dossiers=[fact.code for fact in counted.dossiers],
        pdf=str(pdf) if pdf else None,
    )
    lines = [_("Daily summary of {day}").format(day=format_date(counted.day))]
    for figure in filter(lambda each: each.is_told, counted.figures):
        write = format_money if figure.money else format_count
        lines.append(f"{'  ' if figure.within else ''}{_(figure.label)}: {write(figure.value)}")
    choices.show(result, "\n".join(lines))
