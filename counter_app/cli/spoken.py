"""Help and usage errors of the command line in the language spoken; click itself has English."""

from collections.abc import Iterator
from typing import Any, Final

import click

from counter_app.i18n import N_, _

_WIDTH: Final = 100  # characters of one line about a command

# click's own words
_TOO_MUCH: Final = "Got unexpected extra argument"
_NOT_READABLE: Final = "is not readable."

N_("Show this message and exit.")  # click says it, and it is translated here


class Spoken(click.Command):
    """A command whose help is a msgid, translated when it is shown."""

    @property
    def help(self) -> str | None:
        """What it does, in the language spoken."""
        return _(self._help) if self._help else None

    @help.setter
    def help(self, text: str | None) -> None:
        self._help = text

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write how the command is called."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=_("Usage: "))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of options."""
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = [(option.get_help_record(ctx), option.help) for option in options]
        with formatter.section(_("Options")):
            formatter.write_dl([(how[0], _(text)) for how, text in records if how and text])


class SpokenGroup(Spoken, click.Group):
    """A group whose help is a msgid, and that says in the language spoken what it lacks."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is called.

        Raises:
            UsageError: there is none of this name.
        """
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            ctx.fail(_("There is no command {name}.").format(name=args[0]))
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of options, and that of commands."""
        super().format_options(ctx, formatter)
        with formatter.section(_("Commands")):
            formatter.write_dl(list(self.command_lines(ctx)))

    def command_lines(self, ctx: click.Context) -> Iterator[tuple[str, str]]:
        """Return the commands, each with a line about it."""
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            yield name, command.get_short_help_str(_WIDTH) if command else ""


def usage_message(error: click.UsageError) -> str:
    """Return what is wrong with the line that was typed; what is rare stays in click's English."""
    match error:
        case click.MissingParameter(param=click.Parameter() as param):
            return _("{what} is missing.").format(what=_hint(param, error.ctx))
        case click.BadOptionUsage(option_name=name):
            return _("{name}: a value is missing, or there is one too many.").format(name=name)
        case click.NoSuchOption():
            return _("There is no option {name}.").format(name=error.option_name)
        case click.BadParameter(param=click.Parameter() as param):
            what, reason = (
                _hint(param, error.ctx),
                _reason(param.type, error.message) or error.message,
            )
            return _("{what}: {reason}").format(what=what, reason=reason)
        case click.BadParameter():
            return error.message
        case click.UsageError(message=said) if said.startswith(_TOO_MUCH):
            rest = said.partition("(")[2].removesuffix(")")
            return _("There is too much on the line: {rest}").format(rest=rest)
        case _:
            return error.format_message()


def _reason(expected: click.ParamType[Any], said: str) -> str:
    """Return what would have been right, in the language spoken."""
    match expected:
        case click.Choice(choices=choices):
            return _("Choose one of: {choices}.").format(choices=", ".join(map(str, choices)))
        case click.IntRange(min=least, max=most):
            return _("A whole number from {least} to {most}.").format(least=least, most=most)
        case click.DateTime():
            return _("A day looks like 2026-11-23.")
        case click.types.UUIDParameterType():
            return _("An id looks like 01a202db-9760-753c-9440-10db3de8ae6a.")
        case click.Path() if said.endswith(_NOT_READABLE):
            return _("This account may not read it.")
        case click.Path(file_okay=False):
            return _("This is a file, not a folder.")
        case click.Path():
            return _("This is a folder, not a file.")
        case _:
            return ""


def _hint(param: click.Parameter, ctx: click.Context | None) -> str:
    if isinstance(param, click.Argument) and isinstance(param.type, click.Choice):
        return str(param.name).upper()  # the choices follow
    return param.get_error_hint(ctx).strip("'")
