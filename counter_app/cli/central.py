"""`central`: the centre's own commands; whoever may use its database needs no other password."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

import click

from counter_app.cli.central_people import user
from counter_app.cli.central_place import Place, now, somewhere
from counter_app.cli.choices import Choices, Command, Commands, pass_choices, secret
from counter_app.domain.tracking import VIETNAM
from counter_app.i18n import N_, _, format_instant

if TYPE_CHECKING:
    from counter_app.central.database import Database
    from counter_app.central.identity import Founded
    from counter_app.central.status import AgencyStatus, CentreStatus, DeskStatus

_ROOT_KEY: Final = "COUNTER_APP_ROOT_KEY"
_FILE: Final = click.Path(dir_okay=False, path_type=Path)
_COUNTED: Final = (
    "dossiers", "operations", "flagged", "proposed", "refused", "waiting", "quarantined"
)  # fmt: skip


@click.group(
    cls=Commands, invoke_without_command=True, help=N_("Serve the centre, and look after it.")
)
@click.pass_context
def central(ctx: click.Context) -> None:
    """Lead to the commands of the centre."""
    if ctx.invoked_subcommand is None:
        ctx.fail(_("A command is missing."))


central.add_command(user)


@central.command(cls=Command, help=N_("Serve desks and citizens until it is stopped."))
@click.option("--host", default="127.0.0.1", metavar="HOST", help=N_("The address to serve at."))
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8080,
    metavar="PORT",
    help=N_("The port; 0 takes a free one."),
)
@click.option("--certificate", type=_FILE, metavar="FILE", help=N_("For https: PEM."))
@click.option("--private-key", type=_FILE, metavar="FILE", help=N_("The certificate's key: PEM."))
@somewhere
@pass_choices
def serve(
    choices: Choices,
    *,
    host: str,
    port: int,
    certificate: Path | None,
    private_key: Path | None,
    database: str | None,
    data: Path | None,
) -> None:
    """Serve desks and citizens until it is stopped."""
    # `--help` does not wait for the server.
    from counter_app.central.app import build_app
    from counter_app.central.reconsidering import reconsider
    from counter_app.central.serving import listening, serve_on

    if (certificate is None) != (private_key is None):
        raise click.UsageError(_("--certificate and --private-key go together."))
    place = Place(database, data)
    # First, as a centre that is founded shows its root key once.
    with (
        listening(host, port, certificate, private_key) as listener,
        place.as_it_is(alone=True) as opened,
    ):
        founded = _founded(opened) if place.data else _known(opened)
        reconsider(opened, now())
        shown = _Shown(choices, founded)
        try:
            serve_on(listener, build_app(opened, founded.centre), ready=shown.ready)
        finally:
            shown.at_last()


def _founded(database: "Database") -> "Founded":
    """Return the centre of a folder of its own, founded now if it is new."""
    from counter_app.central.database import bring_up_to_date
    from counter_app.central.identity import found_centre

    bring_up_to_date(database)
    with database.begin() as connection:
        return found_centre(connection, tracking_url="", now=now())


def _known(database: "Database") -> "Founded":
    from counter_app.central.database import check_schema
    from counter_app.central.identity import Founded, load_centre

    check_schema(database)
    with database.read() as connection:
        return Founded(centre=load_centre(connection), root_secret="")


class _Shown:
    """Shows where the centre is served, and its root key once, whatever happens."""

    def __init__(self, choices: Choices, founded: "Founded") -> None:
        self._choices = choices
        self._founded = founded
        self._done = False

    def ready(self, url: str) -> None:
        """Show all of it."""
        # As in `serve`.
        from counter_app.cli.central_results import ServingResult

        centre = self._founded.centre
        result = ServingResult(
            url=url,
            centre_id=centre.id,
            fingerprint=centre.fingerprint,
            root_key=self._founded.root_secret or None,
        )
        words = _("The centre is served at {url}. Ctrl+C stops it.").format(url=url)
        self._choices.show(result, "\n".join([words, *_root_key_words(self._founded)]))
        self._done = True

    def at_last(self) -> None:
        """Show the root key if nothing was shown: there is no second time."""
        if self._founded.root_secret and not self._done:
            _show_centre(self._choices, self._founded, migrated=True)


def _root_key_words(founded: "Founded") -> Iterator[str]:
    if founded.root_secret:
        words = _(
            "Root key: {key}\n"
            "Write it down and lock it away: it is shown this once, and kept nowhere. Only with "
            "it can the centre be given another key to answer with."
        )
        yield words.format(key=founded.root_secret)


def _show_centre(choices: Choices, founded: "Founded", *, migrated: bool) -> None:
    # As in `serve`.
    from counter_app.cli.central_results import CentreResult

    centre = founded.centre
    result = CentreResult(
        centre_id=centre.id,
        fingerprint=centre.fingerprint,
        generation=centre.generation,
        tracking_url=centre.tracking_url,
        migrated=migrated,
        root_key=founded.root_secret or None,
    )
    lines = [
        _("The tables were brought up to date.") if migrated else _("The tables are up to date."),
        _("Centre {id}").format(id=centre.id),
        _("Fingerprint: {fingerprint}").format(fingerprint=centre.fingerprint),
        _("Receipts lead to: {url}").format(url=centre.tracking_url or "—"),
        *_root_key_words(founded),
    ]
    choices.show(result, "\n".join(lines))


@central.command(
    cls=Command, help=N_("Make the centre's tables or bring them up to date, and found the centre.")
)
@click.option("--tracking-url", metavar="URL", help=N_("Where a receipt's QR leads."))
@click.option(
    "--renew-key",
    is_flag=True,
    help=N_("Give it a new key to answer with (COUNTER_APP_ROOT_KEY or asked for)."),
)
@somewhere
@pass_choices
def migrate(
    choices: Choices,
    *,
    tracking_url: str | None,
    renew_key: bool,
    database: str | None,
    data: Path | None,
) -> None:
    """Make the centre's tables or bring them up to date, and found the centre."""
    # `--help` does not wait for the database.
    from counter_app.central import identity
    from counter_app.central.database import bring_up_to_date
    from counter_app.domain.desk_profile import check_tracking_url

    url = (tracking_url or "").strip()
    check_tracking_url(url)
    place = Place(database, data)
    root_key = secret(_ROOT_KEY, N_("Root key")) if renew_key else None
    with place.as_it_is(make=True) as opened:
        migrated = bring_up_to_date(opened)
        with opened.begin() as connection:
            founded = identity.found_centre(connection, tracking_url=url, now=now())
            if tracking_url is not None:
                identity.move_tracking(connection, url)
            if root_key is not None:
                identity.renew_key(connection, root_key, now=now())
            centre = identity.load_centre(connection)
    now_known = identity.Founded(centre=centre, root_secret=founded.root_secret)
    _show_centre(choices, now_known, migrated=migrated)
    if renew_key and not choices.json:
        click.echo(_("Start every server of this centre again: until then it uses the old key."))


