"""The first tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "heartbeat",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "detail", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_heartbeat")),
    )
    op.create_table(
        "site",
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_site")),
    )
    op.create_table(
        "checkpoint",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("upto", sa.BigInteger(), nullable=False),
        sa.Column("entries", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_checkpoint_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkpoint")),
    )
    with op.batch_alter_table("checkpoint", schema=None) as batch_op:
        batch_op.create_index("ix_checkpoint_site", ["site", "id"], unique=False)

    op.create_table(
        "counter",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_counter_site")),
        sa.PrimaryKeyConstraint("site", "name", name=op.f("pk_counter")),
    )
    op.create_table(
        "device_event",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("event_id", sa.String(length=200), nullable=False),
        sa.Column("system", sa.String(length=32), nullable=False),
        sa.Column("device", sa.String(length=200), nullable=False),
        sa.Column("type", sa.String(length=64), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=True),
        sa.Column("call_key", sa.String(length=200), nullable=True),
        sa.Column("time_estimated", sa.Boolean(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.Column("data", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_device_event_site")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_device_event")),
        sa.UniqueConstraint("source", "event_id", name=op.f("uq_device_event_source_event_id")),
    )
    with op.batch_alter_table("device_event", schema=None) as batch_op:
        batch_op.create_index(
            "ix_device_event_credential",
            ["site", "device", "occurred_at"],
            unique=False,
            sqlite_where=sa.text("type = 'credential.presented'"),
            postgresql_where=sa.text("type = 'credential.presented'"),
        )

    op.create_table(
        "gateway",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("last_heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("spooled", sa.Integer(), server_default="0", nullable=False),
        sa.Column("oldest_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("quarantined", sa.Integer(), server_default="0", nullable=False),
        sa.Column(
            "counts", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_gateway_site")),
        sa.PrimaryKeyConstraint("site", "name", name=op.f("pk_gateway")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_gateway_token_hash")),
    )
    op.create_table(
        "journal",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("issue", sa.BigInteger(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_journal_site")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_journal")),
        sa.UniqueConstraint("site", "issue", "ordinal", name=op.f("uq_journal_site_issue_ordinal")),
    )
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.create_index("ix_journal_site", ["site", "seq"], unique=False)

    op.create_table(
        "place",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("parent", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_place_site")),
        sa.PrimaryKeyConstraint("site", "code", name=op.f("pk_place")),
    )
    op.create_table(
        "quarantine",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("gateway", sa.String(length=64), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_quarantine_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantine")),
    )
    op.create_table(
        "reply",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("request", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_reply_site")),
        sa.PrimaryKeyConstraint("site", "person", "key", name=op.f("pk_reply")),
    )
    op.create_table(
        "unit",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_unit_site")),
        sa.PrimaryKeyConstraint("site", "code", name=op.f("pk_unit")),
    )
    op.create_table(
        "device",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=200), nullable=False),
        sa.Column("system", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("profile", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=True),
        sa.Column("silent_after", sa.Float(), nullable=True),
        sa.Column("last_heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("silent_since", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["site", "place"], ["place.site", "place.code"], name=op.f("fk_device_site_place")
        ),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_device_site")),
        sa.PrimaryKeyConstraint("site", "code", name=op.f("pk_device")),
    )
    op.create_table(
        "person",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column(
            "roles", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("phone", sa.String(length=64), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("login", sa.String(length=64), nullable=True),
        sa.Column("password_hash", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(
            ["site", "unit"], ["unit.site", "unit.code"], name=op.f("fk_person_site_unit")
        ),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_person_site")),
        sa.PrimaryKeyConstraint("site", "code", name=op.f("pk_person")),
        sa.UniqueConstraint("site", "login", name=op.f("uq_person_site_login")),
    )
    op.create_table(
        "issue",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("urgency", sa.String(length=16), nullable=False),
        sa.Column("category", sa.String(length=64), nullable=True),
        sa.Column("place", sa.String(length=64), nullable=True),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=True),
        sa.Column("to_be_identified", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("caller_kind", sa.String(length=16), nullable=True),
        sa.Column("caller_person", sa.String(length=64), nullable=True),
        sa.Column("caller_name", sa.String(length=200), nullable=True),
        sa.Column("caller_phone", sa.String(length=64), nullable=True),
        sa.Column("caller_place", sa.String(length=64), nullable=True),
        sa.Column("forwarded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("assigned_to", sa.String(length=64), nullable=True),
        sa.Column("promised_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handled_how", sa.Text(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=32), nullable=True),
        sa.Column("reopened", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("entries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("head", sa.String(length=64), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "owner"], ["person.site", "person.code"], name=op.f("fk_issue_site_owner")
        ),
        sa.ForeignKeyConstraint(
            ["site", "place"], ["place.site", "place.code"], name=op.f("fk_issue_site_place")
        ),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_issue_site")),
        sa.PrimaryKeyConstraint("site", "number", name=op.f("pk_issue")),
    )
    with op.batch_alter_table("issue", schema=None) as batch_op:
        batch_op.create_index(
            "ix_issue_due",
            ["next_due_at"],
            unique=False,
            sqlite_where=sa.text("next_due_at IS NOT NULL"),
            postgresql_where=sa.text("next_due_at IS NOT NULL"),
        )
        batch_op.create_index("ix_issue_open_place", ["site", "place", "status"], unique=False)
        batch_op.create_index("ix_issue_owner", ["site", "owner", "number"], unique=False)
        batch_op.create_index("ix_issue_status", ["site", "status", "number"], unique=False)

    op.create_table(
        "session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "person"], ["person.site", "person.code"], name=op.f("fk_session_site_person")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_session")),
    )
    op.create_table(
        "escalation",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("issue", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("step", sa.String(length=32), nullable=False),
        sa.Column(
            "to_roles", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fired_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "issue"], ["issue.site", "issue.number"], name=op.f("fk_escalation_site_issue")
        ),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_escalation_site")),
        sa.PrimaryKeyConstraint("site", "issue", "step", name=op.f("pk_escalation")),
    )
    op.create_table(
        "notice",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("issue", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["site", "issue"], ["issue.site", "issue.number"], name=op.f("fk_notice_site_issue")
        ),
        sa.ForeignKeyConstraint(
            ["site", "person"], ["person.site", "person.code"], name=op.f("fk_notice_site_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint(
            "site", "issue", "step", "person", name=op.f("uq_notice_site_issue_step_person")
        ),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index("ix_notice_person", ["site", "person", "id"], unique=False)

    op.create_table(
        "report",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("issue", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("cls", sa.String(length=16), nullable=False),
        sa.Column("priority", sa.SmallInteger(), nullable=False),
        sa.Column("queued", sa.Boolean(), nullable=False),
        sa.Column("event_type", sa.String(length=64), nullable=True),
        sa.Column("device", sa.String(length=200), nullable=True),
        sa.Column("subject", sa.String(length=200), nullable=True),
        sa.Column("place", sa.String(length=64), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("times_told", sa.Integer(), server_default="1", nullable=False),
        sa.Column("late", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("call_key", sa.String(length=200), nullable=True),
        sa.Column("call_state", sa.String(length=16), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_reason", sa.Text(), nullable=True),
        sa.Column("returned_by", sa.String(length=64), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_by", sa.String(length=64), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "issue"], ["issue.site", "issue.number"], name=op.f("fk_report_site_issue")
        ),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_report_site")),
        sa.PrimaryKeyConstraint("site", "number", name=op.f("pk_report")),
        sa.UniqueConstraint("site", "call_key", name=op.f("uq_report_site_call_key")),
    )
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.create_index(
            "ix_report_device_queue",
            ["site", "device"],
            unique=False,
            sqlite_where=sa.text("queued IS 1"),
            postgresql_where=sa.text("queued IS true"),
        )
        batch_op.create_index("ix_report_issue", ["site", "issue"], unique=False)
        batch_op.create_index(
            "ix_report_queue",
            ["site", "priority", "told_at"],
            unique=False,
            sqlite_where=sa.text("queued IS 1"),
            postgresql_where=sa.text("queued IS true"),
        )
        batch_op.create_index(
            "ix_report_ringing",
            ["told_at"],
            unique=False,
            sqlite_where=sa.text("call_state = 'ringing'"),
            postgresql_where=sa.text("call_state = 'ringing'"),
        )

    op.create_table(
        "relay",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("report", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("by_person", sa.String(length=64), nullable=True),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=True),
        sa.Column("to_name", sa.String(length=200), nullable=False),
        sa.Column("means", sa.String(length=16), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "report"], ["report.site", "report.number"], name=op.f("fk_relay_site_report")
        ),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_relay_site")),
        sa.PrimaryKeyConstraint("site", "report", "ordinal", name=op.f("pk_relay")),
    )


def downgrade() -> None:
    op.drop_table("relay")
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_report_ringing",
            sqlite_where=sa.text("call_state = 'ringing'"),
            postgresql_where=sa.text("call_state = 'ringing'"),
        )
        batch_op.drop_index(
            "ix_report_queue",
            sqlite_where=sa.text("queued IS 1"),
            postgresql_where=sa.text("queued IS true"),
        )
        batch_op.drop_index("ix_report_issue")
        batch_op.drop_index(
            "ix_report_device_queue",
            sqlite_where=sa.text("queued IS 1"),
            postgresql_where=sa.text("queued IS true"),
        )

    op.drop_table("report")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index("ix_notice_person")

    op.drop_table("notice")
    op.drop_table("escalation")
    op.drop_table("session")
    with op.batch_alter_table("issue", schema=None) as batch_op:
        batch_op.drop_index("ix_issue_status")
        batch_op.drop_index("ix_issue_owner")
        batch_op.drop_index("ix_issue_open_place")
        batch_op.drop_index(
            "ix_issue_due",
            sqlite_where=sa.text("next_due_at IS NOT NULL"),
            postgresql_where=sa.text("next_due_at IS NOT NULL"),
        )

    op.drop_table("issue")
    op.drop_table("person")
    op.drop_table("device")
    op.drop_table("unit")
    op.drop_table("reply")
    op.drop_table("quarantine")
    op.drop_table("place")
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.drop_index("ix_journal_site")

    op.drop_table("journal")
    op.drop_table("gateway")
    with op.batch_alter_table("device_event", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_device_event_credential",
            sqlite_where=sa.text("type = 'credential.presented'"),
            postgresql_where=sa.text("type = 'credential.presented'"),
        )

    op.drop_table("device_event")
    op.drop_table("counter")
    with op.batch_alter_table("checkpoint", schema=None) as batch_op:
        batch_op.drop_index("ix_checkpoint_site")

    op.drop_table("checkpoint")
    op.drop_table("site")
    op.drop_table("heartbeat")
