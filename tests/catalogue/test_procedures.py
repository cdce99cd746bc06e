import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app import assets, i18n
from counter_app.catalogue.catalogue import Catalogue, load_catalogue
from counter_app.catalogue.procedures import by_code, decode_procedure, read_procedures
from counter_app.domain.channel import Channel
from counter_app.errors import InvalidForm, UnknownProcedure

FOLDER = assets.FORMS / "procedures"
FILES = sorted(FOLDER.glob("*.toml"))
TODAY = date(2026, 11, 22)
DIRECT, ONLINE = Channel.DIRECT, Channel.ONLINE

SMALL = """
version = 1
effective_from = 2026-01-01
legal_basis = "Luật Thử nghiệm"
unverified = true
code = "9.000001"
name = "Cấp thẻ thử nghiệm"
field = "Thử nghiệm"
level = "commune"
deadline = { unit = "working_days", value = 3 }

[[component]]
id = "application"
name = "Tờ khai"

[[fee]]
id = "card"
name = "Lệ phí cấp thẻ"
amount = 5000

[[fee]]
id = "photo"
name = "Phí chụp ảnh"
amount = 1000

[[fee]]
id = "post"
name = "Phí gửi"
amount = 2000
"""


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue()


@pytest.fixture
def own(tmp_path):
    (tmp_path / "procedures").mkdir()
    return tmp_path


def put(own: Path, text: str, name: str = "9.000001-thu.toml") -> Path:
    path = own / "procedures" / name
    path.write_text(text, "utf-8")
    return path


def codes(found) -> list[str]:
    return [file.form.code for file in found]


def amounts(catalogue: Catalogue, code: str, case=None, channel=DIRECT, **answers):
    lines = catalogue.procedure(code, TODAY).form.fees_of(case, channel, answers)
    return [line.amount for line in lines]


def unit_of(catalogue: Catalogue, code: str, case=None):
    deadline = catalogue.procedure(code, TODAY).form.deadline_of(case)
    return deadline.unit, deadline.value, deadline.cutoff


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_is_named_by_its_code_and_says_whose_word_it_is(path):
    form = decode_procedure(path.read_bytes(), path.name).form
    assert path.name.startswith(f"{form.code}-")
    assert form.legal_basis
    assert form.result
    assert form.source or form.unverified


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_case_of_every_file_asks_for_some_paper(path):
    form = decode_procedure(path.read_bytes(), path.name).form
    for case in [None, *(case.id for case in form.case)]:
        assert any(component.required for component in form.components_of(case))


def test_there_are_the_procedures_that_a_commune_sees_every_day(catalogue):
    assert len(catalogue.procedures(TODAY)) >= 20


def test_the_files_together_show_every_kind_of_deadline_and_fee(catalogue):
    forms = [file.form for file in catalogue.procedures(TODAY)]
    cases = [(form, case.id) for form in forms for case in form.case]
    deadlines = [form.deadline for form in forms] + [form.deadline_of(id) for form, id in cases]
    units = {deadline.unit for deadline in deadlines}
    assert units >= {"same_day", "working_days", "calendar_days", "working_hours", "none"}
    assert any(deadline.extension for deadline in deadlines)
    assert {rule.per for form in forms for rule in form.fee} == {"case", "copy", "page"}
    assert any(rule.set_by_council for form in forms for rule in form.fee)
    assert any(not form.fee for form in forms)
    types = {question.type for form in forms for question in form.question}
    assert types >= {"text", "date", "number", "choice"}


def test_a_birth_registered_after_15_hours_is_ready_the_next_working_day(catalogue):
    assert unit_of(catalogue, "1.001193", "birth_note") == ("same_day", 0, "15:00")


def test_papers_differ_with_and_without_a_birth_note(catalogue):
    form = catalogue.procedure("1.001193", TODAY).form
    assert "birth_note" in {c.id for c in form.components_of("birth_note")}
    assert "birth_note" not in {c.id for c in form.components_of("witness")}


