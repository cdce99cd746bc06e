"""What a number in the queue may say: nothing of who waits."""

from typing import Final

from counter_app.domain.paper import TicketPaper
from counter_app.domain.placeholders.common import moment, office, place_date
from counter_app.domain.placeholders.kind import Kind, plain
from counter_app.i18n import format_instant

TICKET: Final = Kind(
    of=TicketPaper,
    values={
        **office(lambda paper: paper.office, lambda paper: paper.desk_name),
        **moment("about", lambda paper: paper.issued_at),
        "place_date": plain(lambda p: place_date(p.office.place, p.issued_at.date())),
        "number": plain(lambda p: p.number),
        "group": plain(lambda p: p.group),
        "waiting": plain(lambda p: "" if p.waiting is None else str(p.waiting)),
        "place": plain(lambda p: p.place),
        "issued_at": plain(lambda p: format_instant(p.issued_at)),
    },
)
