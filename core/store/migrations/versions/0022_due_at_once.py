"""What a hundred thousand steps at once need not write or check."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # An escalation belongs to an issue, and that to a site: once is enough.
    with op.batch_alter_table("escalation") as escalation:
        escalation.drop_constraint("fk_escalation_site", type_="foreignkey")
    op.drop_index("ix_issue_owner", "issue")
    op.create_index(
        "ix_issue_owner",
        "issue",
        ["site", "owner", "number"],
        unique=False,
        sqlite_where=sa.text("owner IS NOT NULL"),
        postgresql_where=sa.text("owner IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_issue_owner", "issue")
    op.create_index("ix_issue_owner", "issue", ["site", "owner", "number"], unique=False)
    with op.batch_alter_table("escalation") as escalation:
        escalation.create_foreign_key("fk_escalation_site", "site", ["site"], ["code"])
