"""One box finds a dossier by whatever the citizen has with them."""

from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.store.applicants import returning_applicant
from counter_app.store.engine import driver
from counter_app.store.rows import rows
from counter_app.store.search import find
from counter_app.store.usage import usage_lately
from tests.factories import AGENCY, DAY, EXAMPLES, a_code, a_party, a_procedure_ref
from tests.store.conftest import done, registered, sql

PEOPLE = {
    1: a_party(full_name="Nguyễn Thị Dũng", id_number="001090000001", phone="0900000001"),
    2: a_party(full_name="Nguyễn Văn Dung", id_number="001090000002", phone="0900000002"),
    3: a_party(full_name="Đặng Thị Ánh", id_number="001190000003", phone=""),
    4: a_party(full_name="Công ty Cổ phần Thử-Nghiệm 2&3", id_number="", phone="02430000001"),
}


@pytest.fixture
def store(stores):
    store = stores.new()
    for number, person in PEOPLE.items():
        registered(store, number, applicant=person)
    return store


@pytest.fixture
def found(store):
    def found(text, **options):
        with store.read() as connection:
            ids = find(connection, text, **options)
            return [row.dossier_id.int for row in rows(connection, ids)]

    return found


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("nguyen", [2, 1]),
        ("NGUYỄN", [2, 1]),
        ("nguyen dung", [2, 1]),
        ("dung ngu", [2, 1]),
        ("dang anh", [3]),
        ("đặng", [3]),
        ("ÁNH", [3]),
        ("thu nghiem", [4]),
        ("thử-nghiệm", [4]),
        ("nguyen anh", []),
        ("ngu du", [2, 1]),
        ("nguyen d", [2, 1]),
        ("n", []),
        ("", []),
        ("   ", []),
        ('"', []),
        ("dung OR anh", []),
        ("NEAR(dung)", []),
        ("*", []),
        ("words:dung", []),
    ],
)
def test_names_are_found_by_the_beginnings_of_their_words(found, typed, numbers):
    assert found(typed) == numbers


def test_the_accents_that_were_typed_come_first(found):
    assert found("Dũng") == [1, 2]
    assert found("Dung") == [2, 1]
    assert found("nguyễn thị dũ") == [1]


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        (a_code(2), [2]),
        (f" {a_code(2).lower()}\r\n", [2]),
        (a_code(2).replace("-", "–"), [2]),
        ("H57.132", [4, 3, 2, 1]),
        ("h57.132-2608", [4, 3, 2, 1]),
        ("H57.132-260803-000", [4, 3, 2, 1]),
        ("260803-0003", [3]),
        ("260803", [4, 3, 2, 1]),
        ("0003", [3]),
        ("3", [3]),
        ("99", []),
        (a_code(9), []),
    ],
)
def test_codes_are_found_whole_by_their_beginning_and_by_their_number(found, typed, numbers):
    assert found(typed) == numbers


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("001090000001", [1]),
        ("001 090 000 001", [1]),
        ("001090", [2, 1]),
        ("001190000003", [3]),
        ("001090000009", []),
        ("0900000002", [2]),
        ("+84 900 000 002", [2]),
        ("0900.000.002", [2]),
        ("02430000001", [4]),
    ],
)
def test_identity_numbers_and_telephones_are_found(found, typed, numbers):
    assert found(typed) == numbers


def test_whoever_came_for_somebody_else_is_found_too(store, found):
    helper = a_party(full_name="Vũ Thị Giúp", id_number="001090000777", phone="0900000777")
    registered(store, 5, applicant=PEOPLE[3], submitter=helper)
    assert found("001090000777") == [5]
    assert found("giup") == [5]


def test_the_newest_come_first_and_no_more_than_asked_for(found):
    assert found("nguyen", limit=1) == [2]
    assert found(AGENCY, limit=2) == [4, 3]


def test_rows_come_in_the_order_asked_for_and_what_is_gone_is_left_out(store):
    with store.read() as connection:
        assert [row.id for row in rows(connection, [3, 99, 1])] == [3, 1]
        assert rows(connection, []) == []


def test_a_row_says_what_the_dossier_says(store):
    with store.begin() as uow:
        dossier = uow.dossier(UUID(int=1))
    with store.read() as connection:
        [row] = rows(connection, [1])
    assert row.code == dossier.code == a_code(1)
    assert (row.status, row.due_at) == (dossier.status, dossier.due_at)
    assert (row.applicant_name, row.received_on) == ("Nguyễn Thị Dũng", DAY)
    assert row.received_at == dossier.received.received_at
    assert row.unsent
    sql(store, "UPDATE delivery SET state = 'acked'")
    with store.read() as connection:
        assert not rows(connection, [1])[0].unsent
    done(store, 1, EXAMPLES["noted"])
    with store.read() as connection:
        assert rows(connection, [1])[0].unsent


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=300) | st.from_regex(r"[\w.\-\" *^:()+]{0,20}"))
def test_whatever_is_typed_is_only_searched_for(found, text):
    assert set(found(text)) <= set(PEOPLE)


def test_a_returning_person_is_known_as_they_were_the_last_time(store):
    moved = a_party(id_number="001090000001", full_name="Nguyễn Thị Dũng", address="Nhà mới")
    registered(store, 5, applicant=moved)
    helper = a_party(id_number="001090000002", phone="0900000099")
    registered(store, 6, applicant=PEOPLE[3], submitter=helper)
    with store.read() as connection:
        known = returning_applicant(connection, "001090000001")
        assert (known.party, known.dossiers) == (moved, 2)
        known = returning_applicant(connection, "001090000002")
        assert (known.party, known.dossiers) == (helper, 1)
        assert returning_applicant(connection, "001090000009") is None
        assert returning_applicant(connection, "") is None


def test_what_people_come_for_is_counted(store):
    registered(store, 5, procedure=a_procedure_ref(code="2.000815"))
    with store.read() as connection:
        assert usage_lately(connection) == {"1.001193": 4, "2.000815": 1}


@pytest.mark.parametrize(
    ("typed", "index"),
    [
        (a_code(1), "dossier_code"),
        ("H57", "dossier_code"),
        ("001090000001", "dossier_id_number"),
    ],
)
def test_no_search_walks_through_the_whole_table(store, typed, index):
    said = []
    with store.read() as connection:
        raw = driver(connection)
        raw.set_trace_callback(said.append)
        find(connection, typed)
        raw.set_trace_callback(None)
        queries = [query for query in said if query.startswith("SELECT id")]
        plans = [row[3] for query in queries for row in raw.execute(f"EXPLAIN QUERY PLAN {query}")]
    assert any(index in plan for plan in plans)
    assert not [plan for plan in plans if plan.startswith("SCAN")]
