"""The duty roster: posts, shifts, duties, absences and stand-ins."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "post",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=True),
        sa.Column("least", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_post_site")),
        sa.ForeignKeyConstraint(
            ["site", "place"], ["place.site", "place.code"], name=op.f("fk_post_site_place")
        ),
        sa.PrimaryKeyConstraint("site", "code", name=op.f("pk_post")),
    )
    op.create_table(
        "shift",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("begins", sa.String(length=5), nullable=False),
        sa.Column("ends", sa.String(length=5), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_shift_site")),
        sa.PrimaryKeyConstraint("site", "code", name=op.f("pk_shift")),
    )
    op.create_table(
        "duty",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("post", sa.String(length=64), nullable=False),
        sa.Column("shift", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("begins_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_duty_site")),
        *(_of(name, "duty", name) for name in ("post", "shift", "person")),
        sa.PrimaryKeyConstraint("site", "day", "post", "shift", "person", name=op.f("pk_duty")),
    )
    op.create_index("ix_duty_ends", "duty", ["site", "ends_at"])
    op.create_table(
        "absence",
        _number(),
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("begins_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deputy", sa.String(length=64), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_absence_site")),
        *(_of("person", "absence", name) for name in ("person", "deputy", "by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index("ix_absence_ends", "absence", ["site", "ends_at"])
    op.create_table(
        "stand_in",
        _number(),
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("post", sa.String(length=64), nullable=False),
        sa.Column("instead_of", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("begins_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_stand_in_site")),
        _of("post", "stand_in", "post"),
        *(_of("person", "stand_in", name) for name in ("instead_of", "person", "by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stand_in")),
    )
    op.create_index("ix_stand_in_ends", "stand_in", ["site", "ends_at"])
    op.add_column("notice", sa.Column("instead_of", sa.String(length=64), nullable=True))


def downgrade() -> None:
    op.drop_column("notice", "instead_of")
    for name in ("stand_in", "absence", "duty", "shift", "post"):
        op.drop_table(name)


def _number() -> sa.Column[int]:
    return sa.Column(
        "id",
        sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
        autoincrement=True,
        nullable=False,
    )


def _of(other: str, table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["site", column],
        [f"{other}.site", f"{other}.code"],
        name=op.f(f"fk_{table}_site_{column}"),
    )
