"""What an office has chosen about a PC outlives this release, and every one before."""

import pytest
from msgspec.structs import replace

from counter_app.errors import UnreadableFile
from counter_app.settings import FILE, PaperChoice, Settings, load, save

OF_AN_EARLIER_RELEASE = """{
  "language": "vi", "office_name": "UBND phường Phú Thử", "desk_name": "Quầy 1", "scale": 125,
  "dark": true, "idle_minutes": 9, "printer": "Máy in B", "paper": "a4", "print_at_once": true,
  "last_officer": "lan", "window": ""
}"""


def test_a_file_of_an_earlier_release_is_read(tmp_path):
    (tmp_path / FILE).write_text(OF_AN_EARLIER_RELEASE, "utf-8")
    settings = load(tmp_path)
    assert (settings.scale, settings.printer, settings.paper) == (125, "Máy in B", "a4")
    assert settings.choice("receipt") == PaperChoice(printer="Máy in B", paper="a4")
    assert (settings.receipt_copies, settings.forms) == (1, {})


def test_what_was_saved_is_read_again(tmp_path):
    chosen = replace(
        Settings(),
        forms={"ticket": PaperChoice(printer="Máy in B", paper="roll80")},
        receipt_copies=2,
        numbering="tt01-2018",
        bilingual=True,
    )
    save(tmp_path, chosen)
    assert load(tmp_path) == chosen


def test_a_form_goes_where_every_paper_goes_unless_something_else_was_chosen():
    settings = Settings(printer="Máy in A", paper="a5", forms={"receipt": PaperChoice(paper="a4")})
    assert settings.choice("receipt") == PaperChoice(printer="Máy in A", paper="a4")
    assert settings.choice("extension") == PaperChoice(printer="Máy in A", paper="a5")
    assert settings.choice("") == PaperChoice(printer="Máy in A", paper="a5")


def test_some_forms_are_not_made_for_the_usual_paper():
    settings = Settings(paper="a5")
    papers = {form: settings.choice(form).paper for form in ("ticket", "register", "daily-summary")}
    assert papers == {"ticket": "roll80", "register": "a4", "daily-summary": "a4"}


def test_a_file_that_somebody_has_spoilt_is_named(tmp_path):
    (tmp_path / FILE).write_text('{"paper": "a3"}', "utf-8")
    with pytest.raises(UnreadableFile, match=FILE):
        load(tmp_path)
