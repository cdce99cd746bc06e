"""What was recorded at reception, with the wrong entries put right since."""

from collections.abc import Iterable
from typing import Final

from msgspec.structs import replace

from counter_app.domain.operation import Amended, Received
from counter_app.domain.party import Party

_LINES: Final = frozenset({"full_name", "id_number", "birth_date", "address", "phone", "email"})


def corrected(received: Received, amendments: Iterable[Amended]) -> Received:
    """Return `received` as papers of today say it; the receipt goes on saying what it said."""
    for amended in amendments:
        whose, _dot, part = amended.field.partition(".")
        if whose == "note":
            received = replace(received, note=amended.new)
        elif whose == "applicant":
            received = replace(received, applicant=_put_right(received.applicant, part, amended))
        elif whose == "submitter" and received.submitter is not None:
            received = replace(received, submitter=_put_right(received.submitter, part, amended))
    return received


def _put_right(party: Party, part: str, amended: Amended) -> Party:
    return replace(party, **{part: amended.new}) if part in _LINES else party
