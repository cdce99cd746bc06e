"""The tables of a desk: the journal, what proves and delivers it, and what is read off it.

Instants are whole microseconds since 1970 in UTC, days ISO text, identities 16 bytes, epochs
8 bytes (they fill 64 bits, and SQLite's own numbers are signed). `position` is the order in
which operations came to this desk; a dossier's `id` is the position of its first one.
"""

from typing import Final

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from counter_app.domain.status import ENDED, Status

metadata: Final = sa.MetaData()


def _position(*, key: bool = True) -> Column[int]:
    return Column(
        "position", Integer, ForeignKey("operation.position"), primary_key=key, nullable=False
    )


# The journal. The columns of `operation` are copies of what its header says.

TICKETS: Final = "kind IN ('ticket_issued', 'ticket_called', 'ticket_moved', 'ticket_ended')"
"""What happens to the numbers of those who wait, worded as the index over it asks."""

operation: Final = Table(
    "operation",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("op_id", LargeBinary, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("dossier_id", LargeBinary),
    Column("base_version", Integer, nullable=False),
    Column("actor", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("desk_id", LargeBinary, nullable=False),
    Column("shift_id", LargeBinary),
    Column("business_date", Text, nullable=False),
    Column("wall_utc", Integer, nullable=False),
    Column("utc_offset", Integer, nullable=False),
    Column("clock_quality", Text, nullable=False),
    Column("header", LargeBinary, nullable=False),
    Column("op_hash", LargeBinary, nullable=False),
    sqlite_strict=True,
)
Index(
    "operation_of_dossier",
    operation.c.dossier_id,
    sqlite_where=sa.text("dossier_id IS NOT NULL"),
)
Index(
    "operation_of_desk",
    operation.c.kind,
    sqlite_where=sa.text("dossier_id IS NULL"),
)
Index("operation_of_day", operation.c.business_date)
Index(
    "operation_clock",
    operation.c.position,
    sqlite_where=sa.text("kind = 'clock_confirmed'"),
)

Index(
    "operation_guidance",
    operation.c.position,
    sqlite_where=sa.text("kind = 'guidance_given'"),
)
Index(
    "operation_forwarded",
    operation.c.position,
    sqlite_where=sa.text("kind = 'forwarded'"),
)
Index(
    "operation_scan",
    operation.c.position,
    sqlite_where=sa.text("kind = 'scan_added'"),
)
Index(
    "operation_ticket",
    operation.c.business_date,
    sqlite_where=sa.text(TICKETS),
)

operation_body: Final = Table(
    "operation_body",
    metadata,
    _position(),
    Column("nonce", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
    sqlite_strict=True,
)

chain: Final = Table(
    "chain",
    metadata,
    Column("desk_id", LargeBinary, primary_key=True),
    Column("epoch", LargeBinary, primary_key=True),
    Column("seq", Integer, primary_key=True),
    _position(key=False),
    Column("prev_hash", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)

delivery: Final = Table(
    "delivery",
    metadata,
    _position(),
    Column("state", Text, nullable=False),
    Column("verdict", Text),
    Column("dossier_version", Integer),
    Column("reason", Text, nullable=False),
    sqlite_strict=True,
)
Index("delivery_pending", delivery.c.position, sqlite_where=sa.text("state = 'pending'"))

UNSETTLED: Final = "verdict IN ('flagged', 'proposed', 'refused', 'waiting')"
"""What the centre has not taken as it came, worded as the index over it asks."""

Index("delivery_unsettled", delivery.c.position, sqlite_where=sa.text(UNSETTLED))

form_version: Final = Table(
    "form_version",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("sha256", Text, primary_key=True),
    Column("bytes", LargeBinary, nullable=False),
    sqlite_strict=True,
)

# The desk itself, and the dossier numbers that are its to give.

desk: Final = Table(
    "desk", metadata, Column("profile", LargeBinary, nullable=False), sqlite_strict=True
)

lease: Final = Table(
    "lease",
    metadata,
    Column("agency", Text, primary_key=True),
    Column("lo", Integer, primary_key=True),
    Column("hi", Integer, nullable=False),
    Column("from_date", Text, primary_key=True),
    Column("to_date", Text, nullable=False),
    Column("kind", Text, nullable=False),
    sqlite_strict=True,
)

reserve_opened: Final = Table(
    "reserve_opened",
    metadata,
    Column("agency", Text, primary_key=True),
    Column("printed_date", Text, primary_key=True),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)

code_counter: Final = Table(
    "code_counter",
    metadata,
    Column("agency", Text, primary_key=True),
    Column("printed_date", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("next", Integer, nullable=False),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)

# What the centre has told: how it stands with this desk, and who the others are.

contact: Final = Table(
    "contact", metadata, Column("contact", LargeBinary, nullable=False), sqlite_strict=True
)

known_desk: Final = Table(
    "known_desk",
    metadata,
    Column("key_id", LargeBinary, primary_key=True),
    Column("public_key", LargeBinary, nullable=False),
    Column("name", Text, nullable=False),
    Column("agency", Text, nullable=False),
    Column("revoked", Integer, nullable=False),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)

known_agency: Final = Table(
    "known_agency",
    metadata,
    Column("code", Text, primary_key=True),
    Column("agency", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)

draft: Final = Table(
    "draft",
    metadata,
    Column("token", LargeBinary, primary_key=True),
    Column("officer", Text, nullable=False),
    Column("saved_at", Integer, nullable=False),
    Column("draft", LargeBinary, nullable=False),
    sqlite_strict=True,
)

serial_counter: Final = Table(
    "serial_counter",
    metadata,
    Column("series", Text, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("next", Integer, nullable=False),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)

# What is to be printed, until it is known to lie on the table.

print_job: Final = Table(
    "print_job",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("made_at", Integer, nullable=False),
    Column("changed_at", Integer, nullable=False),
    Column("officer", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("dossier_id", LargeBinary),
    Column("about", LargeBinary),
    Column("copy", Integer, nullable=False),
    Column("paper", Text, nullable=False),
    Column("printer", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("problem", Text, nullable=False),
    Column("pdf", LargeBinary),
    sqlite_strict=True,
)
PENDING: Final = "state IN ('waiting', 'printing', 'failed', 'unknown')"
"""A paper that nobody has seen come out, worded as the index over it asks."""

Index("print_job_pending", print_job.c.id, sqlite_where=sa.text(PENDING))

saved_filter: Final = Table(
    "saved_filter",
    metadata,
    Column("officer", Text, primary_key=True),
    Column("list", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("filter", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)

# Projections: whatever stands below can be made again from the journal.

OPEN_STATUSES: Final = tuple(s for s in Status if s not in ENDED and s is not Status.FINISHED)
"""Where somebody still has to work on a dossier."""

OPEN: Final = f"status IN ({', '.join(str(int(status)) for status in OPEN_STATUSES)})"
"""The same, worded as the index over it asks."""

TO_COLLECT: Final = "status = 9"
"""A dossier whose result waits for the citizen, worded as the index over it asks."""

dossier: Final = Table(
    "dossier",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("dossier_id", LargeBinary, nullable=False, unique=True),
    Column("version", Integer, nullable=False),
    Column("code", Text, nullable=False),
    Column("status", Integer),
    Column("received_on", Text),
    Column("received_at", Integer),
    Column("due_at", Integer),
    Column("procedure_code", Text, nullable=False),
    Column("procedure_name", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("applicant_name", Text, nullable=False),
    Column("id_number", Text, nullable=False),
    Column("submitter_id_number", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("officer_name", Text, nullable=False),
    Column("charged", Integer, nullable=False),
    Column("paid", Integer, nullable=False),
    Column("finished_at", Integer),
    Column("returned_at", Integer),
    Column("voided", Integer, nullable=False),
    Column("needs_newer_program", Integer, nullable=False),
    Column("fee_unknown", Integer),  # NULL: written before anybody asked, and not rebuilt since
    Column("exempted", Integer),  # the same
    sqlite_strict=True,
)
Index("dossier_code", dossier.c.code)
Index("dossier_id_number", dossier.c.id_number, sqlite_where=sa.text("id_number <> ''"))
Index(
    "dossier_submitter",
    dossier.c.submitter_id_number,
    sqlite_where=sa.text("submitter_id_number <> ''"),
)
Index("dossier_phone", dossier.c.phone, sqlite_where=sa.text("phone <> ''"))
Index("dossier_received", dossier.c.received_on)
Index("dossier_open", dossier.c.due_at, sqlite_where=sa.text(OPEN))
Index("dossier_to_collect", dossier.c.finished_at, sqlite_where=sa.text(TO_COLLECT))

WORDS: Final = (
    "CREATE VIRTUAL TABLE dossier_words USING fts5"
    "(words, tokenize = 'unicode61', prefix = '2 3 4 5', detail = none)"
)
"""Folded names by dossier `id`; a table of SQLite's full-text search, which has no other form.

Which words a name has, and not where: it is searched by words, never by phrases.
"""


def insert_into(table: Table) -> str:
    """Return the statement that inserts one row: for where the compiler's time would be felt."""
    columns = [column.name for column in table.columns]
    marks = ", ".join("?" for _column in columns)
    return f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({marks})"
