"""The queue: numbers that an office has been given, and a mark for each of its desks.

Speaks in literal tables and columns, never through `central.tables`: a migration must go on
meaning what it meant on the day it was written.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "queue_count",
        sa.Column("home", sa.Integer, sa.ForeignKey("agency.id"), primary_key=True),
        sa.Column("practice", sa.Boolean, primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("letter", sa.Text, primary_key=True),
        sa.Column("last", sa.Integer, nullable=False),
    )
    tickets = sa.text("kind IN ('ticket_issued', 'ticket_called', 'ticket_moved', 'ticket_ended')")
    op.create_index(
        "operation_ticket",
        "operation",
        ["home", "business_date", "position"],
        postgresql_where=tickets,
    )
    op.add_column("desk", sa.Column("mark", sa.Integer))
    op.execute(
        "UPDATE desk SET mark = numbered.mark FROM (SELECT desk_id, row_number() OVER "
        "(PARTITION BY home ORDER BY enrolled_at, desk_id) AS mark FROM desk) AS numbered "
        "WHERE desk.desk_id = numbered.desk_id"
    )
    op.create_index("desk_mark", "desk", ["home", "mark"], unique=True)
    # So that desks which know all else ask again, and hear of their marks.
    op.execute("UPDATE centre SET reference_version = reference_version + 1")
