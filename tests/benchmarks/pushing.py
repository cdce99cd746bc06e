"""Bringing a desk's journal to the centre: how fast, and in how many bytes."""

import shutil
from contextlib import ExitStack, closing
from datetime import datetime
from statistics import median

import psutil

from counter_app.sync.client import client_for
from counter_app.sync.push import push_all
from tests.benchmarks._house import a_centre, a_house
from tests.benchmarks._measure import against, in_turn, skipped, within
from tests.benchmarks._peers import Copy, anki, pouch
from tests.benchmarks._stores import copy_of
from tests.benchmarks._unsent import documents, unsent_profile
from tests.factories import VIETNAM
from tests.proofs._desks import join, receive
from tests.proofs._office import enter
from tests.proofs._road import CALM, Road

ANKI_TARGET = 1.25  # × its time: 0.8 of its dossiers a second
POUCH_TARGET = 0.33  # × its time: 3 times its dossiers a second
BATCH_TARGET = 0.25  # of the bytes of the JSON
RECEIPT_TARGET = 0.40
SHARE_TARGET = 0.15

_DOSSIERS = 10_000
_ROUNDS = 3
_ONE_BY_ONE = 100
_DESKS = 1000
_EVERY = 30  # seconds


def run(_dossiers):
    """Push the same dossiers again and again, and yield the lines."""
    with a_house("pushing") as (folder, server), ExitStack() as stack:
        desk = enter(copy_of(unsent_profile(_DOSSIERS), folder / "read"), at=_now())
        lines = documents(desk)
        desk.store.close()
        file = folder / "dossiers.json"
        file.write_text("\n".join(lines) + "\n", "utf-8")
        for name in ("anki", "pouch"):
            (folder / name).mkdir()
        peers = {
            "anki": stack.enter_context(anki(folder / "anki", file)),
            "pouch": stack.enter_context(pouch(folder / "pouch", file)),
        }
        yield from _times(folder, server, lines, peers)
        yield from _bytes(folder, server, lines)


def _times(folder, server, lines, peers):
    house, copy = House(folder, server), Copy(folder, server, lines)
    contenders = {name: peer for name, peer in peers.items() if peer}
    times = in_turn(
        _ROUNDS,
        ours=house.next,
        copy=lambda _number: copy.next(),
        **{name: lambda _number, peer=peer: peer.next() for name, peer in contenders.items()},
    )
    house.close()
    ours, rate = times["ours"], round(_DOSSIERS / median(times["ours"]))
    told = {"dossiers": _DOSSIERS, "dossiers_a_second": rate, "mean_bytes": _mean(lines)}
    yield against("push, durable and judged", ours, "psql COPY", times["copy"], None, **told)
    for name, target in (("anki", ANKI_TARGET), ("pouch", POUCH_TARGET)):
        line = f"push, against {name}"
        if name in contenders:
            yield against(line, ours, name, times[name], target, dossiers_a_second=rate)
        else:
            yield skipped(line, f"{name} cannot be had here")


class House:
    """A new centre for each round, with a copy of the same desk enrolled at it."""

    def __init__(self, folder, server):
        self._folder = folder
        self._server = server
        self._stack = ExitStack()

    def next(self, number):
        """Return what pushes all that the desk has."""
        self._stack.close()
        place = self._folder / "ours"
        shutil.rmtree(place, ignore_errors=True)
        centre = self._stack.enter_context(a_centre(self._server, self._folder, f"push{number}"))
        desk = enter(copy_of(unsent_profile(_DOSSIERS), place), at=_now())
        self._stack.callback(desk.store.close)
        join(desk, centre)
        client = self._stack.enter_context(closing(client_for(desk)))

        def push():
            pushed = push_all(desk, client)
            assert pushed.sent > _DOSSIERS

        return push

    def close(self):
        """Let go of the last."""
        self._stack.close()


def _bytes(folder, server, lines):
    with ExitStack() as stack:
        centre = stack.enter_context(a_centre(server, folder, "bytes"))
        road = stack.enter_context(Road(centre.port, 1, odds=CALM))
        desk = enter(copy_of(unsent_profile(_DOSSIERS), folder / "bytes"), at=_now())
        stack.callback(desk.store.close)
        join(desk, centre, url=road.url)
        client = stack.enter_context(closing(client_for(desk)))
        up, down, asked = _counted(road, lambda: push_all(desk, client))
        json = sum(len(line.encode()) for line in lines)
        told = {"up_each": round(up / _DOSSIERS), "down_each": round(down / _DOSSIERS)}
        told |= {"mean_bytes": _mean(lines), "exchanges": asked}
        yield within("bytes up, in batches", round(up / json, 3), "of_json", BATCH_TARGET, **told)
        yield _one(road, desk, client)
        yield _share([psutil.Process(centre.pid), *server.processes()], desk, client)


def _one(road, desk, client):
    """Push one receipt after the other, each by itself."""
    ratios, sizes = [], []
    for number in range(_ONE_BY_ONE):
        receive(desk, 1, number)
        json = len(documents(desk)[-1].encode())
        up, down, asked = _counted(road, lambda: push_all(desk, client))
        ratios.append(up / json)
        sizes.append((up, down, json, asked))
    up, down, json, asked = (round(median(column)) for column in zip(*sizes, strict=True))
    told = {"up": up, "down": down, "json": json, "exchanges": asked}
    name, ratio = "bytes up, one receipt", round(median(ratios), 3)
    return within(name, ratio, "of_json", RECEIPT_TARGET, **told)


def _share(processes, desk, client):
    """How busy the centre and its PostgreSQL are when each desk sends a receipt every 30 s."""
    before = _busy(processes)
    for number in range(_ONE_BY_ONE):
        receive(desk, 1, -number)
        push_all(desk, client)
    each = (_busy(processes) - before) / _ONE_BY_ONE
    share, name = round(each * _DESKS / _EVERY, 3), f"{_DESKS} desks every {_EVERY} s"
    return within(name, share, "of_a_core", SHARE_TARGET, each_ms=round(each * 1000, 2))


def _busy(processes):
    """Return the processor's seconds that they have used so far."""
    return sum(sum(process.cpu_times()[:2]) for process in processes)


def _counted(road, work):
    """Return the bytes up and down, and the exchanges, that `work` takes."""
    before = road.up, road.down, road.weather.seen.total()
    work()
    after = road.up, road.down, road.weather.seen.total()
    return tuple(now - then for now, then in zip(after, before, strict=True))


def _mean(lines):
    return round(sum(len(line.encode()) for line in lines) / len(lines))


def _now():
    return datetime.now(VIETNAM)
