"""What the list may say with which dossiers go to the unit that examines them."""

from typing import Final

from counter_app.domain.paper import HandOverPaper
from counter_app.domain.placeholders.common import (
    PRACTICE,
    count,
    moment,
    office,
    place_date,
    row_number,
    short_instant,
    two_digits,
)
from counter_app.domain.placeholders.kind import Kind, Rows, plain

HAND_OVER: Final = Kind(
    of=HandOverPaper,
    values={
        **office(lambda paper: paper.office, lambda paper: paper.desk_name),
        **moment("about", lambda paper: paper.at),
        "place_date": plain(lambda p: place_date(p.office.place, p.at.date())),
        "number": plain(lambda p: p.number),
        "forwarded_to": plain(lambda p: p.unit),
        "receiver": plain(lambda p: p.receiver),
        "count": plain(lambda p: two_digits(len(p.rows))),
        "officer": plain(lambda p: p.officer_name),
        "practice": lambda p, terms: terms["mark"]["practice"] if p.practice else "",
    },
    rows={
        "dossiers": Rows(
            lambda paper: paper.rows,
            {
                "row": row_number,
                "code": lambda _n, row, _terms: row.code,
                "procedure": lambda _n, row, _terms: row.procedure,
                "applicant": lambda _n, row, _terms: row.applicant,
                "papers": lambda _n, row, _terms: count(row.papers),
                "sets": lambda _n, row, _terms: two_digits(row.sets),
                "received": lambda _n, row, _terms: short_instant(row.received_at),
                "due": lambda _n, row, _terms: short_instant(row.due_at),
                "note": lambda _n, row, _terms: row.note,
            },
        )
    },
    terms=PRACTICE,
)
