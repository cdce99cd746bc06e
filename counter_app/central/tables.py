"""The tables of the centre.

Every key begins with an agency's number, so that the tables can be split by agency one day;
`home` is the agency to which a desk was enrolled, and never changes. Bytes that were hashed are
kept as they came. Epochs are 8 bytes: they fill 64 bits, and PostgreSQL's numbers are signed.
"""

from typing import Final

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Table
from sqlalchemy.dialects import postgresql as pg

metadata: Final = sa.MetaData()

_Number = sa.BigInteger
_Small = sa.SmallInteger
_Instant = sa.DateTime(timezone=True)


# The centre itself, its agencies and its desks.

centre: Final = Table(
    "centre",
    metadata,
    Column("id", sa.Uuid, primary_key=True),
    Column("generation", _Number, nullable=False),
    Column("root_key", sa.LargeBinary, nullable=False),
    Column("answer_seed", sa.LargeBinary, nullable=False),
    Column("certificate", sa.LargeBinary, nullable=False),
    Column("tracking_url", sa.Text, nullable=False),
    Column("reference_version", _Number, nullable=False),
    Column("founded_at", _Instant, nullable=False),
)

agency: Final = Table(
    "agency",
    metadata,
    Column("id", sa.Integer, sa.Identity(), primary_key=True),
    Column("code", sa.Text, nullable=False, unique=True),
    Column("profile", sa.LargeBinary, nullable=False),
    Column("feed_seq", _Number, nullable=False, server_default="0"),
    Column("feed_hash", sa.LargeBinary, nullable=False),
)
"""One row an agency; whoever adds to its feed holds the row's lock until the commit."""

enrol_code: Final = Table(
    "enrol_code",
    metadata,
    Column("secret_hash", sa.LargeBinary, primary_key=True),
    Column("agency_id", sa.Integer, ForeignKey("agency.id"), nullable=False),
    Column("desk_name", sa.Text, nullable=False),
    Column("expires_at", _Instant, nullable=False),
    Column("used_by", sa.Uuid),
)

desk: Final = Table(
    "desk",
    metadata,
    Column("home", sa.Integer, ForeignKey("agency.id"), primary_key=True),
    Column("desk_id", sa.Uuid, primary_key=True, unique=True),
    Column("name", sa.Text, nullable=False),
    Column("public_key", sa.LargeBinary, nullable=False, unique=True),
    Column("key_id", sa.LargeBinary, nullable=False, unique=True),
    Column("practice", sa.Boolean, nullable=False),
    Column("epoch", sa.LargeBinary, nullable=False),
    Column("enrolled_at", _Instant, nullable=False),
    Column("revoked_at", _Instant),
    Column("forked_at", _Instant),
    Column("last_contact", _Instant),
    Column("clock_offset", sa.Float),
    Column("program", sa.Text, nullable=False, server_default=""),
    Column("lease_version", _Number, nullable=False, server_default="0"),
    Column("mark", sa.Integer),
)
Index("desk_mark", desk.c.home, desk.c.mark, unique=True)
"""`epoch` is the present one; `clock_offset` is how far its clock was ahead, in seconds;
`lease_version` rises when its own numbers change, of which no other desk need hear; `mark`
tells it from the others of its agency on numbers of the queue that it counts by itself."""

# The journals.

epoch: Final = Table(
    "epoch",
    metadata,
    Column("home", sa.Integer, primary_key=True),
    Column("desk_id", sa.Uuid, primary_key=True),
    Column("epoch", sa.LargeBinary, primary_key=True),
    Column("high_water", _Number, nullable=False),
    Column("head", sa.LargeBinary, nullable=False),
    Column("first_seen", _Instant, nullable=False),
)
"""How far each chain of a desk is stored."""

chain: Final = Table(
    "chain",
    metadata,
    Column("home", sa.Integer, primary_key=True),
    Column("desk_id", sa.Uuid, primary_key=True),
    Column("epoch", sa.LargeBinary, primary_key=True),
    Column("seq", _Number, primary_key=True),
    Column("op_id", sa.Uuid, nullable=False),
    Column("hash", sa.LargeBinary, nullable=False),
)

operation: Final = Table(
    "operation",
    metadata,
    Column("home", sa.Integer, primary_key=True),
    Column("op_id", sa.Uuid, primary_key=True),
    Column("desk_id", sa.Uuid, nullable=False),
    Column("dossier_id", sa.Uuid),
    Column("kind", sa.Text, nullable=False),
    Column("version", _Small, nullable=False),
    Column("business_date", sa.Date, nullable=False),
    Column("header", sa.LargeBinary, nullable=False),
    Column("op_hash", sa.LargeBinary, nullable=False),
    Column("stored_at", _Instant, nullable=False),
    Column("verdict", sa.Text, nullable=False),
    Column("reason", sa.Text, nullable=False, server_default=""),
    Column("dossier_version", sa.Integer),
    Column("position", _Number, sa.Identity(), nullable=False),
)
"""`position` rises in the order in which a desk's operations were stored, whatever clocks say."""
Index(
    "operation_of_dossier",
    operation.c.dossier_id,
    operation.c.dossier_version,
    postgresql_where=sa.text("dossier_id IS NOT NULL"),
)
Index(
    "operation_unsettled",
    operation.c.home,
    operation.c.verdict,
    postgresql_where=sa.text("verdict <> 'applied'"),
)

TICKETS: Final = "kind IN ('ticket_issued', 'ticket_called', 'ticket_moved', 'ticket_ended')"
"""What was done with the numbers of those who wait, worded as the index over it asks."""

