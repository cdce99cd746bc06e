"""A real Chromium: what it makes of a page, as a picture, as a document and as paper.

Each look is a run of its own with a new profile, so that nothing is remembered; the fonts are
ours, so that a picture looks the same everywhere.
"""

import os
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

from counter_app import assets

_FLAGS = (
    "--headless",
    "--no-sandbox",  # root has none
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--timeout=20000",
)
_DARK = ("--force-dark-mode", "--blink-settings=preferredColorScheme=0")
_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<dir>{folder}</dir><cachedir>{cache}</cachedir>
<match target="pattern"><edit name="family" mode="assign" binding="strong">
<string>Noto Sans</string></edit></match>
</fontconfig>
"""


class Chromium:
    """Opens pages; `path` is the program."""

    def __init__(self, path, *, dark=False):
        self._command = (path, *_FLAGS, *(_DARK if dark else ()))

    def picture(self, url, file, *, width, height, scale=1):
        """Save what is seen of `url` in a window of `width` × `height`."""
        size = (f"--window-size={width},{height}", f"--force-device-scale-factor={scale}")
        self._run(f"--screenshot={file}", *size, url)
        return Path(file)

    def document(self, url, *, width=360):
        """Return the page as the browser has understood it."""
        return self._run("--dump-dom", f"--window-size={width},740", url)

    def paper(self, url, file):
        """Save what `url` looks like when it is printed, on A4."""
        self._run(f"--print-to-pdf={file}", "--no-pdf-header-footer", url)
        return Path(file)

    def _run(self, *arguments):
        with tempfile.TemporaryDirectory(prefix="chromium-") as folder, _fonts(folder) as fonts:
            profile = f"--user-data-dir={folder}/profile"
            done = subprocess.run(
                [*self._command, profile, *arguments],
                capture_output=True,
                env=os.environ | {"FONTCONFIG_FILE": fonts},
                timeout=90,
                check=True,
            )
        return done.stdout.decode()


@contextmanager
def _fonts(folder):
    file = Path(folder, "fonts.conf")
    text = _FONTS.format(folder=assets.RESOURCES / "fonts", cache=Path(folder, "cache"))
    file.write_text(text, "utf-8")
    yield str(file)
