"""Who is whose at the intake: ground to act, collector, agencies, and the same person again."""

import pytest
from msgspec.structs import replace

from counter_app.desktop.intake import IntakePresenter
from counter_app.desktop.intake.words import money_words
from counter_app.domain.agency import Agency
from counter_app.domain.party import AuthorityKind, PartyKind
from counter_app.domain.status import Status
from counter_app.services.drafts import unfinished
from counter_app.services.search import search_ids
from counter_app.services.viewing import open_dossier
from counter_app.store.engine import driver
from counter_app.store.known import keep_known
from tests.desktop.conftest import Waiting
from tests.desktop.taking import (
    CARD,
    OTHER_CARD,
    RecordingView,
    choose,
    fields_of,
    fill,
    scan,
)

BIRTH = "1.001193"
ON_THE_SPOT = "2.000815"
OTHERS = Agency(code="H57.133", name="UBND phường Thử Hai")


@pytest.fixture
def view():
    return RecordingView()


@pytest.fixture
def presenter(desk, tasks, navigator, view):
    made = IntakePresenter(desk, tasks, navigator)
    made.attach(view)
    made.enter()
    return made


def number_of_dossiers(desk, number="001190012345"):
    return len(search_ids(desk, number))


# Who acts for whom


def test_who_hands_in_for_another_says_on_what_ground(presenter, view, desk):
    fill(presenter)
    presenter.bring_submitter(True)
    scan(presenter, OTHER_CARD)
    assert view.state.intake.authority.kind is AuthorityKind.AUTHORISED
    presenter.submit()
    assert fields_of(view.state) == ["authority.document"]
    presenter.edit("authority.document", "Giấy ủy quyền số 12")
    presenter.edit("authority.issued_on", "1/11/2026")
    presenter.submit()
    received = view.state.registered.received
    assert received.submitter.full_name == "Trần Văn Mẫu"
    assert received.authority.document == "Giấy ủy quyền số 12"
    assert received.authority.issued_on == "2026-11-01"


def test_a_father_needs_no_power_of_attorney(presenter, view):
    fill(presenter)
    presenter.bring_submitter(True)
    scan(presenter, OTHER_CARD)
    presenter.edit("authority.kind", "parent")
    presenter.submit()
    assert view.state.registered.received.authority.kind is AuthorityKind.PARENT


def test_who_comes_for_a_business_is_of_its_staff(presenter, view):
    scan(presenter)
    presenter.edit("applicant.kind", "business")
    assert view.state.intake.authority.kind is AuthorityKind.STAFF
    presenter.edit("applicant.kind", "person")
    assert view.state.intake.authority is None


def test_the_ground_goes_with_the_person_and_comes_back(presenter, view):
    fill(presenter)
    presenter.bring_submitter(True)
    presenter.edit("authority.document", "Giấy ủy quyền số 12")
    presenter.bring_submitter(False)
    assert view.state.intake.authority is None
    presenter.bring_submitter(True)
    assert view.state.intake.authority.document == "Giấy ủy quyền số 12"


def test_somebody_else_may_fetch_the_result(presenter, view):
    fill(presenter)
    presenter.bring_collector(True)
    assert view.focused[-1] == "collector.id_number"
    presenter.submit()
    assert fields_of(view.state) == ["collector.full_name"]
    presenter.come_to("collector")
    scan(presenter, OTHER_CARD)
    assert view.state.intake.collector.full_name == "Trần Văn Mẫu"
    presenter.submit()
    assert view.state.registered.received.collector.full_name == "Trần Văn Mẫu"


def test_a_business_is_recognised_by_its_number(presenter, view):
    presenter.edit("applicant.kind", "business")
    presenter.edit("applicant.id_number", "0100109106")
    presenter.edit("applicant.full_name", "Công ty Thử")
    presenter.edit("submitter.full_name", "Trần Văn Mẫu")
    choose(presenter, "dks")
    presenter.tick_required()
    presenter.submit()
    assert view.state.registered is not None
    presenter.edit("applicant.kind", "business")
    presenter.edit("applicant.id_number", "0100109106")
    presenter.leave("applicant.id_number")
    assert view.state.intake.applicant.full_name == "Công ty Thử"
    assert view.state.intake.applicant.kind is PartyKind.BUSINESS


