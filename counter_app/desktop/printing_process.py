"""The process in which the window has its printers asked and its pages printed.

A program of its own: `python -m counter_app.desktop.printing_process`. It answers what comes on
its standard input, and ends with it.
"""

import os
import sys
from functools import partial
from typing import Final

COMMAND: Final = (sys.executable, "-P", "-m", "counter_app.desktop.printing_process")
"""What starts it; `-P`, or it would take its parts from whatever folder one happens to be in."""


def main() -> None:
    """Answer until nobody asks any more."""
    if sys.platform != "win32":
        os.environ["QT_QPA_PLATFORM"] = "offscreen"  # it needs no screen
    from PySide6.QtGui import QGuiApplication  # the window reads COMMAND alone

    from counter_app.devices.apart import serve
    from counter_app.devices.qt_printers import DOTS_PER_INCH, QtPrinters
    from counter_app.devices.roll import PRINTABLE_DOTS, ROLL_DOTS_PER_INCH
    from counter_app.printing import each_page
    from counter_app.printing.raster import pages_as_images

    asked, answers = os.fdopen(0, "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # a driver that chats says nothing to the window
    application = QGuiApplication(["counter-app"])
    printers = QtPrinters(
        partial(each_page, dots_per_inch=DOTS_PER_INCH),
        partial(pages_as_images, dots_per_inch=ROLL_DOTS_PER_INCH, width_dots=PRINTABLE_DOTS),
    )
    serve(printers, asked, answers)
    application.quit()


if __name__ == "__main__":
    main()
