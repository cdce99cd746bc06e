"""The new date that an apology proposes: as much more time as the procedure knows of."""

from datetime import datetime

from msgspec.structs import replace

from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.deadline import Deadline, Due, due


def proposed_extension(deadline: Deadline, promised: datetime, calendar: WorkCalendar) -> Due:
    """Return the hour to propose instead of the one that was `promised`.

    What a verification may add is added; where the procedure names nothing, as long again as
    the whole was to take. A result promised for the same day comes on the next working days.
    """
    amount = deadline.extension or deadline.value or 1
    unit = "working_days" if deadline.unit in {"same_day", "none"} else deadline.unit
    more = replace(deadline, unit=unit, value=amount, extension=0, cutoff=None)
    return due(more, promised, calendar)
