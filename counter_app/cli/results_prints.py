"""What `prints --json` prints."""

from datetime import datetime

from msgspec import Struct


class PrintJobResult(Struct, frozen=True, kw_only=True):
    """One paper that waits for a printer, or was printed within the last thirty days.

    `state` is one of waiting, printing, done, failed, unknown and discarded; `dossier` is the
    code of its dossier, "" if it has none. `copy` 0 is the first print; `problem` says in words
    why it did not come out.
    """

    id: int
    state: str
    title: str
    form: str
    dossier: str
    copy: int
    paper: str
    printer: str
    officer: str
    made_at: datetime
    changed_at: datetime
    tries: int
    problem: str
