"""Every kind of question at the desk: really typed, on conditions, and under a changed form."""

import shutil
from dataclasses import replace as with_changes
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from counter_app.catalogue.catalogue import load_catalogue
from counter_app.desktop import intake, theme
from counter_app.desktop.intake import IntakePresenter
from counter_app.services.drafts import unfinished
from counter_app.services.viewing import open_dossier
from tests.desktop.taking import CARD, OTHER_CARD, RecordingView, choose, fields_of, fill, scan
from tests.desktop.typing import press, type_text

FORMS = Path(__file__).parents[1] / "forms"
ALL_KINDS = "9.000001"
K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def forms(tmp_path):
    """A folder with the office's own procedure, which asks for everything."""
    return Path(shutil.copytree(FORMS, tmp_path / "forms"))


@pytest.fixture
def asking(desk, forms):
    """The desk with that procedure."""
    return with_changes(desk, catalogue=load_catalogue(own=forms))


@pytest.fixture
def changed(desk, forms):
    """The same desk after a newer version has come into force."""
    shutil.copy(next((forms / "later").iterdir()), forms / "procedures")
    return with_changes(desk, catalogue=load_catalogue(own=forms))


@pytest.fixture
def view():
    return RecordingView()


@pytest.fixture
def presenter(asking, tasks, navigator, view):
    made = IntakePresenter(asking, tasks, navigator)
    made.attach(view)
    made.enter()
    return made


def answer_all(presenter):
    """Fill in every kind of question."""
    fill(presenter, procedure=ALL_KINDS)
    for path, value in (
        ("answers.purpose", "Đăng ký thử"),
        ("answers.since", "5/3/2026"),
        ("answers.copies", "2"),
        ("answers.form", "family"),
        ("answers.place", "Phường Phú Xuân, thành phố Huế"),
        ("answers.head.full_name", "Trần Văn Mẫu"),
        ("answers.head.birth_date", "1960"),
        ("answers.members[0].name", "Lê Thử"),
        ("answers.members[0].born", "01022003"),
        ("answers.members[0].share", "40"),
        ("answers.members[1].name", "Lê Mẫu"),
        ("answers.members[1].kin", "child"),
        ("answers.members[2].name", "Lê Ba"),
    ):
        presenter.edit(path, value)


def test_every_kind_is_stored_as_what_it_is(presenter, view):
    answer_all(presenter)
    presenter.submit()
    answers = view.state.registered.received.answers
    assert answers["since"] == "2026-03-05"
    assert answers["copies"] == 2
    assert answers["head"].full_name == "Trần Văn Mẫu"
    assert answers["head"].birth_date == "1960"
    assert answers["members"] == (
        {"name": "Lê Thử", "born": "2003-02-01", "share": 40},
        {"name": "Lê Mẫu", "kin": "child"},
        {"name": "Lê Ba"},
    )


def test_what_is_not_asked_any_more_is_not_required_and_not_stored(presenter, view):
    answer_all(presenter)
    presenter.edit("answers.members[0].share", "500")
    presenter.leave("answers.members[0].share")
    assert fields_of(view.state) == ["answers.members[0].share"]
    presenter.edit("answers.form", "alone")
    assert fields_of(view.state) == []
    presenter.submit()
    assert {"head", "members"}.isdisjoint(view.state.registered.received.answers)


def test_what_was_typed_comes_back_with_its_question(presenter, view):
    answer_all(presenter)
    presenter.edit("answers.form", "alone")
    presenter.edit("answers.form", "family")
    assert view.state.intake.answers["members"][0]["name"] == "Lê Thử"


def test_what_is_missing_of_a_person_or_a_row_is_named_there(presenter, view):
    fill(presenter, procedure=ALL_KINDS)
    presenter.edit("answers.form", "family")
    presenter.submit()
    assert fields_of(view.state) == ["answers.purpose", "answers.head", "answers.members"]
    presenter.edit("answers.head.phone", "0912345678")
    presenter.edit("answers.members[1].share", "1")
    assert fields_of(view.state) == [
        "answers.purpose",
        "answers.head.full_name",
        "answers.members[1].name",
    ]
    assert view.state.problems[-1].named == "Thành viên hộ gia đình, dòng 2: Họ và tên"


def test_rows_are_made_and_taken_out(presenter, view):
    answer_all(presenter)
    presenter.add_row("members", 1)
    names = [row.get("name", "") for row in view.state.intake.answers["members"]]
    assert names == ["Lê Thử", "", "Lê Mẫu", "Lê Ba"]
    presenter.add_row("members", 4)  # no room: there are at most four
    presenter.remove_row("members", 1)
    presenter.remove_row("members", 0)
    names = [row["name"] for row in view.state.intake.answers["members"]]
    assert names == ["Lê Mẫu", "Lê Ba"]
    presenter.remove_row("members", 0)
    presenter.remove_row("members", 0)
    assert "members" not in view.state.intake.answers


