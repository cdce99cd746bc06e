"""A scan as the command line prints it."""

from collections.abc import Iterator
from typing import Final

from counter_app.cli.results import ScanResult
from counter_app.domain.scanned import ScanKind
from counter_app.i18n import N_, _, format_date
from counter_app.services.scanning import Scanned
from counter_app.wire.signing import ReceiptVerdict

_VERDICTS: Final = {
    ReceiptVerdict.GENUINE: N_("Genuine receipt of {code}; due {due}."),
    ReceiptVerdict.FORGED: N_("This receipt is forged or damaged: its signature is wrong."),
    ReceiptVerdict.UNKNOWN_KEY: N_("Receipt {code} was signed by a desk that is not known here."),
}


def scan_result(scanned: Scanned) -> ScanResult:
    """Return what `--json` prints."""
    known = str(scanned.dossier_id) if scanned.dossier_id else None
    if scanned.kind is ScanKind.ID_CARD and (card := scanned.card) is not None:
        return ScanResult(
            kind=scanned.kind.value,
            number=card.number,
            old_number=card.old_number,
            full_name=card.full_name,
            birth_date=card.birth_date.iso() if card.birth_date else None,
            sex=card.sex.value if card.sex else None,
            address=card.address,
            issued_on=card.issued_on.isoformat() if card.issued_on else None,
            doubtful=sorted({doubt.field for doubt in card.doubts}),
        )
    if scanned.kind is ScanKind.RECEIPT and scanned.verdict is not None:
        return ScanResult(
            kind=scanned.kind.value,
            valid=scanned.verdict is ReceiptVerdict.GENUINE,
            verdict=scanned.verdict.value,
            known=scanned.dossier_id is not None,
            code=scanned.code,
            dossier_id=known,
            due_on=scanned.receipt.due_on if scanned.receipt else None,
            desk=scanned.issuer.desk_name if scanned.issuer else None,
            agency=scanned.issuer.agency if scanned.issuer else None,
            revoked=scanned.revoked or None,
        )
    if scanned.kind is ScanKind.GUIDANCE:
        here = scanned.guided or scanned.dossier_id is not None
        return ScanResult(kind=scanned.kind.value, known=here, code=scanned.code, dossier_id=known)
    return ScanResult(
        kind=scanned.kind.value,
        code=scanned.code,
        known=scanned.dossier_id is not None if scanned.code else None,
        dossier_id=known,
    )


def scan_words(scanned: Scanned) -> str:
    """Return what a person reads."""
    if scanned.card is not None:
        born = format(scanned.card.birth_date or "")
        parts = (scanned.card.full_name, scanned.card.number, born)
        return _("ID card: {fields}").format(fields=", ".join(part for part in parts if part))
    if scanned.kind is ScanKind.RECEIPT:
        due_on = scanned.receipt.due_on if scanned.receipt else None
        due = format_date(due_on) if due_on else _("no due date")
        said = _(_VERDICTS[scanned.verdict or ReceiptVerdict.FORGED]).format(
            code=scanned.code or "", due=due
        )
        return "\n".join([said, *_issuer_words(scanned)])
    if scanned.kind is ScanKind.GUIDANCE:
        return _guidance_words(scanned)
    if scanned.code:
        return _("Dossier code {code}").format(code=scanned.code)
    return _("This is no ID card, no receipt and no dossier code.")


def _guidance_words(scanned: Scanned) -> str:
    if scanned.code:
        return _("Guidance paper; received since as dossier {code}.").format(code=scanned.code)
    if scanned.guided:
        return _("Guidance paper of this desk; not received yet.")
    return _("Guidance paper of another desk; what was told is not known here.")


def _issuer_words(scanned: Scanned) -> Iterator[str]:
    if scanned.issuer is not None:
        words = _("Given by {desk} of {agency}.")
        yield words.format(desk=scanned.issuer.desk_name, agency=scanned.issuer.agency)
    if scanned.revoked:
        yield _("The centre has revoked that desk since: call the centre before you act on it.")
