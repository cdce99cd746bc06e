"""What the centre has made of an operation, as far as the desk has heard."""

from enum import StrEnum

from counter_app.domain.judgement import WITHOUT_EFFECT, Verdict

__all__ = ["WITHOUT_EFFECT", "DeliveryState", "Verdict"]


class DeliveryState(StrEnum):
    """Whether the centre has stored an operation durably."""

    PENDING = "pending"
    ACKED = "acked"
