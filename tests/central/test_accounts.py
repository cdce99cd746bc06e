"""Who may read how the centre stands: a token that is shown once, and its hash."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from counter_app.central import tables
from counter_app.central.accounts import (
    LONGEST_NAME,
    AccountRole,
    account_of,
    accounts,
    add_account,
    revoke_account,
)
from counter_app.errors import AccountExists, InvalidField, UnknownAccount
from tests.office import MONDAY


@pytest.fixture
def connection(database):
    with database.begin() as connection:
        yield connection


def test_a_token_tells_whose_it_is(connection):
    tokens = {
        name: add_account(connection, name, role, MONDAY)
        for name, role in (("Giám sát", AccountRole.AUDITOR), ("máy 2", AccountRole.OPERATOR))
    }
    assert account_of(connection, tokens["Giám sát"]).role is AccountRole.AUDITOR
    assert account_of(connection, tokens["máy 2"]).name == "máy 2"
    assert [account.name for account in accounts(connection)] == ["Giám sát", "máy 2"]


def test_a_token_is_kept_nowhere(connection):
    token = add_account(connection, "anh", AccountRole.AUDITOR, MONDAY)
    kept = connection.execute(sa.select(tables.account)).one()
    assert len(token) >= 43
    assert token not in repr(kept)
    assert token.encode() not in kept.token_hash


@pytest.mark.parametrize("token", ["", "x", "\udcff", "quá dài " * 1000])
def test_any_other_word_is_nobodys_token(connection, token):
    add_account(connection, "anh", AccountRole.AUDITOR, MONDAY)
    assert account_of(connection, token) is None


def test_a_revoked_token_opens_nothing_and_its_name_stays_taken(connection):
    token = add_account(connection, "anh", AccountRole.AUDITOR, MONDAY)
    first = revoke_account(connection, " anh ", MONDAY)
    again = revoke_account(connection, "anh", MONDAY + timedelta(days=1))
    assert first.revoked_at == again.revoked_at == MONDAY
    assert account_of(connection, token) is None
    with pytest.raises(AccountExists, match="anh"):
        add_account(connection, "anh", AccountRole.AUDITOR, MONDAY)


def test_who_is_not_there_cannot_be_revoked(connection):
    with pytest.raises(UnknownAccount, match="ai đó"):
        revoke_account(connection, "ai đó", MONDAY)


@pytest.mark.parametrize("name", ["", "  ", "a\u202eb", "a\x00b", "x" * (LONGEST_NAME + 1)])
def test_nobody_is_called_what_cannot_be_shown(connection, name):
    with pytest.raises(InvalidField, match=str(LONGEST_NAME)):
        add_account(connection, name, AccountRole.AUDITOR, MONDAY)
