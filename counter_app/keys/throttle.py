"""How long an officer waits after wrong passwords; no clock that can be set ever shortens it.

The wait is counted in the time since the PC was started, never in the time of day. After a
restart only the time since then is credited, which is never more than what has really passed.
"""

import math
import sys
import time
from pathlib import Path
from typing import Final

from msgspec import Struct

from counter_app.errors import SignInLocked, SignInThrottled

FREE_FAILURES: Final = 5
"""Wrong passwords in a row from which on one has to wait."""

FAILURE_LIMIT: Final = 100
"""Wrong passwords in a row after which only a supervisor lets the officer in again."""

LONGEST_WAIT: Final = 15 * 60
"""Seconds."""

_BOOT_ID: Final = Path("/proc/sys/kernel/random/boot_id")


class Uptime(Struct, frozen=True, kw_only=True):
    """How long the PC has been running, and which of its runs this is ("" if it cannot tell)."""

    boot: str = ""
    seconds: float

    def since(self, then: "Uptime") -> float:
        """Return the seconds that have passed since `then` at the very least."""
        if self.boot and then.boot and self.boot != then.boot:
            return self.seconds
        if self.seconds >= then.seconds:
            return self.seconds - then.seconds
        # Back in time: a restart, or, within one run, a clock that nobody should believe.
        return 0 if self.boot and self.boot == then.boot else self.seconds


def uptime() -> Uptime:
    """Return how long this PC has been running."""
    if sys.platform == "linux":  # goes on counting while the PC sleeps
        seconds = time.clock_gettime(time.CLOCK_BOOTTIME)
        # Some sandboxes hide it; then the least is credited.
        boot = _BOOT_ID.read_text("ascii").strip() if _BOOT_ID.exists() else ""
        return Uptime(boot=boot, seconds=seconds)
    else:
        return Uptime(seconds=time.monotonic())


class Throttle(Struct, frozen=True, kw_only=True):
    """The wrong passwords in a row of one officer, and when the last of them was given."""

    failures: int = 0
    last: Uptime | None = None

    @property
    def locked(self) -> bool:
        """Whether waiting no longer helps."""
        return self.failures >= FAILURE_LIMIT

    def wait(self, now: Uptime) -> int:
        """Return the seconds that are left to wait."""
        if self.last is None or self.failures < FREE_FAILURES:
            return 0
        # The cap comes first: 2 to the 99th is no number to count with.
        whole = LONGEST_WAIT if self.failures >= 10 else 2**self.failures
        return max(0, math.ceil(whole - now.since(self.last)))

    def failed(self, now: Uptime) -> "Throttle":
        """Return the throttle after one more wrong password."""
        return Throttle(failures=self.failures + 1, last=now)

    def check(self, now: Uptime) -> None:
        """Let another try pass.

        Raises:
            SignInLocked: a supervisor must unlock the officer first.
            SignInThrottled: with the seconds that are left to wait.
        """
        if self.locked:
            raise SignInLocked(failures=self.failures)
        if seconds := self.wait(now):
            raise SignInThrottled(seconds=seconds)
