"""A migration that gives up half-way."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade():
    op.drop_table("draft")
    raise RuntimeError("half a migration")
