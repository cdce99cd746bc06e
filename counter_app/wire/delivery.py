"""What the centre has made of an operation, as far as the desk has heard."""

from enum import StrEnum

from counter_app.domain.judgement import WITHOUT_EFFECT as WITHOUT_EFFECT
from counter_app.domain.judgement import Verdict as Verdict


class DeliveryState(StrEnum):
    """Whether the centre has stored an operation durably."""

    PENDING = "pending"
    ACKED = "acked"
