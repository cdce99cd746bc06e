"""What is chosen on every command line: profile, language, and whether a program reads along."""

import contextlib
import io
import os
import re
import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import click
import msgspec

from counter_app import settings
from counter_app.cli.spoken import Spoken, SpokenGroup, usage_message
from counter_app.domain.text import visible
from counter_app.errors import CounterError, MissingExtra, UnwritableFile
from counter_app.i18n import DEFAULT, N_, _, languages, speak

STOPPED: Final = 130
"""What a shell says of a program that was stopped by Ctrl+C."""

_END_OF_OPTIONS: Final = "--"
_LONG_WORD: Final = re.compile(r"(\S{200})\S{200,}")


class Choices:
    """The common options, wherever on the line they stood, and how results are shown."""

    def __init__(self, words: Sequence[str] = ()) -> None:
        """Look ahead in `words`: even what is wrong with them is said in the right language."""
        options = words[: words.index(_END_OF_OPTIONS)] if _END_OF_OPTIONS in words else words
        profile = _value_of("profile", options)
        self._profile = Path(profile) if profile else None
        self.lang = _value_of("lang", options)
        self.json = "--json" in options
        speak(self.language)

    @property
    def profile(self) -> Path:
        """The folder of the desk."""
        if self._profile is None:
            # `--help` does not wait for it.
            from counter_app.bootstrap import default_profile

            self._profile = default_profile()
        return self._profile

    @property
    def language(self) -> str:
        """The language asked for, or else the desk's."""
        wanted = self.lang or self._spoken_at_the_desk()
        return wanted if wanted in languages() else DEFAULT

    def choose(self, option: str, value: Any) -> None:
        """Take a value that was given; what was given before and not again holds."""
        if option == "profile":
            self._profile = value
        else:
            setattr(self, option, value)
        speak(self.language)

    def show(self, result: msgspec.Struct, text: str = "") -> None:
        """Print one result: an object on a line of its own, or words for a person."""
        if self.json:
            _put(msgspec.json.encode(result))
        elif text:
            _put(visible(text))

    def show_error(self, code: str, message: str) -> None:
        """Print what went wrong, where whoever called expects it."""
        if self.json:
            error = {"error": {"code": code, "message": _readable(message)}}
            with contextlib.suppress(UnwritableFile):  # then the exit code alone tells
                _put(msgspec.json.encode(error))
        else:
            click.echo(_readable(message), err=True)

    def officer(self) -> str:
        """Return the officer's short name, from the environment or asked for."""
        return secret("COUNTER_APP_OFFICER", N_("Officer"), hidden=False)

    def password(self, *, confirm: bool = False) -> str:
        """Return the password, from the environment or asked for without showing it."""
        return secret("COUNTER_APP_PASSWORD", N_("Password"), confirm=confirm)

    def _spoken_at_the_desk(self) -> str:
        try:
            return settings.load(self.profile).language
        except (CounterError, OSError):  # for `doctor` to tell; a language is found all the same
            return DEFAULT


class NotGiven(click.UsageError):
    """A name or password that is neither in the environment nor typed."""


def secret(variable: str, asked: str, *, hidden: bool = True, confirm: bool = False) -> str:
    """Return what the environment says, or what is typed when it is asked for.

    Raises:
        NotGiven: there is nobody to type it.
    """
    if given := os.environ.get(variable):
        return _letters(given, variable)
    try:
        again = _("Once more") if confirm else False
        typed: str = click.prompt(_(asked), hide_input=hidden, confirmation_prompt=again, err=True)
    except click.Abort as abort:
        if not isinstance(abort.__context__, EOFError):
            raise
        click.echo(err=True)  # the question stands without an answer
        words = _("{asked} is wanted: there is nobody to ask, and {variable} is not set.")
        raise NotGiven(words.format(asked=_(asked), variable=variable)) from None
    return _letters(typed, _(asked))


def _letters(secret: str, name: str) -> str:
    """Return a secret that is text; what it is otherwise, nobody says back."""
    try:
        secret.encode()
    except UnicodeEncodeError:
        raise NotGiven(_("This is no text in UTF-8: {word}").format(word=name)) from None
    return secret


