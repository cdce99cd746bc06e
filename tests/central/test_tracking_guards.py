"""What the public page holds out against: guessing, forging, prying, a database gone away."""

import logging
import statistics
import time
from datetime import date, datetime
from itertools import islice
from uuid import UUID

import pytest

from counter_app.central.tracking.looking_up import DossierRow, IssuerRow
from counter_app.central.tracking.requests import handles
from counter_app.central.tracking.tries import (
    MINUTE,
    MOST_OF_ADDRESS,
    MOST_OF_ALL,
    MOST_OF_SUBJECT,
    QUARTER_HOUR,
    Tries,
)
from counter_app.domain.receipt_code import ReceiptCode
from counter_app.wire.codec import encode
from counter_app.wire.signing import SigningKey, sign_receipt
from tests.central.altered import ACCEPTED, altered, state_of
from tests.central.public import (
    NOW,
    OFFICE,
    REPORTED_AT,
    TODAY,
    Office,
    Visitor,
    a_runner,
    forget_all,
)
from tests.factories import EXAMPLES, a_party, a_procedure_ref


@pytest.fixture(scope="module")
def runner():
    with a_runner() as runner:
        yield runner


@pytest.fixture
def database(shared_database):
    forget_all(shared_database)
    return shared_database


@pytest.fixture
def office(database):
    return Office(database)


@pytest.fixture
def time_passes():
    """A clock that goes on when it is told to: `time_passes.by(seconds)`."""

    class Clock:
        at = 0.0

        def __call__(self):
            return self.at

        def by(self, seconds):
            self.at += seconds

    return Clock()


@pytest.fixture
def visitor(runner, database, centre, time_passes):
    visitor = Visitor(runner, database.url, centre, tries=Tries(time_passes))
    yield visitor
    visitor.leave()


# Guessing.


def forgery(office, number):
    digits = office.receipt(token=number.to_bytes(16, "big")).digits
    return digits[:-1] + str((int(digits[-1]) + 1) % 10)


def test_who_fails_too_often_is_asked_to_wait_and_a_real_receipt_still_gets_through(
    office, visitor, time_passes
):
    known, coming = office.report(office.receipt()), office.receipt(token=b"c" * 16)
    answers = [visitor.scan(forgery(office, number)) for number in range(MOST_OF_ADDRESS + 1)]
    assert [answer.status_code for answer in answers] == [404] * MOST_OF_ADDRESS + [429]
    assert answers[-1].headers["retry-after"] == "60"
    neighbour = "203.0.113.99"  # behind the same router
    assert visitor.scan(known, address=neighbour).status_code == 200
    assert visitor.scan(coming, address=neighbour).status_code == 200
    assert visitor.scan(forgery(office, 99), address="198.51.100.1").status_code == 404
    time_passes.by(MINUTE)
    assert visitor.scan(forgery(office, 99)).status_code == 404


def test_a_pin_is_not_even_looked_at_after_too_many_wrong_ones(office, visitor, time_passes):
    receipt = office.report(office.receipt())
    code, pin = receipt.dossier_code, receipt.pin
    for number in range(MOST_OF_SUBJECT):
        answer = visitor.ask(code, "000000", address=f"198.51.{number}.1")
        assert answer.status_code == 404
    assert visitor.ask(code, pin, address="192.0.2.1").status_code == 429
    assert visitor.scan(receipt, address="192.0.2.1").status_code == 200
    time_passes.by(QUARTER_HOUR)
    assert visitor.ask(code, pin, address="192.0.2.1").status_code == 200


def test_looking_up_what_is_right_is_never_counted(office, visitor):
    receipt = office.report(office.receipt())
    for _ in range(MOST_OF_ADDRESS * 2):
        assert visitor.scan(receipt).status_code == 200
    assert visitor.ask(receipt.dossier_code, receipt.pin).status_code == 200


def test_all_together_may_fail_only_so_often_and_fill_no_memory(time_passes):
    tries = Tries(time_passes)
    for number in range(MOST_OF_ALL * 3):
        tries.failed(f"2001:db8:{number:x}::1", number.to_bytes(4))
    assert tries.too_many("192.0.2.1", b"new")
    assert len(tries._subjects._counts) == len(tries._addresses._counts) == MOST_OF_ALL
    time_passes.by(MINUTE)
    assert not tries.too_many("192.0.2.1", b"new")


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("203.0.113.7", "203.0.113.200", True),
        ("203.0.113.7", "203.0.114.7", False),
        ("203.0.113.7", "::ffff:203.0.113.9", True),
        ("2001:db8:0:1::1", "2001:db8:0:ff::2", True),
        ("2001:db8:0:1::1", "2001:db8:0:100::1", False),
        ("fe80::1%eth0", "fe80::2", True),
        ("", "testclient", True),
    ],
)
def test_addresses_of_one_subscriber_are_counted_together(time_passes, one, other, together):
    tries = Tries(time_passes)
    for number in range(MOST_OF_ADDRESS):
        tries.failed(one, bytes([number]))
    assert tries.too_many(other, b"x") is together


def test_how_long_an_answer_takes_does_not_tell_a_wrong_pin_from_an_unknown_code(office, visitor):
    known = [office.report(office.receipt(serial=n, token=bytes([n]) * 16)) for n in range(1, 16)]
    # A machine that does other work besides is not to blame: one quiet round of three is enough.
    assert any(difference(visitor, known) < 0.001 for _round in range(3))


def difference(visitor, known):
    """Return by how many seconds the two medians differ."""
    took = {"wrong": [], "unknown": []}
    for receipt in known * 3:
        for what, code in (("wrong", receipt.dossier_code), ("unknown", "H57.132-260803-1999")):
            visitor.app._tries = Tries()
            began = time.perf_counter()
            visitor.ask(code, "000000")
            took[what].append(time.perf_counter() - began)
    wrong, unknown = (statistics.median(times) for times in took.values())
    return abs(wrong - unknown)


