"""Asking a server for pages as fast as it answers, by wrk."""

import re
import subprocess
from typing import NamedTuple

CONNECTIONS = 16

_SCRIPT = """
local asked = {}
init = function()
  for path in io.lines("%s") do asked[#asked + 1] = wrk.format("GET", path) end
  math.randomseed(os.time())
end
request = function() return asked[math.random(#asked)] end
"""
_UNITS = {"us": 1e-3, "ms": 1, "s": 1e3}


class Asked(NamedTuple):
    """How many pages came in a second, and within what time 99 of 100 did, in milliseconds."""

    per_second: float
    p99: float


class Wrk:
    """Asks one server for the paths in a file, in no order."""

    def __init__(self, url, paths):
        self._url = url
        self._script = paths.with_suffix(".lua")
        self._script.write_text(_SCRIPT % paths, "utf-8")

    def ask(self, seconds):
        """Ask for so long."""
        options = ["-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "-s"]
        command = ["wrk", *options, str(self._script), self._url]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        if wrong := re.search(r"(Non-2xx.*|Socket errors.*)", said):
            raise RuntimeError(wrong[0])
        value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", said).groups()
        per_second = float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])
        return Asked(per_second, round(float(value) * _UNITS[unit], 2))
