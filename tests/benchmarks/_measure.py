"""Times taken side by side, and what is printed of them."""

import json
import os
import platform
import statistics
import time


def in_turn(rounds, **contenders):
    """Time the contenders against each other, and return the seconds of each by its name.

    Each is called with the number of the round and returns what is to be timed; what is in
    another process times itself and returns its seconds. Another one comes first in each
    round: what the machine does besides falls on all alike.
    """
    names, times = list(contenders), {name: [] for name in contenders}
    for number in range(rounds):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            work = contenders[name](number)
            began = time.perf_counter()
            own = work()
            seconds = time.perf_counter() - began
            times[name].append(own if isinstance(own, float) else seconds)
    return times


def alone(rounds, contender):
    """Return the processor's seconds of each round: for what has no floor to be held against.

    What others do on the same machine would be in the seconds of a clock.
    """
    seconds = []
    for number in range(rounds):
        work = contender(number)
        began = time.thread_time()
        work()
        seconds.append(time.thread_time() - began)
    return seconds


def median_ms(seconds):
    """Return the median in milliseconds."""
    return round(statistics.median(seconds) * 1000, 4)


def p99_ms(seconds):
    """Return what 99 of 100 stay below, in milliseconds."""
    ordered = sorted(seconds)
    return round(ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))] * 1000, 4)


def against(name, seconds, floor, floor_seconds, target, **more):
    """Return the line of a benchmark whose median is measured against another's.

    Without a target it is there for comparison.
    """
    ratio = statistics.median(seconds) / statistics.median(floor_seconds)
    return {
        "name": name,
        "median_ms": median_ms(seconds),
        "p99_ms": p99_ms(seconds),
        "floor": floor,
        "floor_ms": median_ms(floor_seconds),
        "ratio": round(ratio, 2),
        "target": target,
        "met": target is None or ratio <= target,
        **more,
    }


def within(name, value, unit, target, **more):
    """Return the line of a benchmark that has an absolute target."""
    return {"name": name, unit: value, "target": target, "met": value <= target, **more}


def at_least(name, rates, floor, floor_rates, target, unit="per_second", **more):
    """Return the line of a benchmark that does so much in a second, against another that does."""
    rate, floor_rate = statistics.median(rates), statistics.median(floor_rates)
    return {
        "name": name,
        unit: round(rate),
        "floor": floor,
        f"floor_{unit}": round(floor_rate),
        "ratio": round(rate / floor_rate, 2),
        "target": target,
        "met": rate >= target * floor_rate,
        **more,
    }


def skipped(name, reason):
    """Return the line of a benchmark that cannot be run here."""
    return {"name": name, "skipped": reason}


def show(line, **conditions):
    """Print one line, with the machine it was measured on."""
    load = round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None
    line |= {"python": platform.python_version(), "cores": os.cpu_count(), "load": load}
    print(json.dumps(line | conditions, ensure_ascii=False), flush=True)
