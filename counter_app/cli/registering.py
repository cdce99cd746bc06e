"""`register`: one application from a file."""

import secrets
from datetime import MAXYEAR, MINYEAR, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import click

from counter_app.cli.choices import Choices, Command, pass_choices
from counter_app.i18n import N_, _, format_instant

if TYPE_CHECKING:
    from counter_app.domain.dossier import Dossier

_SIZES: Final[dict[str, Literal["a5", "a4"]]] = {"a5": "a5", "a4": "a4"}


@click.command(cls=Command, help=N_("Receive the application that the file INTAKE describes."))
@click.argument("intake", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--receipt",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="OUT.pdf",
    help=N_("Where the receipt is written."),
)
@click.option(
    "--size",
    type=click.Choice(list(_SIZES)),
    default="a5",
    help=N_("The paper of the receipt."),
)
@click.option(
    "--guidance",
    metavar="DIGITS",
    help=N_("Go on from guidance given before, with the same identity."),
)
@click.option("--at", metavar="ISO-INSTANT", help=N_("As if it were then; practice desks only."))
@pass_choices
def register(
    choices: Choices,
    *,
    intake: Path,
    receipt: Path | None,
    size: str,
    guidance: str | None,
    at: str | None,
) -> None:
    """Receive the application that the file INTAKE describes."""
    # `--help` does not wait for the database.
    from counter_app.bootstrap import StoppedClock, open_desk
    from counter_app.services.business_day import practise_at
    from counter_app.services.guidance import token_in
    from counter_app.services.receipts import print_receipt
    from counter_app.services.registration import register_dossier
    from counter_app.services.saving import check_place, save_pdf
    from counter_app.wire.intake import read_intake

    application = read_intake(intake)
    token = token_in(guidance) if guidance is not None else secrets.token_bytes(16)
    moment = _instant(at) if at is not None else None
    if receipt is not None:
        check_place(receipt)  # first: whoever has no receipt in hand has no code either
    with open_desk(choices.profile, choices.officer(), choices.password()) as opened:
        desk = opened
        if moment is not None:
            local = moment.astimezone(opened.catalogue.calendar.zone)
            desk = practise_at(opened, StoppedClock(local))
        dossier = register_dossier(desk, application, token=token)
        try:
            if receipt is not None:
                printed = print_receipt(desk, dossier.id, size=_SIZES[size], to="pdf")
                save_pdf(receipt, printed.pdf)
        except BaseException:
            _show(choices, dossier, None)  # it is received, whatever became of the paper
            raise
    _show(choices, dossier, receipt)


def _show(choices: Choices, dossier: "Dossier", receipt: Path | None) -> None:
    # `--help` does not wait for the schemas.
    from counter_app.cli.results import Registered, fee_results
    from counter_app.domain.receipt_code import parse_receipt_code

    received = dossier.received
    assert received is not None
    code = parse_receipt_code(received.receipt)
    assert code is not None
    result = Registered(
        id=str(dossier.id),
        code=dossier.code,
        pin=code.pin,
        tracking_url=received.receipt,
        received_at=received.received_at,
        due_at=received.due_at,
        fees=fee_results(received.fees),
        receipt=str(receipt) if receipt else None,
    )
    due = format_instant(received.due_at) if received.due_at else _("no due date")
    choices.show(result, _("{code} received; due: {due}.").format(code=dossier.code, due=due))


def _instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = datetime.max
    # The first and the last year cannot be told in every time zone.
    if found.tzinfo is None or not MINYEAR < found.year < MAXYEAR:
        raise click.BadParameter(_("An instant looks like 2026-11-23T09:30:00+07:00."))
    return found