def test_a_card_belongs_to_the_person_whose_fields_have_the_cursor(presenter, view):
    fill(presenter, procedure=ALL_KINDS)
    presenter.edit("answers.form", "family")
    presenter.come_to("answers.head")
    scan(presenter, OTHER_CARD)
    assert view.state.intake.answers["head"].full_name == "Trần Văn Mẫu"
    assert view.state.intake.applicant.full_name == "Nguyễn Thị Thử"
    presenter.edit("answers.head.sex", "female")
    assert view.state.hints["answers.head.id_number"]


def test_a_place_is_offered_from_a_few_letters(presenter, view):
    fill(presenter, procedure=ALL_KINDS)
    presenter.edit("answers.place", "px hue")
    assert view.state.addresses_for == "answers.place"
    presenter.take_address(0)
    assert view.state.intake.answers["place"] == "Phường Phú Xuân, thành phố Huế"


# A draft, and a form that has changed meanwhile


def resumed(desk, tasks, navigator):
    view = RecordingView()
    after = IntakePresenter(desk, tasks, navigator)
    after.attach(view)
    after.begin(draft=unfinished(desk)[0])
    return after, view


def test_under_the_same_form_a_draft_comes_back_half_typed(
    presenter, view, asking, tasks, navigator
):
    answer_all(presenter)
    presenter.edit("answers.since", "15/3/19")
    presenter.edit("answers.copies", "hai")
    presenter.keep()
    _after, again = resumed(asking, tasks, navigator)
    assert again.state.intake == view.state.intake
    assert again.state.left_out == ()


def test_a_draft_of_an_older_form_opens_and_names_what_has_no_place(
    presenter, changed, tasks, navigator
):
    answer_all(presenter)
    presenter.tick("proof", True)
    presenter.keep()
    after, again = resumed(changed, tasks, navigator)
    state = again.state
    assert state.procedure.version == 2
    assert [str(each) for each in state.left_out] == [
        "giấy tờ: Giấy tờ chứng minh",
        "Mục đích: Đăng ký thử",
        "Bắt đầu từ ngày: 05/03/2026",
        "Nơi đăng ký: Phường Phú Xuân, thành phố Huế",
        "Thành viên hộ gia đình, dòng 1: Ngày sinh: 01/02/2003",
        "Thành viên hộ gia đình, dòng 2: Quan hệ: Con",
        "Thành viên hộ gia đình, dòng 3: Họ và tên: Lê Ba",
    ]
    assert state.intake.answers == {
        "copies": "2",
        "form": "family",
        "head": "Trần Văn Mẫu, sinh 1960",
        "members": ({"name": "Lê Thử", "share": "40"}, {"name": "Lê Mẫu"}),
    }
    after.tick_required()
    after.submit()
    assert again.state.registered.received.procedure.version == 2


def test_what_has_no_place_survives_another_crash_until_it_is_seen(
    presenter, changed, tasks, navigator
):
    answer_all(presenter)
    presenter.keep()
    first, view = resumed(changed, tasks, navigator)
    left_out = view.state.left_out
    assert left_out
    first.keep()
    second, view = resumed(changed, tasks, navigator)
    assert view.state.left_out == left_out
    second.dismiss_left_out()
    second.keep()
    _third, view = resumed(changed, tasks, navigator)
    assert view.state.left_out == ()


def test_what_has_no_place_can_be_put_into_the_note(presenter, changed, tasks, navigator):
    answer_all(presenter)
    presenter.edit("note", "Gọi trước")
    presenter.keep()
    after, view = resumed(changed, tasks, navigator)
    after.note_left_out()
    assert view.state.intake.note.splitlines()[:2] == [
        "Gọi trước",
        "Không còn được hỏi: Mục đích: Đăng ký thử",
    ]
    assert view.state.left_out == ()


# The window