Index(
    "operation_ticket",
    operation.c.home,
    operation.c.business_date,
    operation.c.position,
    postgresql_where=sa.text(TICKETS),
)

operation_body: Final = Table(
    "operation_body",
    metadata,
    Column("home", sa.Integer, primary_key=True),
    Column("op_id", sa.Uuid, primary_key=True),
    Column("nonce", sa.LargeBinary, nullable=False),
    Column("body", sa.LargeBinary, nullable=False),
)
"""Apart, so that a body can lawfully be erased while every hash still verifies."""

quarantine: Final = Table(
    "quarantine",
    metadata,
    Column("id", _Number, sa.Identity(), primary_key=True),
    Column("home", sa.Integer, nullable=False),
    Column("desk_id", sa.Uuid, nullable=False),
    Column("epoch", sa.LargeBinary, nullable=False),
    Column("reason", sa.Text, nullable=False),
    Column("digest", sa.LargeBinary, nullable=False),
    Column("rows", sa.Integer, nullable=False),
    Column("content", sa.LargeBinary, nullable=False),
    Column("stored_at", _Instant, nullable=False),
)
"""What was sent and is not acted on, byte by byte; the same bytes are kept once."""
Index("quarantine_once", quarantine.c.home, quarantine.c.desk_id, quarantine.c.digest, unique=True)

settled: Final = Table(
    "settled",
    metadata,
    Column("home", sa.Integer, primary_key=True),
    Column("desk_id", sa.Uuid, primary_key=True),
    Column("op_id", sa.Uuid, primary_key=True),
    Column("told", _Number),
)
"""Operations that were judged anew after their desk had its answer, until it has heard of it.

`told` is how far the desk's chain was stored before the first answer that told it: a desk that
goes on from a later row has had that answer, or one after it that told the same.
"""

# What is read off the journals.

dossier: Final = Table(
    "dossier",
    metadata,
    Column("home", sa.Integer, primary_key=True),
    Column("dossier_id", sa.Uuid, primary_key=True),
    Column("code", sa.Text, nullable=False),
    Column("status", _Small),
    Column("version", sa.Integer, nullable=False),
    Column("receiving", sa.Text, nullable=False),
    Column("competent", sa.Text, nullable=False),
    Column("received_at", _Instant),
    Column("due_at", _Instant),
    Column("finished_at", _Instant),
    Column("returned_at", _Instant),
    Column("receipt", sa.LargeBinary, nullable=False),
    Column("practice", sa.Boolean, nullable=False),
    Column("voided", sa.Boolean, nullable=False),
    Column("needs_newer_program", sa.Boolean, nullable=False),
)
"""`home` is that of the desk that was heard of it first; `receipt` is the signed code's bytes,
empty until `received` has come. `receiving` and `competent` are agencies' codes."""
Index("dossier_identity", dossier.c.dossier_id, unique=True)
Index("dossier_code", dossier.c.code)

feed: Final = Table(
    "feed",
    metadata,
    Column("agency_id", sa.Integer, primary_key=True),
    Column("seq", _Number, primary_key=True),
    Column("home", sa.Integer, nullable=False),
    Column("op_id", sa.Uuid, nullable=False),
    Column("dossier_id", sa.Uuid),
    Column("dossier_version", sa.Integer),
    Column("verdict", sa.Text, nullable=False),
    Column("whole", sa.Boolean, nullable=False),
    Column("hash", sa.LargeBinary, nullable=False),
)
"""What an agency's desks are to be told, in the order in which they will be told it.

`whole` is False for an agency that is told the header and the status only.
"""

# Dossier numbers, law, accounts.

lease: Final = Table(
    "lease",
    metadata,
    Column("id", _Number, sa.Identity(), primary_key=True),
    Column("agency_id", sa.Integer, ForeignKey("agency.id"), nullable=False),
    Column("desk_id", sa.Uuid, nullable=False),
    Column("numbers", pg.INT4RANGE, nullable=False),
    Column("dates", pg.DATERANGE, nullable=False),
    Column("kind", sa.Text, nullable=False),
    Column("alone", sa.Boolean, nullable=False),
    pg.ExcludeConstraint(
        (sa.text("int4range(agency_id, agency_id, '[]')"), "&&"),
        ("numbers", "&&"),
        ("dates", "&&"),
        name="lease_is_one_desks",
        using="gist",
        where=sa.text("NOT alone"),
    ),
)
Index("lease_of_desk", lease.c.desk_id)
"""`alone`: what a desk gave itself before it was enrolled. Two such can overlap, and then only
the tokens of the receipts tell their dossiers apart."""

queue_count: Final = Table(
    "queue_count",
    metadata,
    Column("home", sa.Integer, ForeignKey("agency.id"), primary_key=True),
    Column("practice", sa.Boolean, primary_key=True),
    Column("day", sa.Date, primary_key=True),
    Column("letter", sa.Text, primary_key=True),
    Column("last", sa.Integer, nullable=False),
)
"""The last number of the queue that an office was given of each group on each day."""

law_file: Final = Table(
    "law_file",
    metadata,
    Column("path", sa.Text, primary_key=True),
    Column("sha256", sa.Text, nullable=False),
    Column("content", sa.LargeBinary, nullable=False),
    Column("added_at", _Instant, nullable=False),
)

account: Final = Table(
    "account",
    metadata,
    Column("name", sa.Text, primary_key=True),
    Column("role", sa.Text, nullable=False),
    Column("token_hash", sa.LargeBinary, nullable=False, unique=True),
    Column("made_at", _Instant, nullable=False),
    Column("revoked_at", _Instant),
)
"""Who may read how the centre stands, over the network."""
