"""`pay`, `fees`, `transfer`: money at the desk, without a window."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from counter_app.cli.choices import Choices, Command, pass_choices
from counter_app.i18n import N_, _, format_money

if TYPE_CHECKING:
    from uuid import UUID

    from counter_app.desk import Desk

_MEANS: Final = ("cash", "transfer", "online", "post")
_PDF: Final = click.Path(path_type=Path, dir_okay=False)


class Dong(click.ParamType):  # type: ignore[type-arg]  # older releases have no argument
    """An amount in whole dong, as it is typed: 16000 or 16.000."""

    name = "amount"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Return the amount; what is none is a usage error."""
        # `--help` does not wait for it.
        from counter_app.domain.payment import read_money

        amount = value if isinstance(value, int) else read_money(str(value))
        if amount is None:
            self.fail(_("An amount looks like 16.000 or 16k."), param, ctx)
        return amount


_DONG: Final = Dong()


@click.command(
    cls=Command,
    help=N_(
        "Book a payment for the dossier CODE (or its id): all that is owed, or AMOUNT of it. "
        "A transfer is booked when the money has been seen."
    ),
)
@click.argument("code")
@click.option("--amount", type=_DONG, metavar="N", help=N_("A part of what is owed, in dong."))
@click.option(
    "--means",
    type=click.Choice(_MEANS),
    required=True,
    metavar="MEANS",
    help=N_("How the money has come: cash, transfer, online or post."),
)
@click.option(
    "--tendered",
    type=_DONG,
    default=0,
    metavar="N",
    help=N_("What was put on the desk; the change is told."),
)
@click.option("--payer", default=None, metavar="TEXT", help=N_("Who pays; usually who came."))
@click.option(
    "--receipt-number", default="", metavar="N", help=N_("Of the receipt book or the e-receipt.")
)
@click.option("--beyond", is_flag=True, help=N_("Book more than is known to be owed, too."))
@click.option("--paper", type=_PDF, metavar="OUT.pdf", help=N_("Where the slip is written."))
@pass_choices
def pay(
    choices: Choices,
    code: str,
    *,
    amount: int | None,
    means: str,
    tendered: int,
    payer: str | None,
    receipt_number: str,
    beyond: bool,
    paper: Path | None,
) -> None:
    """Book a payment."""
    # `--help` does not wait for the database.
    from counter_app.bootstrap import open_desk
    from counter_app.cli.money_lines import paid_result, paid_words
    from counter_app.domain.operation import PaymentMeans
    from counter_app.services import payments
    from counter_app.services.saving import check_place
    from counter_app.services.viewing import find_dossier

    if paper is not None:
        check_place(paper)  # first: whoever gets no slip has not paid either
    with open_desk(choices.profile, choices.officer(), choices.password()) as desk:
        dossier_id = find_dossier(desk, code)
        paid = payments.pay(
            desk,
            dossier_id,
            payments.amount_owed(desk, dossier_id) if amount is None else amount,
            PaymentMeans(means),
            tendered=tendered,
            payer=payments.usual_payer(desk, dossier_id) if payer is None else payer,
            receipt_number=receipt_number,
            beyond=beyond,
        )
        zone = desk.catalogue.calendar.zone
        try:
            if paper is not None:
                _save_slip(desk, dossier_id, paid.payment.id, paper)
        except BaseException:
            choices.show(paid_result(paid, zone), paid_words(paid))  # it is paid all the same
            raise
    choices.show(paid_result(paid, zone, paper), paid_words(paid))


@click.command(
    cls=Command,
    help=N_(
        "Show what is charged for the dossier CODE (or its id), what is exempt, paid and owed, "
        "and what nobody has entered yet."
    ),
)
@click.argument("code")
@pass_choices
def fees(choices: Choices, code: str) -> None:
    """Show how the money of a dossier stands."""
    # `--help` does not wait for the database.
    from counter_app.bootstrap import open_desk
    from counter_app.cli.money_lines import fees_result, fees_words
    from counter_app.services.payments import money_of
    from counter_app.services.viewing import find_dossier

    with open_desk(choices.profile, choices.officer(), choices.password()) as desk:
        money = money_of(desk, find_dossier(desk, code))
        result = fees_result(money, desk.catalogue.calendar.zone)
    choices.show(result, fees_words(money, result))


@click.command(
    cls=Command,
    help=N_(
        "Ask for a transfer of what is owed for the dossier CODE (or its id): the text of the "
        "QR code that banking apps read, and its picture. Nothing is paid by that."
    ),
)
@click.argument("code")
@click.option("--amount", type=_DONG, metavar="N", help=N_("A part of what is owed, in dong."))
@click.option("--png", type=_PDF, metavar="OUT.png", help=N_("Where the picture is written."))
@pass_choices
def transfer(choices: Choices, code: str, amount: int | None, png: Path | None) -> None:
    """Ask for a transfer."""
    # `--help` does not wait for the database.
    from counter_app.bootstrap import open_desk
    from counter_app.cli.money_lines import transfer_result
    from counter_app.domain.vietqr import parse_vietqr
    from counter_app.services import payments
    from counter_app.services.saving import check_place
    from counter_app.services.viewing import find_dossier

    if png is not None:
        check_place(png)
    with open_desk(choices.profile, choices.officer(), choices.password()) as desk:
        dossier_id = find_dossier(desk, code)
        text = payments.request_transfer(desk, dossier_id, amount)
        money = payments.money_of(desk, dossier_id)
    asked = parse_vietqr(text)
    assert asked is not None  # it was written just now
    if png is not None:
        from counter_app.printing.qr_picture import qr_picture
        from counter_app.services.saving import save_file

        save_file(png, qr_picture(text))
    words = _("{amount} is to be transferred to {holder}, {account}, with the words “{purpose}”.")
    result = transfer_result(money, asked, text, png)
    told = words.format(
        amount=format_money(result.amount),
        holder=result.holder,
        account=result.account,
        purpose=result.purpose,
    )
    choices.show(result, f"{told}\n{text}")


def _save_slip(desk: "Desk", dossier_id: "UUID", payment: "UUID", paper: Path) -> None:
    from counter_app.services import papers
    from counter_app.services.saving import save_pdf

    save_pdf(paper, papers.payment_sheet(desk, dossier_id, payment, size="a5").pdf)
