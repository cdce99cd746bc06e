"""What the receipt of an application may say."""

from typing import Final

from counter_app.domain.paper import ReceiptPaper
from counter_app.domain.placeholders.common import (
    APPLICATION_TERMS,
    FEE_CELLS,
    TAKEN_CELLS,
    UNKNOWN_FEE,
    application,
    fee_total,
    fee_total_words,
    moment,
    money,
    office,
    place_date,
)
from counter_app.domain.placeholders.kind import Kind, Rows, plain

RECEIPT: Final = Kind(
    of=ReceiptPaper,
    values={
        **office(lambda paper: paper.received.office, lambda paper: paper.received.desk_name),
        **application(lambda paper: paper.received),
        **moment("due", lambda paper: paper.received.due_at),
        "place_date": plain(
            lambda p: place_date(p.received.office.place, p.received.received_at.date())
        ),
        "officer": plain(lambda p: p.received.officer_name),
        "competent_agency": plain(lambda p: p.received.competent_agency),
        "fee_total": lambda p, terms: (
            money(fee_total(p.received), terms) if p.received.fees else ""
        ),
        "fee_total_words": plain(lambda p: fee_total_words(p.received)),
        "reprint": plain(lambda p: str(p.copy) if p.copy else ""),
    },
    rows={
        "papers": Rows(lambda paper: paper.received.papers, TAKEN_CELLS),
        "fees": Rows(lambda paper: paper.received.fees, FEE_CELLS),
    },
    terms={**APPLICATION_TERMS, "fee_total": UNKNOWN_FEE},
)