def test_the_new_law_on_civil_status_begins_on_its_day(catalogue):
    eve = catalogue.procedure("1.001193", date(2027, 2, 28))
    day = catalogue.procedure("1.001193", date(2027, 3, 1))
    assert (eve.ref.version, day.ref.version) == (1, 2)
    assert "60/2014/QH13" in eve.form.legal_basis
    assert "03/2026/QH16" in day.form.legal_basis
    assert day.form.unverified


def test_a_house_was_permitted_in_15_days_and_is_now_in_7_working_days(catalogue):
    before = catalogue.procedure("1.013225", date(2026, 6, 30)).form.deadline_of("house")
    after = catalogue.procedure("1.013225", date(2026, 7, 1)).form.deadline_of("house")
    assert (before.unit, before.value) == ("calendar_days", 15)
    assert (after.unit, after.value) == ("working_days", 7)


def test_a_procedure_is_unknown_before_its_law_came_into_force(catalogue):
    with pytest.raises(UnknownProcedure):
        catalogue.procedure("1.014027", date(2025, 6, 30))


def test_a_code_may_carry_the_suffix_of_an_agency(catalogue):
    assert catalogue.procedure("1.001193.000.00.00.H40", TODAY).form.code == "1.001193"


@pytest.mark.parametrize("code", ["", "1.00119", "9.999999", "1.001193x' OR 1=1", "../1.001193"])
def test_an_unknown_code_is_said_to_be_unknown(catalogue, code):
    with pytest.raises(UnknownProcedure, match="không có thủ tục"):
        catalogue.procedure(code, TODAY)


@pytest.mark.parametrize(
    ("pages", "copies", "amount"), [(1, 1, 2000), (2, 3, 12_000), (5, 1, 7000), (300, 2, 400_000)]
)
def test_certified_copies_are_paid_by_the_page_and_the_copy(catalogue, pages, copies, amount):
    assert amounts(catalogue, "2.000815", pages=pages, copies=copies) == [amount]


@given(pages=st.integers(1, 5000), copies=st.integers(1, 500))
def test_certified_copies_cost_no_more_than_200_000_dong_each(pages, copies):
    (amount,) = amounts(load_once(), "2.000815", pages=pages, copies=copies)
    assert 2000 * copies <= amount <= 200_000 * copies


@pytest.mark.parametrize(
    ("case", "amount"), [("new", 50_000), ("amendment", 30_000), ("correction", 25_000)]
)
def test_contracts_cost_by_what_is_done_to_them(catalogue, case, amount):
    assert amounts(catalogue, "2.001035", case) == [amount]


def test_residence_is_cheaper_online(catalogue):
    assert amounts(catalogue, "1.004222", "owner", DIRECT) == [20_000]
    assert amounts(catalogue, "1.004222", "owner", ONLINE) == [10_000]
    assert amounts(catalogue, "1.004194", "list", ONLINE, persons=12) == [60_000]


def test_a_birth_in_time_is_free_and_a_late_one_costs_what_the_council_has_set(catalogue):
    assert amounts(catalogue, "1.001193", "birth_note") == []
    assert amounts(catalogue, "1.001193", "birth_note", in_time="no") == [None]


def test_copies_of_a_register_cost_8000_dong_each(catalogue):
    assert amounts(catalogue, "2.000635", copies=3) == [24_000]


def test_a_certificate_renewed_within_a_project_has_no_due_date(catalogue):
    assert unit_of(catalogue, "1.012783", "plain")[:2] == ("working_days", 5)
    assert unit_of(catalogue, "1.012783", "survey")[:2] == ("working_days", 10)
    assert unit_of(catalogue, "1.012783", "project")[0] == "none"


