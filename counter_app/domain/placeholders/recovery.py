"""What the sheet with a desk's recovery key may say."""

from typing import Final

from counter_app.domain.paper import RecoverySheet
from counter_app.domain.placeholders.common import office, place_date
from counter_app.domain.placeholders.kind import Kind, plain
from counter_app.i18n import format_date


def _key_lines(key: str) -> tuple[str, str]:
    groups = key.split("-")
    half = (len(groups) + 1) // 2
    return "-".join(groups[:half]), "-".join(groups[half:])


RECOVERY: Final = Kind(
    of=RecoverySheet,
    values={
        **office(lambda paper: paper.office, lambda paper: paper.desk_name),
        "place_date": plain(lambda p: place_date(p.office.place, p.made_on)),
        "day": plain(lambda p: format_date(p.made_on)),
        # Two lines of the same length, whatever letters the key has: a key is not broken
        # anywhere else.
        "recovery_key_above": plain(lambda p: _key_lines(p.recovery_key)[0]),
        "recovery_key_below": plain(lambda p: _key_lines(p.recovery_key)[1]),
    },
)
