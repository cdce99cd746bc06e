"""The journal, what proves and delivers it, the desk and its numbers, and the projections.

Speaks in literal tables and columns, never through `store.tables`: a migration must go on
meaning what it meant on the day it was written.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_OPEN = "status IN (1, 2, 4, 5, 6, 7)"
_TO_COLLECT = "status = 9"


def upgrade() -> None:
    _create_operation()
    _create_journal()
    _create_desk()
    _create_dossier()
    op.execute(
        "CREATE VIRTUAL TABLE dossier_words USING fts5"
        "(words, tokenize = 'unicode61', prefix = '2 3 4 5', detail = none)"
    )


def _create_operation() -> None:
    op.create_table(
        "operation",
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("op_id", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("dossier_id", sa.LargeBinary),
        sa.Column("base_version", sa.Integer, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("desk_id", sa.LargeBinary, nullable=False),
        sa.Column("shift_id", sa.LargeBinary),
        sa.Column("business_date", sa.Text, nullable=False),
        sa.Column("wall_utc", sa.Integer, nullable=False),
        sa.Column("utc_offset", sa.Integer, nullable=False),
        sa.Column("clock_quality", sa.Text, nullable=False),
        sa.Column("header", sa.LargeBinary, nullable=False),
        sa.Column("op_hash", sa.LargeBinary, nullable=False),
        sqlite_strict=True,
    )
    with_dossier = sa.text("dossier_id IS NOT NULL")
    op.create_index("operation_of_dossier", "operation", ["dossier_id"], sqlite_where=with_dossier)
    without = sa.text("dossier_id IS NULL")
    op.create_index("operation_of_desk", "operation", ["kind"], sqlite_where=without)
    op.create_index("operation_of_day", "operation", ["business_date"])


def _create_journal() -> None:
    confirmed = sa.text("kind = 'clock_confirmed'")
    op.create_index("operation_clock", "operation", ["position"], sqlite_where=confirmed)
    op.create_table(
        "operation_body",
        _position(primary_key=True),
        sa.Column("nonce", sa.LargeBinary, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "chain",
        sa.Column("desk_id", sa.LargeBinary, primary_key=True),
        sa.Column("epoch", sa.LargeBinary, primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True),
        _position(primary_key=False),
        sa.Column("prev_hash", sa.LargeBinary, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
        sqlite_strict=True,
    )
    op.create_table(
        "delivery",
        _position(primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("verdict", sa.Text),
        sa.Column("dossier_version", sa.Integer),
        sqlite_strict=True,
    )
    pending = sa.text("state = 'pending'")
    op.create_index("delivery_pending", "delivery", ["position"], sqlite_where=pending)
    op.create_table(
        "form_version",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("sha256", sa.Text, primary_key=True),
        sa.Column("bytes", sa.LargeBinary, nullable=False),
        sqlite_strict=True,
    )


def _create_desk() -> None:
    op.create_table(
        "desk", sa.Column("profile", sa.LargeBinary, nullable=False), sqlite_strict=True
    )
    op.create_table(
        "lease",
        sa.Column("agency", sa.Text, primary_key=True),
        sa.Column("lo", sa.Integer, primary_key=True),
        sa.Column("hi", sa.Integer, nullable=False),
        sa.Column("from_date", sa.Text, primary_key=True),
        sa.Column("to_date", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "reserve_opened",
        sa.Column("agency", sa.Text, primary_key=True),
        sa.Column("printed_date", sa.Text, primary_key=True),
        sqlite_with_rowid=False,
        sqlite_strict=True,
    )
    op.create_table(
        "code_counter",
        sa.Column("agency", sa.Text, primary_key=True),
        sa.Column("printed_date", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("next", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
        sqlite_strict=True,
    )
    op.create_table(
        "draft",
        sa.Column("token", sa.LargeBinary, primary_key=True),
        sa.Column("officer", sa.Text, nullable=False),
        sa.Column("saved_at", sa.Integer, nullable=False),
        sa.Column("draft", sa.LargeBinary, nullable=False),
        sqlite_strict=True,
    )


def _create_dossier() -> None:
    op.create_table(
        "dossier",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("dossier_id", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("received_on", sa.Text),
        sa.Column("received_at", sa.Integer),
        sa.Column("due_at", sa.Integer),
        sa.Column("procedure_code", sa.Text, nullable=False),
        sa.Column("procedure_name", sa.Text, nullable=False),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("applicant_name", sa.Text, nullable=False),
        sa.Column("id_number", sa.Text, nullable=False),
        sa.Column("submitter_id_number", sa.Text, nullable=False),
        sa.Column("phone", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("officer_name", sa.Text, nullable=False),
        sa.Column("charged", sa.Integer, nullable=False),
        sa.Column("paid", sa.Integer, nullable=False),
        sa.Column("finished_at", sa.Integer),
        sa.Column("returned_at", sa.Integer),
        sa.Column("voided", sa.Integer, nullable=False),
        sa.Column("needs_newer_program", sa.Integer, nullable=False),
        sqlite_strict=True,
    )
    for name, column, where in (
        ("dossier_code", "code", None),
        ("dossier_id_number", "id_number", "id_number <> ''"),
        ("dossier_submitter", "submitter_id_number", "submitter_id_number <> ''"),
        ("dossier_phone", "phone", "phone <> ''"),
        ("dossier_received", "received_on", None),
        ("dossier_open", "due_at", _OPEN),
        ("dossier_to_collect", "finished_at", _TO_COLLECT),
    ):
        op.create_index(name, "dossier", [column], sqlite_where=where and sa.text(where))


def _position(*, primary_key: bool) -> sa.Column[int]:
    return sa.Column(
        "position",
        sa.Integer,
        sa.ForeignKey("operation.position"),
        primary_key=primary_key,
        nullable=False,
    )
