"""Facts of issues, sums of months, closed months, and the five panels."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "issue_fact",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("issue", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("cls", sa.String(length=16), nullable=False),
        sa.Column("found_by", sa.String(length=16), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=True),
        sa.Column("unit", sa.String(length=64), nullable=True),
        sa.Column("category", sa.String(length=64), nullable=True),
        sa.Column("place", sa.String(length=64), nullable=True),
        sa.Column("device", sa.String(length=200), nullable=True),
        sa.Column("customer", sa.String(length=400), nullable=True),
        sa.Column("hops", sa.Integer(), nullable=False),
        sa.Column(
            "hop_seconds",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=False,
        ),
        sa.Column("to_be_identified", sa.Boolean(), nullable=False),
        sa.Column("repeat", sa.Boolean(), nullable=False),
        sa.Column("merged", sa.Boolean(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("operator", sa.String(length=64), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("forwarded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("on_the_spot", sa.Boolean(), nullable=False),
        sa.Column("dismissed", sa.String(length=32), nullable=True),
        sa.Column("outcome", sa.String(length=32), nullable=True),
        sa.Column("reopened", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_issue_fact_site")),
        sa.PrimaryKeyConstraint("site", "issue", name=op.f("pk_issue_fact")),
    )
    with op.batch_alter_table("issue_fact", schema=None) as batch_op:
        batch_op.create_index("ix_issue_fact_month", ["site", "month", "issue"], unique=False)

    op.create_table(
        "month_count",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("dimension", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("told", sa.Integer(), server_default="0", nullable=False),
        sa.Column("merged", sa.Integer(), server_default="0", nullable=False),
        sa.Column("dismissed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("problems", sa.Integer(), server_default="0", nullable=False),
        sa.Column("found_staff", sa.Integer(), server_default="0", nullable=False),
        sa.Column("found_device", sa.Integer(), server_default="0", nullable=False),
        sa.Column("found_customer", sa.Integer(), server_default="0", nullable=False),
        sa.Column("found_unknown", sa.Integer(), server_default="0", nullable=False),
        sa.Column("unidentified", sa.Integer(), server_default="0", nullable=False),
        sa.Column("on_the_spot", sa.Integer(), server_default="0", nullable=False),
        sa.Column("accepted", sa.Integer(), server_default="0", nullable=False),
        sa.Column("ended", sa.Integer(), server_default="0", nullable=False),
        sa.Column("standing", sa.Integer(), server_default="0", nullable=False),
        sa.Column("stale", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reopened", sa.Integer(), server_default="0", nullable=False),
        sa.Column("repeats", sa.Integer(), server_default="0", nullable=False),
        sa.Column("escalations", sa.Integer(), server_default="0", nullable=False),
        sa.Column("escalations_by_hand", sa.Integer(), server_default="0", nullable=False),
        sa.Column("missed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("copies_overdue", sa.Integer(), server_default="0", nullable=False),
        sa.Column("alerts_unanswered", sa.Integer(), server_default="0", nullable=False),
        sa.Column("complaints", sa.Integer(), server_default="0", nullable=False),
        sa.Column("grievances", sa.Integer(), server_default="0", nullable=False),
        sa.Column("praises", sa.Integer(), server_default="0", nullable=False),
        sa.Column("told_back", sa.Integer(), server_default="0", nullable=False),
        sa.Column("judged_solved", sa.Integer(), server_default="0", nullable=False),
        sa.Column("judged_not_solved", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reviews_handled", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reviews_not_handled", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reviews_cannot_tell", sa.Integer(), server_default="0", nullable=False),
        sa.Column("inspected_in_order", sa.Integer(), server_default="0", nullable=False),
        sa.Column("inspected_found", sa.Integer(), server_default="0", nullable=False),
        sa.Column("inspected_not_handled", sa.Integer(), server_default="0", nullable=False),
        sa.Column("customers", sa.Integer(), server_default="0", nullable=False),
        sa.Column("repeaters", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_month_count_site")),
        sa.PrimaryKeyConstraint("site", "month", "dimension", "key", name=op.f("pk_month_count")),
    )
    op.create_table(
        "month_customer",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("customer", sa.String(length=400), nullable=False),
        sa.Column("dimension", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("repeats", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_month_customer_site")),
        sa.PrimaryKeyConstraint(
            "site", "month", "customer", "dimension", "key", name=op.f("pk_month_customer")
        ),
    )
    op.create_table(
        "month_value",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("measure", sa.String(length=32), nullable=False),
        sa.Column("group", sa.String(length=200), nullable=False),
        sa.Column("sorted", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_month_value_site")),
        sa.PrimaryKeyConstraint("site", "month", "measure", "group", name=op.f("pk_month_value")),
    )
    op.create_table(
        "occurrence",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("issue", sa.BigInteger(), nullable=False),
        sa.Column("measure", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=True),
        sa.Column("unit", sa.String(length=64), nullable=True),
        sa.Column("channel", sa.String(length=32), nullable=True),
        sa.Column("category", sa.String(length=64), nullable=True),
        sa.Column("place", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_occurrence_site")),
        sa.PrimaryKeyConstraint("site", "seq", name=op.f("pk_occurrence")),
    )
    with op.batch_alter_table("occurrence", schema=None) as batch_op:
        batch_op.create_index("ix_occurrence_month", ["site", "month", "measure"], unique=False)

    op.create_table(
        "closed_month",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by", sa.String(length=64), nullable=False),
        sa.Column("upto", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("report", sa.LargeBinary(), nullable=False),
        sa.Column("inputs", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "closed_by"],
            ["person.site", "person.code"],
            name=op.f("fk_closed_month_site_closed_by"),
        ),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_closed_month_site")),
        sa.PrimaryKeyConstraint("site", "month", name=op.f("pk_closed_month")),
    )
    op.create_table(
        "objection",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("proposal", sa.String(length=64), nullable=False),
        sa.Column("issue", sa.BigInteger(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_objection_site")),
        sa.PrimaryKeyConstraint("site", "proposal", name=op.f("pk_objection")),
    )
    op.create_table(
        "panel",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("panel", sa.String(length=16), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by", sa.String(length=64), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["site", "owner"], ["person.site", "person.code"], name=op.f("fk_panel_site_owner")
        ),
        sa.ForeignKeyConstraint(
            ["site", "reviewed_by"],
            ["person.site", "person.code"],
            name=op.f("fk_panel_site_reviewed_by"),
        ),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_panel_site")),
        sa.PrimaryKeyConstraint("site", "panel", name=op.f("pk_panel")),
    )


def downgrade() -> None:
    op.drop_table("panel")
    op.drop_table("objection")
    op.drop_table("closed_month")
    with op.batch_alter_table("occurrence", schema=None) as batch_op:
        batch_op.drop_index("ix_occurrence_month")

    op.drop_table("occurrence")
    op.drop_table("month_value")
    op.drop_table("month_customer")
    op.drop_table("month_count")
    with op.batch_alter_table("issue_fact", schema=None) as batch_op:
        batch_op.drop_index("ix_issue_fact_month")

    op.drop_table("issue_fact")
