"""Intakes that were begun: kept while typing, offered again after a crash."""

from counter_app.domain.fitting import LeftOut
from counter_app.domain.intake import Intake
from counter_app.domain.officer import Role
from counter_app.services.drafts import drop_draft, keep_draft, reopen, unfinished
from tests.factories import a_party, an_intake
from tests.office import MONDAY, register, with_roles

ONE, OTHER = b"1" * 16, b"2" * 16


def test_a_draft_is_there_again_when_the_desk_is_opened_anew(desk, folder, enter):
    keep_draft(desk, an_intake(note="dở dang"), token=ONE)
    desk.store.close()
    (draft,) = unfinished(enter(folder))
    assert draft.token == ONE
    assert draft.intake == an_intake(note="dở dang")
    assert draft.saved_at == MONDAY


def test_what_is_typed_next_takes_the_place_of_what_was_kept(desk):
    keep_draft(desk, an_intake(), token=ONE)
    keep_draft(desk, an_intake(note="thêm"), token=ONE)
    assert [draft.intake.note for draft in unfinished(desk)] == ["thêm"]


def test_drafts_come_the_latest_first(desk, clock):
    keep_draft(desk, an_intake(), token=ONE)
    clock.at = MONDAY.replace(hour=10)
    keep_draft(desk, an_intake(), token=OTHER)
    assert [draft.token for draft in unfinished(desk)] == [OTHER, ONE]


def test_an_intake_with_nothing_typed_leaves_no_draft(desk):
    keep_draft(desk, an_intake(), token=ONE)
    keep_draft(desk, Intake(procedure="1.001193"), token=ONE)
    assert unfinished(desk) == []


def test_what_is_wrong_can_be_kept_all_the_same(desk):
    wrong = an_intake(applicant=a_party(full_name="", birth_date="30/02/1990"), procedure="x")
    keep_draft(desk, wrong, token=ONE)
    assert unfinished(desk)[0].intake == wrong


def test_a_draft_that_was_given_up_is_gone(desk):
    keep_draft(desk, an_intake(), token=ONE)
    drop_draft(desk, ONE)
    drop_draft(desk, OTHER)  # one that never was is no matter
    assert unfinished(desk) == []


def test_everybody_sees_only_what_he_has_begun(desk):
    keep_draft(desk, an_intake(), token=ONE)
    assert unfinished(with_roles(desk, Role.RECEPTION)) == []


def test_registering_drops_its_own_draft_and_no_other(desk):
    keep_draft(desk, an_intake(), token=ONE)
    keep_draft(desk, an_intake(), token=OTHER)
    register(desk, token=ONE)
    assert [draft.token for draft in unfinished(desk)] == [OTHER]


def test_what_found_no_place_is_kept_with_the_draft_until_it_was_seen_to(desk):
    left_out = (LeftOut(name="Mục đích", value="đi học"),)
    keep_draft(desk, Intake(), token=ONE, left_out=left_out)
    (draft,) = unfinished(desk)
    assert draft.left_out == left_out
    keep_draft(desk, Intake(), token=ONE)
    assert unfinished(desk) == []


def test_a_draft_of_an_older_release_still_opens(desk):
    keep_draft(desk, an_intake(), token=ONE)
    with desk.store.begin() as uow:
        older = "json_remove(CAST(draft AS TEXT), '$.left_out', '$.version')"
        uow.connection.exec_driver_sql(f"UPDATE draft SET draft = CAST({older} AS BLOB)")
    (draft,) = unfinished(desk)
    reopened = reopen(desk, draft)
    assert (reopened.procedure.code, reopened.left_out) == ("1.001193", ())
