"""`doctor`: what the desk needs to work."""

from datetime import UTC, datetime

import click

from counter_app.cli.choices import Choices, Command, pass_choices
from counter_app.i18n import N_

PROBLEMS_FOUND = 9


@click.command(
    cls=Command,
    help=N_(
        "Look at the program, the law, the locks, the disk and the backups; needs no password."
    ),
)
@click.pass_context
@pass_choices
def doctor(choices: Choices, ctx: click.Context) -> None:
    """Look at the program, the law, the locks, the disk and the backups; needs no password."""
    # `--help` does not wait for what is looked at.
    from counter_app.cli.results import CheckResult
    from counter_app.services.doctor import examine

    looked = examine(choices.profile, datetime.now(UTC))
    for each in looked:
        result = CheckResult(check=each.check, ok=each.ok, detail=each.detail)
        choices.show(result, f"{'✓' if each.ok else '✗'} {each.check}: {each.detail}")
    if not all(each.ok for each in looked):
        ctx.exit(PROBLEMS_FOUND)
