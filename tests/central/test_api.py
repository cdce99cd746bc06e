"""What desks ask the centre over the network, and how they know that it is the centre."""

from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

import msgspec
import pytest
from sqlalchemy.engine import make_url

from counter_app.central import tables
from counter_app.central.accounts import AccountRole, add_account
from counter_app.central.app import build_app
from counter_app.central.database import Database
from counter_app.central.enrolment import make_enrol_code, revoke
from counter_app.central.guards import Failures
from counter_app.central.identity import found_centre
from counter_app.central.status import CentreStatus
from counter_app.domain.agency import Agency
from counter_app.domain.enrol_code import read_enrol_code
from counter_app.wire.codec import encode
from counter_app.wire.messages import (
    CentreCard,
    EnrolAnswer,
    EnrolRequest,
    PushAnswer,
    PushOutcome,
    Reference,
    SentRow,
    TimeAnswer,
)
from counter_app.wire.signing import SigningKey
from tests.central.outside import EPOCH, Caller, in_a_thread, put_desk
from tests.office import MONDAY

SIGNED_ADDRESSES = ["/v1/reference", "/v1/time"]


# One server for all that follows: each test brings desks of its own.


@pytest.fixture(scope="module")
def database(cluster, template):
    name = cluster.make(template=template)
    database = Database(cluster.text(name))
    yield database
    database.close()
    cluster.drop(name)


@pytest.fixture(scope="module")
def centre(database):
    with database.begin() as connection:
        return found_centre(connection, tracking_url="https://tracking.example", now=MONDAY).centre


@pytest.fixture(scope="module")
def url(database, centre):
    with in_a_thread(
        build_app(database, centre, now=lambda: MONDAY, failures=Failures(most=1000))
    ) as url:
        yield url


@pytest.fixture
def stranger(url, centre):
    caller = Caller(url, centre)
    yield caller
    caller.close()


@pytest.fixture
def desk(stranger, database):
    put_desk(database, stranger)
    return stranger


def row_of(caller, database):
    with database.read() as connection:
        query = tables.desk.select().where(tables.desk.c.desk_id == caller.id)
        return connection.execute(query).one()


def an_enrol_request(caller, secret, **values):
    given = {
        "secret": secret,
        "desk_id": caller.id,
        "epoch": EPOCH,
        "public_key": caller.key.public,
        "desk_name": "Quầy Thí Dụ",
        "office": Agency(code="H57.132", name="UBND phường Thí Dụ"),
        "practice": False,
        "today": MONDAY.date(),
    }
    return EnrolRequest(**(given | values))


def a_code(database, centre):
    with database.begin() as connection:
        return make_enrol_code(
            connection, centre, agency_code="H57.132", desk_name="Quầy Thí Dụ", now=MONDAY
        )


# Who asks, and who answers.


@pytest.mark.parametrize("path", SIGNED_ADDRESSES)
def test_a_desk_that_was_never_enrolled_is_told_so_by_the_centre_itself(stranger, path):
    answer = stranger.ask("GET", path)
    assert (answer.status, answer.reason, answer.signed) == (401, "unknown_desk", True)


@pytest.mark.parametrize("path", SIGNED_ADDRESSES)
def test_a_signature_of_another_key_is_refused(desk, path):
    answer = desk.ask("GET", path, key=SigningKey.generate())
    assert (answer.status, answer.reason, answer.signed) == (401, "bad_signature", True)


def test_a_body_that_was_changed_on_the_way_is_refused(desk):
    raw = encode(desk.batch())
    answer = desk.ask("POST", "/v1/push", raw, signed=raw + b" ")
    assert (answer.status, answer.reason, answer.signed) == (401, "bad_signature", True)


@pytest.mark.parametrize("path", SIGNED_ADDRESSES)
def test_a_revoked_desk_is_told_nothing(stranger, database, path):
    put_desk(database, stranger, revoked_at=MONDAY)
    answer = stranger.ask("GET", path)
    assert (answer.status, answer.reason, answer.signed) == (403, "revoked", True)


@pytest.mark.parametrize("path", ["/v1/push", *SIGNED_ADDRESSES, "/v1/enrol"])
def test_without_a_signature_nothing_is_done(desk, path):
    method = "GET" if path in SIGNED_ADDRESSES else "POST"
    answer = desk.bare(method, path)
    assert (answer.status, answer.reason, answer.signed) == (401, "bad_signature", False)


