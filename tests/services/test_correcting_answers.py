"""Corrections of what a procedure's own questions were answered: persons, rows, dates, choices."""

from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.catalogue.catalogue import load_catalogue
from counter_app.domain import operation as op
from counter_app.domain.answer_part import entry_in, with_entry
from counter_app.domain.corrected import corrected
from counter_app.domain.party import Party
from counter_app.errors import InvalidField
from counter_app.services.acting import act
from counter_app.services.viewing import open_dossier
from tests.office import is_sound, register

LAW = Path(__file__).parents[1] / "forms"
HEAD = Party(full_name="Trần Văn Mẫu", birth_date="1960-01-02")
ROWS = ({"name": "Lê Thị Thử", "born": "1990", "share": 40}, {"name": "Trần Thử", "kin": "child"})


@pytest.fixture
def desk(desk):
    """A desk whose law asks every kind of question."""
    return replace(desk, catalogue=load_catalogue(LAW))


@pytest.fixture
def family(desk):
    answers = {"purpose": "Thử", "form": "family", "head": HEAD, "members": ROWS}
    return register(desk, procedure="9.000001", answers=answers)


def amend(desk, dossier, field, new, **changes):
    body = op.Amended(field=f"answers.{field}", new=new, reason="Ghi sai", **changes)
    return act(desk, dossier.id, body)


@pytest.mark.parametrize(
    ("field", "new", "old", "stored"),
    [
        ("head.full_name", "  Trần  Văn Mẫn ", "Trần Văn Mẫu", "Trần Văn Mẫn"),
        ("head.birth_date", "3/2/1961", "1960-01-02", "1961-02-03"),
        ("head.phone", "0912 345 678", "", "0912345678"),
        ("head.sex", "male", "", "male"),
        ("members[0].name", "Lê Thị Thửa", "Lê Thị Thử", "Lê Thị Thửa"),
        ("members[0].born", "5/6/1991", "1990", "1991-06-05"),
        ("members[0].share", "45", "40", "45"),
        ("members[1].kin", "spouse", "child", "spouse"),
        ("members[1].share", "10", "", "10"),
        ("members[2].name", "Phạm Thử", "", "Phạm Thử"),
        ("since", "1/9/2026", None, None),
        ("form", "alone", "family", "alone"),
    ],
)
def test_an_entry_is_put_right_and_the_old_one_stays_readable(
    desk, family, field, new, old, stored
):
    if old is None:  # it was not answered at all
        with pytest.raises(InvalidField):
            amend(desk, family, field, new)
        return
    after = amend(desk, family, field, new)
    (amended,) = after.amendments
    assert (amended.old, amended.new) == (old, stored)
    assert entry_in(corrected(after).answers, field, ()) == stored
    assert after.received == family.received
    assert stored in open_dossier(desk, family.id).entries[0].operation.body.new
    assert is_sound(desk)


def test_a_number_in_a_row_stays_a_number(desk, family):
    after = amend(desk, family, "members[0].share", "45")
    assert corrected(after).answers["members"][0]["share"] == 45


@pytest.mark.parametrize(
    ("field", "new"),
    [
        ("head.full_name", ""),
        ("head.birth_date", "31/02/1990"),
        ("head.id_number", "12"),
        ("head.sex", "x"),
        ("head.kind", "business"),
        ("head.size", "x"),
        ("head", "x"),
        ("members", "x"),
        ("members[0]", "x"),
        ("members[0].size", "x"),
        ("members[0].name", ""),
        ("members[0].born", "31/02/1990"),
        ("members[0].share", "101"),
        ("members[0].share", "nhiều"),
        ("members[0].kin", "aunt"),
        ("members[3].name", "Xa Quá"),
        ("copies", "51"),
        ("copies", "ba"),
        ("form", "crowd"),
        ("purpose", ""),
        ("x y", "x"),
    ],
)
def test_no_correction_says_what_a_reception_could_not(desk, family, field, new):
    with pytest.raises(InvalidField):
        amend(desk, family, field, new)


def test_an_entry_is_corrected_from_what_stands_there_now(desk, family):
    amend(desk, family, "members[2].name", "Phạm Thử")
    amend(desk, family, "members[2].name", "Phạm Thử Hai", old="Phạm Thử")
    amend(desk, family, "members[3].name", "Ngô Thử")
    with pytest.raises(InvalidField):
        amend(desk, family, "members[4].name", "Quá Nhiều")
    with pytest.raises(InvalidField, match="Phạm Thử Hai"):
        amend(desk, family, "members[2].name", "x", old="Phạm Thử")


def test_a_row_that_was_emptied_keeps_the_places_of_the_others(desk, family):
    amend(desk, family, "members[0].share", "")
    amend(desk, family, "members[0].born", "")
    rows = with_entry(family.received.answers, "members[0].name", "")["members"]
    assert [list(row) for row in rows] == [["born", "share"], ["name", "kin"]]
    after = amend(desk, family, "members[1].name", "Trần Thửa")
    assert corrected(after).answers["members"][1]["name"] == "Trần Thửa"


def test_what_nobody_can_read_changes_nothing():
    answers = {"n": 1, "who": HEAD, "rows": ROWS, "text": "x"}
    for path in ("n.x", "who", "who[0].sex", "rows", "rows[9].name", "text[0].a", "", "[1]", "z"):
        assert with_entry(answers, path, "y") == answers, path
    assert with_entry(answers, "n", "many") == answers
