"""What the centre has made of an operation, as far as the desk has heard."""

from enum import StrEnum
from typing import Final


class DeliveryState(StrEnum):
    """Whether the centre has stored an operation durably."""

    PENDING = "pending"
    ACKED = "acked"


class Verdict(StrEnum):
    """What the centre says of an operation; it may come long after the storing."""

    APPLIED = "applied"
    FLAGGED = "flagged"
    PROPOSED = "proposed"
    REFUSED = "refused"
    WAITING = "waiting"


WITHOUT_EFFECT: Final = frozenset({Verdict.PROPOSED, Verdict.REFUSED, Verdict.WAITING})
"""Listed until a person resolves it by a new operation; until then it changes nothing."""
