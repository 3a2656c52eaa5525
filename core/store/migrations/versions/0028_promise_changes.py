"""Promises that are moved or withdrawn."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    withdrawn_at = sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True)
    op.add_column("promise", withdrawn_at)
    op.create_table(
        "promise_change",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("promise", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("customer_told", sa.Boolean(), nullable=False),
        sa.Column("due_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["promise"], ["promise.id"], name=op.f("fk_promise_change_promise")
        ),
        sa.ForeignKeyConstraint(
            ["site", "by"], ["person.site", "person.code"], name=op.f("fk_promise_change_site_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise_change")),
    )
    op.create_index("ix_promise_change_promise", "promise_change", ["promise", "id"])


def downgrade() -> None:
    op.drop_table("promise_change")
    op.drop_column("promise", "withdrawn_at")
