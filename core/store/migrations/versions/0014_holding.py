"""Who has a report: parked, offered, back by itself."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_AT = ("parked_until", "back_at", "offered_until", "look_at")
_WHO = ("parked_by", "back_by", "offered_to", "offered_by")


def upgrade() -> None:
    for name in _AT:
        op.add_column("report", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    for name in _WHO:
        op.add_column("report", sa.Column(name, sa.String(length=64), nullable=True))
    op.add_column("report", sa.Column("parked_reason", sa.Text(), nullable=True))
    op.add_column("report", sa.Column("back_why", sa.String(length=16), nullable=True))
    op.add_column("report", sa.Column("parks", sa.Integer(), nullable=False, server_default="0"))
    # Claims that hold now end by themselves, as new ones do.
    op.execute("UPDATE report SET look_at = claimed_until WHERE queued AND claimed_by IS NOT NULL")
    where = sa.text("look_at IS NOT NULL")
    op.create_index(
        "ix_report_look_at", "report", ["look_at"], sqlite_where=where, postgresql_where=where
    )


def downgrade() -> None:
    op.drop_index("ix_report_look_at", "report")
    for name in ("parks", "back_why", "parked_reason", *_WHO, *_AT):
        op.drop_column("report", name)
