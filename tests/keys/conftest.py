import pytest

from counter_app.domain.officer import Officer, Role
from counter_app.keys.keyfile import Cost
from counter_app.keys.officers import NewKeys, add_officer, create_keys
from counter_app.keys.throttle import Uptime

CHEAP = Cost(memory=64, passes=1)

HEAD = Officer(
    id="lan", name="Trần Thị Lan Thử", roles=frozenset({Role.SUPERVISOR, Role.RECEPTION})
)
CLERK = Officer(id="binh", name="Lê Văn Bình Thử", roles=frozenset({Role.RECEPTION}))

HEADS_PASSWORD = "bảy con sếu bay"
CLERKS_PASSWORD = "ba chiếc ghe xanh"

WRONG = "không phải mật khẩu này"


def at(seconds: float, boot: str = "first") -> Uptime:
    return Uptime(boot=boot, seconds=seconds)


@pytest.fixture
def made(tmp_path) -> NewKeys:
    return create_keys(tmp_path, language="vi", officer=HEAD, password=HEADS_PASSWORD, cost=CHEAP)


@pytest.fixture
def folder(tmp_path, made):
    """A desk with its supervisor and one clerk."""
    add_officer(tmp_path, made.key, CLERK, CLERKS_PASSWORD)
    return tmp_path
