"""What a proof says in the end: one line for programs, one for people, and the exit code."""

import json
import platform
import time

from counter_app import __version__


class Verdict:
    """Counts what was broken; times the proof from its beginning."""

    def __init__(self, name, seed, mutant=None):
        self.name = name
        self.seed = seed
        self.mutant = mutant
        self.broken = {}
        self._began = time.monotonic()

    @property
    def held(self):
        """Whether nothing was broken."""
        return not any(self.broken.values())

    def note(self, what, where):
        """Note that a promise was broken."""
        self.broken.setdefault(what, []).append(str(where))

    def conclude(self, sentence, **figures):
        """Print the verdict and return the exit code: 0 if the promises were kept."""
        seconds = round(time.monotonic() - self._began, 1)
        found = {what: len(places) for what, places in self.broken.items()}
        line = {"proof": self.name, "held": self.held, "mutant": self.mutant, **figures}
        line |= {"broken": found, "seed": self.seed, "version": __version__}
        line |= {"python": platform.python_version(), "seconds": seconds}
        print(json.dumps(line))
        kept = "Kept" if self.held else "BROKEN"
        where = "; ".join(f"{what}: {places[0]}" for what, places in self.broken.items())
        print(
            f"{kept}: {sentence} Seed {self.seed}, version {__version__}, {seconds} s."
            + (f" First of each: {where}." if where else ""),
            flush=True,
        )
        return 0 if self.held else 1
