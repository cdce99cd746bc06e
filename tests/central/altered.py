"""Digits that no desk has printed, without end, and what the tracking page thinks of them.

`altered(receipts, seed)` yields them; `state_of(digits, rows, issuers, today)` goes the page's
way through the same functions, with the database's answers at hand: fit for a million.
"""

import random

from counter_app.central.tracking.recognising import is_reported, state_unread, state_unreported
from counter_app.domain.receipt_code import (
    from_digits,
    glance,
    packed_receipt,
    parse_receipt_code,
    to_digits,
)
from counter_app.domain.tracking import PageState

ACCEPTED = frozenset(PageState) - {
    PageState.UNCONFIRMED,
    PageState.ALTERED,
    PageState.UNKNOWN_KEY,
    PageState.UNREADABLE,
}
"""The states that call a receipt genuine."""


def state_of(digits, rows, issuers, today):
    """Return what the page says; `rows` by dossier id, `issuers` by key id."""
    packed = packed_receipt(digits)
    row = rows.get(glance(packed).dossier_id) if packed else None
    if row is not None and is_reported(packed, row):
        return PageState.RECEIVED
    receipt = parse_receipt_code(digits)
    if receipt is None:
        return state_unread(digits)
    return state_unreported(receipt, row, issuers.get(receipt.key_id), today)


def altered(receipts, seed):
    """Yield strings of digits, none of them that of one of `receipts`; two at least are needed."""
    chance = random.Random(seed)
    genuine = [receipt.digits for receipt in receipts]
    known = set(genuine)
    while True:
        digits = chance.choice(_WAYS)(chance, chance.choice(genuine), chance.choice(genuine))
        if digits not in known:
            yield digits


def _other_digit(chance, digits, _other):
    place = chance.randrange(len(digits))
    return digits[:place] + chance.choice("0123456789") + digits[place + 1 :]


def _swapped_digits(chance, digits, _other):
    place = chance.randrange(len(digits) - 1)
    return digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]


def _lost_or_doubled(chance, digits, _other):
    place = chance.randrange(len(digits))
    return digits[:place] + chance.choice(("", digits[place] * 2)) + digits[place + 1 :]


def _flipped_bits(chance, digits, _other):
    raw = bytearray(from_digits(digits))
    for _ in range(chance.choice((1, 1, 1, 2, 8))):
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    return to_digits(bytes(raw))


def _exchanged_field(chance, digits, other):
    raw, donor = bytearray(from_digits(digits)), from_digits(other)
    start = chance.randrange(len(raw))
    end = min(len(donor), start + chance.choice((1, 2, 3, 8, 16, 64)))
    raw[start:end] = donor[start:end]
    return to_digits(bytes(raw))


def _other_number(chance, digits, _other):
    return str(chance.randrange(10 ** len(digits))).zfill(len(digits))


_WAYS = (
    _other_digit,
    _swapped_digits,
    _lost_or_doubled,
    _flipped_bits,
    _exchanged_field,
    _other_number,
)
