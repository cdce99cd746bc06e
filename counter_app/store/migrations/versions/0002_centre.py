"""What a desk knows of its centre: how they stand, the other desks, and why a verdict was given.

Speaks in literal tables and columns, never through `store.tables`: a migration must go on
meaning what it meant on the day it was written.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _add_reason()
    op.create_table(
        "contact", sa.Column("contact", sa.LargeBinary, nullable=False), sqlite_strict=True
    )
    op.create_table(
        "known_desk",
        sa.Column("key_id", sa.LargeBinary, primary_key=True),
        sa.Column("public_key", sa.LargeBinary, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("agency", sa.Text, nullable=False),
        sa.Column("revoked", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
        sqlite_strict=True,
    )
    op.create_table(
        "known_agency",
        sa.Column("code", sa.Text, primary_key=True),
        sa.Column("agency", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
        sqlite_strict=True,
    )


def _add_reason() -> None:
    # Made anew: a column that SQLite adds by itself would need a default for ever.
    op.execute("ALTER TABLE delivery RENAME TO delivery_before")
    op.create_table(
        "delivery",
        sa.Column(
            "position",
            sa.Integer,
            sa.ForeignKey("operation.position"),
            primary_key=True,
            nullable=False,
        ),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("verdict", sa.Text),
        sa.Column("dossier_version", sa.Integer),
        sa.Column("reason", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    op.execute(
        "INSERT INTO delivery (position, state, verdict, dossier_version, reason) "
        "SELECT position, state, verdict, dossier_version, '' FROM delivery_before"
    )
    op.execute("DROP TABLE delivery_before")
    pending = sa.text("state = 'pending'")
    op.create_index("delivery_pending", "delivery", ["position"], sqlite_where=pending)
    unsettled = sa.text("verdict IN ('flagged', 'proposed', 'refused', 'waiting')")
    op.create_index("delivery_unsettled", "delivery", ["position"], sqlite_where=unsettled)
