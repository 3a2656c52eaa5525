"""Promises to customers, and what a month counts of them."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_COUNTED = ("promises_kept", "promises_broken")
_OWED = sa.text("kept_at IS NULL")
_WAITS = sa.text("kept_at IS NULL AND broken_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "promise",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("issue", sa.BigInteger(), nullable=False),
        sa.Column("customer", sa.String(64), nullable=True),
        sa.Column("whom", sa.String(200), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("broken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("kept_by", sa.String(64), nullable=True),
        sa.Column("told", sa.String(200), nullable=True),
        sa.Column("how", sa.String(16), nullable=True),
        sa.Column("said", sa.Text(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_promise_site")),
        sa.ForeignKeyConstraint(
            ["site", "issue"], ["issue.site", "issue.number"], name=op.f("fk_promise_site_issue")
        ),
        sa.ForeignKeyConstraint(
            ["site", "customer"],
            ["customer.site", "customer.code"],
            name=op.f("fk_promise_site_customer"),
        ),
        sa.ForeignKeyConstraint(
            ["site", "by"], ["person.site", "person.code"], name=op.f("fk_promise_site_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise")),
    )
    op.create_index(
        "ix_promise_due", "promise", ["due_at"], sqlite_where=_WAITS, postgresql_where=_WAITS
    )
    op.create_index(
        "ix_promise_owed",
        "promise",
        ["site", "due_at", "id"],
        sqlite_where=_OWED,
        postgresql_where=_OWED,
    )
    op.create_index("ix_promise_issue", "promise", ["site", "issue"])
    op.create_index("ix_promise_customer", "promise", ["site", "customer"])
    for name in _COUNTED:
        op.add_column(
            "month_count", sa.Column(name, sa.Integer(), server_default="0", nullable=False)
        )


def downgrade() -> None:
    for name in _COUNTED:
        op.drop_column("month_count", name)
    op.drop_table("promise")
