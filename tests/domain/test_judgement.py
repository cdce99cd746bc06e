"""What the centre makes of what comes to it: facts count, intents can be overtaken."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain import operation as op
from counter_app.domain.body import Nature, Scope
from counter_app.domain.dossier import Dossier, step
from counter_app.domain.judgement import (
    APPLIED,
    Judged,
    Reason,
    Seen,
    Verdict,
    explain,
    judge,
)
from counter_app.domain.officer import Role
from counter_app.domain.operation import Unreadable
from counter_app.domain.status import Status
from counter_app.domain.workflow import TRANSITIONS
from counter_app.i18n import languages, speak
from tests.factories import DAY, DOSSIER_ID, EXAMPLES, NOON, a_received, an_operation

S = Status
LATEST = DAY
BLANK = Dossier(id=DOSSIER_ID)

bodies = st.sampled_from([*EXAMPLES.values(), Unreadable()])
dossiers = st.builds(
    Dossier,
    id=st.just(DOSSIER_ID),
    status=st.sampled_from([None, *Status]),
    received=st.sampled_from([None, a_received()]),
    needs_newer_program=st.booleans(),
)
sights = st.builds(Seen, st.sampled_from([None, *Status]), st.booleans())
operations = st.builds(
    lambda body, role, day: an_operation(body, role=role, business_date=day),
    bodies,
    st.sampled_from(Role),
    st.sampled_from([DAY, date.max]),
)


def a_received_dossier(status=S.RECEIVED, **changes):
    return Dossier(**{"id": DOSSIER_ID, "status": status, "received": a_received()} | changes)


def by(kind, role=None, **header):
    role = role or min(TRANSITIONS[kind].by)
    return an_operation(EXAMPLES[kind], role=role, **header)


def verdict(operation, dossier, **circumstances):
    return judge(operation, dossier, latest=LATEST, **circumstances)


@given(operations, dossiers, sights)
def test_a_fact_counts_whatever_else_is_so(operation, dossier, seen):
    judged = judge(operation, dossier, latest=LATEST, seen=seen)
    if isinstance(operation.body, Unreadable):
        assert judged == Judged(Verdict.WAITING, Reason.NEWER_PROGRAM)
    elif operation.body.nature is Nature.FACT:
        assert judged.verdict in {Verdict.APPLIED, Verdict.FLAGGED}
        assert judged.has_effect


@given(operations, dossiers, sights)
def test_what_is_the_desks_own_affair_is_always_applied(operation, dossier, seen):
    if operation.body.scope is Scope.DESK and not isinstance(operation.body, Unreadable):
        assert judge(operation, dossier, latest=LATEST, seen=seen) == APPLIED


@given(operations, dossiers, sights, st.sampled_from([None, *Reason]))
def test_a_reason_is_given_for_all_that_is_not_simply_applied(operation, dossier, seen, doubt):
    judged = judge(operation, dossier, latest=LATEST, seen=seen, doubt=doubt)
    assert (judged.reason is None) == (judged.verdict is Verdict.APPLIED)


@given(operations, dossiers, sights)
def test_an_intent_is_applied_only_where_the_table_allows_it(operation, dossier, seen):
    judged = judge(operation, dossier, latest=LATEST, seen=seen)
    if operation.body.nature is Nature.INTENT and judged.has_effect:
        assert judged == APPLIED
        transition = TRANSITIONS[operation.body.kind]
        assert dossier.status in transition.before
        assert operation.header.role in transition.by


@given(operations, dossiers)
def test_nothing_is_proposed_that_nobody_has_overtaken(operation, dossier):
    judged = judge(operation, dossier, latest=LATEST, seen=Seen(dossier.status, False))
    assert judged.verdict is not Verdict.PROPOSED


@given(operations, dossiers, sights)
def test_what_is_judged_twice_in_the_same_place_gets_the_same_verdict(operation, dossier, seen):
    once = judge(operation, dossier, latest=LATEST, seen=seen)
    assert judge(operation, dossier, latest=LATEST, seen=seen) == once


def let_off(*, taken_back=False):
    granted = an_operation(EXAMPLES["fee_exempted"], op_id=EXAMPLES["exemption_reversed"].exemption)
    dossier = step(a_received_dossier(), granted)
    return step(dossier, an_operation(EXAMPLES["exemption_reversed"])) if taken_back else dossier


def test_an_exemption_is_taken_back_once_whoever_was_first():
    back = by("exemption_reversed")
    assert verdict(back, let_off()) == APPLIED
    refused = Judged(Verdict.REFUSED, Reason.ILLEGAL_TRANSITION)
    assert verdict(back, a_received_dossier()) == refused
    assert verdict(back, let_off(taken_back=True)) == refused
    overtaken = verdict(back, let_off(taken_back=True), seen=Seen(S.RECEIVED, overtaken=True))
    assert overtaken == Judged(Verdict.PROPOSED, Reason.OVERTAKEN)


def test_two_desks_that_take_one_exemption_back_do_it_once():
    dossier = step(let_off(taken_back=True), an_operation(EXAMPLES["exemption_reversed"]))
    assert (dossier.exempted, len(dossier.exemptions)) == (0, 1)


def test_what_was_served_at_another_desk_meanwhile_is_not_voided_unseen():
    served = a_received_dossier(S.RETURNED, served=True)
    assert verdict(by("voided"), served, seen=Seen(S.RETURNED)) == APPLIED
    unseen = verdict(by("voided"), served, seen=Seen(S.RECEIVED, overtaken=True))
    assert unseen == Judged(Verdict.PROPOSED, Reason.OVERTAKEN)
    examined = verdict(by("voided"), a_received_dossier(S.RETURNED), seen=Seen(S.RETURNED))
    assert examined == Judged(Verdict.REFUSED, Reason.ILLEGAL_TRANSITION)


@pytest.mark.parametrize("kind", ["withdrawal_requested", "supplement_received", "obligation_met"])
@pytest.mark.parametrize("status", [S.FINISHED, S.RETURNED, S.STOPPED])
def test_what_comes_late_opens_no_dossier_again_that_was_finished(kind, status):
    late = step(a_received_dossier(status), an_operation(EXAMPLES[kind]))
    assert late.status is status


def test_a_result_that_was_handed_over_was_handed_over_whatever_was_asked_meanwhile():
    withdrawn = step(a_received_dossier(S.WITHDRAWAL), an_operation(EXAMPLES["result_returned"]))
    assert withdrawn.status is S.RETURNED


def test_a_fact_that_does_not_follow_is_flagged():
    judged = verdict(by("result_returned"), a_received_dossier(S.PROCESSING))
    assert judged == Judged(Verdict.FLAGGED, Reason.ILLEGAL_TRANSITION)


def test_a_fact_by_somebody_without_the_role_is_flagged():
    judged = verdict(by("fee_paid", Role.CLERK), a_received_dossier())
    assert judged == Judged(Verdict.FLAGGED, Reason.ROLE)


def test_a_fact_of_a_day_to_come_is_flagged():
    judged = verdict(by("noted", business_date=DAY + timedelta(days=1)), a_received_dossier())
    assert judged == Judged(Verdict.FLAGGED, Reason.FUTURE_DATE)


def test_a_result_can_be_handed_out_before_the_reception_was_reported():
    assert verdict(by("result_returned"), BLANK) == APPLIED


def test_a_reception_that_comes_late_is_applied_and_takes_nothing_back():
    returned = step(BLANK, by("result_returned"))
    late = by("received")
    assert verdict(late, returned) == APPLIED
    assert step(returned, late).status is S.RETURNED


def test_a_second_reception_is_flagged():
    judged = verdict(by("received"), a_received_dossier())
    assert judged == Judged(Verdict.FLAGGED, Reason.RECEIVED_TWICE)


@pytest.mark.parametrize("doubt", [Reason.NOT_LEASED, Reason.RECEIPT_DIFFERS, Reason.OTHER_KEY])
def test_a_reception_in_doubt_is_flagged_and_counts(doubt):
    assert verdict(by("received"), BLANK, doubt=doubt) == Judged(Verdict.FLAGGED, doubt)


def test_an_intent_waits_for_the_reception():
    judged = verdict(by("forwarded"), BLANK)
    assert judged == Judged(Verdict.WAITING, Reason.NOT_RECEIVED)


def test_an_intent_waits_behind_what_a_newer_program_did_and_a_fact_does_not():
    dossier = a_received_dossier(needs_newer_program=True)
    assert verdict(by("forwarded"), dossier) == Judged(Verdict.WAITING, Reason.NEWER_PROGRAM)
    assert verdict(by("fee_paid"), dossier) == APPLIED


def test_an_intent_by_somebody_without_the_role_is_refused():
    judged = verdict(by("voided", Role.RECEPTION), a_received_dossier())
    assert judged == Judged(Verdict.REFUSED, Reason.ROLE)


def test_an_intent_that_was_never_possible_is_refused():
    judged = verdict(by("finished"), a_received_dossier(), seen=Seen(S.RECEIVED, False))
    assert judged == Judged(Verdict.REFUSED, Reason.ILLEGAL_TRANSITION)


def test_an_intent_that_another_desk_has_overtaken_is_proposed():
    stopped = a_received_dossier(S.STOPPED)
    overtaken = verdict(by("forwarded"), stopped, seen=Seen(S.RECEIVED, True))
    assert overtaken == Judged(Verdict.PROPOSED, Reason.OVERTAKEN)
    impossible = verdict(by("forwarded"), stopped, seen=Seen(S.FINISHED, True))
    assert impossible == Judged(Verdict.REFUSED, Reason.ILLEGAL_TRANSITION)


def an_amendment(old, new):
    return op.Amended(field="applicant.phone", old=old, new=new, reason="Ghi nhầm")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("1", "3", Judged(Verdict.PROPOSED, Reason.VALUE_CHANGED)),
        ("2", "3", APPLIED),  # it was corrected knowing what stands there
        ("1", "2", APPLIED),  # both have said the same
    ],
)
def test_an_entry_that_was_changed_twice_waits_for_a_person(old, new, expected):
    dossier = a_received_dossier(amendments=(an_amendment("1", "2"),))
    assert verdict(an_operation(an_amendment(old, new)), dossier) == expected


def test_entries_that_were_changed_side_by_side_are_both_applied():
    elsewhere = op.Amended(field="applicant.address", old="A", new="B", reason="Chuyển nhà")
    dossier = a_received_dossier(amendments=(elsewhere,))
    assert verdict(an_operation(an_amendment("1", "2")), dossier) == APPLIED


def test_an_extension_counts_from_the_hour_that_its_officer_saw():
    dossier = a_received_dossier(S.PROCESSING, due_at=NOON)
    late = op.Extended(due_before=None, due_at=NOON + timedelta(days=5), reason="Xác minh")
    extended = an_operation(late, role=Role.LEADER)
    assert verdict(extended, dossier, seen=Seen(S.PROCESSING, False)) == APPLIED
    overtaken = verdict(extended, dossier, seen=Seen(S.PROCESSING, True))
    assert overtaken == Judged(Verdict.PROPOSED, Reason.VALUE_CHANGED)


@pytest.mark.parametrize("language", languages())
def test_every_reason_has_a_sentence_of_its_own(language):
    speak(language)
    said = {explain(reason) for reason in Reason}
    assert len(said) == len(Reason)
    assert all(sentence.endswith(".") for sentence in said)


def test_a_reason_of_a_newer_release_is_shown_as_it_is():
    assert explain("tomorrows_reason") == "tomorrows_reason"


def test_a_dossier_of_another_identity_changes_no_verdict():
    other = Dossier(id=UUID(int=2), status=S.RECEIVED, received=a_received())
    assert verdict(by("forwarded"), other) == verdict(by("forwarded"), a_received_dossier())
