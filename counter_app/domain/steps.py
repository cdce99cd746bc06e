"""What the law lets a desk do with a dossier, and how often: numbers that a decree can change."""

from typing import Annotated

from msgspec import Meta

from counter_app.domain.calendar import ClockTime
from counter_app.domain.form_file import FormFile

_Count = Annotated[int, Meta(ge=0, le=1000)]


class Steps(FormFile, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The schema of forms/rules/steps.toml.

    A due date may be put off `most_extensions` times, and no later than `extension_notice_days`
    days before it. `supplement_days` is how long an applicant has to bring what is missing where
    the procedure says nothing; 0 where there is no limit. A result that waits longer than
    `collection_days` is listed. What is received after `forward_until` may be handed over for
    examination on the next working day.
    """

    most_extensions: _Count
    extension_notice_days: _Count
    supplement_days: _Count = 0
    collection_days: _Count = 30
    forward_until: ClockTime = "15:00"
