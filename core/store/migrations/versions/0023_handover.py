"""The shift passes from one person to the next: notes, signed sheets, seats just left."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _notes()
    op.create_table(
        "handover",
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("outgoing", sa.String(64), nullable=False),
        sa.Column("incoming", sa.String(64), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_handover_site")),
        _person("handover", "outgoing"),
        _person("handover", "incoming"),
        sa.PrimaryKeyConstraint("site", "number", name=op.f("pk_handover")),
    )
    op.create_table(
        "left_seat",
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("workstation", sa.String(64), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_left_seat_site")),
        _person("left_seat", "person"),
        sa.PrimaryKeyConstraint("site", "workstation", name=op.f("pk_left_seat")),
    )
    op.create_index("ix_left_seat_until", "left_seat", ["until"])
    op.add_column("session", sa.Column("workstation", sa.String(64), nullable=True))


def downgrade() -> None:
    op.drop_column("session", "workstation")
    for table in ("left_seat", "handover", "shift_note"):
        op.drop_table(table)


def _notes() -> None:
    op.create_table(
        "shift_note",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handover", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_shift_note_site")),
        _person("shift_note", "by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift_note")),
    )
    waiting = sa.text("handover IS NULL")
    op.create_index(
        "ix_shift_note_waiting",
        "shift_note",
        ["site"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )


def _person(table: str, column: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_site_{column}")
    return sa.ForeignKeyConstraint(["site", column], ["person.site", "person.code"], name=name)
