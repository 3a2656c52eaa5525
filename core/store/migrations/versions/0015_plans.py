"""Floor plans."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plan",
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("media_type", sa.String(32), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_plan_site")),
        sa.PrimaryKeyConstraint("site", "code", name=op.f("pk_plan")),
    )
    op.create_table(
        "plan_spot",
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("plan", sa.String(64), nullable=False),
        sa.Column("device", sa.String(200), nullable=False),
        sa.Column("x", sa.Float(), nullable=False),
        sa.Column("y", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "device"],
            ["device.site", "device.code"],
            name=op.f("fk_plan_spot_site_device"),
        ),
        sa.ForeignKeyConstraint(
            ["site", "plan"], ["plan.site", "plan.code"], name=op.f("fk_plan_spot_site_plan")
        ),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_plan_spot_site")),
        sa.PrimaryKeyConstraint("site", "plan", "device", name=op.f("pk_plan_spot")),
    )


def downgrade() -> None:
    op.drop_table("plan_spot")
    op.drop_table("plan")
