"""The citizens' page: how many a centre shows in a second, of few dossiers and of very many."""

import shutil
from contextlib import ExitStack
from statistics import median

from tests.benchmarks._house import a_centre, a_house
from tests.benchmarks._measure import at_least, skipped, within
from tests.benchmarks._peers import a_bare_page
from tests.benchmarks._register import fill
from tests.benchmarks._wrk import CONNECTIONS, Wrk
from tests.proofs._postgres import plain

BARE_TARGET = 0.7  # × the pages of a bare one
P99_TARGET = 15  # ms
SIZE_TARGET = 0.9  # × the pages of a small register

_PER_DOSSIER = 10  # as many at the centre as the desks' store has
_FEW = 10_000
_ROUNDS = 3
_SECONDS = 4
_WARM = 10  # until all that is asked for is in memory


def run(dossiers):
    """Ask for pages, and yield the lines."""
    if shutil.which("wrk") is None:
        yield skipped("tracking page", "wrk is not installed here")
        return
    many = dossiers * _PER_DOSSIER
    with a_house("tracking") as (folder, server), ExitStack() as stack:
        contenders = {}
        for name, number in (("many", many), ("few", _FEW)):
            centre = stack.enter_context(a_centre(server, folder, name))
            dsn = plain(server.address_of(name))
            receipts = fill(dsn, number)
            paths = folder / f"{name}.paths"
            paths.write_text("".join(f"/T/{receipt.digits}\n" for receipt in receipts), "utf-8")
            contenders[name] = Wrk(centre.url, paths)
            if name == "many" and (bare := stack.enter_context(a_bare_page(dsn))):
                paths = folder / "bare.paths"
                lines = (f"/t/{receipt.dossier_id}\n" for receipt in receipts)
                paths.write_text("".join(lines), "utf-8")
                contenders["bare"] = Wrk(bare, paths)
        asked = _asked(contenders)
    yield from _lines(asked, many)


def _asked(contenders):
    """Ask all in turn, and return what came of it, by name."""
    for contender in contenders.values():
        contender.ask(_WARM)
    names, asked = list(contenders), {name: [] for name in contenders}
    for number in range(_ROUNDS):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            asked[name].append(contenders[name].ask(_SECONDS))
    return asked


def _lines(asked, many):
    rates = {name: [one.per_second for one in each] for name, each in asked.items()}
    told = {"dossiers": many, "connections": CONNECTIONS}
    name, floor = "tracking page", "bare ASGI and asyncpg"
    if "bare" in rates:
        told["floor_p99_ms"] = median(one.p99 for one in asked["bare"])
        yield at_least(name, rates["many"], floor, rates["bare"], BARE_TARGET, **told)
    else:
        yield skipped(name, "asyncpg cannot be had here")
    p99 = median(one.p99 for one in asked["many"])
    yield within("tracking page, 99 of 100", p99, "ms", P99_TARGET, **told)
    few = f"{_FEW} dossiers"
    yield at_least("tracking page, size", rates["many"], few, rates["few"], SIZE_TARGET, **told)