@pytest.fixture
def screen(qtbot, qapp, presenter):
    theme.choose(qapp, dark=False, scale=100)
    made = intake.build(presenter)
    theme.dress(made, scale=100)
    made.resize(1154, 612)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def test_every_kind_of_question_is_answered_by_the_keyboard(qtbot, screen, presenter, asking):
    scan(presenter, CARD)
    choose(presenter, ALL_KINDS)
    fields = screen.procedure.questions
    type_text(fields["answers.purpose"].line, "Đăng ký thử")
    qtbot.keyClicks(fields["answers.since"].line, "05032026")
    number = fields["answers.copies"]
    number.line.selectAll()
    qtbot.keyClicks(number.line, "2")
    qtbot.keyClick(number.box, K.Key_Up)
    assert number.line.text() == "3"
    assert not fields["answers.head"].isVisible()
    qtbot.keyClick(fields["answers.form"].box, K.Key_Down)
    assert fields["answers.head"].isVisible()
    place = fields["answers.place"]
    place.line.setFocus()
    qtbot.keyClicks(place.line, "px hue")
    qtbot.keyClick(place.line, K.Key_Down)
    press(place.line, K.Key_Return)
    assert place.line.text() == "Phường Phú Xuân, thành phố Huế"
    fields = screen.procedure.questions
    fields["answers.head.full_name"].line.setFocus()
    assert presenter.state.at == "answers.head"
    scan(presenter, OTHER_CARD)
    assert fields["answers.head.full_name"].line.text() == "Trần Văn Mẫu"
    type_members(qtbot, screen)
    qtbot.keyClick(screen, K.Key_F9)
    qtbot.keyClick(screen, K.Key_Return, CTRL)
    assert screen.registered.isVisible()
    answers = open_dossier(asking, presenter.state.registered.id).dossier.received.answers
    assert answers["copies"] == 3
    assert answers["head"].full_name == "Trần Văn Mẫu"
    assert answers["members"] == (
        {"name": "Lê Thử", "born": "2003-02-01", "share": 40, "kin": "spouse"},
        {"name": "Lê Mẫu", "born": "2004"},
    )
    assert screen.registered.serve.isVisible()
    qtbot.keyClick(screen, K.Key_T, CTRL)
    assert not screen.registered.serve.isVisible()


def type_members(qtbot, screen):
    """Enter two rows, and a third that is taken out again."""
    fields = screen.procedure.questions
    first = fields["answers.members[0].name"].line
    first.setFocus()
    type_text(first, "Lê Thử")
    qtbot.keyClicks(fields["answers.members[0].born"].line, "01022003")
    qtbot.keyClicks(fields["answers.members[0].share"].line, "40")
    kin = fields["answers.members[0].kin"].box
    qtbot.keyClick(kin, K.Key_Down)
    kin.setFocus()
    qtbot.keyClick(kin, K.Key_Return)  # at the end of the last row: one more
    fields = screen.procedure.questions
    second = fields["answers.members[1].name"].line
    assert second.hasFocus()
    type_text(second, "Lê Mẫu")
    qtbot.keyClicks(fields["answers.members[1].born"].line, "2004")
    qtbot.keyClick(second, K.Key_Down, CTRL)
    third = screen.procedure.questions["answers.members[2].name"].line
    assert third.hasFocus()
    type_text(third, "Nhầm")
    qtbot.keyClick(third, K.Key_Delete, CTRL)
    assert "answers.members[2].name" not in screen.procedure.questions
    assert second.hasFocus()
    qtbot.keyClick(second, K.Key_Up, CTRL)
    assert first.hasFocus()


def test_tab_goes_through_persons_and_rows_where_they_stand(qtbot, screen, presenter):
    scan(presenter, CARD)
    choose(presenter, ALL_KINDS)
    presenter.edit("answers.form", "family")
    fields = screen.procedure.questions
    fields["answers.place"].line.setFocus()
    passed = []
    for _key in range(12):
        qtbot.keyClick(screen.focusWidget(), K.Key_Tab)
        passed.append(screen.focusWidget())
    head = [
        fields[f"answers.head.{name}"].editor
        for name in ("id_number", "full_name", "birth_date", "sex", "phone", "address")
    ]
    cells = [
        fields[f"answers.members[0].{name}"].editor for name in ("name", "born", "share", "kin")
    ]
    assert passed[:6] == head
    assert passed[6:10] == cells


def test_what_is_wrong_in_a_row_is_said_below_it_and_led_to(qtbot, screen, presenter):
    scan(presenter, CARD)
    choose(presenter, ALL_KINDS)
    presenter.edit("answers.form", "family")
    presenter.edit("answers.members[0].share", "101")
    qtbot.keyClick(screen, K.Key_Return, CTRL)
    links = {link.path: link for link in screen.problems.links}
    link = links["answers.members[0].share"]
    qtbot.keyClick(link, K.Key_Space)
    cell = screen.procedure.questions["answers.members[0].share"]
    assert cell.box.hasFocus()
    assert cell.box.property("wrong") == "true"


@pytest.mark.parametrize(("scale", "language"), [(100, "vi"), (150, "vi"), (150, "en")])
def test_nothing_is_wider_than_its_column(qtbot, qapp, presenter, scale, language, undressed):
    from counter_app import i18n

    i18n.speak(language)
    theme.choose(qapp, dark=False, scale=scale)
    screen = intake.build(presenter)
    theme.dress(screen, scale=scale)
    qtbot.addWidget(screen)
    screen.resize(1366 - 184 * scale // 100 - 28, 612)
    screen.show()
    scan(presenter, CARD)
    choose(presenter, ALL_KINDS)
    presenter.bring_submitter(True)
    presenter.bring_collector(True)
    presenter.edit("answers.form", "family")
    presenter.submit()
    qapp.processEvents()
    for area in screen.scrolling:
        assert area.widget().minimumSizeHint().width() <= area.viewport().width()