def test_who_fetches_is_filled_in_from_earlier_dossiers(presenter, view):
    fill(presenter, card=OTHER_CARD)
    presenter.edit("applicant.phone", "0912345678")
    presenter.submit()
    fill(presenter)
    presenter.bring_collector(True)
    presenter.edit("collector.id_number", "001090000001")
    presenter.leave("collector.id_number")
    collector = view.state.intake.collector
    assert (collector.full_name, collector.phone) == ("Trần Văn Mẫu", "0912345678")


def test_the_card_of_the_next_citizen_is_not_the_collectors(presenter, view):
    fill(presenter)
    presenter.bring_collector(True)
    presenter.come_to("collector")
    scan(presenter, OTHER_CARD)
    presenter.come_to("applicant")
    scan(presenter, CARD.replace("001190012345", "001190012346"))
    assert view.state.intake.applicant.id_number == "001190012346"
    assert view.state.intake.collector is None


# Which agency decides


def test_another_agency_decides_where_the_procedure_allows_it(presenter, view, desk):
    with desk.store.begin() as uow:
        keep_known(driver(uow.connection), (), (OTHERS,))
    presenter.enter()
    assert view.state.agencies == (OTHERS,)
    fill(presenter)
    presenter.edit("competent_agency", "H57.133")
    presenter.submit()
    assert view.state.registered.received.competent_agency == "H57.133"


def test_a_code_that_no_agency_can_have_is_refused_at_its_field(presenter, view):
    fill(presenter)
    presenter.edit("competent_agency", "phường bên")
    presenter.submit()
    assert fields_of(view.state) == ["competent_agency"]


def test_another_procedure_is_decided_anew(presenter, view):
    fill(presenter)
    presenter.edit("competent_agency", "H57.133")
    choose(presenter, "kết hôn")
    assert view.state.intake.competent_agency == ""


# The same person with the same procedure


def test_what_is_open_of_the_same_is_told_before_anything_is_registered(
    presenter, view, desk, navigator
):
    fill(presenter)
    presenter.submit()
    first = view.state.registered
    fill(presenter)
    assert view.state.same.code == first.code
    presenter.submit()
    assert view.state.registered is None
    assert (view.focused[-1], view.state.busy) == ("same", False)
    assert number_of_dossiers(desk) == 1
    presenter.open_same()
    assert navigator.last("open_dossier") == first.id
    presenter.submit()
    assert view.state.registered.id != first.id
    assert number_of_dossiers(desk) == 2


def test_all_the_same_is_one_press_where_it_was_read_before(presenter, view, desk):
    fill(presenter)
    presenter.submit()
    fill(presenter)
    presenter.insist()
    assert view.state.registered is not None
    assert number_of_dossiers(desk) == 2


def test_the_hint_goes_with_the_person_and_with_the_procedure(presenter, view):
    fill(presenter)
    presenter.submit()
    fill(presenter)
    choose(presenter, "kết hôn")
    assert view.state.same is None
    choose(presenter, "dks")
    assert view.state.same is not None
    presenter.edit("applicant.id_number", "00119001234")
    assert view.state.same is None


def test_who_is_stopped_keeps_all_that_was_typed_and_the_token(presenter, view):
    fill(presenter)
    presenter.submit()
    fill(presenter)
    presenter.edit("note", "lần hai")
    token = view.state.token
    presenter.submit()
    assert (view.state.intake.note, view.state.token) == ("lần hai", token)


def test_the_next_card_may_come_while_the_same_is_looked_for(desk, navigator, view):
    lanes = Waiting()
    presenter = IntakePresenter(desk, lanes, navigator)
    presenter.attach(view)
    for _time in range(2):
        scan(presenter)
        choose(presenter, "dks")
        lanes.work()
        presenter.tick_required()
        presenter.submit()
        lanes.work()
    assert view.state.warned is not None
    scan(presenter, OTHER_CARD)
    lanes.work()
    assert view.state.intake.applicant.full_name == "Trần Văn Mẫu"
    assert view.state.same is None
    assert [draft.intake.applicant.id_number for draft in unfinished(desk)] == ["001190012345"]


# One more for the same person


