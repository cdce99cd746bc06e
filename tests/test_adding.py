"""A stranger adds things by docs/adding.md alone: its examples are read, found and printed."""

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from babel.messages import pofile

from counter_app.catalogue.catalogue import load_catalogue
from counter_app.domain.answer_check import of_answers
from counter_app.domain.channel import Channel
from counter_app.domain.deadline import Deadline
from counter_app.domain.paper import SummaryPaper
from counter_app.domain.reports.daily import DayFacts, summarise
from counter_app.printing import render
from counter_app.services.papers import papers_of, print_paper
from counter_app.wire.intake import read_intake
from tests.factories import NOON, an_office
from tests.office import register
from tests.printing.papers import text

GUIDE = (Path(__file__).parents[1] / "docs" / "adding.md").read_text("utf-8")
NEW_YEAR = date(2027, 1, 4)


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)


@pytest.fixture
def catalogue(tmp_path):
    for block in blocks("toml"):
        path = tmp_path / re.match(r"# forms/(\S+)\n", block)[1]
        path.parent.mkdir(exist_ok=True)
        path.write_text(block, "utf-8")
    return load_catalogue(tmp_path)


def test_a_procedure_is_there_by_being_a_file(catalogue):
    form = catalogue.find("ctv", NEW_YEAR, {})[0].form
    assert form.code == "9.000001"
    assert [c.id for c in form.components_of("renewal")][2] == "old_card"
    assert form.deadline_of("renewal") == Deadline(unit="same_day", cutoff="15:00")
    (line,) = form.fees_of("first", Channel.DIRECT, {"copies": 3})
    assert line.amount == 36_000
    assert form.fees_of("first", Channel.ONLINE, {}) == ()


def test_an_application_for_it_answers_what_is_asked(catalogue, tmp_path):
    path = tmp_path / "application.json"
    path.write_text(blocks("json")[0], "utf-8")
    given = read_intake(path)
    form = catalogue.procedure("9.000001", NEW_YEAR).form
    assert given.case in {case.id for case in form.case}
    assert set(given.answers) == {question.id for question in form.question}
    assert list(of_answers(given.answers, form.question, NEW_YEAR)) == []


def test_an_office_enters_the_sum_of_its_council(catalogue):
    form = catalogue.procedure("9.000002", NEW_YEAR).form
    (line,) = form.fees_of(None, Channel.DIRECT, {})
    assert line.amount == 15_000


def test_a_printed_form_holds_from_its_day(catalogue):
    assert catalogue.print_form("daily-summary", date(2026, 12, 31)).form.version < 100
    form = catalogue.print_form("daily-summary", NEW_YEAR).form
    facts = DayFacts(day=NEW_YEAR, cut=NOON, received=(), events=(), open_due=())
    paper = SummaryPaper(
        summary=summarise(facts),
        office=an_office(),
        desk_name="Quầy 1",
        officer_name="Lê Thị Thử",
        printed_at=NOON,
    )
    assert form.title == "Số liệu trong ngày"
    assert render(form, paper, size="a4").startswith(b"%PDF-")


def test_a_new_form_is_offered_and_printed_by_being_a_file(catalogue, desk):
    own = replace(desk, catalogue=catalogue)
    dossier = register(own)
    (offer,) = [each for each in papers_of(own, dossier.id) if each.form == "cover"]
    assert (offer.title, offer.about, offer.sizes) == ("Bìa hồ sơ", None, ("a5", "roll80"))
    for size in offer.sizes:
        sheet = print_paper(own, dossier.id, "cover", size=size, to="pdf", bilingual=True)
        assert dossier.code in text(sheet.pdf)
    said = text(print_paper(own, dossier.id, "cover", size="a5", to="pdf", bilingual=True).pdf)
    assert "Mẫu nội bộ 3 - Quy chế" in said
    assert "BÌA HỒ SƠ COVER" in said


@pytest.mark.parametrize("block", blocks("po"))
def test_what_is_shown_of_translations_can_be_read(block):
    assert pofile.read_po(io.BytesIO(block.encode()), abort_invalid=True) is not None


def test_every_place_that_is_named_is_there():
    named = re.findall(r"`((?:counter_app|forms|resources|tests)/[\w./-]+)`", GUIDE)
    root = Path(__file__).parents[1]
    invented = ("forms/procedures/9.", "resources/locale/lo/")
    assert [p for p in named if not p.startswith(invented) and not (root / p).exists()] == []
