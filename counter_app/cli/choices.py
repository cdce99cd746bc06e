"""What is chosen on every command line: profile, language, and whether a program reads along."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import msgspec

from counter_app.errors import CounterError
from counter_app.i18n import DEFAULT, languages, speak


class Choices:
    """The common options, wherever on the line they stood, and how results are shown."""

    def __init__(self) -> None:
        self._profile: Path | None = None
        self.lang: str | None = None
        self.json = False

    @property
    def profile(self) -> Path:
        """The folder of the desk."""
        if self._profile is None:
            # `--help` does not wait for it.
            from counter_app.bootstrap import default_profile

            self._profile = default_profile()
        return self._profile

    def choose(self, option: str, value: Any) -> None:
        """Take a value that was given; what was given before and not again holds."""
        if option == "profile":
            self._profile = value
        else:
            setattr(self, option, value)
        speak(self.lang or DEFAULT)

    def show(self, result: msgspec.Struct, text: str = "") -> None:
        """Print one result: an object on a line of its own, or words for a person."""
        if self.json:
            _print(msgspec.json.encode(result).decode())
        else:
            _print(text)

    def show_error(self, code: str, message: str) -> None:
        """Print what went wrong, where whoever called expects it."""
        if self.json:
            error = {"error": {"code": code, "message": message}}
            _print(msgspec.json.encode(error).decode())
        else:
            click.echo(message, err=True)

    def officer(self) -> str:
        """Return the officer's short name, from the environment or asked for."""
        return os.environ.get("COUNTER_APP_OFFICER") or click.prompt("Officer", err=True)

    def password(self, *, confirm: bool = False) -> str:
        """Return the password, from the environment or asked for without showing it."""
        if (given := os.environ.get("COUNTER_APP_PASSWORD")) is not None:
            return given
        asked: str = click.prompt(
            "Password", hide_input=True, confirmation_prompt=confirm, err=True
        )
        return asked


class Command(click.Command):
    """A command that takes the common options too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params += common_options()


class Commands(click.Group):
    """Says a CounterError in one line and exits with its code; lets a bug show its traceback."""

    command_class = Command
    group_class = type

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params += common_options()

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run, and say every refusal in the form that was asked for."""
        if kwargs.get("standalone_mode", True) is False:
            return super().main(*args, **kwargs)
        words = list(kwargs.get("args") or (args[0] if args else None) or sys.argv[1:])
        choices = Choices()
        choices.json = "--json" in words
        kwargs |= {"standalone_mode": False, "obj": choices}
        try:
            sys.exit(super().main(*args, **kwargs) or 0)
        except CounterError as error:
            choices.show_error(type(error).__name__, str(error))
            sys.exit(error.exit_code)
        except click.UsageError as error:
            if not choices.json:
                error.show()
            else:
                choices.show_error("UsageError", error.format_message())
            sys.exit(2)
        except click.Abort:
            sys.exit(130)


def common_options() -> list[click.Parameter]:
    """Return `--profile`, `--lang` and `--json`, which stand before or after the command."""
    return [
        _option("profile", type=click.Path(file_okay=False, path_type=Path), metavar="DIR"),
        _option("lang", type=click.Choice(languages())),
        _option("json", is_flag=True, default=None),
    ]


def _option(name: str, **kwargs: Any) -> click.Option:
    helps = {
        "profile": "The folder of the desk.",
        "lang": "The language of texts.",
        "json": "One JSON object a line.",
    }
    return click.Option(
        [f"--{name}"], callback=_choose, expose_value=False, help=helps[name], **kwargs
    )


def _choose(ctx: click.Context, option: click.Parameter, value: Any) -> None:
    choices = ctx.find_root().ensure_object(Choices)
    if value is not None:  # not given here: what was given before the command holds
        choices.choose(str(option.name), value)


def _print(text: str) -> None:
    click.echo(text, color=None)


pass_choices: Callable[..., Any] = click.make_pass_decorator(Choices)
