"""Where forms/ and resources/ are: in a checkout beside the package, in a wheel inside it.

The one module that knows; it imports nothing of ours.
"""

from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parent
_PACKED: Final = _PACKAGE / "_data"  # made when the wheel is built; a checkout has none

INSTALLED: Final = _PACKED.is_dir()
"""Whether this runs from a wheel, whose files nobody edits."""

_ROOT: Final = _PACKED if INSTALLED else _PACKAGE.parent

FORMS: Final = _ROOT / "forms"
"""The folder of procedures, printed forms and rules that come with the program."""

RESOURCES: Final = _ROOT / "resources"
"""The folder of fonts, icons and translations."""
