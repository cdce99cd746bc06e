"""A real Chromium: what it makes of a page, as a picture, as a document and as paper.

Each look is a run of its own with a new profile, so that nothing is remembered.
"""

import subprocess
import tempfile
from pathlib import Path

_FLAGS = (
    "--headless",
    "--no-sandbox",  # tests run as root, in a container of their own
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


class Chromium:
    """Opens pages; `path` is the program."""

    def __init__(self, path, *, dark=False):
        look = ("--force-dark-mode", "--blink-settings=preferredColorScheme=0") if dark else ()
        self._command = (path, *_FLAGS, *look)

    def picture(self, url, file, *, width, height, scale=1):
        """Save what is seen of `url` in a window of `width` × `height`."""
        size = f"--window-size={width},{height}"
        self._run(f"--screenshot={file}", size, f"--force-device-scale-factor={scale}", url)
        return Path(file)

    def document(self, url, *, width=360, height=740):
        """Return the page as the browser has understood it."""
        return self._run("--dump-dom", f"--window-size={width},{height}", url)

    def paper(self, url, file):
        """Save what `url` looks like when it is printed."""
        self._run(f"--print-to-pdf={file}", "--no-pdf-header-footer", url)
        return Path(file)

    def _run(self, *arguments):
        with tempfile.TemporaryDirectory(prefix="chromium-") as profile:
            done = subprocess.run(
                [*self._command, f"--user-data-dir={profile}", *arguments],
                capture_output=True,
                timeout=90,
                check=True,
            )
        return done.stdout.decode()
