"""`enrol` and `sync`: this desk and its centre."""

import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

import click

from counter_app.cli.choices import Choices, Command, pass_choices, sure
from counter_app.errors import CentreUnreachable
from counter_app.i18n import N_, _, format_count

if TYPE_CHECKING:
    from counter_app.cli.results import SyncResult
    from counter_app.desk import Desk
    from counter_app.sync.client import CentreClient

PARTIAL: Final = 7


@click.command(
    cls=Command,
    help=N_(
        "Make this desk one of a centre's, with the one-time CODE that was made there; or, with "
        "--move, reach the same centre at another address."
    ),
)
@click.argument("code", required=False)
@click.option("--central", "url", required=True, metavar="URL", help=N_("The centre's address."))
@click.option(
    "--authority",
    type=click.Path(path_type=Path, dir_okay=False),
    help=N_("The certificate of the authority that vouches for the address (PEM)."),
)
@click.option("--yes", is_flag=True, help=N_("Somebody has compared the fingerprint."))
@click.option("--move", is_flag=True, help=N_("The same centre, at another address."))
@pass_choices
def enrol(
    choices: Choices, *, code: str | None, url: str, authority: Path | None, yes: bool, move: bool
) -> None:
    """Make this desk one of a centre's, or reach the same centre at another address."""
    # `--help` does not wait for the database and the network.
    from counter_app.bootstrap import open_desk
    from counter_app.sync.address import read_authority

    if move == (code is not None):
        raise click.UsageError(_("Give either the code of the centre, or --move."))
    vouching = read_authority(authority) if authority else ""
    with open_desk(choices.profile, choices.officer(), choices.password()) as desk:
        if code is None:
            _move(choices, desk, url, vouching)
        else:
            _enrol(choices, desk, url=url, code=code, authority=vouching, ask=not yes)


@click.command(
    cls=Command,
    help=N_(
        "Send what was done at this desk to the centre, and fetch what is new there; until it "
        "is stopped, or once."
    ),
)
@click.option("--once", is_flag=True, help=N_("Send and fetch all that there is, and end."))
@click.pass_context
@pass_choices
def sync(choices: Choices, ctx: click.Context, once: bool) -> None:
    """Send what was done at this desk to the centre, and fetch what is new there."""
    # `--help` does not wait for the database and the network.
    from counter_app.bootstrap import open_desk
    from counter_app.sync.client import client_for

    with open_desk(choices.profile, choices.officer(), choices.password()) as desk:
        client = client_for(desk)
        try:
            if not once:
                _go_on(choices, desk, client)
            result = _pass(desk, client)
        finally:
            client.close()
    choices.show(result, _sync_words(result))
    if not result.complete:
        ctx.exit(PARTIAL)


def _enrol(
    choices: Choices, desk: "Desk", *, url: str, code: str, authority: str, ask: bool
) -> None:
    # As above.
    from counter_app.cli.results import EnrolResult
    from counter_app.sync import enrolling

    met = enrolling.meet(desk, url, code, authority)
    if ask and not choices.json:
        words = _("Fingerprint of the centre: {centre}\nFingerprint of this desk: {desk}")
        click.echo(words.format(centre=met.fingerprint, desk=met.desk_fingerprint))
        sure(_("Does the centre show the same?"), otherwise="--yes")
    enrolled = enrolling.enrol(desk, met)
    result = EnrolResult(
        centre_id=str(enrolled.link.centre_id),
        url=enrolled.link.url,
        fingerprint=met.fingerprint,
        desk_id=str(desk.profile.id),
        desk_fingerprint=met.desk_fingerprint,
        tracking_url=desk.profile.tracking_url,
        waiting=_waiting(desk),
    )
    words = _(
        "This desk is one of the centre's ({fingerprint}). All codes and receipts stay valid; "
        "{count} entries wait to be sent: run “sync”, or open the window."
    )
    shown = words.format(fingerprint=met.fingerprint, count=format_count(result.waiting))
    choices.show(result, shown)


def _move(choices: Choices, desk: "Desk", url: str, authority: str) -> None:
    # As above.
    from counter_app.cli.results import EnrolResult
    from counter_app.sync import enrolling
    from counter_app.wire.envelope import fingerprint

    link = enrolling.move(desk, url, authority)
    result = EnrolResult(
        centre_id=str(link.centre_id),
        url=link.url,
        fingerprint=fingerprint(link.root_key),
        desk_id=str(desk.profile.id),
        desk_fingerprint=fingerprint(desk.key.public),
        tracking_url=desk.profile.tracking_url,
        waiting=_waiting(desk),
    )
    words = _("The same centre answers at {address}: this desk sends there from now on.")
    choices.show(result, words.format(address=link.url))


def _go_on(choices: Choices, desk: "Desk", client: "CentreClient") -> NoReturn:
    """Send and fetch again and again, until somebody stops it or the centre refuses."""
    # As above.
    from counter_app.sync.pace import Pace

    pace, failures = Pace(), 0
    while True:
        try:
            result = _pass(desk, client)
            failures = failures + 1 if result.trouble else 0
            choices.show(result, _sync_words(result))
        except CentreUnreachable as error:
            failures += 1
            choices.show_error(type(error).__name__, str(error))
        time.sleep(pace.after(failures) if failures else pace.usual())


def _pass(desk: "Desk", client: "CentreClient") -> "SyncResult":
    """Send and fetch all that there is; what has broken it off half-way is told as `trouble`.

    Raises:
        CentreUnreachable: nothing was sent at all.
        CentreRefused: the centre takes nothing from this desk.
    """
    # As above.
    from counter_app.cli.results import SyncResult
    from counter_app.services.status import desk_status
    from counter_app.sync.exchange import exchange
    from counter_app.wire.delivery import Verdict

    done, status = exchange(desk, client), desk_status(desk)
    counted = Counter(done.pushed.verdicts.values())
    contested = counted.keys() - {Verdict.APPLIED, Verdict.WAITING}
    return SyncResult(
        centre_id=str(client.link.centre_id),
        complete=not (done.trouble or status.unsent or contested),
        sent=done.pushed.sent,
        waiting=status.unsent,
        waiting_dossiers=status.waiting,
        applied=counted[Verdict.APPLIED],
        flagged=counted[Verdict.FLAGGED],
        proposed=counted[Verdict.PROPOSED],
        refused=counted[Verdict.REFUSED],
        held_up=counted[Verdict.WAITING],
        unsettled=status.flagged + status.proposed + status.refused + status.held_up,
        reference_version=done.reference_version,
        trouble=done.trouble,
        why=done.why,
    )


def _sync_words(result: "SyncResult") -> str:
    words = _("{sent} entries sent, {waiting} still wait; the centre's data of version {version}.")
    lines = [
        words.format(
            sent=format_count(result.sent),
            waiting=format_count(result.waiting),
            version=result.reference_version,
        )
    ]
    if result.unsettled:
        words = _("{count} entries were not taken as they came: see to them in the window.")
        lines.append(words.format(count=format_count(result.unsettled)))
    return "\n".join([*lines, *filter(None, [result.why])])


def _waiting(desk: "Desk") -> int:
    # As above.
    from counter_app.services.status import desk_status

    return desk_status(desk).unsent
