"""Pauses, steps by hand, and issues that come back."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pause",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("issue", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("asked_by", sa.String(length=64), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=64), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("begins_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("look_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_pause_site")),
        sa.ForeignKeyConstraint(
            ["site", "issue"], ["issue.site", "issue.number"], name=op.f("fk_pause_site_issue")
        ),
        sa.ForeignKeyConstraint(
            ["site", "asked_by"],
            ["person.site", "person.code"],
            name=op.f("fk_pause_site_asked_by"),
        ),
        sa.ForeignKeyConstraint(
            ["site", "decided_by"],
            ["person.site", "person.code"],
            name=op.f("fk_pause_site_decided_by"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pause")),
    )
    op.create_index("ix_pause_issue", "pause", ["site", "issue"])
    _index_where_set("pause", "look_at", "ix_pause_look_at")
    for name in ("touched_at", "comes_back_at", "came_back_at"):
        op.add_column("issue", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    _index_where_set("issue", "comes_back_at", "ix_issue_comes_back")
    op.add_column("escalation", sa.Column("by", sa.String(length=64), nullable=True))
    op.add_column("escalation", sa.Column("reason", sa.Text(), nullable=True))


def downgrade() -> None:
    for name in ("reason", "by"):
        op.drop_column("escalation", name)
    op.drop_index("ix_issue_comes_back", "issue")
    for name in ("came_back_at", "comes_back_at", "touched_at"):
        op.drop_column("issue", name)
    op.drop_table("pause")


def _index_where_set(table: str, column: str, name: str) -> None:
    where = sa.text(f"{column} IS NOT NULL")
    op.create_index(name, table, [column], sqlite_where=where, postgresql_where=where)
