"""A desk with a centre that has answered, or not yet; no network is needed for it."""

from datetime import timedelta

from counter_app.domain.desk_profile import CentreLink
from counter_app.domain.lease import Lease
from counter_app.store.timeline import timeline
from counter_app.sync.push import take
from counter_app.wire.messages import Judgement, PushAnswer, PushOutcome
from counter_app.wire.signing import SigningKey
from tests.desktop.road import NOBODY, a_standing

ADDRESS = "http://127.0.0.1:9"  # nobody listens there
ROOT = SigningKey.from_seed(bytes(range(32)))


def link(desk, address=ADDRESS):
    """Make the desk one of a centre's, as if it had been asked."""
    made = CentreLink(
        url=address,
        centre_id=NOBODY,
        root_key=ROOT.public,
        generation=1,
        enrolled_at=desk.now(),
    )
    today = desk.business_date
    lease = Lease(
        agency=desk.agency,
        lo=1,
        hi=5000,
        from_date=today + timedelta(days=1),
        to_date=today + timedelta(days=60),
    )
    with desk.store.begin() as uow:
        uow.enrol(made, [lease], today=today, tracking_url="")


def acknowledge(desk, verdicts=()):
    """Let the centre have stored what waits; `verdicts` are (dossier, kind, verdict, reason)."""
    judgements = tuple(
        Judgement(op_id=op_id(desk, dossier_id, kind), verdict=verdict, reason=reason)
        for dossier_id, kind, verdict, reason in verdicts
    )
    while (batch := take(desk)).rows:
        high = batch.rows[-1].seq
        standing = a_standing(high_water=high, head=batch.head, now=desk.clock.now())
        answer = PushAnswer(outcome=PushOutcome.STORED, standing=standing, judgements=judgements)
        with desk.store.begin() as uow:
            uow.record_answer(answer, now=desk.clock.now())


def op_id(desk, dossier_id, kind):
    """Return the identity of the first operation of a kind on a dossier."""
    with desk.store.read() as connection:
        entries = timeline(connection, dossier_id)
    return next(e.operation.header.op_id for e in entries if e.operation.header.kind == kind)
