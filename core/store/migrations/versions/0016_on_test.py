"""Devices on test, and which events came meanwhile."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_document = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "on_test",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("device", sa.String(200), nullable=True),
        sa.Column("place", sa.String(64), nullable=True),
        sa.Column("devices", _document, nullable=False),
        sa.Column("life_safety", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("begun_by", sa.String(64), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(64), nullable=True),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_on_test_site")),
        sa.ForeignKeyConstraint(
            ["site", "begun_by"],
            ["person.site", "person.code"],
            name=op.f("fk_on_test_site_begun_by"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_on_test")),
    )
    over = sa.text("ended_at IS NULL")
    op.create_index(
        "ix_on_test_until", "on_test", ["until"], sqlite_where=over, postgresql_where=over
    )
    op.add_column("device_event", sa.Column("on_test", sa.BigInteger(), nullable=True))
    which = sa.text("on_test IS NOT NULL")
    op.create_index(
        "ix_device_event_on_test",
        "device_event",
        ["on_test", "seq"],
        sqlite_where=which,
        postgresql_where=which,
    )


def downgrade() -> None:
    op.drop_index("ix_device_event_on_test", "device_event")
    op.drop_column("device_event", "on_test")
    op.drop_table("on_test")
