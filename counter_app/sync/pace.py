"""How long to wait before the centre is asked again: never all desks at the same moment."""

import random
from collections.abc import Callable
from typing import Final

SHORTEST_S: Final = 2.0
"""About as long as after the first failure."""

LONGEST_S: Final = 300.0
"""No wait is longer, however long the centre has not answered."""

_USUAL_S: Final = 120.0
_BACK_S: Final = 3.0


class Pace:
    """Waits in seconds, spread by `chance`, which draws from 0 up to 1, 1 not included."""

    def __init__(self, chance: Callable[[], float] = random.random) -> None:
        self._chance = chance

    def usual(self) -> float:
        """Return how long to wait after all went well: between three and five quarters of it."""
        return _USUAL_S * (0.75 + self._chance() / 2)

    def after(self, failures: int) -> float:
        """Return how long to wait after so many failures in a row: twice as long with each.

        Between a half and the whole of that, so that the desks of an office part company.
        """
        doublings = min(max(failures, 1) - 1, 16)
        return min(SHORTEST_S * (1 << doublings), LONGEST_S) * (0.5 + self._chance() / 2)

    def back(self) -> float:
        """Return how long to wait once the network has come back: all others notice it too."""
        return _BACK_S * self._chance()
