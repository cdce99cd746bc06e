"""Serial numbers of the desk's own, what is to be printed, saved filters, guidance and tickets.

Speaks in literal tables and columns, never through `store.tables`: a migration must go on
meaning what it meant on the day it was written.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    guidance = sa.text("kind = 'guidance_given'")
    op.create_index("operation_guidance", "operation", ["position"], sqlite_where=guidance)
    forwarded = sa.text("kind = 'forwarded'")
    op.create_index("operation_forwarded", "operation", ["position"], sqlite_where=forwarded)
    scans = sa.text("kind = 'scan_added'")
    op.create_index("operation_scan", "operation", ["position"], sqlite_where=scans)
    tickets = sa.text("kind IN ('ticket_issued', 'ticket_called', 'ticket_moved', 'ticket_ended')")
    op.create_index("operation_ticket", "operation", ["business_date"], sqlite_where=tickets)
    op.create_table(
        "serial_counter",
        sa.Column("series", sa.Text, primary_key=True),
        sa.Column("year", sa.Integer, primary_key=True),
        sa.Column("next", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
        sqlite_strict=True,
    )
    op.create_table(
        "saved_filter",
        sa.Column("officer", sa.Text, primary_key=True),
        sa.Column("list", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("filter", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
        sqlite_strict=True,
    )
    _create_print_job()
    op.add_column("dossier", sa.Column("fee_unknown", sa.Integer))
    op.add_column("dossier", sa.Column("exempted", sa.Integer))


def _create_print_job() -> None:
    op.create_table(
        "print_job",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("made_at", sa.Integer, nullable=False),
        sa.Column("changed_at", sa.Integer, nullable=False),
        sa.Column("officer", sa.Text, nullable=False),
        sa.Column("form", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("dossier_id", sa.LargeBinary),
        sa.Column("about", sa.LargeBinary),
        sa.Column("copy", sa.Integer, nullable=False),
        sa.Column("paper", sa.Text, nullable=False),
        sa.Column("printer", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("problem", sa.Text, nullable=False),
        sa.Column("pdf", sa.LargeBinary),
        sqlite_strict=True,
    )
    pending = sa.text("state IN ('waiting', 'printing', 'failed', 'unknown')")
    op.create_index("print_job_pending", "print_job", ["id"], sqlite_where=pending)
