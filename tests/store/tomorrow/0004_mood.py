"""A migration of a release that is not written yet; it rebuilds a table, and so drops triggers."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade():
    with op.batch_alter_table("form_version", recreate="always") as table:
        table.add_column(sa.Column("mood", sa.Text))
