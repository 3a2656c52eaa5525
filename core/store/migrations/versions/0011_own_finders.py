"""Who found an issue by its own first telling, while an older one merged into it counts."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("issue_fact", schema=None) as batch_op:
        batch_op.add_column(sa.Column("own_found_by", sa.String(length=16), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("issue_fact", schema=None) as batch_op:
        batch_op.drop_column("own_found_by")
