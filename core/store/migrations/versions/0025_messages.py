"""Messages to telephones, and by whom they go."""

import sqlalchemy as sa
from alembic import op

from core.store.types import Document, UtcDateTime

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "messenger",
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("code", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("url", sa.String(1000), nullable=False),
        sa.Column("secret", sa.String(200)),
        sa.Column("roles", Document, nullable=False),
        sa.Column("per_minute", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_messenger_site")),
        sa.PrimaryKeyConstraint("site", "code", name=op.f("pk_messenger")),
    )
    op.create_table(
        "subscription",
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("endpoint", sa.String(1000), nullable=False),
        sa.Column("p256dh", sa.String(200), nullable=False),
        sa.Column("auth", sa.String(64), nullable=False),
        sa.Column("added_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_subscription_site")),
        sa.ForeignKeyConstraint(
            ["site", "person"],
            ["person.site", "person.code"],
            name=op.f("fk_subscription_site_person"),
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_subscription")),
    )
    op.create_index("ix_subscription_person", "subscription", ["site", "person"])
    _messages()


def downgrade() -> None:
    op.drop_table("message")
    op.drop_table("subscription")
    op.drop_table("messenger")


def _messages() -> None:
    serial = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "message",
        sa.Column("id", serial, autoincrement=True, nullable=False),
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("issue", sa.BigInteger(), nullable=False),
        sa.Column("urgency", sa.String(16), nullable=False),
        sa.Column("way", sa.String(32), nullable=False),
        sa.Column("words", Document, nullable=False),
        sa.Column("token", sa.String(64), nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("due_at", UtcDateTime, nullable=False),
        sa.Column("taken_until", UtcDateTime),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", UtcDateTime),
        sa.Column("said", sa.String(500)),
        sa.Column("answered_at", UtcDateTime),
        sa.ForeignKeyConstraint(
            ["site", "issue"], ["issue.site", "issue.number"], name=op.f("fk_message_site_issue")
        ),
        sa.ForeignKeyConstraint(
            ["site", "person"], ["person.site", "person.code"], name=op.f("fk_message_site_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint(
            "site", "seq", "person", "way", name=op.f("uq_message_site_seq_person_way")
        ),
        sa.UniqueConstraint("token", name=op.f("uq_message_token")),
    )
    for name, columns, state in (
        ("ix_message_due", ["due_at"], "waiting"),
        ("ix_message_failed", ["site", "id"], "failed"),
    ):
        where = sa.text(f"state = '{state}'")
        op.create_index(name, "message", columns, sqlite_where=where, postgresql_where=where)
    op.create_index("ix_message_way", "message", ["site", "way", "sent_at"])
