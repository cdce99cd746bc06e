"""The centre, its agencies and desks, their journals, and what is read off these.

Speaks in literal tables and columns, never through `central.tables`: a migration must go on
meaning what it meant on the day it was written.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

revision = "0001"
down_revision = None

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_centre()
    _create_desks()
    _create_journals()
    _create_operations()
    _create_dossiers()
    _create_leases()
    _create_law_and_accounts()


def _create_centre() -> None:
    op.create_table(
        "centre",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("generation", sa.BigInteger, nullable=False),
        sa.Column("root_key", sa.LargeBinary, nullable=False),
        sa.Column("answer_seed", sa.LargeBinary, nullable=False),
        sa.Column("certificate", sa.LargeBinary, nullable=False),
        sa.Column("tracking_url", sa.Text, nullable=False),
        sa.Column("reference_version", sa.BigInteger, nullable=False),
        sa.Column("founded_at", _INSTANT, nullable=False),
    )
    op.create_table(
        "agency",
        sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
        sa.Column("code", sa.Text, nullable=False, unique=True),
        sa.Column("profile", sa.LargeBinary, nullable=False),
        sa.Column("feed_seq", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("feed_hash", sa.LargeBinary, nullable=False),
    )


def _create_desks() -> None:
    op.create_table(
        "enrol_code",
        sa.Column("secret_hash", sa.LargeBinary, primary_key=True),
        sa.Column("agency_id", sa.Integer, sa.ForeignKey("agency.id"), nullable=False),
        sa.Column("desk_name", sa.Text, nullable=False),
        sa.Column("expires_at", _INSTANT, nullable=False),
        sa.Column("used_by", sa.Uuid),
    )
    op.create_table(
        "desk",
        sa.Column("home", sa.Integer, sa.ForeignKey("agency.id"), primary_key=True),
        sa.Column("desk_id", sa.Uuid, primary_key=True, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("public_key", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("key_id", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("practice", sa.Boolean, nullable=False),
        sa.Column("epoch", sa.LargeBinary, nullable=False),
        sa.Column("enrolled_at", _INSTANT, nullable=False),
        sa.Column("revoked_at", _INSTANT),
        sa.Column("forked_at", _INSTANT),
        sa.Column("last_contact", _INSTANT),
        sa.Column("clock_offset", sa.Float),
        sa.Column("program", sa.Text, nullable=False, server_default=""),
        sa.Column("lease_version", sa.BigInteger, nullable=False, server_default="0"),
    )


def _create_journals() -> None:
    op.create_table(
        "epoch",
        sa.Column("home", sa.Integer, primary_key=True),
        sa.Column("desk_id", sa.Uuid, primary_key=True),
        sa.Column("epoch", sa.LargeBinary, primary_key=True),
        sa.Column("high_water", sa.BigInteger, nullable=False),
        sa.Column("head", sa.LargeBinary, nullable=False),
        sa.Column("first_seen", _INSTANT, nullable=False),
    )
    op.create_table(
        "chain",
        sa.Column("home", sa.Integer, primary_key=True),
        sa.Column("desk_id", sa.Uuid, primary_key=True),
        sa.Column("epoch", sa.LargeBinary, primary_key=True),
        sa.Column("seq", sa.BigInteger, primary_key=True),
        sa.Column("op_id", sa.Uuid, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "quarantine",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("home", sa.Integer, nullable=False),
        sa.Column("desk_id", sa.Uuid, nullable=False),
        sa.Column("epoch", sa.LargeBinary, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("stored_at", _INSTANT, nullable=False),
    )
    op.create_index("quarantine_once", "quarantine", ["home", "desk_id", "digest"], unique=True)


def _create_operations() -> None:
    op.create_table(
        "operation",
        sa.Column("home", sa.Integer, primary_key=True),
        sa.Column("op_id", sa.Uuid, primary_key=True),
        sa.Column("desk_id", sa.Uuid, nullable=False),
        sa.Column("dossier_id", sa.Uuid),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("version", sa.SmallInteger, nullable=False),
        sa.Column("business_date", sa.Date, nullable=False),
        sa.Column("header", sa.LargeBinary, nullable=False),
        sa.Column("op_hash", sa.LargeBinary, nullable=False),
        sa.Column("stored_at", _INSTANT, nullable=False),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False, server_default=""),
        sa.Column("dossier_version", sa.Integer),
        sa.Column("position", sa.BigInteger, sa.Identity(), nullable=False),
    )
    op.create_index(
        "operation_of_dossier",
        "operation",
        ["dossier_id", "dossier_version"],
        postgresql_where=sa.text("dossier_id IS NOT NULL"),
    )
    op.create_index(
        "operation_unsettled",
        "operation",
        ["home", "verdict"],
        postgresql_where=sa.text("verdict <> 'applied'"),
    )
    op.create_table(
        "operation_body",
        sa.Column("home", sa.Integer, primary_key=True),
        sa.Column("op_id", sa.Uuid, primary_key=True),
        sa.Column("nonce", sa.LargeBinary, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "settled",
        sa.Column("home", sa.Integer, primary_key=True),
        sa.Column("desk_id", sa.Uuid, primary_key=True),
        sa.Column("op_id", sa.Uuid, primary_key=True),
        sa.Column("told", sa.BigInteger),
    )


def _create_dossiers() -> None:
    op.create_table(
        "dossier",
        sa.Column("home", sa.Integer, primary_key=True),
        sa.Column("dossier_id", sa.Uuid, primary_key=True),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("status", sa.SmallInteger),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("receiving", sa.Text, nullable=False),
        sa.Column("competent", sa.Text, nullable=False),
        sa.Column("received_at", _INSTANT),
        sa.Column("due_at", _INSTANT),
        sa.Column("finished_at", _INSTANT),
        sa.Column("returned_at", _INSTANT),
        sa.Column("receipt", sa.LargeBinary, nullable=False),
        sa.Column("practice", sa.Boolean, nullable=False),
        sa.Column("voided", sa.Boolean, nullable=False),
        sa.Column("needs_newer_program", sa.Boolean, nullable=False),
    )
    op.create_index("dossier_identity", "dossier", ["dossier_id"], unique=True)
    op.create_index("dossier_code", "dossier", ["code"])
    op.create_table(
        "feed",
        sa.Column("agency_id", sa.Integer, primary_key=True),
        sa.Column("seq", sa.BigInteger, primary_key=True),
        sa.Column("home", sa.Integer, nullable=False),
        sa.Column("op_id", sa.Uuid, nullable=False),
        sa.Column("dossier_id", sa.Uuid),
        sa.Column("dossier_version", sa.Integer),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("whole", sa.Boolean, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
    )


def _create_leases() -> None:
    op.create_table(
        "lease",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("agency_id", sa.Integer, sa.ForeignKey("agency.id"), nullable=False),
        sa.Column("desk_id", sa.Uuid, nullable=False),
        sa.Column("numbers", pg.INT4RANGE, nullable=False),
        sa.Column("dates", pg.DATERANGE, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("alone", sa.Boolean, nullable=False),
        pg.ExcludeConstraint(
            (sa.text("int4range(agency_id, agency_id, '[]')"), "&&"),
            ("numbers", "&&"),
            ("dates", "&&"),
            name="lease_is_one_desks",
            using="gist",
            where=sa.text("NOT alone"),
        ),
    )
    op.create_index("lease_of_desk", "lease", ["desk_id"])


def _create_law_and_accounts() -> None:
    op.create_table(
        "law_file",
        sa.Column("path", sa.Text, primary_key=True),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("added_at", _INSTANT, nullable=False),
    )
    op.create_table(
        "account",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("token_hash", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("made_at", _INSTANT, nullable=False),
        sa.Column("revoked_at", _INSTANT),
    )
