"""What a scanned string says, and what this desk knows about it."""

from uuid import UUID

from msgspec import Struct

from counter_app.desk import Desk
from counter_app.domain.dossier_code import DossierCode, parse_dossier_code
from counter_app.domain.guidance_code import parse_guidance
from counter_app.domain.id_card import IdCard
from counter_app.domain.receipt_code import ReceiptCode, dossier_id_of, parse_receipt_code
from counter_app.domain.scanned import ScanKind, looks_like_receipt, read_id_card
from counter_app.store.guidance import guidance_on
from counter_app.store.known import known_desk_of
from counter_app.store.search import by_code
from counter_app.store.timeline import dossier
from counter_app.wire.messages import KnownDesk
from counter_app.wire.signing import ReceiptVerdict, verify_receipt


class Scanned(Struct, frozen=True, kw_only=True):
    """One scan, read. `dossier_id` is there only if this desk has the dossier.

    `issuer` is the desk that has given a genuine receipt, if it was another one. A `revoked`
    desk's receipts are genuine only as far as they were given before. `token` is that of the
    intake with which somebody was sent home; `guided` says whether it was at this desk.
    """

    kind: ScanKind
    payload: str
    card: IdCard | None = None
    receipt: ReceiptCode | None = None
    verdict: ReceiptVerdict | None = None
    code: DossierCode | None = None
    dossier_id: UUID | None = None
    issuer: KnownDesk | None = None
    revoked: bool = False
    token: bytes | None = None
    guided: bool = False


def read_scan(desk: Desk, payload: str) -> Scanned:
    """Say what `payload` is; a receipt is verified without asking anybody."""
    if (digits := looks_like_receipt(payload)) is not None:
        return _receipt(desk, payload, digits)
    if (token := parse_guidance(payload)) is not None:
        return _guidance(desk, payload, token)
    if (card := read_id_card(payload)) is not None:
        return Scanned(kind=ScanKind.ID_CARD, payload=payload, card=card)
    if (code := parse_dossier_code(payload)) is not None:
        with desk.store.read() as connection:
            known = by_code(connection, code)
        only = known[0] if len(known) == 1 else None  # of two, a person says which
        return Scanned(kind=ScanKind.DOSSIER_CODE, payload=payload, code=code, dossier_id=only)
    return Scanned(kind=ScanKind.UNKNOWN, payload=payload)


def _guidance(desk: Desk, payload: str, token: bytes) -> Scanned:
    dossier_id = dossier_id_of(token)
    with desk.store.read() as connection:
        found = dossier(connection, dossier_id)
        given = guidance_on(connection, dossier_id)
    return Scanned(
        kind=ScanKind.GUIDANCE,
        payload=payload,
        token=token,
        guided=bool(given),
        code=found.code or None,
        dossier_id=dossier_id if found.received else None,
    )


def _receipt(desk: Desk, payload: str, digits: str) -> Scanned:
    receipt = parse_receipt_code(digits)
    if receipt is None:
        return Scanned(kind=ScanKind.RECEIPT, payload=payload, verdict=ReceiptVerdict.FORGED)
    with desk.store.read() as connection:
        signer = known_desk_of(connection, receipt.key_id)
        theirs = {receipt.key_id: signer.public_key} if signer else {}
        verdict = verify_receipt(receipt, theirs | {desk.key.key_id: desk.key.public})
        is_forged = verdict is ReceiptVerdict.FORGED
        found = None if is_forged else dossier(connection, receipt.dossier_id)
    known = receipt.dossier_id if found and found.received else None
    is_other = signer is not None and receipt.key_id != desk.key.key_id
    return Scanned(
        kind=ScanKind.RECEIPT,
        payload=payload,
        receipt=receipt,
        verdict=verdict,
        code=receipt.dossier_code,
        dossier_id=known,
        issuer=signer if is_other and not is_forged else None,
        revoked=signer is not None and signer.revoked and not is_forged,
    )
