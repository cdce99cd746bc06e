"""Who may read over the network how the centre stands: a name, a role and a token.

The token is shown once, when it is made; only its hash is kept. Whoever brings it is its owner.
"""

import secrets
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy.dialects import postgresql as pg

from counter_app.central import tables
from counter_app.domain.text import tidy, visible
from counter_app.errors import AccountExists, InvalidField, UnknownAccount
from counter_app.i18n import N_, _

LONGEST_NAME: Final = 64

_TOKEN_SIZE: Final = 32
_NAME: Final = N_("name of the account")
_WRONG_NAME: Final = N_("1 to {most} printed characters")


class AccountRole(StrEnum):
    """What an account is for: to keep the centre running, or to look what it has kept."""

    OPERATOR = "operator"
    AUDITOR = "auditor"


class Account(Struct, frozen=True, kw_only=True):
    """Somebody, or a program, that reads how the centre stands."""

    name: str
    role: AccountRole
    made_at: datetime
    revoked_at: datetime | None = None


def add_account(connection: sa.Connection, name: str, role: AccountRole, now: datetime) -> str:
    """Make an account, and return its token: it is kept nowhere.

    Raises:
        InvalidField: nobody can be called so.
        AccountExists: the name is taken.
    """
    name = tidy(name)
    if not 1 <= len(name) <= LONGEST_NAME or visible(name) != name:
        raise InvalidField(field=_(_NAME), reason=_(_WRONG_NAME).format(most=LONGEST_NAME))
    token = secrets.token_urlsafe(_TOKEN_SIZE)
    row = {"name": name, "role": role.value, "token_hash": _hash(token), "made_at": now}
    made = pg.insert(tables.account).values(row).on_conflict_do_nothing(index_elements=["name"])
    if connection.scalar(made.returning(tables.account.c.name)) is None:
        raise AccountExists(account=name)
    return token


def accounts(connection: sa.Connection) -> tuple[Account, ...]:
    """Return all accounts by their names, revoked ones too."""
    query = sa.select(tables.account).order_by(tables.account.c.name)
    return tuple(_account(row) for row in connection.execute(query))


def revoke_account(connection: sa.Connection, name: str, now: datetime) -> Account:
    """Take the token's worth from an account, and return the account; a second time is none.

    Raises:
        UnknownAccount: nobody is called so.
    """
    columns = tables.account.c
    first = sa.func.coalesce(columns.revoked_at, now)
    changed = (
        tables.account.update()
        .where(columns.name == tidy(name))
        .values(revoked_at=first)
        .returning(tables.account)
    )
    row = connection.execute(changed).one_or_none()
    if row is None:
        raise UnknownAccount(account=name)
    return _account(row)


def account_of(connection: sa.Connection, token: str) -> Account | None:
    """Return whose token this is; None if it is nobody's, or was revoked."""
    columns = tables.account.c
    query = sa.select(tables.account).where(
        columns.token_hash == _hash(token), columns.revoked_at.is_(None)
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else _account(row)


def _hash(token: str) -> bytes:
    # A token is 256 random bits: nobody can try them, so no slow hash is needed.
    return sha256(token.encode("utf-8", "surrogateescape")).digest()


def _account(row: sa.Row[Any]) -> Account:
    return Account(
        name=row.name,
        role=AccountRole(row.role),
        made_at=row.made_at,
        revoked_at=row.revoked_at,
    )
