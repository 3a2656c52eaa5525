"""Troubles that explain others."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cause",
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("report", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("issue", sa.BigInteger(), nullable=False),
        sa.Column("back_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_cause_site")),
        sa.ForeignKeyConstraint(
            ["site", "report"], ["report.site", "report.number"], name=op.f("fk_cause_site_report")
        ),
        sa.PrimaryKeyConstraint("site", "report", name=op.f("pk_cause")),
    )
    where = sa.text("back_at IS NOT NULL")
    op.create_index(
        "ix_cause_back_at", "cause", ["back_at"], sqlite_where=where, postgresql_where=where
    )


def downgrade() -> None:
    op.drop_table("cause")
