"""A desk is connected with a centre in its window: slips, strangers, and how it is done."""

from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt

from counter_app.desktop import enrolment
from counter_app.desktop.enrolment import EnrolmentPresenter
from counter_app.desktop.enrolment.presenter import Step
from counter_app.wire.envelope import fingerprint
from tests.desktop.conftest import RecordingView, Waiting
from tests.desktop.typing import press, type_text
from tests.sync.fake_centre import FakeCentre, serving
from tests.sync.pki import Authority


@pytest.fixture
def view():
    return RecordingView()


@pytest.fixture
def centre():
    return FakeCentre()


@pytest.fixture
def url(centre):
    with serving(centre) as url:
        yield url


@pytest.fixture
def presenter(desk, tasks, navigator, view):
    presenter = EnrolmentPresenter(desk, tasks, navigator)
    presenter.attach(view)
    return presenter


def type_in(presenter, **values):
    for name, text in values.items():
        presenter.edit(name, text)


def test_nothing_is_tried_before_everything_is_typed(presenter, view):
    presenter.advance()
    assert set(view.state.problems) == {"address", "code"}
    assert view.state.step is Step.TYPE


def test_a_slip_in_the_code_is_named_by_its_group_before_anything_is_tried(
    presenter, view, centre, url
):
    groups = centre.code.split("-")
    groups[2] = "00000"
    type_in(presenter, address=url, code="-".join(groups))
    presenter.leave("code")
    assert "nhóm 3" in view.state.problems["code"]
    presenter.advance()
    assert "nhóm 3" in view.state.problems["code"]
    assert centre.requests == []


def test_an_address_without_a_scheme_is_the_safe_one_and_needs_its_certificate(
    presenter, view, centre
):
    type_in(presenter, address="motcua.example.vn", code=centre.code)
    presenter.advance()
    assert set(view.state.problems) == {"authority"}


def test_a_file_that_is_no_certificate_is_named(presenter, view, centre, tmp_path):
    file = tmp_path / "authority.pem"
    type_in(presenter, address="https://127.0.0.1:9", code=centre.code, authority=str(file))
    presenter.advance()
    assert "authority.pem" in view.state.problems["authority"]
    file.write_text("-----BEGIN CERTIFICATE-----\nnone", "ascii")
    presenter.advance()
    assert view.state.problems


@pytest.fixture
def over_tls(centre, tmp_path):
    """Lend the address of the centre over TLS, and the file of an authority: its own or not."""
    authority = Authority()

    @contextmanager
    def over_tls(trusted=authority):
        file = tmp_path / "authority.pem"
        file.write_text(trusted.pem, "ascii")
        with serving(centre, authority.vouch(tmp_path)) as url:
            yield url.removeprefix("https://"), str(file)

    return over_tls


def test_over_https_only_the_authority_that_was_given_counts(presenter, view, centre, over_tls):
    with over_tls() as (address, file):
        type_in(presenter, address=address, code=centre.code, authority=file)
        presenter.advance()
    assert view.state.step is Step.COMPARE


def test_whoever_else_answers_over_https_is_a_stranger(presenter, view, desk, centre, over_tls):
    with over_tls(trusted=Authority("Kẻ lạ")) as (address, file):
        type_in(presenter, address=address, code=centre.code, authority=file)
        presenter.advance()
    assert view.state.step is Step.TYPE
    assert "không chứng minh được là trung tâm" in view.state.trouble
    assert centre.requests == []
    assert not desk.sends


def test_over_the_open_network_nothing_is_sent(presenter, view, centre):
    type_in(presenter, address="http://motcua.example.vn", code=centre.code)
    presenter.advance()
    assert set(view.state.problems) == {"address"}


def test_nobody_there_is_said_and_what_was_typed_stays(presenter, view, centre):
    type_in(presenter, address="http://127.0.0.1:9", code=centre.code)
    presenter.advance()
    assert view.state.trouble
    assert not view.state.busy
    assert view.state.value("code") == centre.code


def test_the_fingerprint_is_compared_before_anything_is_changed(
    presenter, view, desk, centre, url, navigator
):
    type_in(presenter, address=url, code=centre.code)
    presenter.advance()
    assert view.state.step is Step.COMPARE
    assert view.state.fingerprint == fingerprint(centre.root.public)
    assert view.state.desk_fingerprint == fingerprint(desk.key.public)
    assert not desk.sends
    presenter.advance()
    assert desk.sends
    assert navigator.asked == [("enrolled", None)]
    assert view.state.value("code") == ""


def test_whoever_finds_another_fingerprint_goes_back(presenter, view, desk, centre, url, navigator):
    type_in(presenter, address=url, code=centre.code)
    presenter.advance()
    presenter.go_back()
    assert view.state.step is Step.TYPE
    assert view.state.value("address") == url
    assert not desk.sends
    presenter.go_back()
    assert navigator.asked == [("show_centre", None)]


def test_the_code_of_another_centre_is_refused(presenter, view, url):
    type_in(presenter, address=url, code=FakeCentre().code)
    presenter.advance()
    assert set(view.state.problems) == {"code"}


def test_a_code_that_is_used_up_leads_back_to_where_it_is_typed(presenter, view, desk, centre, url):
    type_in(presenter, address=url, code=centre.code)
    presenter.advance()
    centre.secrets.clear()
    presenter.advance()
    assert view.state.step is Step.TYPE
    assert set(view.state.problems) == {"code"}
    assert not desk.sends


def test_a_scanned_code_is_taken_wherever_the_cursor_is(presenter, view, centre):
    assert presenter.takes_scan(centre.code.lower())
    assert view.state.value("code") == centre.code.lower()
    assert not presenter.takes_scan("H57.132-261123-0001")


def test_while_one_waits_for_the_centre_nothing_can_be_altered(desk, navigator, view, centre, url):
    tasks = Waiting()
    presenter = EnrolmentPresenter(desk, tasks, navigator)
    presenter.attach(view)
    type_in(presenter, address=url, code=centre.code)
    presenter.advance()
    presenter.edit("address", "https://elsewhere.example")
    presenter.go_back()
    presenter.advance()
    assert view.state.busy
    tasks.work()
    assert view.state.value("address") == url
    assert view.state.step is Step.COMPARE


# The wires


def test_from_the_first_key_to_the_connected_desk(qtbot, desk, tasks, navigator, centre, url):
    presenter = EnrolmentPresenter(desk, tasks, navigator)
    widget = enrolment.build(presenter)
    qtbot.addWidget(widget)
    with qtbot.waitActive(widget):
        widget.resize(1130, 600)
        widget.show()
        widget.activateWindow()
    widget.setFocus()
    assert widget.lines["address"].hasFocus()
    type_text(widget.lines["address"], url)
    press(widget.lines["address"], Qt.Key.Key_Return, "\r")
    assert widget.lines["code"].hasFocus()
    type_text(widget.lines["code"], centre.code)
    press(widget.lines["code"], Qt.Key.Key_Return, "\r")
    assert widget.next_button.hasFocus()
    assert widget.fingerprint.accessibleDescription() == fingerprint(centre.root.public)
    press(widget.next_button, Qt.Key.Key_Return, "\r")
    assert desk.sends
    assert navigator.asked == [("enrolled", None)]
