"""Each site's own policy, catalogue and calendar, and the chain of entries about the site."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("editions", sa.Integer(), server_default="0", nullable=False),
        sa.Column("entries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("head", sa.String(length=64), server_default="", nullable=False),
    ):
        op.add_column("site", column)
    op.create_table(
        "edition",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_edition_site")),
        sa.ForeignKeyConstraint(
            ["site", "by"], ["person.site", "person.code"], name=op.f("fk_edition_site_by")
        ),
        sa.PrimaryKeyConstraint("site", "kind", "version", name=op.f("pk_edition")),
    )


def downgrade() -> None:
    op.drop_table("edition")
    for name in ("head", "entries", "editions"):
        op.drop_column("site", name)
