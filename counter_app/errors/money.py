"""Money that cannot have been taken, given back or let off so."""

from counter_app.errors.place import NotConfigured
from counter_app.errors.rules import RuleViolation
from counter_app.i18n import N_


class TenderedTooLittle(RuleViolation):
    """Less was put on the desk than is to be paid."""

    message = N_(
        "{tendered} was put on the desk, but {amount} is to be paid: {missing} is missing. "
        "Ask for the rest, or enter that only a part is paid."
    )


class NothingOwed(RuleViolation):
    """There is nothing to pay."""

    message = N_("Nothing is to be paid for {code}. Look at what was paid and exempted before.")


class MoreThanOwed(RuleViolation):
    """More would be paid than is known to be owed."""

    message = N_(
        "{amount} would be paid, but only {owed} is owed. Look at the amount again; nothing was "
        "booked."
    )


class MoreThanIsLeft(RuleViolation):
    """More would be given back than is left of a payment."""

    message = N_(
        "{amount} cannot be given back: {left} is left of this payment. "
        "Give back at most that, and the rest from another payment."
    )


class UnknownPayment(RuleViolation):
    """It is not said, or not to be found, which payment is meant."""

    message = N_(
        "It is not clear which payment is meant. Name one of those of this dossier: {payments}."
    )


class UnknownExemption(RuleViolation):
    """It is not said, or not to be found, which exemption is meant."""

    message = N_(
        "It is not clear which exemption is meant. Name one of those that hold for this dossier: "
        "{exemptions}."
    )


class ExemptionGone(RuleViolation):
    """The exemption was taken back already."""

    message = N_(
        "This exemption was taken back already, on {date}. Look at the dossier again; nothing "
        "was changed."
    )


class MoneyTaken(RuleViolation):
    """Money was taken for what is to be voided."""

    message = N_(
        "{amount} was taken for this dossier. Give the money back first, or enter as given back "
        "what was booked by mistake; then void it."
    )


class UnknownFee(RuleViolation):
    """The dossier has no such line in its tariff."""

    message = N_("This dossier has no fee “{line}”; it has: {lines}.")


class FeeNotEntered(RuleViolation):
    """Nobody knows yet what a line of the tariff comes to."""

    message = N_(
        "Nobody has entered yet what this comes to: {fees}. Enter the amount that the provincial "
        "council has set; unknown is not free."
    )


class ExemptTooMuch(RuleViolation):
    """More would be let off than is charged and not let off yet."""

    message = N_(
        "{amount} cannot be exempted: {left} of what is charged is left. "
        "Look at what was exempted before."
    )


class UnknownGround(RuleViolation):
    """No such ground for an exemption is in force."""

    message = N_("“{ground}” is no ground for not paying this fee today; these are: {grounds}.")


class NoAccount(NotConfigured):
    """The office has not said into which account money is transferred."""

    message = N_(
        "No transfer can be offered: this office has not entered its account. "
        "Write it into {file}, as the example at the end of the program's own file shows; "
        "cash can be taken meanwhile."
    )
