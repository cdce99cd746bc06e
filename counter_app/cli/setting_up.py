"""`init`: a new desk."""

import re

import click

from counter_app.cli.choices import Choices, Command, pass_choices
from counter_app.i18n import N_, _


@click.command(cls=Command, help=N_("Set up a new desk, and print its recovery key once."))
@click.option("--agency", required=True, metavar="CODE", help=N_("The code of the agency."))
@click.option("--name", required=True, metavar="TEXT", help=N_("The name of the agency."))
@click.option("--desk", required=True, metavar="NAME", help=N_("The name of the desk."))
@click.option("--standalone", is_flag=True, help=N_("A desk without a centre."))
@click.option(
    "--codes",
    metavar="LO-HI",
    help=N_("The dossier numbers that this desk may print each day."),
)
@click.option("--practice", is_flag=True, help=N_("For practising; nothing on paper is valid."))
@click.option("--tracking-url", default="", metavar="URL", help=N_("Where a receipt's QR leads."))
@pass_choices
def init(
    choices: Choices,
    *,
    agency: str,
    name: str,
    desk: str,
    standalone: bool,
    codes: str | None,
    practice: bool,
    tracking_url: str,
) -> None:
    """Set up a new desk, and print its recovery key once."""
    # `--help` does not wait for the database.
    from counter_app.catalogue.agency import read_agency_rules
    from counter_app.cli.results import Initialised
    from counter_app.domain.officer import DESK_ROLES, Officer
    from counter_app.domain.text import tidy
    from counter_app.services.setting_up import ALL_CODES, NewDesk, set_up

    officer = choices.officer()
    wanted = NewDesk(
        office=read_agency_rules().agency(agency, name),
        name=tidy(desk),
        language=choices.language,
        officer=Officer(id=officer, name=officer, roles=DESK_ROLES),
        password=choices.password(confirm=True),
        codes=_range(codes) if codes else ALL_CODES,
        standalone=standalone or not tracking_url,
        practice=practice,
        tracking_url=tracking_url,
    )
    recovery_key = set_up(choices.profile, wanted)
    result = Initialised(
        profile=str(choices.profile),
        desk=wanted.name,
        agency=wanted.office.code,
        officer=officer,
        recovery_key=recovery_key,
    )
    words = _(
        "The desk “{desk}” is set up in {profile}.\n"
        "Recovery key: {key}\n"
        "Print it and lock it away: it is shown this once, and opens a backup on another PC."
    )
    choices.show(result, words.format(desk=wanted.name, profile=choices.profile, key=recovery_key))


def _range(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,6})-(\d{1,6})", text.strip())
    if not found or not 1 <= int(found[1]) <= int(found[2]):
        raise click.BadParameter(_("Codes are given as LO-HI, as in 1-4999."))
    return int(found[1]), int(found[2])
