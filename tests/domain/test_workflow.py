"""The one table of what may follow what, held against the national status codes."""

import pytest

from counter_app.domain.body import Nature
from counter_app.domain.officer import Role
from counter_app.domain.operation import BODIES
from counter_app.domain.status import ENDED, Status
from counter_app.domain.workflow import TRANSITIONS, check, status_after
from counter_app.errors import IllegalTransition, NotPermitted

S = Status
# From the decree's steps and the portal's codes: every way that a dossier may take.
WAYS = {
    (None, S.RECEIVED),
    (S.SUBMITTED, S.RECEIVED),
    (S.SUBMITTED, S.NOT_ACCEPTED),
    (S.SUBMITTED, S.SUPPLEMENT),
    (S.RECEIVED, S.PROCESSING),
    (S.RECEIVED, S.RETURNED),  # on the spot
    (S.PROCESSING, S.SUPPLEMENT),
    (S.SUPPLEMENT, S.PROCESSING),
    (S.SUPPLEMENT, S.STOPPED),
    (S.PROCESSING, S.OBLIGATION),
    (S.OBLIGATION, S.PROCESSING),
    (S.RECEIVED, S.WITHDRAWAL),
    (S.PROCESSING, S.WITHDRAWAL),
    (S.SUPPLEMENT, S.WITHDRAWAL),
    (S.OBLIGATION, S.WITHDRAWAL),
    (S.WITHDRAWAL, S.PROCESSING),
    (S.WITHDRAWAL, S.STOPPED),
    (S.PROCESSING, S.STOPPED),
    (S.RECEIVED, S.STOPPED),  # voided: registered by mistake
    (S.RETURNED, S.STOPPED),  # the same, of what was served at once
    (S.PROCESSING, S.FINISHED),
    (S.FINISHED, S.RETURNED),
}


def test_the_table_has_exactly_the_ways_of_the_law():
    drawn = {
        (before, transition.after)
        for transition in TRANSITIONS.values()
        for before in transition.before
        if transition.after is not None and before is not None
    }
    assert drawn | {(None, S.RECEIVED)} == WAYS


def test_every_kind_has_its_line_and_no_other_has():
    assert TRANSITIONS.keys() == {kind for kind, _version in BODIES}


@pytest.mark.parametrize("status", sorted(ENDED))
def test_nothing_leads_out_of_an_ended_dossier(status):
    leading = [
        kind
        for kind, transition in TRANSITIONS.items()
        if status in transition.before
        and transition.after not in {None, status}
        and kind != "voided"  # a wrong entry, whose result was handed over on paper only
    ]
    assert leading == []


def test_an_intent_never_starts_from_a_dossier_that_is_not_known_here():
    intents = {kind for (kind, _v), body in BODIES.items() if body.nature is Nature.INTENT}
    assert [kind for kind in intents if None in TRANSITIONS[kind].before] == []


def test_a_result_can_be_returned_for_a_receipt_that_this_desk_has_not_seen():
    assert check("result_returned", None, {Role.RETURN}) is Role.RETURN


@pytest.mark.parametrize("kind", sorted(TRANSITIONS))
@pytest.mark.parametrize("status", [None, *Status])
def test_each_kind_passes_from_its_states_and_from_no_other(kind, status):
    if status in TRANSITIONS[kind].before:
        assert check(kind, status, set(Role)) in TRANSITIONS[kind].by
        assert status_after(kind, status) == (TRANSITIONS[kind].after or status)
    else:
        with pytest.raises(IllegalTransition):
            check(kind, status, set(Role))


def test_who_has_no_role_for_it_is_told_whose_work_it_is():
    with pytest.raises(NotPermitted) as refusal:
        check("refused", S.PROCESSING, {Role.RECEPTION})
    assert "lãnh đạo" in str(refusal.value)


def test_a_refusal_names_the_state_in_the_language_spoken():
    with pytest.raises(IllegalTransition) as refusal:
        check("finished", S.RETURNED, set(Role))
    assert "đã trả kết quả" in str(refusal.value).casefold()