# Forging.


def other_receipts(office):
    return [office.receipt(), office.receipt(serial=18, token=b"t" * 16, due_on=None)]


def test_not_one_altered_receipt_is_accepted(office, visitor):
    receipts = other_receipts(office)
    office.report(receipts[0])
    for digits in islice(altered(receipts, seed=1), 60):
        visitor.app._tries = Tries()
        answer = visitor.scan(digits)
        assert answer.status_code == 404
        assert "aria-current" not in answer.text


def test_not_one_of_thousands_is_accepted_by_the_same_functions():
    key = SigningKey.from_seed(bytes(32))
    receipts = [
        sign_receipt(
            key,
            ReceiptCode(
                key_id=key.key_id,
                agency="H57.132",
                received_on=TODAY,
                serial=number,
                due_on=due_on,
                token=bytes([number]) * 16,
            ),
        )
        for number, due_on in ((1, None), (2, date(2026, 8, 10)))
    ]
    row = DossierRow(
        receipts[0].dossier_code, 2, False, False, False, NOW, None, None, None,
        receipts[0].packed, encode(OFFICE), None,
    )  # fmt: skip
    rows = {receipts[0].dossier_id: row}
    issuers = {key.key_id: IssuerRow(key.public, False, False, REPORTED_AT, encode(OFFICE), True)}
    for receipt in receipts:
        assert state_of(receipt.digits, rows, issuers, TODAY) in ACCEPTED
    for digits in islice(altered(receipts, seed=2), 3000):
        assert state_of(digits, rows, issuers, TODAY) not in ACCEPTED


def test_every_single_digit_counts(office, visitor):
    genuine = office.report(office.receipt()).digits
    for place in range(0, len(genuine), 7):
        visitor.app._tries = Tries()
        digit = str((int(genuine[place]) + 1) % 10)
        answer = visitor.scan(genuine[:place] + digit + genuine[place + 1 :])
        assert answer.status_code == 404


# Prying.


def test_nothing_personal_is_in_any_answer(office, visitor):
    receipt = office.report(office.receipt())
    office.note(receipt, "received")
    party, procedure = a_party(), a_procedure_ref()
    body = encode(EXAMPLES["received"])
    assert party.full_name.encode() in body
    with office.database.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO operation_body (home, op_id, nonce, body) VALUES (%s, %s, %s, %s)",
            (office.home, UUID(int=2), bytes(16), body),
        )
    for answer in (
        visitor.scan(receipt),
        visitor.scan(receipt, language="en"),
        visitor.ask(receipt.dossier_code, receipt.pin),
        visitor.scan(office.receipt(token=b"c" * 16)),
    ):
        for secret in (
            party.full_name,
            party.id_number,
            party.phone,
            party.address,
            procedure.name,
            procedure.code,
            "Lê Thị Thử",
            receipt.digits,
        ):
            assert secret not in answer.text


def test_the_log_says_nothing_of_what_was_looked_for(office, visitor, caplog):
    caplog.set_level(logging.DEBUG)
    receipt = office.report(office.receipt())
    visitor.scan(receipt)
    visitor.scan(forgery(office, 1))
    visitor.ask(receipt.dossier_code, receipt.pin)
    ours = [record for record in caplog.records if not record.name.startswith("http")]
    told = " ".join(record.getMessage() for record in ours)
    for secret in (receipt.digits, receipt.dossier_code, receipt.pin, str(receipt.dossier_id)):
        assert secret not in told


@pytest.mark.parametrize("path", ["/", "/T", "/t/", "/T/1", "/robots.txt", "/favicon.svg"])
def test_the_pages_take_what_is_theirs(path):
    assert handles(path)


@pytest.mark.parametrize("path", ["", "/v1/push", "/tx", "/T1", "/healthz", "/x/T/1", "//T/1"])
def test_the_pages_leave_the_rest_alone(path):
    assert not handles(path)


# The database.


def test_without_a_database_the_page_says_so(runner, centre):
    visitor = Visitor(runner, "postgresql+psycopg://nobody:x@127.0.0.1:1/none", centre)
    key = SigningKey.from_seed(bytes(32))
    receipt = sign_receipt(
        key,
        ReceiptCode(key_id=key.key_id, agency="H57", received_on=TODAY, serial=1, token=bytes(16)),
    )
    answers = (visitor.scan(receipt), visitor.ask(receipt.dossier_code, receipt.pin))
    visitor.leave()
    for answer in answers:
        assert answer.status_code == 503
        assert "Hiện chưa tra cứu được" in answer.text
        assert "Traceback" not in answer.text
        assert answer.headers["retry-after"] == "60"
    assert visitor.get("/").status_code == 200


def test_a_database_that_was_started_anew_is_found_again(office, visitor):
    receipt = office.report(office.receipt())
    assert visitor.scan(receipt).status_code == 200
    with office.database.begin() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND application_name = 'counter-app tracking'"
        )
    assert visitor.scan(receipt).status_code == 200


def test_many_at_once_each_get_their_own(office, visitor):
    receipts = [office.receipt(serial=n, token=bytes([n]) * 16) for n in range(1, 80)]
    for receipt in receipts[::2]:
        office.report(receipt, due_at=datetime(2026, 8, 9, tzinfo=NOW.tzinfo))
    answers = visitor.scan_all(receipts)
    for number, (receipt, answer) in enumerate(zip(receipts, answers, strict=True)):
        assert receipt.dossier_code in answer.text
        assert ("aria-current" in answer.text) == (number % 2 == 0)
