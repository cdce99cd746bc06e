"""Every way in which the digits of a receipt can be made into others."""

import secrets
from datetime import timedelta

from msgspec.structs import replace

from counter_app.domain.receipt_code import (
    SIGNATURE_SIZE,
    ReceiptCode,
    from_digits,
    parse_receipt_code,
    to_digits,
)
from counter_app.wire.envelope import REQUEST_TAG
from counter_app.wire.signing import SigningKey, sign_receipt

_ORDER = (1 << 252) + 27742317777372353535851937790883648493  # of Ed25519's group
_AGENCIES = ("H57.133", "H57.13", "H01.1", "K99.999.1", "H57.132.22")
_ELSEWHERE = "٠١٢٣٤٥٦٧٨٩"  # digits too, in other scripts
_FULL_WIDTH = "０１２３４５６７８９"


class Alterations:
    """Makes other digits, by chance, of `receipts`: digits that the desk with `key` has signed."""

    def __init__(self, receipts, key, rng):
        self.receipts = receipts
        self._key = key
        self._stranger = SigningKey.generate()
        self._rng = rng
        self.kinds = (
            "one_digit", "two_digits", "swapped", "moved", "cut", "longer", "one_missing",
            "one_bit", "bytes", "format", "other_script", "agency", "day", "serial", "due",
            "token", "others_signature", "others_end", "strangers_signature", "strangers_key",
            "other_purpose", "signature_plus_order", "no_signature",
        )  # fmt: skip

    def make(self, kind):
        """Return digits of this kind, which are those of no receipt."""
        while True:
            digits = self._rng.choice(self.receipts)
            altered = getattr(self, f"_{kind}")(digits)
            if altered not in {digits, None}:
                return altered

    def _at(self, digits):
        return self._rng.randrange(len(digits))

    def _one_digit(self, digits):
        at = self._at(digits)
        return digits[:at] + self._rng.choice("0123456789") + digits[at + 1 :]

    def _two_digits(self, digits):
        return self._one_digit(self._one_digit(digits))

    def _swapped(self, digits):
        at = self._rng.randrange(len(digits) - 1)
        return digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]

    def _moved(self, digits):
        at = self._at(digits)
        return digits[at:] + digits[:at]

    def _cut(self, digits):
        return digits[: self._at(digits)]

    def _longer(self, digits):
        return digits + "".join(self._rng.choices("0123456789", k=self._rng.randint(1, 20)))

    def _one_missing(self, digits):
        at = self._at(digits)
        return digits[:at] + digits[at + 1 :]

    def _one_bit(self, digits):
        raw = bytearray(from_digits(digits))
        raw[self._at(raw)] ^= 1 << self._rng.randrange(8)
        return to_digits(bytes(raw))

    def _bytes(self, digits):
        raw = bytearray(from_digits(digits))
        for _ in range(self._rng.randint(2, 8)):
            raw[self._at(raw)] = self._rng.randrange(256)
        return to_digits(bytes(raw))

    def _format(self, digits):
        return to_digits(bytes([self._rng.randrange(256)]) + from_digits(digits)[1:])

    def _other_script(self, digits):
        at, script = self._at(digits), self._rng.choice((_ELSEWHERE, _FULL_WIDTH))
        return digits[:at] + script[int(digits[at])] + digits[at + 1 :]

    def _agency(self, digits):
        return self._changed(digits, agency=self._rng.choice(_AGENCIES))

    def _day(self, digits):
        days = timedelta(days=self._rng.choice((-1, 1)) * self._rng.randint(1, 400))
        return self._changed(digits, received_on=parse_receipt_code(digits).received_on + days)

    def _serial(self, digits):
        return self._changed(digits, serial=self._rng.randint(1, 9999))

    def _due(self, digits):
        receipt = parse_receipt_code(digits)
        due_on = receipt.received_on + timedelta(days=self._rng.randint(0, 90))
        return self._changed(digits, due_on=self._rng.choice((due_on, None)))

    def _token(self, digits):
        return self._changed(digits, token=secrets.token_bytes(16))

    def _others_signature(self, digits):
        other = from_digits(self._rng.choice(self.receipts))
        return to_digits(from_digits(digits)[:-SIGNATURE_SIZE] + other[-SIGNATURE_SIZE:])

    def _others_end(self, digits):
        at, other = self._at(digits), self._rng.choice(self.receipts)
        mixed = digits[:at] + other[at:]
        return None if mixed == other else mixed

    def _strangers_signature(self, digits):
        receipt = replace(parse_receipt_code(digits), signature=b"")
        named = replace(receipt, key_id=self._stranger.key_id)
        signature = sign_receipt(self._stranger, named).signature
        return replace(receipt, signature=signature).digits

    def _strangers_key(self, digits):
        receipt = replace(parse_receipt_code(digits), signature=b"", key_id=self._stranger.key_id)
        return sign_receipt(self._stranger, receipt).digits

    def _other_purpose(self, digits):
        receipt = replace(parse_receipt_code(digits), token=secrets.token_bytes(16), signature=b"")
        signature = self._key.sign(REQUEST_TAG, receipt.unsigned_bytes)
        return replace(receipt, signature=signature).digits

    def _signature_plus_order(self, digits):
        # The same signature written otherwise: who takes it lets one receipt have many digits.
        raw = from_digits(digits)
        number = int.from_bytes(raw[-32:], "little") + _ORDER
        return to_digits(raw[:-32] + number.to_bytes(32, "little"))

    def _no_signature(self, digits):
        return to_digits(from_digits(digits)[:-SIGNATURE_SIZE] + bytes(SIGNATURE_SIZE))

    def _changed(self, digits, **changes):
        receipt = parse_receipt_code(digits)
        values = {name: getattr(receipt, name) for name in receipt.__struct_fields__} | changes
        return ReceiptCode(**values).digits
