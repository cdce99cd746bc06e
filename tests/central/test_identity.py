"""Who the centre is: the root on paper, the key that answers, and what desks can check."""

import pytest
import sqlalchemy as sa

from counter_app.central import tables
from counter_app.central.identity import (
    found_centre,
    load_centre,
    move_tracking,
    raise_reference_version,
    renew_key,
)
from counter_app.domain.typed_secret import in_groups
from counter_app.errors import DatabaseUnusable, RootKeyMistyped, RootKeyRefused
from counter_app.wire.envelope import is_answer_of, is_certified, sign_answer
from tests.central.conftest import TRACKING_URL
from tests.office import MONDAY


def answered(centre):
    """Say whether a desk that has pinned the root takes what this centre signs."""
    headers = sign_answer(centre.key, centre.certificate, request=b"r" * 64, status=200, body=b"{}")
    return is_answer_of(
        centre.root_key, centre.id, headers, request=b"r" * 64, status=200, body=b"{}"
    )


def test_what_was_founded_is_what_is_loaded(database, founded):
    with database.read() as connection:
        loaded = load_centre(connection)
    assert loaded.id == founded.centre.id
    assert loaded.key.seed == founded.centre.key.seed
    assert loaded.tracking_url == TRACKING_URL
    assert loaded.founded_at == MONDAY
    assert is_certified(loaded.root_key, loaded.certificate)
    assert answered(loaded)


def test_a_centre_is_founded_once(database, founded):
    with database.begin() as connection:
        again = found_centre(connection, tracking_url="https://other.example", now=MONDAY)
    assert again.root_secret == ""
    assert again.centre.id == founded.centre.id
    assert again.centre.tracking_url == TRACKING_URL


def test_two_programs_that_found_it_at_once_found_one(database, at_once):
    def found():
        with database.begin() as connection:
            return found_centre(connection, tracking_url=TRACKING_URL, now=MONDAY)

    secrets = [founded.root_secret for founded in at_once(found, times=4)]
    assert len([secret for secret in secrets if secret]) == 1


def test_nothing_is_served_where_no_centre_was_founded(database):
    with pytest.raises(DatabaseUnusable, match="central migrate"), database.read() as connection:
        load_centre(connection)


def test_the_root_key_is_kept_nowhere(database, founded):
    with database.read() as connection:
        row = connection.execute(sa.select(tables.centre)).one()
    assert founded.root_secret not in repr(row)
    assert founded.centre.key.seed == row.answer_seed
    assert founded.centre.root_key != founded.centre.key.public


def test_whoever_has_the_root_key_renews_the_answer_key(database, founded):
    typed = founded.root_secret.lower().replace("-", " ")
    with database.begin() as connection:
        renewed = renew_key(connection, typed, now=MONDAY)
    with database.read() as connection:
        loaded = load_centre(connection)
    assert loaded.key.seed == renewed.key.seed != founded.centre.key.seed
    assert loaded.root_key == founded.centre.root_key
    assert loaded.fingerprint == founded.centre.fingerprint
    assert answered(loaded)


def test_another_centres_root_key_renews_nothing(database, founded):
    with database.begin() as connection, pytest.raises(RootKeyRefused):
        renew_key(connection, in_groups(b"\x07" * 20), now=MONDAY)


def test_a_slip_of_the_finger_is_named_by_its_group(database, founded):
    groups = founded.root_secret.split("-")
    groups[2] = groups[2][:-1] + ("1" if groups[2].endswith("0") else "0")
    with database.begin() as connection, pytest.raises(RootKeyMistyped, match=r"\b3\b"):
        renew_key(connection, "-".join(groups), now=MONDAY)


def test_what_all_desks_have_gets_a_higher_version(database, centre):
    with database.begin() as connection:
        assert raise_reference_version(connection) == centre.reference_version + 1
        move_tracking(connection, "https://new.example")
    with database.read() as connection:
        loaded = load_centre(connection)
    assert loaded.reference_version == centre.reference_version + 1
    assert loaded.tracking_url == "https://new.example"
