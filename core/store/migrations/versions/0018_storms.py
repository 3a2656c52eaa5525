"""Storms with their roll-call, and what stands under another's trouble."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    for name in ("storm", "under"):
        op.add_column("report", sa.Column(name, sa.BigInteger(), nullable=True))
        where = sa.text(f"{name} IS NOT NULL")
        op.create_index(
            f"ix_report_{name}",
            "report",
            ["site", name],
            sqlite_where=where,
            postgresql_where=where,
        )
    op.add_column("device", sa.Column("parent", sa.String(200), nullable=True))
    _pulse()
    _storm()
    _roll()


def _pulse() -> None:
    op.create_table(
        "pulse",
        _site(),
        sa.Column(
            "slots", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("storm", sa.BigInteger(), nullable=True),
        *_keys("pulse", "site"),
    )


def _storm() -> None:
    op.create_table(
        "storm",
        _site(),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("began_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("peak", sa.Integer(), nullable=False),
        sa.Column("events", sa.Integer(), server_default="0", nullable=False),
        sa.Column("ticked", sa.Integer(), server_default="0", nullable=False),
        *_keys("storm", "site", "number"),
    )
    where = sa.text("ended_at IS NULL")
    op.create_index("ix_storm_due", "storm", ["due_at"], sqlite_where=where, postgresql_where=where)


def _roll() -> None:
    op.create_table(
        "storm_event",
        _site(),
        sa.Column("storm", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("device", sa.String(200), nullable=False),
        sa.Column("type", sa.String(64), nullable=False),
        sa.Column("occurred_at", _MOMENT, nullable=False),
        sa.Column("received_at", _MOMENT, nullable=False),
        sa.Column("report", sa.BigInteger(), nullable=True),
        sa.Column("folded", sa.Boolean(), nullable=False),
        sa.Column("ticked_at", _MOMENT, nullable=True),
        sa.Column("ticked_by", sa.String(64), nullable=True),
        *_keys("storm_event", "site", "storm", "number"),
    )
    op.create_index("ix_storm_event_device", "storm_event", ["site", "storm", "device", "number"])
    op.create_table(
        "storm_part",
        _site(),
        sa.Column("storm", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("device", sa.String(200), nullable=False),
        sa.Column("type", sa.String(64), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("folded", sa.Integer(), nullable=False),
        sa.Column("ticked", sa.Integer(), nullable=False),
        *_keys("storm_part", "site", "storm", "device", "type"),
    )


def downgrade() -> None:
    for table in ("storm_part", "storm_event", "storm", "pulse"):
        op.drop_table(table)
    op.drop_column("device", "parent")
    for name in ("under", "storm"):
        op.drop_index(f"ix_report_{name}", "report")
        op.drop_column("report", name)


def _site() -> "sa.Column[str]":
    return sa.Column("site", sa.String(64), nullable=False)


def _keys(table: str, *key: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f(f"fk_{table}_site")),
        sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{table}")),
    )
