"""`central user`: who may read over the network how the centre stands."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from counter_app.cli.central_place import Place, now, somewhere
from counter_app.cli.choices import Choices, Command, Commands, pass_choices
from counter_app.domain.tracking import VIETNAM
from counter_app.i18n import N_, _, format_instant

if TYPE_CHECKING:
    from counter_app.central.accounts import Account

_ROLES: Final = ("auditor", "operator")


@click.group(
    cls=Commands,
    invoke_without_command=True,
    help=N_("Who may read over the network how the centre stands."),
)
@click.pass_context
def user(ctx: click.Context) -> None:
    """Lead to the commands about accounts."""
    if ctx.invoked_subcommand is None:
        ctx.fail(_("A command is missing."))


@user.command("add", cls=Command, help=N_("Make an account, and print its token once."))
@click.argument("name")
@click.option(
    "--role", type=click.Choice(_ROLES), default=_ROLES[0], help=N_("What it may be used for.")
)
@somewhere
@pass_choices
def add_user(
    choices: Choices, *, name: str, role: str, database: str | None, data: Path | None
) -> None:
    """Make an account, and print its token once."""
    # `--help` does not wait for the database.
    from counter_app.central.accounts import AccountRole, account_of, add_account

    with Place(database, data).opened() as db, db.begin() as connection:
        token = add_account(connection, name, AccountRole(role), now())
        made = account_of(connection, token)
    assert made is not None
    _show(choices, made, token)


@user.command("list", cls=Command, help=N_("Name the accounts."))
@somewhere
@pass_choices
def list_users(choices: Choices, *, database: str | None, data: Path | None) -> None:
    """Name the accounts."""
    # `--help` does not wait for the database.
    from counter_app.central.accounts import accounts

    with Place(database, data).opened() as db, db.read() as connection:
        known = accounts(connection)
    for account in known:
        _show(choices, account)


@user.command("revoke", cls=Command, help=N_("Let the token of NAME open nothing any more."))
@click.argument("name")
@somewhere
@pass_choices
def revoke_user(choices: Choices, *, name: str, database: str | None, data: Path | None) -> None:
    """Let the token of NAME open nothing any more."""
    # `--help` does not wait for the database.
    from counter_app.central.accounts import revoke_account

    with Place(database, data).opened() as db, db.begin() as connection:
        revoked = revoke_account(connection, name, now())
    _show(choices, revoked)


def _show(choices: Choices, account: "Account", token: str | None = None) -> None:
    # `--help` does not wait for it.
    from counter_app.cli.central_results import AccountResult

    result = AccountResult(
        name=account.name,
        role=account.role.value,
        made_at=account.made_at,
        revoked_at=account.revoked_at,
        token=token,
    )
    words = f"{account.name}  {account.role}  {format_instant(account.made_at.astimezone(VIETNAM))}"
    if account.revoked_at is not None:
        words = f"{words}  ({_('revoked')})"
    if token is not None:
        words += "\n" + _("Token, shown this once: {token}").format(token=token)
    choices.show(result, words)