def sure(question: str, *, otherwise: str) -> None:
    """Ask a person, and go on only if the answer is yes.

    Raises:
        NotGiven: there is nobody to ask; the option `otherwise` says that it was asked.
    """
    try:
        click.confirm(question, abort=True, err=True)
    except click.Abort as abort:
        if not isinstance(abort.__context__, EOFError):
            raise
        words = _("There is nobody to ask. If it is so, say {option}.")
        raise NotGiven(words.format(option=otherwise)) from None


class Command(Spoken):
    """A command that takes the common options too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params += common_options()


class Commands(SpokenGroup):
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
        given = args[0] if args else kwargs.get("args")
        words = sys.argv[1:] if given is None else list(given)
        choices = Choices(words)
        _let_any_terminal_print()
        try:
            _check_letters(words)
            kwargs |= {"standalone_mode": False, "obj": choices}
            sys.exit(super().main(*args, **kwargs) or 0)
        except CounterError as error:
            choices.show_error(type(error).__name__, str(error))
            sys.exit(error.exit_code)
        except click.UsageError as error:
            choices.show_error("UsageError", _shown(error, as_json=choices.json))
            sys.exit(error.exit_code)
        except ModuleNotFoundError as error:
            missing = _missing_extra(error)
            choices.show_error(type(missing).__name__, str(missing))
            sys.exit(missing.exit_code)
        except click.Abort:
            choices.show_error("Abort", _("Stopped; nothing more was done."))
            sys.exit(STOPPED)


def common_options() -> list[click.Parameter]:
    """Return `--profile`, `--lang` and `--json`, which stand before or after the command."""

    def common(name: str, help_text: str, **kwargs: Any) -> click.Option:
        return click.Option(
            [f"--{name}"], callback=_choose, expose_value=False, help=help_text, **kwargs
        )

    # Whether it can be read is told by whoever opens it.
    folder = click.Path(file_okay=False, readable=False, path_type=Path)
    return [
        common("profile", N_("The folder of the desk."), type=folder, metavar="DIR"),
        common("lang", N_("The language of texts."), type=click.Choice(languages())),
        common("json", N_("One JSON object a line."), is_flag=True, default=None),
    ]


def _choose(ctx: click.Context, option: click.Parameter, value: Any) -> None:
    choices = ctx.find_root().ensure_object(Choices)
    if value is not None:  # not given here: what was given before the command holds
        choices.choose(str(option.name), value)


def _shown(error: click.UsageError, *, as_json: bool) -> str:
    message = usage_message(error)
    return message if as_json or error.ctx is None else f"{error.ctx.get_usage()}\n{message}"


def _put(line: str | bytes) -> None:
    """Print a line of results; a pipe that nobody reads any more is click's to end.

    Raises:
        UnwritableFile: nothing can be written there.
    """
    try:
        click.echo(line)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UnwritableFile(file="stdout", reason=error) from error


def _readable(message: str) -> str:
    """Return `message` without what a terminal would obey, and without words of pages."""
    return _LONG_WORD.sub(r"\1…", visible(message))


def _check_letters(words: Sequence[str]) -> None:
    """Let a line pass that is text throughout: nothing else can be said back, or kept."""
    for word in words:
        if (readable := word.encode(errors="replace").decode()) != word:
            raise click.UsageError(_("This is no text in UTF-8: {word}").format(word=readable))


def _missing_extra(error: ModuleNotFoundError) -> MissingExtra:
    """Return what is to be installed; a module of our own that is missing is a bug."""
    from counter_app.services.doctor import CENTRAL_PACKAGES, DESK_PACKAGES  # only now

    package = (error.name or "").partition(".")[0]
    if package in CENTRAL_PACKAGES:
        return MissingExtra(extra="central")
    if package not in DESK_PACKAGES:
        raise error
    return MissingExtra(extra="desk")


def _let_any_terminal_print() -> None:
    """Print what a terminal of an older age cannot show as “?”, rather than stop."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _value_of(option: str, words: Sequence[str]) -> str | None:
    """Return the last value that `option` is given in `words`, as `--x V` or `--x=V`."""
    found = None
    for word, after in pairwise([*words, None]):
        if word == f"--{option}":
            found = after
        elif word and word.startswith(f"--{option}="):
            found = word.partition("=")[2]
    return found


pass_choices: Callable[..., Any] = click.make_pass_decorator(Choices)
