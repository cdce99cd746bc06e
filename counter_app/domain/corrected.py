"""What a dossier says once its corrections are taken into account."""

from msgspec.structs import replace

from counter_app.domain.answer_part import with_entry
from counter_app.domain.dossier import Dossier
from counter_app.domain.operation import Amended, Received
from counter_app.domain.party import Party, PartyKind, Sex

_KINDS = {"kind": PartyKind, "sex": Sex}


def corrected(dossier: Dossier) -> Received | None:
    """Return the reception of a dossier with every entry as it was last corrected.

    The receipt is never made from this: a reprint says what the first one said.
    """
    received = dossier.received
    if received is None:
        return None
    for past in dossier.amendments:
        received = _with(received, past)
    return received


def _with(received: Received, past: Amended) -> Received:
    whose, _dot, part = past.field.partition(".")
    if past.field == "note":
        return replace(received, note=past.new)
    if whose == "answers":
        return replace(received, answers=with_entry(received.answers, part, past.new))
    if whose == "applicant":
        return replace(received, applicant=_amended(received.applicant, part, past.new))
    if whose == "submitter" and received.submitter is not None:
        return replace(received, submitter=_amended(received.submitter, part, past.new))
    if whose == "collector" and received.collector is not None:
        return replace(received, collector=_amended(received.collector, part, past.new))
    return received


def _amended(party: Party, part: str, new: str) -> Party:
    """Return a party with one entry changed; what it cannot be, as a newer program's, is left."""
    if part not in Party.__struct_fields__:
        return party
    if part in _KINDS:
        known = {each.value: each for each in _KINDS[part]}
        return replace(party, **{part: known[new]}) if new in known else party
    return replace(party, **{part: new})
