"""The command line: every use case without a window. Without a command the window opens."""

from typing import Any

import click

from counter_app import __version__
from counter_app.cli.choices import Choices, Commands
from counter_app.cli.lazy import LAZY, LazyCommands
from counter_app.i18n import N_

__all__ = ["Choices", "Commands", "main"]


@click.group(
    cls=LazyCommands,
    lazy=LAZY,
    invoke_without_command=True,
    help=N_(
        "Reception-desk software for Vietnamese one-stop shops. Without a command the window opens."
    ),
)
@click.version_option(__version__, prog_name="counter-app", help=N_("Show the version and exit."))
@click.pass_context
def main(ctx: click.Context) -> Any:
    """Run the command, or open the window when there is none."""
    if ctx.invoked_subcommand is not None:
        return None
    # The command line alone does not wait for Qt.
    from counter_app.bootstrap import run_window

    choices = ctx.ensure_object(Choices)
    return run_window(choices.profile, choices.lang)
