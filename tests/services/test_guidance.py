"""Guidance before acceptance: a record of its own, never a dossier, and the way back to one."""

import secrets
from datetime import timedelta

import pytest

from counter_app.domain.intake import Intake, PaperGiven
from counter_app.domain.officer import Role
from counter_app.domain.operation import GuidanceOutcome
from counter_app.domain.papers import MissingPaper
from counter_app.domain.receipt_code import dossier_id_of
from counter_app.domain.scanned import ScanKind
from counter_app.errors import (
    DossierExists,
    GuidanceMistyped,
    IncompleteEntry,
    InvalidField,
    NotPermitted,
    UnknownDossier,
    UnknownGuidance,
    UnknownProcedure,
)
from counter_app.i18n import speak, spoken
from counter_app.services.drafts import keep_draft
from counter_app.services.guidance import (
    find_guidance,
    give_guidance,
    guidance_noted,
    guidances,
    lacking,
    reopen,
    token_in,
)
from counter_app.services.home import Pile, look_at_day
from counter_app.services.registration import register_dossier
from counter_app.services.scanning import read_scan
from counter_app.services.viewing import find_dossiers, open_dossier
from counter_app.store.guidance import guidance_on
from tests.factories import a_party, an_intake
from tests.office import counts, is_sound, kinds, with_roles

TOKEN = b"0123456789abcdef"
BIRTH = "1.001193"
SUPPLEMENT, REFUSAL, HELPED = GuidanceOutcome


def guide(desk, *, token=TOKEN, outcome=SUPPLEMENT, **said):
    intake = said.pop("intake", an_intake(components=()))
    return give_guidance(desk, intake, token=token, outcome=outcome, **said)


def test_all_that_is_missing_is_told_at_once_with_how_many(desk):
    given = guide(desk).given
    form = desk.catalogue.procedure(BIRTH, desk.business_date).form
    required = [c for c in form.components_of(form.case[0].id if form.case else None) if c.required]
    assert [(m.name, m.originals, m.copies) for m in given.missing] == [
        (c.name, c.originals, c.copies) for c in required
    ]
    assert len(given.missing) > 1


def test_papers_that_were_ticked_are_not_asked_for_again(desk):
    form = desk.catalogue.procedure(BIRTH, desk.business_date).form
    first = next(c for c in form.component if c.required)
    before = lacking(desk, an_intake(components=()))
    after = lacking(desk, an_intake(components=(PaperGiven(id=first.id),)))
    assert {m.name for m in before} - {m.name for m in after} == {first.name}


def test_what_is_wrong_on_the_application_is_told_with_its_reason(desk):
    intake = an_intake(applicant=a_party(full_name="", phone="12"))
    told = {line.name: line.reason for line in lacking(desk, intake)}
    assert told["Họ và tên"]
    assert told["Số điện thoại"]


def test_the_paper_is_in_its_own_language_whatever_the_officer_speaks(desk):
    wrong = an_intake(applicant=a_party(full_name="", phone="12"))
    speak("en")
    assert {line.name for line in lacking(desk, wrong)} == {"Họ và tên", "Số điện thoại"}
    assert spoken() == "en"


def test_it_makes_no_dossier_takes_no_number_and_keeps_the_draft(desk):
    before = counts(desk)
    guide(desk)
    after = counts(desk)
    assert after["operation"] - before["operation"] == 1
    assert after["draft"] - before["draft"] == 1
    assert after["dossier"] == before["dossier"]
    assert after["code_counter"] == before["code_counter"]
    with pytest.raises(UnknownDossier):
        find_dossiers(desk, str(dossier_id_of(TOKEN)))
    assert is_sound(desk)


def test_the_digits_on_its_paper_lead_back_to_the_same_intake(desk):
    given = guide(desk, intake=an_intake(components=(), note="quay lại chiều nay"))
    scanned = read_scan(desk, f"{given.digits}\r\n")
    assert (scanned.kind, scanned.token, scanned.guided) == (ScanKind.GUIDANCE, TOKEN, True)
    again = reopen(desk, token_in(given.digits))
    assert again.draft.token == TOKEN
    assert again.draft.intake.note == "quay lại chiều nay"
    assert again.dossier_id is None
    assert again.known


def test_another_officer_takes_it_up_as_well(desk):
    guide(desk)
    other = with_roles(desk, Role.RECEPTION)
    assert reopen(other, TOKEN).draft.officer == other.officer.id
    assert reopen(other, TOKEN).draft.intake.applicant == an_intake().applicant


def test_what_was_typed_since_is_what_one_goes_on_with(desk, clock):
    guide(desk)
    clock.at += timedelta(minutes=5)
    keep_draft(desk, an_intake(note="đã mang thêm"), token=TOKEN)
    assert reopen(desk, TOKEN).draft.intake.note == "đã mang thêm"


