"""How much of a file is looked at, and at what cost: the table in docs/architecture.md says why.

Nothing is imported here but the language: the program that opens pictures begins with it.
"""

from typing import Final

MEGABYTE: Final = 1024 * 1024

MOST_BYTES: Final = 20 * MEGABYTE
"""Of one file; a longer one is not read."""

MOST_FILES: Final = 200
"""That are added at once."""

MOST_DOTS: Final = 50_000_000
"""Of a JPEG, which is opened at a half of its size if it has many."""

MOST_DOTS_OPENED: Final = 38_000_000
"""Of a picture that is opened whole: an A4 page at 600 dots per inch has 35 million."""

MOST_DOTS_OF_GREY: Final = 75_000_000
"""Of one in black and white or grey, of a quarter the room: A3 at 600 dots per inch has 70."""

MOST_DOTS_OF_WEBP: Final = 10_000_000
"""Of a WebP, which its library keeps four times while it opens it."""

MOST_PAGES: Final = 100
"""Of one TIFF."""

MOST_MEMORY: Final = 256 * MEGABYTE
"""Of the program that opens a picture, all its code included."""

MOST_ROOM: Final = 200 * MEGABYTE
"""Of it, for the dots and what the libraries keep beside them while they open a picture."""

SECONDS: Final = 5
"""Of the processor, that a picture may take."""

SECONDS_OF_TIFF: Final = 10
"""Of the processor, that the first page of a TIFF may take."""

SECONDS_OF_PAGE: Final = 1
"""By which each page of a TIFF that has come out puts off the end."""

PATIENCE: Final = 4
"""Times as long by the clock: a PC has other things to do."""

LONG_EDGE: Final = 3508
"""Dots: an A4 page at 300 dots per inch. What is longer is made smaller."""

LONG_EDGE_OF_LAW: Final = 2339
"""Dots: an A4 page at 200 dots per inch, the least at which papers may be scanned."""

DOTS_PER_INCH: Final = 200

THUMBNAIL: Final = 160
"""Dots: enough to know a paper by its looks, too few to read a number."""

QUALITY: Final = 80
"""Of a JPEG: letters of 8 points stay sharp, and a page takes 200 to 500 kB."""

MOST_BYTES_OUT: Final = 100 * MEGABYTE
"""Of all pages that come out of one file; a hundred good ones have half of that."""

LARGEST_PAGE: Final = 8 * MEGABYTE
"""Bytes of one page that comes out; none is near that."""
