"""Finding a dossier again, and pages of lists: in a desk with many dossiers, and with few."""

from contextlib import ExitStack
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from counter_app.domain.text import fold
from counter_app.services.search import dossier_rows, search
from counter_app.store.differing import last_id
from tests.benchmarks._measure import against, alone, in_turn, median_ms, p99_ms, within
from tests.benchmarks._stores import copy_of, profile_with, somebody
from tests.office import MONDAY
from tests.proofs._office import enter

EXACT_TARGET = 3  # × a fetch by row id
NAME_TARGET = 10  # ms, for 99 of 100
PAGE_TARGET = 1.5  # × the same in a small desk

_FEW = 1000  # dossiers
_SEARCHES = 400
_WARM = 20
_PAGE = 128  # rows, as many as come at once


def run(dossiers):
    """Measure in copies of both desks, and yield the lines."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="bench-finding-")))
        many, few = (
            enter(copy_of(profile_with(number), folder / str(number)), at=MONDAY)
            for number in (dossiers, _FEW)
        )
        stack.callback(many.store.close)
        stack.callback(few.store.close)
        yield from _exact(many, dossiers)
        yield _names(many, dossiers)
        yield _pages(many, few, dossiers)


def _exact(desk, dossiers):
    rng, known = Random(1), _known(desk, Random(2))
    times = in_turn(
        _WARM + _SEARCHES,
        row=lambda n: lambda: dossier_rows(desk, [known[n].id]),
        code=lambda _n: _one(desk, rng.choice(known).code),
        number=lambda _n: _one(desk, rng.choice(known).id_number),
    )
    for name, what in (("exact code", "code"), ("citizen's number", "number")):
        seconds, floor = times[what][_WARM:], times["row"][_WARM:]
        of = {"dossiers": dossiers}
        yield against(f"search, {name}", seconds, "a fetch by row id", floor, EXACT_TARGET, **of)


def _one(desk, text):
    def work():
        assert search(desk, text).rows

    return work


def _names(desk, dossiers):
    rng, hits = Random(3), []

    def ours(number):
        typed = _typed(somebody(rng)["full_name"], number)
        return lambda: hits.append(len(search(desk, typed).ids))

    seconds = alone(_WARM + _SEARCHES, ours)[_WARM:]
    return within(
        "search, name as typed",
        p99_ms(seconds),
        "p99_ms",
        NAME_TARGET,
        median_ms=median_ms(seconds),
        hits_on_average=round(sum(hits) / len(hits)),
        dossiers=dossiers,
    )


def _typed(name, number):
    """Return what an officer types for a name: whole or in part, with accents or without."""
    family, *_middle, given = name.split()
    ways = (name, fold(name), f"{family} {given[:2]}", fold(f"{family} {given}"), fold(given))
    return ways[number % len(ways)]


def _pages(many, few, dossiers):
    def page(desk):
        rng = Random(4)
        with desk.store.read() as connection:
            last = last_id(connection)

        def turn(_number):
            first = rng.randrange(1, last - 2 * _PAGE)
            ids = _ids(desk, first)
            return lambda: dossier_rows(desk, ids)

        return turn

    times = in_turn(_WARM + _SEARCHES, many=page(many), few=page(few))
    return against(
        "list, a page of 128",
        times["many"][_WARM:],
        f"the same among {_FEW}",
        times["few"][_WARM:],
        PAGE_TARGET,
        dossiers=dossiers,
    )


def _ids(desk, first):
    query = "SELECT id FROM dossier WHERE id >= ? ORDER BY id LIMIT ?"
    with desk.store.read() as connection:
        return connection.exec_driver_sql(query, (first, _PAGE)).scalars().all()


def _known(desk, rng):
    """Return as many dossiers as are searched for, from all over the store."""
    with desk.store.read() as connection:
        last = last_id(connection)
    found = []
    while len(found) < _WARM + _SEARCHES:
        found += dossier_rows(desk, _ids(desk, rng.randrange(1, last))[:1])
    return found
