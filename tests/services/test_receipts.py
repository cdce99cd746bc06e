"""The receipt on paper: the first print, the same again, and what it says for ever."""

from dataclasses import replace

import pytest

from counter_app.catalogue.catalogue import load_catalogue
from counter_app.catalogue.print_forms import PRINT_FORMS
from counter_app.domain.officer import Role
from counter_app.domain.receipt_code import dossier_id_of
from counter_app.errors import NotPermitted, UnknownDossier
from counter_app.services.receipts import preview_receipt, print_receipt
from counter_app.services.viewing import open_dossier
from tests.factories import a_party
from tests.office import counts, is_sound, kinds, register, with_roles
from tests.printing.papers import text

MARK = "BẢN IN LẠI"


def printed(desk, dossier, **options):
    return print_receipt(desk, dossier.id, **{"size": "a5", "to": "Máy in thử"} | options)


def test_a_reprint_says_the_same_but_for_the_mark(desk):
    dossier = register(desk)
    first, again = printed(desk, dossier), printed(desk, dossier)
    assert (first.copy, again.copy) == (0, 1)
    assert MARK not in text(first.pdf)
    marked, mark = text(again.pdf), f"{MARK} lần 1"
    assert mark in marked
    assert " ".join(marked.replace(mark, "").split()) == text(first.pdf)


def test_a_copy_is_the_same_file_whenever_it_is_looked_at_again(desk, clock):
    dossier = register(desk)
    first, second = printed(desk, dossier), printed(desk, dossier)
    clock.at = clock.at.replace(year=2027)
    assert preview_receipt(desk, dossier.id, size="a5", copy=0).pdf == first.pdf
    assert preview_receipt(desk, dossier.id, size="a5", copy=1).pdf == second.pdf


def test_each_print_is_noted_with_where_it_went(desk):
    dossier = register(desk)
    printed(desk, dossier)
    printed(desk, dossier, size="a4", to="pdf")
    notes = [
        entry.operation.body
        for entry in open_dossier(desk, dossier.id).entries
        if entry.operation.header.kind == "receipt_printed"
    ]
    assert [(note.copy, note.paper, note.to) for note in reversed(notes)] == [
        (0, "a5", "Máy in thử"),
        (1, "a4", "pdf"),
    ]


def test_to_look_at_a_receipt_notes_nothing_and_shows_the_next_print(desk):
    dossier = register(desk)
    before = counts(desk)
    shown = preview_receipt(desk, dossier.id, size="a4")
    assert counts(desk) == before
    assert shown.copy == 0
    assert printed(desk, dossier, size="a4").pdf == shown.pdf


def test_the_form_of_the_day_of_reception_is_used_for_ever(desk, tmp_path):
    dossier = register(desk)
    before = printed(desk, dossier)
    own = tmp_path / "own" / "print"
    own.mkdir(parents=True)
    shipped = (PRINT_FORMS / "receipt.toml").read_text("utf-8")
    newer = shipped.replace("version = 1", "version = 2", 1).replace(MARK, "BẢN SAO MỚI")
    (own / "receipt.toml").write_text(newer, "utf-8")
    tomorrow = replace(desk, catalogue=load_catalogue(tmp_path / "own"))
    assert preview_receipt(tomorrow, dossier.id, size="a5", copy=0).pdf == before.pdf
    assert MARK in text(printed(tomorrow, dossier).pdf)
    later = register(tomorrow)
    printed(tomorrow, later)
    assert "BẢN SAO MỚI" in text(printed(tomorrow, later).pdf)
    assert is_sound(desk)


def test_there_is_no_receipt_of_what_was_not_received(desk):
    unknown = dossier_id_of(b"t" * 16)
    before = counts(desk)
    with pytest.raises(UnknownDossier):
        print_receipt(desk, unknown, size="a5", to="pdf")
    with pytest.raises(UnknownDossier):
        preview_receipt(desk, unknown, size="a5")
    assert counts(desk) == before


def test_who_may_not_hand_it_out_prints_none(desk):
    dossier = register(desk)
    before = counts(desk)
    with pytest.raises(NotPermitted):
        printed(with_roles(desk, Role.CASHIER), dossier)
    assert counts(desk) == before
    assert kinds(desk).count("receipt_printed") == 0


@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn <b>Thử</b> & Con",
        '=1+1;HYPERLINK("x")',
        "{dossier_code} {applicant}",
        "Trần \u202eửhT nầrT",
        "Lê 👨\u200d👩\u200d👧 Thử",
        "Thử " * 50,
        "Nguye\u0302\u0303n Thi\u0323 Thu\u031b\u0309",
    ],
)
def test_whatever_stands_in_a_name_is_printed_as_letters(desk, name):
    dossier = register(desk, applicant=a_party(full_name=name))
    assert printed(desk, dossier).pdf.startswith(b"%PDF")
    assert "H57.132-261123-0001" in text(printed(desk, dossier).pdf)
