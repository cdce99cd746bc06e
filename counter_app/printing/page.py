"""How much room a sheet of paper has. Lengths are in points, from the left and from the top."""

import math
from typing import Final, NamedTuple

from counter_app.domain.print_form import ROLL_DOTS_PER_INCH, SHEETS, PageSetup, PaperSize

MM: Final = 72 / 25.4
_DOT: Final = 72 / ROLL_DOTS_PER_INCH
_LONGEST: Final = 3000 * MM  # what comes from a roll is no longer than this


class Page(NamedTuple):
    """A page and the room within its margins; an `endless` one is as long as it has to be."""

    width: float
    height: float
    left: float
    inner_width: float
    top: float
    bottom: float
    endless: bool = False

    @property
    def inner_height(self) -> float:
        """How high the room is."""
        return self.bottom - self.top

    def holding(self, height: float) -> "Page":
        """Return the page just long enough for what is so high, in whole dots of its printer."""
        surplus = self.inner_height - height
        dots = math.ceil((self.height - surplus) / _DOT)
        length = min(dots * _DOT, self.height)
        return self._replace(height=length, bottom=self.bottom - self.height + length)


def page_of(size: PaperSize, setup: PageSetup) -> Page:
    """Return the page of a size of paper as a form is laid out on it."""
    across, along = SHEETS[size]
    width, height = across * MM, _LONGEST if along is None else along * MM
    if setup.orientation == "landscape":
        width, height = height, width
    margins = setup.margins
    return Page(
        width=width,
        height=height,
        left=margins.left * MM,
        inner_width=width - (margins.left + margins.right) * MM,
        top=margins.top * MM,
        bottom=height - margins.bottom * MM,
        endless=along is None,
    )
