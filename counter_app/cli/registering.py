"""`register`: one application from a file."""

import secrets
from datetime import datetime
from pathlib import Path

import click

from counter_app.cli.choices import Choices, Command, pass_choices
from counter_app.i18n import _, format_instant


@click.command(cls=Command)
@click.argument("intake", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--receipt", type=click.Path(path_type=Path, dir_okay=False), metavar="OUT.pdf")
@click.option("--size", type=click.Choice(["a5", "a4"]), default="a5")
@click.option("--at", type=str, metavar="ISO-INSTANT", help="In practice profiles only.")
@pass_choices
def register(
    choices: Choices, intake: Path, receipt: Path | None, size: str, at: str | None
) -> None:
    """Receive the application that the file INTAKE describes."""
    # `--help` does not wait for the database.
    from counter_app.bootstrap import open_desk
    from counter_app.cli.results import Registered, fee_results
    from counter_app.domain.receipt_code import parse_receipt_code
    from counter_app.errors import PracticeOnly
    from counter_app.services.receipts import print_receipt
    from counter_app.services.registration import register_dossier
    from counter_app.wire.intake import read_intake

    application = read_intake(intake)
    moment = _instant(at) if at else None
    with open_desk(choices.profile, choices.officer(), choices.password(), at=moment) as desk:
        if moment is not None and not desk.profile.practice:
            raise PracticeOnly(option="--at")
        dossier = register_dossier(desk, application, token=secrets.token_bytes(16))
        received = dossier.received
        assert received is not None
        if receipt is not None:
            printed = print_receipt(desk, dossier.id, size="a4" if size == "a4" else "a5", to="pdf")
            write_pdf(receipt, printed.pdf)
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


def write_pdf(path: Path, pdf: bytes) -> None:
    """Write a file that somebody asked for.

    Raises:
        UnwritableFile: it cannot be written there.
    """
    from counter_app.errors import UnwritableFile

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pdf)
    except OSError as error:
        raise UnwritableFile(file=path, reason=error.strerror or error) from error


def _instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(_("An instant looks like 2026-11-23T09:30:00+07:00.")) from None
    if found.tzinfo is None:
        raise click.BadParameter(_("An instant looks like 2026-11-23T09:30:00+07:00."))
    return found
