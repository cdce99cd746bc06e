"""Runs the benchmarks: `python3 dev.py bench [NAME…] [--dossiers N]`; each prints JSON lines."""

import argparse
import sys
from importlib import import_module

from tests.benchmarks._measure import show

NAMES = ("registration", "paper", "finding", "starting", "pushing", "link", "tracking")
"""The modules beside this one; each `run(dossiers)` yields its lines."""


def main(arguments=None):
    """Run what is asked for, or all, and return 1 if a target was missed."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"some of: {', '.join(NAMES)}")
    parser.add_argument("--dossiers", type=int, default=100_000, help="in the desk's store")
    asked = parser.parse_args(arguments)
    if unknown := set(asked.names) - set(NAMES):
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}")
    missed = False
    for name in asked.names or NAMES:
        for line in import_module(f"tests.benchmarks.{name}").run(asked.dossiers):
            show(line)
            missed |= not line.get("met", True)
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
