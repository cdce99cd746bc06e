"""What a paper may say of a dossier and of what was done to it.

A name that says nothing of what the paper is about (`reason` of a payment) is empty there.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, tzinfo
from typing import Any, Final, get_args

from counter_app.domain.money_words import money_words
from counter_app.domain.operation import (
    Extended,
    FeePaid,
    FeeReversed,
    Forwarded,
    PapersReturned,
    PaymentMeans,
    SupplementRequested,
    TransferRequested,
)
from counter_app.domain.paper import DossierPaper, HandOver, Punctuality
from counter_app.domain.placeholders.common import (
    APPLICATION_TERMS,
    FEE_CELLS,
    MISSING_CELLS,
    TAKEN_CELLS,
    application,
    hour,
    long_date,
    minute,
    moment,
    office,
    place_date,
    row_number,
    two_digits,
)
from counter_app.domain.placeholders.kind import Cell, Kind, Rows, Terms, Value, plain
from counter_app.domain.vietqr import vietqr
from counter_app.errors import InvalidField
from counter_app.i18n import format_count, format_long_date

Says = Callable[[Any], str]


def _about(*bodies: type, says: Says) -> Value:
    """Return a value that papers about one of these kinds have, and no other."""
    return lambda paper, _terms: says(paper.about) if isinstance(paper.about, bodies) else ""


def _amount(of: Callable[[DossierPaper], int]) -> dict[str, Value]:
    """Return an amount of dong in figures and in words, under the names "" and "_words"."""
    return {
        "": plain(lambda p: format_count(of(p))),
        "_words": plain(lambda p: money_words(of(p))),
    }


def _amounts(**amounts: Callable[[DossierPaper], int]) -> dict[str, Value]:
    return {
        f"{name}{end}": value for name, of in amounts.items() for end, value in _amount(of).items()
    }


def _competent(paper: DossierPaper) -> str:
    """Return who decides: the receiving agency by its name, another by its code."""
    office, code = paper.received.office, paper.dossier.competent_agency
    return office.name if code in {"", office.code} else code


def _reason(paper: DossierPaper) -> str:
    return str(getattr(paper.about, "reason", ""))  # a name in this file


def _day(day: date | None) -> str:
    return format_long_date(day) if day else ""


def _zone(paper: DossierPaper) -> tzinfo | None:
    return paper.received.received_at.tzinfo


def _local(paper: DossierPaper, instant: datetime | None) -> datetime | None:
    """Return an instant by the clock of the office that received the dossier."""
    return instant.astimezone(_zone(paper)) if instant else None


def _due_before(paper: DossierPaper) -> datetime | None:
    return _local(paper, getattr(paper.about, "due_before", None))


def _due_after(paper: DossierPaper) -> datetime | None:
    due = paper.about.due_at if isinstance(paper.about, Extended) else paper.dossier.due_at
    return _local(paper, due)


def _means(paper: DossierPaper, terms: Terms) -> str:
    about = paper.about
    return terms["means"][about.means.value] if isinstance(about, FeePaid | FeeReversed) else ""


def _change(paid: FeePaid) -> str:
    return format_count(paid.tendered - paid.amount) if paid.tendered > paid.amount else ""


def _tendered(paid: FeePaid) -> str:
    return format_count(paid.tendered) if paid.tendered else ""


def _transfer_qr(asked: TransferRequested) -> str:
    """Return what a banking app scans, or "" if the account is none that it could pay into."""
    bank_bin, _blank, account = asked.account.partition(" ")
    try:
        return vietqr(bank_bin, account, amount=asked.amount, purpose=asked.purpose)
    except InvalidField:
        return ""


def _receipt_number(paper: DossierPaper) -> str:
    """Return the receipt of record of the payment that the paper is about."""
    return paper.about.receipt_number if isinstance(paper.about, FeePaid) else ""


_MONEY: Final[Mapping[str, Value]] = {
    **_amounts(
        charged=lambda p: p.dossier.charged,
        exempted=lambda p: p.dossier.exempted,
        paid=lambda p: p.dossier.paid,
        owed=lambda p: p.dossier.owed,
    ),
    "amount": _about(
        FeePaid, FeeReversed, TransferRequested, says=lambda b: format_count(b.amount)
    ),
    "amount_words": _about(
        FeePaid, FeeReversed, TransferRequested, says=lambda b: money_words(b.amount)
    ),
    "payer": plain(
        lambda p: (
            (p.about.payer if isinstance(p.about, FeePaid) else "")
            or p.received.applicant.full_name
        )
    ),
    "means": _means,
    "payment_number": _about(FeePaid, FeeReversed, says=lambda b: b.number),
    "payment_note": _about(FeePaid, says=lambda b: b.note),
    "tendered": _about(FeePaid, says=_tendered),
    "change": _about(FeePaid, says=_change),
    "receipt_number": plain(_receipt_number),
    "transfer_bank": _about(TransferRequested, says=lambda b: b.account.partition(" ")[0]),
    "transfer_account": _about(TransferRequested, says=lambda b: b.account.partition(" ")[2]),
    "transfer_purpose": _about(TransferRequested, says=lambda b: b.purpose),
    "transfer_qr": _about(TransferRequested, says=_transfer_qr),
}


def _result(hand_over: HandOver, terms: Terms) -> str:
    return terms["punctuality"][hand_over.result] if hand_over.result else ""


def _hand_over(says: Callable[[HandOver], str]) -> Cell:
    return lambda _number, row, _terms: says(row)


_HAND_OVER_CELLS: Final[Mapping[str, Cell]] = {
    "row": row_number,
    "giver": _hand_over(lambda h: h.giver),
    "receiver": _hand_over(lambda h: h.receiver),
    "given_by": _hand_over(lambda h: h.given_by),
    "taken_by": _hand_over(lambda h: h.taken_by),
    "hour": _hand_over(lambda h: hour(h.at)),
    "minute": _hand_over(lambda h: minute(h.at)),
    "date": _hand_over(lambda h: long_date(h.at)),
    "result": lambda _number, row, terms: _result(row, terms),
    "note": _hand_over(lambda h: h.note),
}

DOSSIER: Final = Kind(
    of=DossierPaper,
    values={
        **office(lambda paper: paper.received.office, lambda paper: paper.received.desk_name),
        **application(lambda paper: paper.received),
        **moment("due", lambda paper: _local(paper, paper.dossier.due_at)),
        **moment("due_before", _due_before),
        **moment("due_after", _due_after),
        **moment("about", lambda paper: paper.at),
        **moment("requested", lambda paper: paper.requested_at),
        **_MONEY,
        "place_date": plain(lambda p: place_date(p.received.office.place, p.at.date())),
        "officer": plain(lambda p: p.officer_name),
        "competent_agency": plain(_competent),
        "reason": plain(_reason),
        "request_reason": plain(lambda p: p.request.reason if p.request else ""),
        "settlement": plain(lambda p: getattr(p.about, "settlement", "")),
        "stage": plain(lambda p: f"{p.stage}" if p.stage else ""),
        "until_date": _about(SupplementRequested, says=lambda b: _day(b.until)),
        "missing_count": plain(lambda p: two_digits(len(getattr(p.about, "missing", ())))),
        "forwarded_to": plain(lambda p: p.forwarded_to),
        "hand_over": _about(Forwarded, says=lambda b: b.hand_over),
        "taken_by": _about(PapersReturned, says=lambda b: b.to),
        "reprint": plain(lambda p: str(p.copy) if p.copy else ""),
    },
    rows={
        "papers": Rows(lambda paper: paper.dossier.papers, TAKEN_CELLS),
        "fees": Rows(lambda paper: paper.dossier.fees, FEE_CELLS),
        "step_papers": Rows(lambda paper: getattr(paper.about, "papers", ()), TAKEN_CELLS),
        "missing": Rows(lambda paper: getattr(paper.about, "missing", ()), MISSING_CELLS),
        "hand_overs": Rows(lambda paper: paper.hand_overs, _HAND_OVER_CELLS),
    },
    terms={
        **APPLICATION_TERMS,
        "step_papers.shown": APPLICATION_TERMS["papers.shown"],
        "means": frozenset(f"means.{means.value}" for means in PaymentMeans),
        "hand_overs.result": frozenset(
            f"punctuality.{result}" for result in get_args(Punctuality) if result
        ),
    },
)
