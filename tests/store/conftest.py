"""A real store on a file of its own for each test, and what is usually done to one."""

from uuid import UUID

import pytest

from counter_app.store import create_store, open_store
from tests.factories import AGENCY, DAY, KEY, a_profile, a_received, an_operation


class Stores:
    """Makes a store, and lets go of it so that it can be looked at from outside."""

    def __init__(self, folder):
        self.folder = folder
        self.opened = []

    def new(self, *, codes=(1, 9999), **profile):
        return self.kept(create_store(self.folder, KEY, a_profile(**profile), codes=codes))

    def open(self, **options):
        return self.kept(open_store(self.folder, KEY, **options))

    def reopened(self):
        self.close()
        return self.open()

    def kept(self, store):
        self.opened.append(store)
        return store

    def close(self):
        while self.opened:
            self.opened.pop().close()


@pytest.fixture
def stores(tmp_path):
    stores = Stores(tmp_path / "profile")
    yield stores
    stores.close()


@pytest.fixture
def store(stores):
    return stores.new()


def register(uow, number, *, day=DAY, **received):
    """Receive a dossier, its identity made of `number`; return what has become of it."""
    dossier_id = UUID(int=number)
    code = uow.take_code(AGENCY, day)
    body = a_received(code=code, **received)
    uow.append(an_operation(body, on=dossier_id, business_date=day))
    return uow.dossier(dossier_id)


def registered(store, number, **received):
    with store.begin() as uow:
        return register(uow, number, **received)


def done(store, number, *bodies, **header):
    """Do something to a dossier."""
    with store.begin() as uow:
        for body in bodies:
            uow.append(an_operation(body, on=UUID(int=number), **header))


def sql(store, statement, *parameters):
    """Go round all rules, as whoever has the key and means harm or makes a mistake."""
    with store.begin() as uow:
        result = uow.connection.exec_driver_sql(statement, parameters)
        return result.all() if result.returns_rows else []
