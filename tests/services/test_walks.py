"""Every way that a dossier may take in six steps, walked on a real store."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from counter_app.domain.dossier import fold
from counter_app.domain.officer import Role
from counter_app.domain.status import Status
from counter_app.domain.workflow import TRANSITIONS
from counter_app.errors import IllegalTransition
from counter_app.services.acting import BY_HAND, act, possible_now
from counter_app.store.rebuild import rebuild
from counter_app.store.timeline import timeline
from tests.factories import EXAMPLES
from tests.office import counts, is_sound, register, with_roles

LONGEST = 6
BARRED = {"extended", "exemption_reversed"}  # too near to be put off; nothing was let off
ON_THE_SPOT = {"procedure": "2.000815", "answers": {"copies": 1, "pages": 2}}

# The hour that follows is the desk's to work out; the example's has gone by.
ENTERED = EXAMPLES | {
    kind: replace(EXAMPLES[kind], due_at=None) for kind in ("supplement_received", "obligation_met")
}

Walk = tuple[str, ...]


def steps_from(status):
    return [k for k in BY_HAND if status in TRANSITIONS[k].before and TRANSITIONS[k].after]


def is_lawful(walk):
    """Whether nothing is voided that was examined and returned."""
    return not {"result_returned", "voided"} <= set(walk)


def walks(status: Status, left: int) -> Iterator[Walk]:
    yield ()
    for kind in steps_from(status) if left else ():
        for rest in walks(TRANSITIONS[kind].after, left - 1):
            yield (kind, *rest)


WALKS = sorted(filter(is_lawful, walks(Status.RECEIVED, LONGEST)))


def end_of(walk):
    status = Status.RECEIVED
    for kind in walk:
        status = TRANSITIONS[kind].after
    return status


def test_there_are_as_many_walks_as_the_table_draws():
    assert len(WALKS) == len(set(WALKS)) > 200
    ends = {end_of(walk) for walk in WALKS}
    assert ends == set(Status) - {Status.SUBMITTED, Status.NOT_ACCEPTED}


def test_every_walk_ends_where_the_table_says_and_is_told_whole(desk):
    chief = with_roles(desk, *Role)
    for walk in WALKS:
        made = register(chief, **ON_THE_SPOT)
        for kind in walk:
            act(chief, made.id, ENTERED[kind])
        with desk.store.read() as connection:
            entries = timeline(connection, made.id)
        assert [entry.operation.header.kind for entry in entries] == ["received", *walk]
        assert fold(made.id, [entry.operation for entry in entries]).status is end_of(walk), walk
    assert is_sound(desk)
    assert rebuild(desk.store) == 0


@pytest.mark.parametrize("status", sorted({end_of(walk) for walk in WALKS}))
def test_what_is_offered_is_what_can_be_done_and_nothing_else_can(desk, status):
    chief = with_roles(desk, *Role)
    walk = min((w for w in WALKS if end_of(w) is status), key=len)
    made = register(chief, **ON_THE_SPOT)
    for kind in walk:
        made = act(chief, made.id, ENTERED[kind])
    offered = {each.kind for each in possible_now(chief, made)}
    assert offered == {k for k in BY_HAND if status in TRANSITIONS[k].before} - BARRED
    before = counts(desk)
    for kind in set(BY_HAND) - offered - BARRED:
        with pytest.raises(IllegalTransition):
            act(chief, made.id, ENTERED[kind])
    assert counts(desk) == before
