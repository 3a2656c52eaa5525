"""A message is about an issue, or about a summons to the seat."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_ONE = "ck_message_about_one"
_SUMMONS = "fk_message_summons"


def upgrade() -> None:
    with op.batch_alter_table("message") as message:
        message.alter_column("issue", existing_type=sa.BigInteger(), nullable=True)
        message.add_column(sa.Column("summons", sa.BigInteger(), nullable=True))
        message.create_foreign_key(op.f(_SUMMONS), "summons", ["summons"], ["id"])
        message.create_check_constraint(op.f(_ONE), "(issue IS NULL) <> (summons IS NULL)")


def downgrade() -> None:
    op.execute("DELETE FROM message WHERE issue IS NULL")
    with op.batch_alter_table("message") as message:
        message.drop_constraint(op.f(_ONE), type_="check")
        message.drop_constraint(op.f(_SUMMONS), type_="foreignkey")
        message.drop_column("summons")
        message.alter_column("issue", existing_type=sa.BigInteger(), nullable=False)
