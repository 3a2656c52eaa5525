"""People, units and places that the office edits itself, and those that are retired."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("unit", "place"):
        op.add_column(table, _flag("retired"))
    for table in ("unit", "person", "place"):
        op.add_column(table, _flag("edited"))


def downgrade() -> None:
    for table in ("place", "person", "unit"):
        op.drop_column(table, "edited")
    for table in ("place", "unit"):
        op.drop_column(table, "retired")


def _flag(name: str) -> "sa.Column[bool]":
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