def test_half_a_working_day_is_four_working_hours(catalogue):
    assert unit_of(catalogue, "1.010041", "known")[:2] == ("working_hours", 4)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("dks", "1.001193"),
        ("DKS", "1.001193"),
        ("đks", "1.001193"),
        ("dang ky khai sinh", "1.001193"),
        ("khai sinh", "1.001193"),
        ("dkh", "1.000894"),
        ("dkkt", "1.000656"),
        ("tthn", "1.004873"),
        ("gpxd", "1.013225"),
        ("chữ ký", "2.000884"),
        ("bssg", "2.000908"),
        ("2.000815", "2.000815"),
        (" 3.000347 ", "3.000347"),
    ],
)
def test_three_letters_find_a_procedure(catalogue, typed, first):
    assert codes(catalogue.find(typed, TODAY, {}))[0] == first


def test_letters_from_within_find_it_too(catalogue):
    assert "1.001193" in codes(catalogue.find("ks", TODAY, {}))


def test_the_beginning_of_a_code_finds_all_that_begin_so(catalogue):
    found = codes(catalogue.find("1.0048", TODAY, {}))
    assert sorted(found) == ["1.004837", "1.004859", "1.004873", "1.004884"]


def test_of_equals_the_one_used_more_often_comes_first(catalogue):
    assert codes(catalogue.find("dktt", TODAY, {}))[:2] == ["1.004194", "1.004222"]
    assert codes(catalogue.find("dktt", TODAY, {"1.004222": 1}))[:2] == ["1.004222", "1.004194"]


def test_what_fits_better_comes_before_what_is_used_more(catalogue):
    found = codes(catalogue.find("dang ky khai sinh", TODAY, {"1.000689": 900}))
    assert found[:2] == ["1.001193", "1.000689"]


def test_nothing_typed_shows_everything_the_most_used_first(catalogue):
    found = codes(catalogue.find("", TODAY, {"2.000815": 5, "1.001193": 3}))
    assert found[:2] == ["2.000815", "1.001193"]
    assert len(found) == len(catalogue.procedures(TODAY))


def test_what_nobody_calls_so_is_not_found(catalogue):
    assert catalogue.find("xyzq", TODAY, {}) == []


def test_whoever_reads_english_finds_it_in_english(catalogue):
    i18n.speak("en")
    assert "1.001193" in codes(catalogue.find("birth reg", TODAY, {}))


@given(st.text(max_size=12))
def test_whatever_is_typed_is_an_answer_and_no_error(typed):
    found = codes(load_once().find(typed, TODAY, {}))
    assert len(found) == len(set(found))


_loaded: list[Catalogue] = []


def load_once() -> Catalogue:
    if not _loaded:
        _loaded.append(load_catalogue())
    return _loaded[0]


def test_an_office_adds_a_procedure_of_its_own(own):
    put(own, SMALL)
    assert load_catalogue(own).procedure("9.000001", TODAY).form.name == "Cấp thẻ thử nghiệm"


def test_an_office_enters_what_its_council_has_set(own, catalogue):
    shipped = FOLDER / "1.004873-xac-nhan-tinh-trang-hon-nhan.toml"
    ours = shipped.read_text("utf-8").replace("version = 1", "version = 2")
    ours = ours.replace("effective_from = 2025-07-01", "effective_from = 2026-08-08")
    put(own, ours.replace("set_by_council = true", "set_by_council = true\namount = 15000"))
    assert amounts(catalogue, "1.004873", "first") == [None]
    assert amounts(load_catalogue(own), "1.004873", "first") == [15_000]
    assert load_catalogue(own).procedure("1.004873", date(2026, 8, 7)).ref.version == 1


def test_a_version_that_the_program_brings_later_does_not_undo_the_offices(own):
    put(own, SMALL.replace("amount = 5000", "amount = 7000"))
    (own / "shipped").mkdir()
    (own / "shipped" / "a.toml").write_text(SMALL, "utf-8")
    both = by_code(read_procedures(own / "shipped"), read_procedures(own / "procedures"))
    (file,) = both["9.000001"]
    assert file.form.fee[0].amount == 7000


