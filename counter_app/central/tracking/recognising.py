"""Whether a scanned receipt is what some desk has printed."""

import hmac
from datetime import date
from typing import Final

from counter_app.central.tracking.looking_up import DossierRow, IssuerRow
from counter_app.domain.receipt_code import (
    KEY_ID_SIZE,
    SIGNATURE_SIZE,
    TOKEN_SIZE,
    ReceiptCode,
    has_receipt_length,
    parse_receipt_code,
    pin_of,
    same_pin,
    to_digits,
)
from counter_app.domain.tracking import Issuer, PageState, unreported
from counter_app.wire.signing import ReceiptVerdict, verify_receipt


def is_reported(packed: bytes, row: DossierRow | None) -> bool:
    """Say whether these are, byte by byte, those of the receipt that the office has reported."""
    return row is not None and hmac.compare_digest(row.receipt, packed)


def state_unreported(
    receipt: ReceiptCode, row: DossierRow | None, issuer: IssuerRow | None, today: date
) -> PageState:
    """Return what is said of a receipt that is none of those reported.

    `row` is the dossier of the same identity, of which the office may have reported all but the
    receipt; `issuer` is the desk whose key the receipt names. `today` is Vietnam's.
    """
    keys = {} if issuer is None else {receipt.key_id: issuer.public_key}
    verdict = verify_receipt(receipt, keys)
    if verdict is ReceiptVerdict.FORGED:
        return PageState.ALTERED
    if verdict is ReceiptVerdict.UNKNOWN_KEY or issuer is None:
        return PageState.UNKNOWN_KEY
    if row is not None and row.receipt:  # its desk has signed two receipts for one dossier
        return PageState.UNCONFIRMED
    desk = Issuer(revoked=issuer.revoked, leased=issuer.leased)
    return unreported(desk, receipt.received_on, today)


def state_unread(digits: str) -> PageState:
    """Return what is said of digits that are no receipt code at all."""
    return PageState.ALTERED if has_receipt_length(digits) else PageState.UNREADABLE


def with_pin(rows: list[DossierRow], pin: str) -> DossierRow | None:
    """Return the dossier whose receipt bears this PIN; takes as long when there is none."""
    found = None
    for row in rows:
        receipt = parse_receipt_code(to_digits(row.receipt)) if row.receipt else None
        if receipt is not None and same_pin(pin, receipt.pin):
            found = row
    if not rows:
        parse_receipt_code(_DECOY.digits)
        same_pin(pin, pin_of(_DECOY.token))
    return found


_DECOY: Final = ReceiptCode(
    key_id=bytes(KEY_ID_SIZE),
    agency="H00",
    received_on=date(2020, 1, 1),
    serial=1,
    token=bytes(TOKEN_SIZE),
    signature=bytes(SIGNATURE_SIZE),
)
