"""Alerts, copies, the daily follow-up, and briefings."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "briefing",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sort", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column(
            "roles", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "units", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "categories", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("by", sa.String(length=64), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("newest", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_briefing_site")),
        sa.PrimaryKeyConstraint("site", "number", "version", name=op.f("pk_briefing")),
    )
    op.create_table(
        "followup_clock",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("asks_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_followup_clock_site")),
        sa.PrimaryKeyConstraint("site", name=op.f("pk_followup_clock")),
    )
    op.create_table(
        "playbook_known",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("category", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_playbook_known_site")),
        sa.PrimaryKeyConstraint("site", "category", name=op.f("pk_playbook_known")),
    )
    op.create_table(
        "briefing_acknowledgement",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("briefing", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "briefing", "version"],
            ["briefing.site", "briefing.number", "briefing.version"],
            name=op.f("fk_briefing_acknowledgement_site_briefing_version"),
        ),
        sa.ForeignKeyConstraint(
            ["site", "person"],
            ["person.site", "person.code"],
            name=op.f("fk_briefing_acknowledgement_site_person"),
        ),
        sa.ForeignKeyConstraint(
            ["site"], ["site.code"], name=op.f("fk_briefing_acknowledgement_site")
        ),
        sa.PrimaryKeyConstraint(
            "site", "briefing", "version", "person", name=op.f("pk_briefing_acknowledgement")
        ),
    )
    op.create_table(
        "alert",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("issue", sa.BigInteger(), nullable=False),
        sa.Column("category", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("post", sa.String(length=32), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["site", "issue"], ["issue.site", "issue.number"], name=op.f("fk_alert_site_issue")
        ),
        sa.ForeignKeyConstraint(
            ["site", "person"], ["person.site", "person.code"], name=op.f("fk_alert_site_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
        sa.UniqueConstraint(
            "site", "issue", "category", "person", name=op.f("uq_alert_site_issue_category_person")
        ),
    )
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.create_index(
            "ix_alert_due",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.create_index("ix_alert_person", ["site", "person", "id"], unique=False)

    op.create_table(
        "copy",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("issue", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("overdue_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["site", "issue"], ["issue.site", "issue.number"], name=op.f("fk_copy_site_issue")
        ),
        sa.ForeignKeyConstraint(
            ["site", "person"], ["person.site", "person.code"], name=op.f("fk_copy_site_person")
        ),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_copy_site")),
        sa.PrimaryKeyConstraint("site", "issue", "person", name=op.f("pk_copy")),
    )
    with op.batch_alter_table("copy", schema=None) as batch_op:
        batch_op.create_index(
            "ix_copy_due",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("acknowledged_at IS NULL AND overdue_at IS NULL"),
            postgresql_where=sa.text("acknowledged_at IS NULL AND overdue_at IS NULL"),
        )
        batch_op.create_index(
            "ix_copy_overdue",
            ["site", "sent_at"],
            unique=False,
            sqlite_where=sa.text("acknowledged_at IS NULL AND overdue_at IS NOT NULL"),
            postgresql_where=sa.text("acknowledged_at IS NULL AND overdue_at IS NOT NULL"),
        )
        batch_op.create_index("ix_copy_person", ["site", "person", "issue"], unique=False)

    op.create_table(
        "followup",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("issue", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("of", sa.String(length=64), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("reopened", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "issue"], ["issue.site", "issue.number"], name=op.f("fk_followup_site_issue")
        ),
        sa.ForeignKeyConstraint(
            ["site", "of"], ["person.site", "person.code"], name=op.f("fk_followup_site_of")
        ),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_followup_site")),
        sa.PrimaryKeyConstraint("site", "issue", "on", name=op.f("pk_followup")),
    )
    with op.batch_alter_table("followup", schema=None) as batch_op:
        batch_op.create_index(
            "ix_followup_missed",
            ["site", "on", "issue"],
            unique=False,
            sqlite_where=sa.text("state = 'missed'"),
            postgresql_where=sa.text("state = 'missed'"),
        )
        batch_op.create_index(
            "ix_followup_open",
            ["ends_at"],
            unique=False,
            sqlite_where=sa.text("state = 'asked'"),
            postgresql_where=sa.text("state = 'asked'"),
        )
        batch_op.create_index("ix_followup_person", ["site", "of", "on"], unique=False)
        batch_op.create_index(
            "ix_followup_solved",
            ["site", "issue"],
            unique=False,
            sqlite_where=sa.text("state = 'solved'"),
            postgresql_where=sa.text("state = 'solved'"),
        )


def downgrade() -> None:
    with op.batch_alter_table("followup", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_followup_solved",
            sqlite_where=sa.text("state = 'solved'"),
            postgresql_where=sa.text("state = 'solved'"),
        )
        batch_op.drop_index("ix_followup_person")
        batch_op.drop_index(
            "ix_followup_open",
            sqlite_where=sa.text("state = 'asked'"),
            postgresql_where=sa.text("state = 'asked'"),
        )
        batch_op.drop_index(
            "ix_followup_missed",
            sqlite_where=sa.text("state = 'missed'"),
            postgresql_where=sa.text("state = 'missed'"),
        )

    op.drop_table("followup")
    with op.batch_alter_table("copy", schema=None) as batch_op:
        batch_op.drop_index("ix_copy_person")
        batch_op.drop_index(
            "ix_copy_overdue",
            sqlite_where=sa.text("acknowledged_at IS NULL AND overdue_at IS NOT NULL"),
            postgresql_where=sa.text("acknowledged_at IS NULL AND overdue_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_copy_due",
            sqlite_where=sa.text("acknowledged_at IS NULL AND overdue_at IS NULL"),
            postgresql_where=sa.text("acknowledged_at IS NULL AND overdue_at IS NULL"),
        )

    op.drop_table("copy")
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.drop_index("ix_alert_person")
        batch_op.drop_index(
            "ix_alert_due",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.drop_table("alert")
    op.drop_table("briefing_acknowledgement")
    op.drop_table("playbook_known")
    op.drop_table("followup_clock")
    op.drop_table("briefing")