def test_the_bytes_that_are_kept_give_the_same_procedure_again(catalogue):
    file = catalogue.procedure("1.001193", TODAY)
    assert decode_procedure(file.raw, "kept") == file


def test_an_editor_that_writes_a_mark_or_old_line_ends_does_no_harm(own):
    path = put(own, SMALL)
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    assert read_procedures(own / "procedures")[0].form.name == "Cấp thẻ thử nghiệm"


def test_there_need_be_no_folder(tmp_path):
    assert read_procedures(tmp_path / "procedures") == ()


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("amount = 2000", 'amount = "x"', "$.fee[2].amount"),
        ('level = "commune"', 'level = "district"', "$.level"),
        ('level = "commune"', 'level = "commune"\ncolour = "red"', "colour"),
        ("value = 3", "value = -3", "$.deadline"),
        ('unit = "working_days"', 'unit = "fortnights"', "$.deadline.unit"),
        ('id = "card"', 'id = "Thẻ"', "identifier of a fee"),
        ('code = "9.000001"', 'code = "9.1"', "no procedure code"),
        ("effective_from = 2026-01-01", "effective_from = 2026-02-30", "line 3"),
        ('name = "Tờ khai"', 'name = "Tờ khai', "line 14"),
        ("[[component]]", 'case = "x"\n[[component]]', "$.case"),
        (
            "[[fee]]",
            '[[case]]\nid = "a"\nname = "A"\ncomponents = ["application", "ghost"]\n\n[[fee]]',
            "no component ghost",
        ),
        ("unverified = true", "", "`source`"),
    ],
)
def test_a_wrong_file_is_refused_with_its_name_and_the_place(own, old, new, reason):
    put(own, SMALL.replace(old, new, 1))
    with pytest.raises(InvalidForm) as refused:
        load_catalogue(own)
    said = str(refused.value)
    assert "procedures/9.000001-thu.toml" in said
    assert reason in said
    assert refused.value.exit_code == 3


@pytest.mark.parametrize(
    "raw", [b"", b"\xff\xfe", b"\x00", b"a=" + b"[" * 5000, "tên = 1".encode()]
)
def test_bytes_that_are_no_form_are_refused(raw):
    with pytest.raises(InvalidForm, match=r"a\.toml"):
        decode_procedure(raw, "a.toml")


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(raw):
    with pytest.raises(InvalidForm):
        decode_procedure(raw, "a.toml")


def test_the_same_version_twice_in_a_folder_is_refused(own):
    put(own, SMALL)
    put(own, SMALL, "9.000001-zweit.toml")
    with pytest.raises(InvalidForm, match=r"9\.000001-zweit\.toml.*version 1 of 9\.000001"):
        load_catalogue(own)


def test_a_file_that_cannot_be_read_is_named(own):
    (own / "procedures" / "x.toml").mkdir()
    with pytest.raises(InvalidForm, match=r"procedures/x\.toml"):
        load_catalogue(own)


def test_the_calendar_of_the_office_holds_over_the_one_that_comes_along(own, catalogue):
    (own / "rules").mkdir()
    shutil.copy(assets.FORMS / "rules" / "calendar.toml", own / "rules")
    path = own / "rules" / "calendar.toml"
    path.write_text(path.read_text("utf-8").replace('"same_time"', '"end_of_day"', 1), "utf-8")
    assert load_catalogue(own).calendar.due_mode == "end_of_day"
    assert catalogue.calendar.due_mode == "same_time"


def test_the_other_rules_come_from_the_same_place(catalogue):
    assert catalogue.numbering.serial_digits == 4
    assert catalogue.places.provinces(TODAY)


def test_no_catalogue_changes(catalogue):
    with pytest.raises(AttributeError):
        catalogue.own = Path()
    with pytest.raises(AttributeError):
        catalogue.procedure("1.001193", TODAY).form.name = "x"
    with pytest.raises(TypeError):
        catalogue.versions["1.001193"] = ()
