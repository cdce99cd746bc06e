"""The peer that paper is measured against, in an environment of its own beside the stores."""

import json
import subprocess
from pathlib import Path

from counter_app import assets
from tests.benchmarks._environment import python_with

_PACKAGES = ("typst", "segno")


class Typst:
    """A typesetter in another process; `receipt` and `table` return the seconds it took."""

    def __init__(self, python):
        peer = Path(__file__).with_name("_peer.py")
        command = [str(python), str(peer), str(assets.RESOURCES / "fonts")]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)

    def receipt(self, lines, code):
        """Make a page with `lines` and the QR of `code`."""
        return self._ask(lines=lines, code=code)

    def table(self, head, widths, rows):
        """Make pages with `rows` under `head`, in columns of `widths` points."""
        return self._ask(head=head, widths=widths, rows=rows)

    def close(self):
        """Let it end."""
        self._process.stdin.close()
        self._process.wait()

    def _ask(self, **given):
        self._process.stdin.write(json.dumps(given) + "\n")
        self._process.stdin.flush()
        seconds, _size = json.loads(self._process.stdout.readline())
        return seconds


def find_typst():
    """Return the peer, installed on the first call; None where it cannot be had."""
    python = python_with("typst", *_PACKAGES)
    return Typst(python) if python else None
