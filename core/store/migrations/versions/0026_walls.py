"""Wall displays."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "wall",
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("granted_by", sa.String(64), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.String(64), nullable=True),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_wall_site")),
        sa.PrimaryKeyConstraint("site", "number", name=op.f("pk_wall")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_wall_token_hash")),
    )


def downgrade() -> None:
    op.drop_table("wall")