@central.command(cls=Command, help=N_("Tell how the centre stands, agency by agency."))
@somewhere
@pass_choices
def status(choices: Choices, *, database: str | None, data: Path | None) -> None:
    """Tell how the centre stands, agency by agency."""
    # `--help` does not wait for the database.
    import msgspec

    from counter_app.central.status import status as status_of
    from counter_app.cli.central_results import CentralStatusResult

    with Place(database, data).opened() as opened, opened.read() as connection:
        found = status_of(connection, now())
    told = msgspec.to_builtins(found)
    told |= {name: sum(getattr(each, name) for each in found.agencies) for name in _COUNTED}
    choices.show(msgspec.convert(told, CentralStatusResult), _status_words(found))


def _status_words(found: "CentreStatus") -> str:
    lines = [_("Fingerprint: {fingerprint}").format(fingerprint=found.fingerprint)]
    for agency in found.agencies:
        lines += ["", _agency_words(agency), *map(_desk_words, agency.desks)]
    return "\n".join(lines)


def _agency_words(agency: "AgencyStatus") -> str:
    words = _(
        "{code}: {dossiers} dossiers, {operations} operations; {flagged} flagged, "
        "{proposed} proposed, {refused} refused, {waiting} waiting, {quarantined} quarantined"
    )
    return words.format(code=agency.code, **{name: getattr(agency, name) for name in _COUNTED})


def _desk_words(desk: "DeskStatus") -> str:
    if desk.last_contact is None:
        heard = _("never heard from")
    else:
        heard = _("last heard from at {time}").format(
            time=format_instant(desk.last_contact.astimezone(VIETNAM))
        )
    words = [desk.name, str(desk.id), heard]
    words += [_("revoked")] * desk.revoked + [_("goes on from a copy")] * desk.forked
    return "  " + "  ".join(words)


