"""Guidance before acceptance, as an officer gives it and finds it again."""

import pytest

from counter_app.desktop.guidance import GuidancePresenter
from counter_app.domain.intake import Intake
from counter_app.domain.operation import GuidanceOutcome
from counter_app.domain.receipt_code import dossier_id_of
from counter_app.services.drafts import keep_draft
from counter_app.services.guidance import guidances
from counter_app.services.registration import register_dossier
from tests.factories import an_intake
from tests.office import counts

TOKEN = b"0123456789abcdef"
SUPPLEMENT, REFUSAL, HELPED = GuidanceOutcome


class RecordingView:
    def __init__(self):
        self.states = []
        self.focused = []

    def show_state(self, state):
        self.states.append(state)

    def focus_on(self, place):
        self.focused.append(place)

    @property
    def state(self):
        return self.states[-1]


@pytest.fixture
def view():
    return RecordingView()


@pytest.fixture
def presenter(desk, tasks, navigator, view):
    presenter = GuidancePresenter(desk, tasks, navigator)
    presenter.attach(view)
    return presenter


@pytest.fixture
def begun(presenter):
    """Begin guidance on an application; what is done once it is noted goes to a list."""

    def begun(**changes):
        done = []
        presenter.begin(
            an_intake(**({"components": ()} | changes)), TOKEN, done=lambda: done.append(True)
        )
        return done

    return begun


def test_what_is_not_ticked_stands_on_the_paper_already(presenter, view, begun):
    begun()
    assert view.state.outcome is SUPPLEMENT
    assert len(view.state.missing) == len(view.state.lines) > 1
    assert view.focused == ["first"]


def test_it_is_noted_printed_and_the_intake_is_free_for_the_next(
    desk, presenter, navigator, view, begun
):
    done = begun()
    presenter.submit()
    assert done == [True]
    (given,) = guidances(desk)
    assert given.given.missing
    sheet = navigator.last("print_sheet")
    assert sheet.about == given.op_id
    assert navigator.last("show_place") == "intake"
    assert view.state.subject is None
    assert counts(desk)["dossier"] == 0


def test_lines_are_left_out_counted_explained_and_added(desk, presenter, view, begun):
    begun()
    presenter.tell(0, False)
    presenter.change(1, copies=2, reason="Bản cũ đã mờ")
    presenter.add()
    presenter.change(len(view.state.lines) - 1, name="Sổ hộ khẩu cũ")
    presenter.submit()
    missing = guidances(desk)[0].given.missing
    assert missing[0].copies == 2
    assert missing[0].reason == "Bản cũ đã mờ"
    assert missing[-1].name == "Sổ hộ khẩu cũ"


def test_to_change_a_line_that_was_left_out_is_to_tell_it(presenter, view, begun):
    begun()
    presenter.tell(0, False)
    presenter.change(0, originals=3)
    assert view.state.lines[0].told


def test_a_refusal_takes_a_ground_that_was_chosen(desk, presenter, view, begun):
    begun()
    presenter.choose(REFUSAL.value)
    assert view.state.reasons
    ground = view.state.reasons[0]
    presenter.edit("reason", ground)
    presenter.submit()
    given = guidances(desk)[0].given
    assert (given.outcome, given.reason) == (REFUSAL, ground)
    assert given.missing == ()


def test_whoever_asked_for_nothing_in_the_catalogue_is_helped_on(desk, presenter, view):
    presenter.begin(Intake(note="hỏi đường"), TOKEN, done=lambda: None)
    assert view.state.outcome is HELPED
    presenter.edit("agency", "Công an phường Phú Thử")
    presenter.submit()
    assert guidances(desk)[0].given.agency == "Công an phường Phú Thử"


def test_what_was_left_out_is_said_and_nothing_is_lost(presenter, navigator, view, begun):
    done = begun()
    presenter.choose(REFUSAL.value)
    presenter.submit()
    assert view.state.problem
    assert not view.state.busy
    assert view.state.subject is not None
    assert done == []
    assert ("changed", None) not in navigator.asked


def test_esc_goes_back_and_notes_nothing(desk, presenter, navigator, view, begun):
    done = begun()
    presenter.leave()
    assert navigator.last("show_place") == "intake"
    assert done == []
    assert list(guidances(desk)) == []


def test_the_list_has_what_was_given_the_newest_first_and_goes_on_with_it(
    presenter, navigator, view, begun
):
    begun()
    presenter.submit()
    presenter.enter()
    assert len(view.state.given) == 1
    presenter.go_on(0)
    draft = navigator.last("begin_intake")
    assert draft.token == TOKEN
    assert draft.intake.applicant.full_name == an_intake().applicant.full_name


def test_a_paper_of_the_list_is_printed_again(presenter, navigator, begun):
    begun()
    presenter.submit()
    presenter.enter()
    presenter.print_again(0)
    sheets = [given for what, given in navigator.asked if what == "print_sheet"]
    assert len(sheets) == 2


def test_a_scanned_paper_opens_the_dossier_if_it_was_received_meanwhile(
    desk, presenter, navigator, begun
):
    begun()
    presenter.submit()
    register_dossier(desk, an_intake(), token=TOKEN)
    presenter.reopen(TOKEN)
    assert navigator.last("open_dossier") == dossier_id_of(TOKEN)


def test_a_paper_of_another_desk_is_honest_about_it(presenter, navigator):
    presenter.reopen(b"x" * 16)
    assert navigator.last("begin_intake").token == b"x" * 16
    assert navigator.last("say")[1] == "warning"


def test_what_was_typed_since_comes_back_and_not_what_was_printed(
    desk, presenter, navigator, begun
):
    begun()
    presenter.submit()
    keep_draft(desk, an_intake(note="đã mang thêm"), token=TOKEN)
    presenter.reopen(TOKEN)
    assert navigator.last("begin_intake").intake.note == "đã mang thêm"


def test_a_second_press_notes_nothing_more(desk, tasks, navigator, view):
    from tests.desktop.conftest import Waiting

    waiting = Waiting()
    presenter = GuidancePresenter(desk, waiting, navigator)
    presenter.attach(view)
    presenter.begin(an_intake(components=()), TOKEN, done=lambda: None)
    presenter.submit()
    presenter.submit()
    waiting.work()
    assert len(guidances(desk)) == 1
