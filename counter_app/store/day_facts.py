"""What the daily summary asks: the facts of one business date, as they stood at the end of it.

The cut is made through the journal, by business date: whatever was done on a later one is left
out, and the same day gives the same figures next year. No clock is asked.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from counter_app.domain.dossier import Dossier
from counter_app.domain.operation import (
    ExemptionReversed,
    FeePaid,
    FeeReversed,
    Finished,
    ReceiptLinked,
    Received,
)
from counter_app.domain.payment import balance_of
from counter_app.domain.reports.daily import DayFacts, DossierFact, EventFact
from counter_app.store.engine import driver
from counter_app.store.guidance import is_guidance
from counter_app.store.instants import from_micros
from counter_app.store.journal import Entry, entries_of
from counter_app.store.projection import Standing, standing_of
from counter_app.store.tables import OPEN, OPEN_STATUSES
from counter_app.wire.delivery import DeliveryState

_TOUCHED: Final = (
    "SELECT DISTINCT dossier_id FROM operation WHERE business_date = ? AND dossier_id IS NOT NULL"
)
_LATER: Final = (
    "SELECT dossier_id FROM operation WHERE business_date > ? AND dossier_id IS NOT NULL"
)
_OPEN_SINCE: Final = f"SELECT due_at FROM dossier WHERE {OPEN} AND dossier_id NOT IN ({_LATER})"


def day_facts(connection: sa.Connection, day: date, *, cut: datetime) -> DayFacts:
    """Return the facts of `day`; `cut` is the instant at which it ended in the office."""
    raw = driver(connection)
    received: list[DossierFact] = []
    events: list[tuple[int, EventFact]] = []
    for dossier_id in _dossiers(raw, _TOUCHED, day):
        entries = _until(raw, dossier_id, day)
        standing = standing_of(dossier_id, entries)
        if standing.received_on == day and (body := standing.dossier.received):
            received.append(_dossier_fact(standing.dossier, body, entries))
        events += [
            (entry.position, _event_fact(entry, standing))
            for entry in entries
            if _is_told(entry) and entry.operation.header.business_date == day
        ]
    return DayFacts(
        day=day,
        cut=cut,
        received=tuple(sorted(received, key=lambda fact: fact.code)),
        events=tuple(fact for _position, fact in sorted(events, key=lambda event: event[0])),
        open_due=tuple(_open_due(raw, day)),
    )


def _open_due(raw: Any, day: date) -> Iterator[datetime | None]:
    """Return the promised hours of all dossiers open at the end of `day`.

    What no later day has touched stands in the projections as it stood then.
    """
    for (due_at,) in raw.execute(_OPEN_SINCE, (day.isoformat(),)):
        yield from_micros(due_at)
    for dossier_id in sorted(set(_dossiers(raw, _LATER, day))):
        dossier = standing_of(dossier_id, _until(raw, dossier_id, day)).dossier
        if dossier.status in OPEN_STATUSES:
            yield dossier.due_at


def _dossiers(raw: Any, query: str, day: date) -> list[UUID]:
    return [UUID(bytes=found) for (found,) in raw.execute(query, (day.isoformat(),)).fetchall()]


def _until(raw: Any, dossier_id: UUID, day: date) -> list[Entry]:
    entries = entries_of(raw, dossier_id)
    return [entry for entry in entries if entry.operation.header.business_date <= day]


def _dossier_fact(dossier: Dossier, received: Received, entries: list[Entry]) -> DossierFact:
    balance = balance_of(dossier)
    return DossierFact(
        code=dossier.code,
        applicant=received.applicant.full_name,
        procedure=received.procedure.name,
        field=received.procedure.field,
        channel=received.channel,
        officer=received.officer_name,
        received_at=received.received_at,
        due_at=dossier.due_at,
        charged=dossier.charged,
        owed=balance.owed,
        unknown=not balance.is_known,
        voided=dossier.voided,
        unsent=any(entry.state is DeliveryState.PENDING for entry in entries),
    )


def _amount(entry: Entry, dossier: Dossier) -> int:
    """Return how much money an entry has moved; of an exemption that was gone already, none."""
    body = entry.operation.body
    if not isinstance(body, ExemptionReversed):
        return getattr(body, "amount", 0)
    op_id = entry.operation.header.op_id
    back = (e for e in dossier.exemptions if e.taken_back is not None and e.taken_back.id == op_id)
    return sum(exemption.amount for exemption in back)


def _is_told(entry: Entry) -> bool:
    """Say whether the day's figures know of it: guidance is counted, though of no dossier."""
    return entry.counts or is_guidance(entry)


def _event_fact(entry: Entry, standing: Standing) -> EventFact:
    header, body = entry.operation.header, entry.operation.body
    issued_at = body.issued_at if isinstance(body, Finished) else None
    return EventFact(
        kind=header.kind,
        at=issued_at or header.wall_utc,
        due_at=standing.dossier.due_at,
        amount=_amount(entry, standing.dossier),
        voided=standing.dossier.voided,
        copy=getattr(body, "copy", 0),
        means=body.means.value if isinstance(body, FeePaid | FeeReversed) else "",
        number=body.number if isinstance(body, FeePaid | FeeReversed) else "",
        receipt=body.receipt_number if isinstance(body, FeePaid | ReceiptLinked) else "",
        outcome=getattr(body, "outcome", ""),
    )
