"""`user`: who has an account at this desk."""

import click

from counter_app.cli.choices import Choices, Command, Commands, pass_choices, secret
from counter_app.i18n import N_, _


@click.group(cls=Commands, invoke_without_command=True, help=N_("Officers and their passwords."))
@click.pass_context
def user(ctx: click.Context) -> None:
    """Lead to the commands about officers."""
    if ctx.invoked_subcommand is None:
        ctx.fail(_("A command is missing."))


@user.command("list", cls=Command, help=N_("Name the officers; needs no password."))
@pass_choices
def list_users(choices: Choices) -> None:
    """Name the officers; needs no password."""
    # `--help` does not wait for the locks.
    from counter_app.keys.roster import list_officers

    for listed in list_officers(choices.profile):
        _show(choices, listed.officer.id)


@user.command(
    "add",
    cls=Command,
    help=N_(
        "Give OFFICER an account with a first password (COUNTER_APP_NEW_PASSWORD or asked for)."
    ),
)
@click.argument("officer")
@click.option("--name", required=True, metavar="TEXT", help=N_("The full name."))
@click.option(
    "--role",
    "roles",
    multiple=True,
    metavar="ROLE",
    help=N_("What the officer may do; can be given several times."),
)
@pass_choices
def add_user(choices: Choices, officer: str, name: str, roles: tuple[str, ...]) -> None:
    """Give OFFICER an account with a first password (COUNTER_APP_NEW_PASSWORD or asked for)."""
    # `--help` does not wait for the locks.
    from counter_app.bootstrap import access
    from counter_app.domain.officer import Officer, Role
    from counter_app.services.people import add_colleague

    known = [role.value for role in Role]
    if strange := sorted(set(roles) - set(known)):
        words = _("There is no role “{role}”. Choose from: {roles}.")
        raise click.BadParameter(words.format(role=strange[0], roles=", ".join(known)))
    wanted = frozenset(Role(role) for role in roles) or frozenset({Role.RECEPTION, Role.RETURN})
    unlocked = access(choices.profile, choices.officer(), choices.password())
    new = Officer(id=officer, name=name, roles=wanted)
    add_colleague(choices.profile, unlocked, new, _new_password())
    _show(choices, officer)


@user.command(
    "unlock", cls=Command, help=N_("Let OFFICER try again after too many wrong passwords.")
)
@click.argument("officer")
@pass_choices
def unlock_user(choices: Choices, officer: str) -> None:
    """Let OFFICER try again after too many wrong passwords."""
    # `--help` does not wait for the locks.
    from counter_app.bootstrap import access
    from counter_app.services.people import let_try_again

    unlocked = access(choices.profile, choices.officer(), choices.password())
    let_try_again(choices.profile, unlocked, officer)
    _show(choices, officer)


@user.command(
    "passwd",
    cls=Command,
    help=N_("Change one's own password, or give OFFICER one to begin with."),
)
@click.argument("officer", required=False)
@pass_choices
def change_own_or_give(choices: Choices, officer: str | None) -> None:
    """Change one's own password, or give OFFICER one to begin with."""
    # `--help` does not wait for the locks.
    from counter_app.bootstrap import access
    from counter_app.keys.officers import change_password
    from counter_app.keys.throttle import uptime
    from counter_app.services.people import give_password

    acting, password = choices.officer(), choices.password()
    if officer is None or officer == acting:
        change_password(choices.profile, acting, password, _new_password(), uptime())
    else:
        unlocked = access(choices.profile, acting, password)
        give_password(choices.profile, unlocked, officer, _new_password())
    _show(choices, officer or acting)


def _new_password() -> str:
    return secret("COUNTER_APP_NEW_PASSWORD", N_("New password"), confirm=True)


def _show(choices: Choices, officer: str) -> None:
    # `--help` does not wait for the locks.
    from counter_app.cli.results import OfficerResult
    from counter_app.keys.roster import officer_of

    listed = officer_of(choices.profile, officer)
    roles = sorted(listed.officer.roles)
    result = OfficerResult(
        id=listed.officer.id,
        name=listed.officer.name,
        roles=[role.value for role in roles],
        active=listed.active,
        locked=listed.throttle.locked,
    )
    words = f"{listed.officer.id}  {listed.officer.name}  {', '.join(map(format, roles))}"
    choices.show(result, words if listed.active else f"{words}  ({_('dismissed')})")