@central.command(
    "enrol-code", cls=Command, help=N_("Print a code that lets one desk in, once, within a day.")
)
@click.option("--agency", required=True, metavar="CODE", help=N_("The code of the agency."))
@click.option("--desk", required=True, metavar="NAME", help=N_("The name of the desk."))
@somewhere
@pass_choices
def enrol_code(
    choices: Choices, *, agency: str, desk: str, database: str | None, data: Path | None
) -> None:
    """Print a code that lets one desk in, once, within a day."""
    # `--help` does not wait for the database.
    from counter_app.central.enrolment import CODE_HOLDS, make_enrol_code
    from counter_app.central.identity import load_centre
    from counter_app.cli.central_results import EnrolCodeResult

    at = now()
    with Place(database, data).opened() as opened, opened.begin() as connection:
        centre = load_centre(connection)
        code = make_enrol_code(connection, centre, agency_code=agency, desk_name=desk, now=at)
    expires_at = at + CODE_HOLDS
    result = EnrolCodeResult(enrol_code=code, fingerprint=centre.fingerprint, expires_at=expires_at)
    words = _(
        "Enrolment code: {code}\n"
        "For one desk, until {time}. Say it to nobody else.\n"
        "Fingerprint, which the desk shows as well: {fingerprint}"
    )
    time = format_instant(expires_at.astimezone(VIETNAM))
    choices.show(result, words.format(code=code, time=time, fingerprint=centre.fingerprint))


@central.command(cls=Command, help=N_("Take the word of DESK (its id) no longer."))
@click.argument("desk", type=click.UUID)
@somewhere
@pass_choices
def revoke(choices: Choices, *, desk: UUID, database: str | None, data: Path | None) -> None:
    """Take the word of DESK (its id) no longer."""
    # `--help` does not wait for the database.
    from counter_app.central.desks import desk_of
    from counter_app.central.enrolment import revoke as revoke_desk
    from counter_app.cli.central_results import RevokedResult

    with Place(database, data).opened() as opened, opened.begin() as connection:
        revoke_desk(connection, desk, now())
        revoked = desk_of(connection, desk)
    assert revoked is not None
    assert revoked.revoked_at is not None
    result = RevokedResult(
        desk=revoked.id, name=revoked.name, agency=revoked.agency, revoked_at=revoked.revoked_at
    )
    words = _("The desk “{desk}” of {agency} is revoked: what it sends is kept apart.")
    choices.show(result, words.format(desk=revoked.name, agency=revoked.agency))


@central.command(
    "import", cls=Command, help=N_("Hand newer law to all desks: files laid out as in forms/.")
)
@click.argument("files", nargs=-1, required=True, type=_FILE, metavar="FILE…")
@somewhere
@pass_choices
def import_law(
    choices: Choices, *, files: tuple[Path, ...], database: str | None, data: Path | None
) -> None:
    """Hand newer law to all desks: files laid out as in forms/."""
    # `--help` does not wait for the database.
    from hashlib import sha256

    from counter_app.catalogue.reading import name_of, read_bytes
    from counter_app.central.law import add_law
    from counter_app.cli.central_results import LawFileResult

    law = {name_of(file.absolute()): read_bytes(file) for file in files}
    with Place(database, data).opened() as opened, opened.begin() as connection:
        changed = add_law(connection, law, now())
    for path, raw in law.items():
        result = LawFileResult(path=path, sha256=sha256(raw).hexdigest(), changed=path in changed)
        words = _("{path}: for all desks from now on") if result.changed else _("{path}: known")
        choices.show(result, words.format(path=path))


@central.command(cls=Command, help=N_("Print the description of what is served (OpenAPI)."))
@click.option("--out", type=_FILE, metavar="FILE", help=N_("The file to write."))
@pass_choices
def openapi(choices: Choices, out: Path | None) -> None:
    """Print the description of what is served (OpenAPI)."""
    # `--help` does not wait for the server.
    from counter_app.central.openapi import text
    from counter_app.cli.central_results import FileResult
    from counter_app.errors import UnwritableFile

    if out is None:
        click.echo(text(), nl=False)
        return
    try:
        out.write_text(text(), "utf-8")
    except OSError as error:
        raise UnwritableFile(file=out, reason=error) from error
    choices.show(FileResult(file=str(out)), _("Written: {file}").format(file=out))
