"""One receipt over a slow link, until the desk knows that the centre has it."""

import time
from contextlib import ExitStack, closing
from statistics import median

from counter_app.sync.client import client_for
from counter_app.sync.push import push_all
from tests.benchmarks._house import a_centre, a_house
from tests.benchmarks._measure import against, within
from tests.benchmarks._slow_link import DOWN, ROUND_TRIP, UP, SlowLink
from tests.proofs._desks import a_desk, join, receive

EXCHANGES_TARGET = 1
TIME_TARGET = 1.4  # × a round trip and the time that the bytes take

_ROUNDS = 15


def run(_dossiers):
    """Send receipts one by one, and yield the lines."""
    with a_house("link") as (folder, server), ExitStack() as stack:
        centre = stack.enter_context(a_centre(server, folder, "link"))
        link = stack.enter_context(SlowLink(centre.port))
        desk = stack.enter_context(a_desk(folder / "desk"))
        join(desk, centre, url=link.url)
        client = stack.enter_context(closing(client_for(desk)))
        push_all(desk, client)  # and the connection stands
        took, limits, sizes, exchanges = [], [], [], []
        for number in range(_ROUNDS):
            receive(desk, 1, number)
            before, began = (link.up, link.down), time.perf_counter()
            exchanges.append(push_all(desk, client).exchanges)
            took.append(time.perf_counter() - began)
            up, down = link.up - before[0], link.down - before[1]
            limits.append(ROUND_TRIP + up * 8 / UP + down * 8 / DOWN)
            sizes.append((up, down))
    yield within("one receipt, slow link", max(exchanges), "exchanges", EXCHANGES_TARGET)
    up, down = (round(median(column)) for column in zip(*sizes, strict=True))
    floor = "a round trip, and the bytes at the link's rate"
    yield against("one receipt, slow link", took, floor, limits, TIME_TARGET, up=up, down=down)
