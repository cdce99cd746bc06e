"""What `prints --json` and `prints --noted --json` print."""

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


class PrintNoteResult(Struct, frozen=True, kw_only=True):
    """One print as the journal has noted it: who took what out on paper, or into a file.

    `to` is a printer's name, "usual" for whichever the system took, "pdf" or "xlsx"; `dossier` is
    the code of its dossier, "" if it has none. `number` is that of a list or of a ticket, `lines`
    how many dossiers are on it. `copy` 0 is the first print.
    """

    at: datetime
    officer: str
    kind: str
    form: str
    dossier: str
    copy: int
    paper: str
    to: str
    number: str
    lines: int
