"""What a scanned string is: a card, a receipt, a guidance paper, a dossier's code, or another."""

import re
from enum import StrEnum
from typing import Final

from counter_app.domain.dossier_code import parse_dossier_code
from counter_app.domain.guidance_code import parse_guidance
from counter_app.domain.id_card import IdCard, parse_id_card
from counter_app.domain.mrz import id_card_of, parse_mrz

_LONGEST: Final = 4096  # characters; no code on paper holds more
# Where a typing tool has changed the letters of the address, the digits are still there.
_RECEIPT: Final = re.compile(r"(?:\S*/t/([0-9]+)/?(?:[?#]\S*)?)|(?:[^0-9]\S*?)?([0-9]{200,})", re.I)
_DIRT: Final = " \t\r\n\0\ufeff"


class ScanKind(StrEnum):
    """What a scanned string can be."""

    ID_CARD = "id_card"
    RECEIPT = "receipt"
    GUIDANCE = "guidance"
    DOSSIER_CODE = "dossier_code"
    UNKNOWN = "unknown"


def scan_kind(payload: str) -> ScanKind:
    """Return what `payload` looks like. Whether a receipt is genuine is another question."""
    if looks_like_receipt(payload):
        return ScanKind.RECEIPT
    if parse_guidance(payload):
        return ScanKind.GUIDANCE
    if read_id_card(payload):
        return ScanKind.ID_CARD
    if len(payload) <= _LONGEST and parse_dossier_code(payload.strip(_DIRT)):
        return ScanKind.DOSSIER_CODE
    return ScanKind.UNKNOWN


def looks_like_receipt(payload: str) -> str | None:
    """Return the digits of a receipt's QR code; None if `payload` is something else.

    They stand after the "/T/" of a tracking address, of whatever host, or alone; alone there
    must be at least 200 of them.
    """
    if len(payload) > _LONGEST:
        return None
    found = _RECEIPT.fullmatch(payload.strip(_DIRT))
    return (found[1] or found[2]) if found else None


def read_id_card(payload: str) -> IdCard | None:
    """Return the card of which `payload` is the QR code or the lines for machines, if any."""
    if card := parse_id_card(payload):
        return card
    mrz = parse_mrz(payload)
    return id_card_of(mrz) if mrz else None
