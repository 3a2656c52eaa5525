"""Where a person took a picture, and the hash of the file he sent."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("picture", sa.Column("place", sa.String(length=64), nullable=True))
    op.add_column("picture", sa.Column("received", sa.String(length=64), nullable=True))


def downgrade() -> None:
    op.drop_column("picture", "received")
    op.drop_column("picture", "place")
