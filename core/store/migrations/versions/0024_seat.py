"""The watch over the seat: consoles, what is watched, who was called."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "seat",
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("workstation", sa.String(64), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        _at("told_at", nullable=False),
        _at("present_at", nullable=False),
        _at("sound_blocked_since"),
        _at("stream_stale_since"),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_seat_site")),
        _person("seat"),
        sa.PrimaryKeyConstraint("site", "workstation", name=op.f("pk_seat")),
    )
    op.create_table(
        "seat_watch",
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("workstation", sa.String(64), nullable=False),
        sa.Column("trouble", sa.String(32), nullable=False),
        _at("look_at"),
        _at("asked_at"),
        _at("called_at"),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_seat_watch_site")),
        sa.PrimaryKeyConstraint("site", "workstation", "trouble", name=op.f("pk_seat_watch")),
    )
    where = sa.text("look_at IS NOT NULL")
    op.create_index(
        "ix_seat_watch_look_at",
        "seat_watch",
        ["look_at"],
        sqlite_where=where,
        postgresql_where=where,
    )
    op.create_table(
        "summons",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("trouble", sa.String(32), nullable=False),
        _at("at", nullable=False),
        _at("acknowledged_at"),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_summons_site")),
        _person("summons"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summons")),
    )
    op.create_index("ix_summons_person", "summons", ["site", "person", "id"])


def downgrade() -> None:
    for table in ("summons", "seat_watch", "seat"):
        op.drop_table(table)


def _at(name: str, *, nullable: bool = True) -> "sa.Column[object]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _person(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_site_person")
    return sa.ForeignKeyConstraint(["site", "person"], ["person.site", "person.code"], name=name)