def test_an_answer_is_signed_for_one_question_only(desk):
    first, second = desk.ask("GET", "/v1/time"), desk.ask("GET", "/v1/time")
    assert first.signed and second.signed
    assert first.headers["counter-signature"] != second.headers["counter-signature"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/v1/nothing", 404), ("GET", "/v1/push", 405), ("GET", "/schema", 404)],
)
def test_what_there_is_not_is_refused_in_the_form_of_all_refusals(desk, method, path, status):
    answer = desk.ask(method, path) if path != "/v1/push" else desk.ask("GET", path)
    assert (answer.status, answer.signed) == (status, True)
    assert answer.reason


def test_every_answer_has_the_headers_that_keep_browsers_honest(stranger):
    for path in ("/v1/centre", "/v1/nothing", "/healthz"):
        headers = stranger.bare("GET", path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "server" not in headers


def test_what_is_told_to_a_desk_is_short(stranger):
    names = stranger.ask("GET", "/v1/centre").headers.keys()
    assert names == {
        "date", "content-type", "content-length", "cache-control",
        "counter-signature", "counter-certificate",
    }  # fmt: skip


# Card and time.


def test_the_centre_shows_its_card_to_anybody(stranger, centre):
    answer = stranger.ask("GET", "/v1/centre")
    assert (answer.status, answer.signed) == (200, True)
    assert answer.read(CentreCard) == CentreCard(centre_id=centre.id, root_key=centre.root_key)


def test_the_card_is_shown_without_a_signature_too_and_then_is_not_signed(stranger):
    answer = stranger.bare("GET", "/v1/centre")
    assert (answer.status, answer.signed) == (200, False)


def test_a_desk_is_told_the_time(desk, centre):
    answer = desk.ask("GET", "/v1/time")
    assert answer.signed
    assert answer.read(TimeAnswer) == TimeAnswer(centre_id=centre.id, now=MONDAY)


# Enrolling.


def test_a_desk_with_a_code_becomes_one_of_the_centres(stranger, database, centre):
    secret = read_enrol_code(a_code(database, centre)).secret
    answer = stranger.ask("POST", "/v1/enrol", encode(an_enrol_request(stranger, secret)))
    assert (answer.status, answer.signed) == (200, True)
    said = answer.read(EnrolAnswer)
    assert (said.centre_id, said.root_key) == (centre.id, centre.root_key)
    assert said.leases
    assert stranger.ask("GET", "/v1/reference").status == 200


def test_a_code_that_was_never_made_is_refused(stranger):
    answer = stranger.ask("POST", "/v1/enrol", encode(an_enrol_request(stranger, bytes(14))))
    assert (answer.status, answer.reason, answer.signed) == (403, "code_refused", True)


def test_who_enrols_signs_with_the_key_that_is_enrolled(stranger, database, centre):
    secret = read_enrol_code(a_code(database, centre)).secret
    other = SigningKey.generate()
    body = encode(an_enrol_request(stranger, secret, public_key=other.public))
    answer = stranger.ask("POST", "/v1/enrol", body)
    assert (answer.status, answer.reason) == (401, "bad_signature")


# Pushing.


def test_an_empty_push_asks_how_far_the_centre_has_heard_the_desk(desk):
    answer = desk.send(desk.batch())
    assert (answer.status, answer.signed) == (200, True)
    said = answer.read(PushAnswer)
    assert (said.outcome, said.standing.high_water) == (PushOutcome.STORED, 0)


def test_a_push_need_not_be_packed(desk):
    assert desk.ask("POST", "/v1/push", encode(desk.batch())).status == 200


def test_rows_of_another_desk_are_refused_whoever_signs(desk):
    answer = desk.send(desk.batch(desk_id=uuid4()))
    assert (answer.status, answer.reason, answer.signed) == (400, "bad_request", True)


def test_a_revoked_desk_may_push_and_all_of_it_is_kept_apart(stranger, database):
    put_desk(database, stranger, revoked_at=MONDAY)
    answer = stranger.send(stranger.batch())
    assert (answer.status, answer.signed) == (200, True)
    assert answer.read(PushAnswer).outcome is PushOutcome.QUARANTINED


def test_a_push_leaves_word_of_the_desk_its_program_and_its_clock(desk, database):
    ahead = (MONDAY + timedelta(minutes=3)).isoformat()
    desk.send(desk.batch(), user_agent="counter-app/0.1.0", counter_time=ahead)
    row = row_of(desk, database)
    assert (row.last_contact, row.program, row.clock_offset) == (MONDAY, "0.1.0", 180.0)


@pytest.mark.parametrize("told", ["yesterday", "9999-12-31T23:59:59-14:00", "0001-01-01", ""])
def test_a_clock_that_tells_nonsense_stops_nothing(desk, told):
    assert desk.send(desk.batch(), counter_time=told).status == 200


def test_a_program_that_is_too_old_is_told_which_one_will_do(desk):
    answer = desk.send(desk.batch(protocol=0))
    assert (answer.status, answer.reason, answer.signed) == (426, "program_too_old", True)


def test_a_program_that_is_newer_than_the_centre_is_not_called_old(desk):
    answer = desk.send(desk.batch(protocol=2))
    assert (answer.status, answer.reason, answer.signed) == (426, "bad_request", True)


def test_more_rows_than_the_centre_takes_at_once_are_refused(desk):
    row = SentRow(seq=1, nonce=bytes(16), header=msgspec.Raw(b"{}"), body=msgspec.Raw(b"{}"))
    answer = desk.send(desk.batch(*[row] * 401))
    assert (answer.status, answer.reason, answer.signed) == (413, "too_large", True)


# Reference data.


def test_a_desk_is_told_of_every_desk_and_of_its_numbers(desk, database, url, centre):
    far = Caller(url, centre)
    put_desk(database, far, code="H57.133", revoked_at=MONDAY)
    desk.send(desk.batch())  # which renews its numbers
    answer = desk.ask("GET", "/v1/reference")
    assert answer.signed
    said = answer.read(Reference)
    known = {known.public_key: known for known in said.desks}
    assert known[desk.key.public].agency == "H57.132"
    assert (known[far.key.public].agency, known[far.key.public].revoked) == ("H57.133", True)
    assert {"H57.132", "H57.133"} <= {agency.code for agency in said.agencies}
    assert {lease.agency for lease in said.leases} == {"H57.132"}
    assert answer.headers["etag"] == f'"{said.version}"'


def test_what_a_desk_has_already_is_not_sent_again(desk):
    tag = desk.ask("GET", "/v1/reference").headers["etag"]
    answer = desk.ask("GET", "/v1/reference", if_none_match=tag)
    assert (answer.status, answer.body, answer.signed) == (304, b"", True)


def test_what_has_changed_is_sent(desk, database):
    tag = desk.ask("GET", "/v1/reference").headers["etag"]
    version = tables.centre.c.reference_version
    with database.begin() as connection:
        connection.execute(tables.centre.update().values(reference_version=version + 1))
    assert desk.ask("GET", "/v1/reference", if_none_match=tag).status == 200


def test_a_desk_at_practice_is_none_that_others_are_told_of(desk, database, url, centre):
    other = Caller(url, centre)
    put_desk(database, other, practice=True)
    keys = {known.public_key for known in desk.ask("GET", "/v1/reference").read(Reference).desks}
    assert desk.key.public in keys
    assert other.key.public not in keys


# Those who watch over it.


def test_the_centre_is_well_as_long_as_its_database_is(stranger):
    answer = stranger.bare("GET", "/healthz")
    assert (answer.status, msgspec.json.decode(answer.body)) == (200, {"state": "ok"})


def test_how_the_centre_stands_is_told_to_nobody_without_a_token(stranger):
    for headers in ({}, {"authorization": "Bearer none"}, {"authorization": "Basic eDp4"}):
        answer = stranger.bare("GET", "/v1/status", headers=headers)
        assert (answer.status, answer.reason) == (401, "unauthorized")


def test_how_the_centre_stands_is_told_to_whoever_has_a_token(stranger, database):
    with database.begin() as connection:
        token = add_account(connection, "giamsat", AccountRole.AUDITOR, MONDAY)
    headers = {"authorization": f"Bearer {token}"}
    answer = stranger.bare("GET", "/v1/status", headers=headers)
    assert answer.status == 200
    assert answer.read(CentreStatus)
    through = headers | {"via": "1.1 proxy.example"}
    assert stranger.bare("GET", "/metrics", headers=through).status == 200


def test_what_was_counted_is_told_on_the_same_host(desk):
    desk.send(desk.batch())
    said = desk.bare("GET", "/metrics").body.decode()
    assert 'counter_requests_total{route="/v1/push",status="200"}' in said
    assert 'counter_desks{heard="minutes_5"}' in said
    assert "counter_database_up 1.0" in said


def test_what_was_counted_is_not_told_through_a_proxy_on_this_host(stranger):
    answer = stranger.bare("GET", "/metrics", headers={"via": "1.1 proxy.example"})
    assert (answer.status, answer.reason) == (401, "unauthorized")


def test_what_was_counted_names_nobody(desk):
    said = desk.bare("GET", "/metrics").body.decode()
    assert "Thí Dụ" not in said
    assert str(desk.id) not in said


# When something is wrong.


def test_without_its_database_the_centre_says_later_and_comes_back_by_itself(
    desk, database, cluster
):
    name = make_url(database.url).database
    with cluster.closed(name):
        answer = desk.send(desk.batch())
        assert (answer.status, answer.reason, answer.signed) == (503, "too_busy", True)
        assert answer.headers["retry-after"]
        assert desk.bare("GET", "/healthz").status == 503
        assert "counter_database_up 0.0" in desk.bare("GET", "/metrics").body.decode()
    assert desk.send(desk.batch()).status == 200
    assert "counter_database_up 1.0" in desk.bare("GET", "/metrics").body.decode()


@contextmanager
def spoilt(database, sqlstate, *, times):
    """Have the database refuse so many writes to its desks, with this code."""
    with database.begin() as connection:
        for statement in _SPOILT.format(sqlstate=sqlstate, times=times).split(";;"):
            connection.exec_driver_sql(statement)
    yield
    with database.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER spoil ON desk")
        connection.exec_driver_sql("DROP FUNCTION spoil")
        connection.exec_driver_sql("DROP SEQUENCE spoilt")


_SPOILT = """
CREATE SEQUENCE spoilt;;
CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF nextval('spoilt') <= {times} THEN
        RAISE EXCEPTION 'Nguyễn Văn Thí Dụ' USING ERRCODE = '{sqlstate}';
    END IF;
    RETURN new;
END $$;;
CREATE TRIGGER spoil BEFORE UPDATE ON desk FOR EACH ROW EXECUTE FUNCTION spoil()
"""


@pytest.mark.parametrize("sqlstate", ["40001", "40P01"])
def test_what_only_got_in_each_others_way_is_done_again(desk, database, sqlstate):
    with spoilt(database, sqlstate, times=3):
        answer = desk.send(desk.batch())
    assert answer.read(PushAnswer).outcome is PushOutcome.STORED


def test_who_is_always_in_somebodys_way_comes_again_later(desk, database):
    with spoilt(database, "40P01", times=1000):
        answer = desk.send(desk.batch())
        assert (answer.status, answer.signed) == (200, True)
        assert answer.read(PushAnswer).outcome is PushOutcome.RETRY
        answer = desk.ask("GET", "/v1/reference")
        assert (answer.status, answer.reason, answer.signed) == (503, "too_busy", True)


def test_a_mistake_of_the_centre_is_signed_and_says_nothing_of_anybody(desk, database, caplog):
    with spoilt(database, "P0001", times=1000):
        answer = desk.send(desk.batch())
    assert (answer.status, answer.reason, answer.signed) == (500, "internal_error", True)
    assert "Thí Dụ" not in answer.body.decode() + caplog.text
    assert "take_in" in caplog.text or "_hear" in caplog.text


def test_who_fails_too_often_waits_and_who_asks_rightly_does_not(database, centre):
    failures = Failures(most=5, per_second=0)
    with in_a_thread(build_app(database, centre, failures=failures)) as url:
        caller = Caller(url, centre)
        assert {caller.ask("GET", "/v1/centre").status for _ in range(20)} == {200}
        assert [caller.ask("GET", "/v1/time").status for _ in range(5)] == [401] * 5
        answer = caller.ask("GET", "/v1/centre")
        assert (answer.status, answer.reason, answer.signed) == (429, "too_busy", True)
        caller.close()


def test_a_revoked_desk_is_revoked_from_the_next_request_on(desk, database):
    assert desk.ask("GET", "/v1/time").status == 200
    with database.begin() as connection:
        revoke(connection, desk.id, MONDAY)
    assert desk.ask("GET", "/v1/time").status == 403
