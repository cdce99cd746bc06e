"""What was said at the desks, in its order: it has to be true in the end."""

from collections import Counter, defaultdict


class History:
    """Keeps the lines of the desks; `note` is told of what contradicts what was said before."""

    def __init__(self, note):
        self.received = set()
        self.expected = {}
        self.failed = Counter()
        self.heard = 0
        self._high = defaultdict(int)
        self._note = note

    def add(self, desk, line):
        """Hear one line of a desk."""
        what, *values = line.split()
        getattr(self, f"_{what}")(desk, *values)

    def share(self, rows):
        """Return how much of so many rows the centre has acknowledged."""
        return sum(self._high.values()) / rows

    def _received(self, _desk, code, dossier_id):
        self.received.add((code, dossier_id))

    def _flagged(self, _desk, op_id):
        self.expected[op_id] = "flagged"

    def _refused(self, _desk, op_id):
        self.expected[op_id] = "refused"

    def _heard(self, desk, epoch, high_water, outcome):
        place, high = (desk, epoch), int(high_water)
        if high < self._high[place]:
            self._note("taken back", f"{desk}: {self._high[place]}, then {high} ({outcome})")
        self._high[place] = high
        self.heard += 1

    def _failed(self, _desk, error):
        self.failed[error] += 1

    def _done(self, _desk):
        pass
