"""Issues that a rule joins, and nobody in person."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("merger") as merger:
        merger.alter_column("by", existing_type=sa.String(64), nullable=True)


def downgrade() -> None:
    op.execute('UPDATE merger SET "by" = \'\' WHERE "by" IS NULL')
    with op.batch_alter_table("merger") as merger:
        merger.alter_column("by", existing_type=sa.String(64), nullable=False)
