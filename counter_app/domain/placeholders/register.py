"""What the register, and lists of the same lines, may say."""

from typing import Final

from counter_app.domain.paper import RegisterPaper
from counter_app.domain.placeholders.common import (
    RETURN_CHANNELS,
    count,
    office,
    place_date,
    row_number,
    short_date,
    short_instant,
    two_digits,
)
from counter_app.domain.placeholders.kind import Kind, Rows, plain
from counter_app.i18n import format_count, format_date, format_instant

REGISTER: Final = Kind(
    of=RegisterPaper,
    values={
        **office(lambda paper: paper.office, lambda paper: paper.desk_name),
        "place_date": plain(lambda p: place_date(p.office.place, p.printed_at.date())),
        "first_day": plain(lambda p: format_date(p.first)),
        "last_day": plain(lambda p: format_date(p.last)),
        "year": plain(lambda p: str(p.last.year)),
        "count": plain(lambda p: format_count(len(p.rows))),
        "officer": plain(lambda p: p.officer_name),
        "printed_at": plain(lambda p: format_instant(p.printed_at)),
    },
    rows={
        "register": Rows(
            lambda paper: paper.rows,
            {
                "row": row_number,
                "entry": lambda _n, row, _terms: count(row.entry),
                "code": lambda _n, row, _terms: row.code,
                "procedure": lambda _n, row, _terms: row.procedure,
                "sets": lambda _n, row, _terms: two_digits(row.sets),
                "applicant": lambda _n, row, _terms: row.applicant,
                "address": lambda _n, row, _terms: row.address,
                "phone": lambda _n, row, _terms: row.phone,
                "competent_agency": lambda _n, row, _terms: row.competent_agency,
                "received": lambda _n, row, _terms: short_instant(row.received_at),
                "received_day": lambda _n, row, _terms: short_date(row.received_at),
                "due": lambda _n, row, _terms: short_instant(row.due_at),
                "due_day": lambda _n, row, _terms: short_date(row.due_at),
                "returned_day": lambda _n, row, _terms: short_date(row.returned_at),
                "return_channel": lambda _n, row, terms: terms["return_channel"][
                    row.return_channel.value
                ],
                "note": lambda _n, row, _terms: row.note,
            },
        )
    },
    terms={"register.return_channel": RETURN_CHANNELS},
)
