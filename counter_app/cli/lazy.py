"""Commands are imported when they are called: `--help` waits for none of them."""

from collections.abc import Iterator
from importlib import import_module
from keyword import iskeyword
from typing import Any, Final

import click

from counter_app.cli.choices import Commands
from counter_app.i18n import N_, _

LAZY: Final = {
    "demo": ("demo", N_("Show the whole line of work on a throw-away desk with a centre.")),
    "init": ("setting_up", N_("Set up a new desk.")),
    "procedures": ("catalogue", N_("List the catalogue, or what TEXT finds in it.")),
    "import": ("importing", N_("Take over procedures from a workbook.")),
    "register": ("registering", N_("Receive the application that a file describes.")),
    "register-group": (
        "batching",
        N_("Receive the applications that the lines of a sheet describe."),
    ),
    "group-template": ("batching", N_("Write the sheet that a group fills in.")),
    "guide": ("guiding", N_("Note what somebody was told who cannot be received yet.")),
    "dossier": ("finding", N_("Show a dossier with its timeline.")),
    "act": ("acting", N_("Enter what was done to a dossier, or list what is possible.")),
    "hand-over": ("handing_over", N_("Hand dossiers over for examination, on one list.")),
    "fees": ("paying", N_("Show what is owed for a dossier, exempt, paid and not known.")),
    "pay": ("paying", N_("Book a payment.")),
    "transfer": ("paying", N_("Ask for a transfer, by the QR code of the banks.")),
    "paper": ("papers", N_("List the papers of a dossier, or write one to a file.")),
    "search": ("finding", N_("Find dossiers by code, ID number, phone or name.")),
    "scan": ("finding", N_("Say what a scanned string is.")),
    "scans": ("scans_kept", N_("List, add or open the scans of a dossier.")),
    "prints": ("printing", N_("List what is still to be printed, and what was.")),
    "queue": ("queueing", N_("Numbers for those who wait.")),
    "summary": ("reporting", N_("Count a day, and print it.")),
    "export": ("exporting", N_("Write the register, or a list of dossiers.")),
    "verify": ("care", N_("Prove that nothing in the store was altered.")),
    "backup": ("care", N_("Write a backup and read it again.")),
    "restore": ("care", N_("Go on from a backup, on this PC or another.")),
    "doctor": ("doctoring", N_("Look at what the desk needs to work.")),
    "enrol": ("syncing", N_("Make this desk one of a centre's.")),
    "sync": ("syncing", N_("Send what was done to the centre, and fetch what is new.")),
    "central": ("central", N_("Serve the centre, and look after it.")),
    "user": ("people", N_("Officers and their passwords.")),
}


class LazyCommands(Commands):
    """A group that knows its commands' names and one line of each before it has them."""

    def __init__(self, *args: Any, lazy: dict[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lazy = lazy

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        return list(self._lazy)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        """Return the command, imported now."""
        if name not in self._lazy:
            return None
        module = import_module(f"counter_app.cli.{self._lazy[name][0]}")
        found: click.Command = getattr(module, _in_python(name))
        return found

    def command_lines(self, _ctx: click.Context) -> Iterator[tuple[str, str]]:
        """Return the commands, each with a line about it, without importing any."""
        return ((name, _(words)) for name, (_module, words) in self._lazy.items())


def _in_python(name: str) -> str:
    """Return what the function of a command is called."""
    return f"{name}_" if iskeyword(name) else name.replace("-", "_")
