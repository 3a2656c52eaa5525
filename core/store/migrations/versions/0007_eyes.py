"""Regions of places in pictures, pictures that people add, and the rules by which cameras find."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ADDED: dict[str, tuple[sa.Column[Any], ...]] = {
    "device": (
        sa.Column(
            "regions",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            server_default="{}",
            nullable=False,
        ),
    ),
    "picture": (
        sa.Column("by", sa.String(length=64), nullable=True),
        sa.Column("origin", sa.String(length=16), nullable=True),
        sa.Column("taken_with", sa.String(length=200), nullable=True),
    ),
    "comparison": (sa.Column("reference_at", sa.DateTime(timezone=True), nullable=True),),
}


def upgrade() -> None:
    for table, columns in _ADDED.items():
        for column in columns:
            op.add_column(table, column)
    op.create_table(
        "finding",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("report", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("camera", sa.String(length=200), nullable=False),
        sa.Column("what", sa.String(length=64), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_finding_site")),
        sa.ForeignKeyConstraint(
            ["site", "report"],
            ["report.site", "report.number"],
            name=op.f("fk_finding_site_report"),
        ),
        sa.PrimaryKeyConstraint("site", "report", name=op.f("pk_finding")),
    )
    op.create_index("ix_finding_rule", "finding", ["site", "camera", "what", "judged_at"])
    op.create_table(
        "camera_rule",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("camera", sa.String(length=200), nullable=False),
        sa.Column("what", sa.String(length=64), nullable=False),
        sa.Column("muted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counts_from", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_camera_rule_site")),
        sa.PrimaryKeyConstraint("site", "camera", "what", name=op.f("pk_camera_rule")),
    )


def downgrade() -> None:
    op.drop_table("camera_rule")
    op.drop_table("finding")
    for table, columns in _ADDED.items():
        for column in columns:
            op.drop_column(table, column.name)
