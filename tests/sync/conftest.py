"""A desk, and a centre on a socket of this PC."""

import pytest

from counter_app.sync import enrolling
from counter_app.sync.client import client_for
from tests.sync.fake_centre import FakeCentre, serving
from tests.sync.pki import Authority


@pytest.fixture
def centre():
    return FakeCentre()


@pytest.fixture
def url(centre):
    with serving(centre) as url:
        yield url


@pytest.fixture(scope="session")
def authority():
    return Authority()


@pytest.fixture
def enrolled(desk, centre, url):
    """The desk, once it is the centre's."""
    enrolling.enrol(desk, enrolling.meet(desk, url, centre.code))
    return desk


@pytest.fixture
def client(enrolled):
    client = client_for(enrolled)
    yield client
    client.close()
