"""The register and the lists: nothing is left out, and a saved filter finds the same again."""

from datetime import timedelta
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from counter_app.domain import operation as op
from counter_app.domain.corrected import corrected
from counter_app.domain.dossier import fold
from counter_app.domain.dossier_filter import DossierFilter, Order, Standing
from counter_app.domain.officer import Role
from counter_app.domain.status import Status
from counter_app.errors import InvalidField
from counter_app.services.acting import act
from counter_app.services.lists import (
    LISTS,
    as_workbook,
    choices,
    count_dossiers,
    drop_filter,
    list_dossiers,
    register_of,
    register_rows,
    save_filter,
)
from tests.factories import a_party, a_received, an_operation
from tests.office import MONDAY, register

TODAY = MONDAY.date()
ALL_ROLES = frozenset(Role)


@pytest.fixture
def chief(desk):
    """The desk with an officer who may do everything."""
    from dataclasses import replace

    from msgspec.structs import replace as changed

    return replace(desk, officer=changed(desk.officer, roles=ALL_ROLES))


def codes(listed):
    return [row.code for row in listed.rows]


def test_the_register_holds_all_of_its_period_in_their_order(chief):
    made = [register(chief) for _each in range(3)]
    assert codes(list_dossiers(chief, register_of(TODAY, TODAY))) == [d.code for d in made]
    before = TODAY - timedelta(days=1)
    assert codes(list_dossiers(chief, register_of(before, before))) == []


def test_a_line_of_the_register_says_what_the_dossier_says_now(chief):
    made = register(chief, applicant=a_party(full_name="Trần Thị Nhầm"))
    amended = op.Amended(field="applicant.full_name", new="Trần Thị Đúng", reason="Nhầm tên")
    act(chief, made.id, amended)
    (line,) = register_rows(chief, register_of(TODAY, TODAY))
    assert (line.applicant, line.entry, line.code) == ("Trần Thị Đúng", 1, made.code)
    assert line.competent_agency == chief.profile.office.name


def test_what_waits_is_found_by_how_it_stands(chief, clock):
    open_, finished = register(chief), register(chief)
    act(chief, finished.id, op.Forwarded(unit="Tư pháp"))
    act(chief, finished.id, op.Finished(result="Giấy khai sinh"))
    assert codes(list_dossiers(chief, LISTS["to-collect"])) == [finished.code]
    assert codes(list_dossiers(chief, LISTS["waits-long"])) == []
    assert codes(list_dossiers(chief, LISTS["overdue"])) == []
    only = DossierFilter(statuses=(Status.RECEIVED,))
    assert codes(list_dossiers(chief, only)) == [open_.code]
    assert count_dossiers(chief, only) == 1


def test_what_is_owed_is_listed_until_it_is_paid(chief):
    made = register(chief, procedure="2.000815", answers={"copies": 2, "pages": 3})
    assert codes(list_dossiers(chief, LISTS["unpaid"])) == [made.code]
    act(chief, made.id, op.FeePaid(amount=made.charged, means=op.PaymentMeans.CASH))
    assert codes(list_dossiers(chief, LISTS["unpaid"])) == []


def test_who_need_not_pay_is_not_listed_as_owing(chief):
    made = register(chief, procedure="2.000815", answers={"copies": 2, "pages": 3})
    half = op.FeeExempted(amount=made.charged // 2, ground="Hộ nghèo", evidence="Giấy thử")
    act(chief, made.id, half)
    assert codes(list_dossiers(chief, LISTS["unpaid"])) == [made.code]
    act(chief, made.id, half)
    assert codes(list_dossiers(chief, LISTS["unpaid"])) == []


def test_a_fee_that_nobody_has_entered_is_listed_as_not_paid(chief):
    made = register(chief, procedure="1.004746")
    assert codes(list_dossiers(chief, LISTS["unpaid"])) == [made.code]
    act(chief, made.id, op.FeeAssessed(line=made.fees[0].id, unit_amount=0))
    assert codes(list_dossiers(chief, LISTS["unpaid"])) == []


def test_a_saved_filter_is_this_officers_and_comes_back_as_it_was(chief):
    wanted = DossierFilter(
        first=TODAY, standing=Standing.UNPAID, field="Hộ tịch", order=Order.OLDEST
    )
    save_filter(chief, "  Hộ tịch chưa thu ", wanted)
    (saved,) = choices(chief).saved
    assert (saved.name, saved.filter) == ("Hộ tịch chưa thu", wanted)
    save_filter(chief, "Hộ tịch chưa thu", DossierFilter())
    assert [each.filter for each in choices(chief).saved] == [DossierFilter()]
    drop_filter(chief, "Hộ tịch chưa thu")
    assert choices(chief).saved == []


@pytest.mark.parametrize("name", ["", "  ", "x" * 61])
def test_a_filter_needs_a_name(chief, name):
    with pytest.raises(InvalidField):
        save_filter(chief, name, DossierFilter())


@pytest.mark.parametrize("text", ["=1+1", "+84900", "@x", "-1", "＝1", "<b>{x}</b>"])
def test_the_workbook_says_what_was_typed_and_nothing_acts(chief, text):
    register(chief, applicant=a_party(full_name=text), note=text)
    register_ = register_rows(chief, register_of(TODAY, TODAY))
    book = load_workbook(BytesIO(as_workbook(chief, register_, title="Thử")))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert [cell.value for cell in cells].count(text) == 2


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                [
                    "note",
                    "applicant.phone",
                    "answers.copies",
                    "applicant.sex",
                    "submitter.phone",
                    "x.y",
                    "",
                ]
            ),
            st.text(max_size=5),
        )
    )
)
def test_any_corrections_leave_a_whole_reception(changes):
    done = [an_operation(a_received())]
    done += [an_operation(op.Amended(field=f, new=new, reason="x")) for f, new in changes]
    dossier = fold(done[0].header.dossier_id, done)
    now = corrected(dossier)
    notes = [new for field, new in changes if field == "note"]
    assert now.note == (notes[-1] if notes else "")
    assert now.receipt == dossier.received.receipt