def test_the_same_person_comes_with_one_more(presenter, view, desk):
    fill(presenter)
    presenter.edit("applicant.phone", "0912345678")
    presenter.submit()
    first = view.state.registered
    token = view.state.token
    presenter.again()
    state = view.state
    assert state.intake.applicant.full_name == "Nguyễn Thị Thử"
    assert state.intake.applicant.phone == "0912345678"
    assert (state.procedure, state.registered) == (None, None)
    assert state.token != token
    assert state.matches[0].procedure.code == BIRTH
    assert view.focused[-1] == "procedure"
    presenter.take()
    presenter.tick_required()
    presenter.submit()
    assert view.state.registered.code.endswith("-0002")
    assert view.state.registered.id != first.id
    presenter.again()
    presenter.take()
    presenter.tick_required()
    presenter.submit()
    assert number_of_dossiers(desk) == 3  # and nobody was stopped for a dossier of today's own


def test_one_more_before_the_first_is_registered_keeps_it_as_a_draft(presenter, view, desk):
    fill(presenter)
    presenter.bring_submitter(True)
    scan(presenter, OTHER_CARD)
    presenter.again()
    assert view.state.intake.submitter.full_name == "Trần Văn Mẫu"
    assert view.state.intake.procedure == ""
    assert [draft.intake.procedure for draft in unfinished(desk)] == [BIRTH]
    assert view.state.matches[0].procedure.code == BIRTH


def test_with_nobody_there_is_nobody_to_keep(presenter, view, navigator):
    presenter.again()
    assert view.state.intake.is_blank
    assert "Chưa có ai" in navigator.last("say")[0]


def test_the_next_citizen_is_not_offered_what_the_last_one_wanted(presenter, view):
    fill(presenter, procedure="sao tu so goc")
    presenter.submit()
    scan(presenter, OTHER_CARD)
    assert view.state.last is None


# What follows


def test_what_is_given_on_the_spot_is_handed_over_with_one_key(presenter, view, desk, navigator):
    scan(presenter)
    choose(presenter, ON_THE_SPOT)
    presenter.edit("answers.pages", "2")
    presenter.tick_required()
    presenter.submit()
    dossier = view.state.registered
    assert dossier.received.on_the_spot
    assert "print_receipt" not in {what for what, _with in navigator.asked}
    presenter.serve()
    assert view.state.registered.status is Status.RETURNED
    assert open_dossier(desk, dossier.id).dossier.status is Status.RETURNED
    presenter.serve()
    assert view.state.registered.status is Status.RETURNED


def test_a_receipt_is_given_to_whoever_asks_for_one(presenter, view, navigator):
    scan(presenter)
    choose(presenter, ON_THE_SPOT)
    presenter.edit("answers.pages", "2")
    presenter.tick_required()
    presenter.submit()
    presenter.print_registered()
    assert navigator.last("print_receipt") == (view.state.registered.id, False)


def test_what_is_not_given_on_the_spot_cannot_be_served(presenter, view):
    fill(presenter)
    presenter.submit()
    presenter.serve()
    assert view.state.registered.status is Status.RECEIVED


def test_the_way_to_the_cashier_names_the_sum(presenter, view, navigator):
    scan(presenter)
    choose(presenter, ON_THE_SPOT)
    presenter.edit("answers.pages", "2")
    presenter.tick_required()
    presenter.submit()
    assert view.state.registered.owed == 4000
    assert money_words(4000) == "Thu 4.000 ₫ (Ctrl+M)"
    presenter.take_money()
    assert navigator.last("open_cashier") == view.state.registered.id


def test_guidance_takes_over_what_was_typed(presenter, view, navigator):
    assert not presenter.guide()
    fill(presenter)
    state = view.state
    assert presenter.guide()
    intake, token, done = navigator.last("give_guidance")
    assert (intake, token) == (state.intake, state.token)
    assert view.state.intake == intake  # until it is noted
    done()
    assert view.state.intake.is_blank
    assert view.state.token != state.token


def test_a_draft_of_before_gets_its_ground(presenter, view, desk):
    fill(presenter)
    presenter.bring_submitter(True)
    scan(presenter, OTHER_CARD)
    presenter.keep()
    (draft,) = unfinished(desk)
    older = replace(draft, intake=replace(draft.intake, authority=None))
    presenter.begin(draft=older)
    assert view.state.intake.authority.kind is AuthorityKind.AUTHORISED
