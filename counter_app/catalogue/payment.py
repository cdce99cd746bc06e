"""Reads forms/rules/payment.toml: the newest rules, with the account that this office has."""

from pathlib import Path
from typing import Final

from msgspec.structs import replace

from counter_app.catalogue.reading import read_form
from counter_app.catalogue.rules import read_rules
from counter_app.domain.payment import PaymentRules

_NAME: Final = "payment"


def own_file(own: Path) -> Path:
    """Return where an office writes its account, in its own folder laid out as forms/ is."""
    return own / "rules" / f"{_NAME}.toml"


def read_payment(*, own: Path | None = None, centre: Path | None = None) -> PaymentRules:
    """Return the rules of payment.

    The account of the office's own file holds whatever version the rules have: newer law from
    elsewhere does not change into which account an office has money transferred.

    Raises:
        InvalidForm: a file is not as it should be.
    """
    rules = read_rules(_NAME, PaymentRules, own=own, centre=centre)
    if own is None or not own_file(own).exists():
        return rules
    return replace(rules, account=read_form(own_file(own), PaymentRules).account or rules.account)