def test_registering_it_gives_the_dossier_of_the_same_token_that_begins_with_the_guidance(desk):
    guide(desk)
    dossier = register_dossier(desk, an_intake(), token=TOKEN)
    assert dossier.id == dossier_id_of(TOKEN)
    timeline = [each.operation.body.kind for each in open_dossier(desk, dossier.id).entries]
    assert timeline[::-1] == ["guidance_given", "received"]
    assert reopen(desk, TOKEN).dossier_id == dossier.id
    assert [each.received for each in guidances(desk)] == [True]


def test_guidance_given_twice_is_two_records_and_the_first_stays(desk, clock):
    guide(desk)
    clock.at += timedelta(hours=2)
    guide(desk, outcome=REFUSAL, reason="Hết hạn")
    assert [each.given.outcome for each in find_guidance(desk, TOKEN)] == [REFUSAL, SUPPLEMENT]
    assert [each.given.outcome for each in guidances(desk)] == [REFUSAL, SUPPLEMENT]


def test_guidance_of_another_desk_reopens_an_empty_intake_with_its_token(desk):
    strange = secrets.token_bytes(16)
    again = reopen(desk, strange)
    assert not again.known
    assert again.draft.intake == Intake()
    assert again.draft.token == strange
    assert find_guidance(desk, strange) == []


def test_after_the_reception_there_is_no_guidance_any_more(desk):
    register_dossier(desk, an_intake(), token=TOKEN)
    before = kinds(desk)
    with pytest.raises(DossierExists, match="0001"):
        guide(desk)
    assert kinds(desk) == before


def test_those_who_went_home_do_not_fill_the_list_of_drafts(desk, clock):
    guide(desk)
    assert look_at_day(desk, Pile.RECEIVED).unfinished == []
    clock.at += timedelta(minutes=5)
    keep_draft(desk, an_intake(note="đang nhập tiếp"), token=TOKEN)
    assert len(look_at_day(desk, Pile.RECEIVED).unfinished) == 1


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"intake": an_intake(procedure="")}, UnknownProcedure),
        ({"intake": an_intake(procedure="9.999999")}, UnknownProcedure),
        ({"missing": ()}, IncompleteEntry),
        ({"intake": an_intake()}, IncompleteEntry),  # nothing is missing: it can be received
        ({"outcome": REFUSAL}, IncompleteEntry),
        ({"outcome": REFUSAL, "reason": " \n "}, IncompleteEntry),
        ({"outcome": REFUSAL, "reason": "a\x00b"}, InvalidField),
        ({"outcome": HELPED}, IncompleteEntry),
        ({"outcome": HELPED, "agency": "x" * 300}, InvalidField),
        ({"missing": (MissingPaper(name=""),)}, InvalidField),
        ({"missing": (MissingPaper(name="Tờ khai", originals=-1),)}, InvalidField),
        ({"missing": (MissingPaper(name="Tờ khai"),) * 101}, InvalidField),
        ({"intake": an_intake(components=(), note="a\x07")}, InvalidField),
    ],
)
def test_what_says_nothing_or_cannot_be_stored_is_refused(desk, said, error):
    before = counts(desk)
    with pytest.raises(error):
        guide(desk, **said)
    assert counts(desk) == before


def test_somebody_can_be_helped_on_who_asked_for_nothing_in_the_catalogue(desk):
    given = guide(desk, intake=Intake(), outcome=HELPED, agency="Công an phường Phú Thử")
    assert given.given.procedure is None
    assert counts(desk)["draft"] == 0


def test_only_reception_gives_guidance(desk):
    with pytest.raises(NotPermitted):
        guide(with_roles(desk, Role.CASHIER))


def test_its_paper_is_made_of_what_was_noted(desk):
    given = guide(desk)
    assert guidance_noted(desk, given.op_id).given == given.given
    with pytest.raises(UnknownGuidance):
        guidance_noted(desk, dossier_id_of(TOKEN))


@pytest.mark.parametrize("digits", ["", "12", "2" * 44, "H57.132-260803-0001"])
def test_digits_of_no_guidance_are_refused(digits):
    with pytest.raises(GuidanceMistyped):
        token_in(digits)


def test_the_law_under_which_it_was_given_is_kept(desk):
    given = guide(desk).given
    with desk.store.read() as connection:
        kept = connection.exec_driver_sql("SELECT id, sha256 FROM form_version").all()
        assert len(guidance_on(connection, dossier_id_of(TOKEN))) == 1
    assert (given.procedure.code, given.procedure.sha256) in [tuple(row) for row in kept]
