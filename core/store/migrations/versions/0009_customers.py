"""Customers, who told of what, repeats, mergers, feedback, links and inspections."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "customer",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_customer_site")),
        sa.PrimaryKeyConstraint("site", "code", name=op.f("pk_customer")),
    )
    op.create_table(
        "gram_count",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("gram", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("many", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_gram_count_site")),
        sa.PrimaryKeyConstraint("site", "gram", name=op.f("pk_gram_count")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "issue_gram",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("gram", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("issue", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_issue_gram_site")),
        sa.PrimaryKeyConstraint("site", "gram", "issue", name=op.f("pk_issue_gram")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "customer_phone",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("digits", sa.String(length=64), nullable=False),
        sa.Column("customer", sa.String(length=64), nullable=False),
        sa.Column("phone", sa.String(length=64), nullable=False),
        sa.Column("ordinal", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "customer"],
            ["customer.site", "customer.code"],
            name=op.f("fk_customer_phone_site_customer"),
        ),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_customer_phone_site")),
        sa.PrimaryKeyConstraint("site", "digits", "customer", name=op.f("pk_customer_phone")),
    )
    op.create_index(
        "ix_customer_phone_customer", "customer_phone", ["site", "customer"], unique=False
    )

    op.create_table(
        "home",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("customer", sa.String(length=64), nullable=False),
        sa.Column("ordinal", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("door", sa.String(length=64), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["site", "customer"],
            ["customer.site", "customer.code"],
            name=op.f("fk_home_site_customer"),
        ),
        sa.ForeignKeyConstraint(
            ["site", "place"], ["place.site", "place.code"], name=op.f("fk_home_site_place")
        ),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_home_site")),
        sa.PrimaryKeyConstraint("site", "customer", "ordinal", name=op.f("pk_home")),
    )
    op.create_index("ix_home_place", "home", ["site", "place", "door"], unique=False)

    op.create_table(
        "inspection",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("category", sa.String(length=64), nullable=True),
        sa.Column("issue", sa.BigInteger(), nullable=True),
        sa.Column("inspector", sa.String(length=64), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("planned_by", sa.String(length=64), nullable=False),
        sa.Column("result", sa.String(length=16), nullable=True),
        sa.Column("person", sa.String(length=64), nullable=True),
        sa.Column("unit", sa.String(length=64), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("opened", sa.BigInteger(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["site", "inspector"],
            ["person.site", "person.code"],
            name=op.f("fk_inspection_site_inspector"),
        ),
        sa.ForeignKeyConstraint(
            ["site", "place"], ["place.site", "place.code"], name=op.f("fk_inspection_site_place")
        ),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_inspection_site")),
        sa.PrimaryKeyConstraint("site", "number", name=op.f("pk_inspection")),
    )
    op.create_index("ix_inspection_month", "inspection", ["site", "month", "number"], unique=False)

    op.create_table(
        "feedback",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("issue", sa.BigInteger(), nullable=True),
        sa.Column("person", sa.String(length=64), nullable=True),
        sa.Column("unit", sa.String(length=64), nullable=True),
        sa.Column("customer", sa.String(length=64), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(length=64), nullable=True),
        sa.Column("how", sa.String(length=16), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["site", "customer"],
            ["customer.site", "customer.code"],
            name=op.f("fk_feedback_site_customer"),
        ),
        sa.ForeignKeyConstraint(
            ["site", "issue"], ["issue.site", "issue.number"], name=op.f("fk_feedback_site_issue")
        ),
        sa.ForeignKeyConstraint(
            ["site", "person"], ["person.site", "person.code"], name=op.f("fk_feedback_site_person")
        ),
        sa.ForeignKeyConstraint(
            ["site", "unit"], ["unit.site", "unit.code"], name=op.f("fk_feedback_site_unit")
        ),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_feedback_site")),
        sa.PrimaryKeyConstraint("site", "number", name=op.f("pk_feedback")),
    )
    op.create_index(
        "ix_feedback_due",
        "feedback",
        ["site", "due_at"],
        unique=False,
        sqlite_where=sa.text("answered_at IS NULL"),
        postgresql_where=sa.text("answered_at IS NULL"),
    )
    op.create_index("ix_feedback_issue", "feedback", ["site", "issue"], unique=False)

    op.create_table(
        "merger",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("issue", sa.BigInteger(), nullable=False),
        sa.Column("into", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("rule", sa.String(length=32), nullable=False),
        sa.Column(
            "reports", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "queued", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "pictures", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("own_reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("split_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("split_by", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["site", "into"], ["issue.site", "issue.number"], name=op.f("fk_merger_site_into")
        ),
        sa.ForeignKeyConstraint(
            ["site", "issue"], ["issue.site", "issue.number"], name=op.f("fk_merger_site_issue")
        ),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_merger_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merger")),
    )
    op.create_index("ix_merger_into", "merger", ["site", "into"], unique=False)
    op.create_index("ix_merger_issue", "merger", ["site", "issue"], unique=False)

    op.create_table(
        "repeat",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("issue", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("of", sa.BigInteger(), nullable=False),
        sa.Column("customer", sa.String(length=64), nullable=False),
        sa.Column("rule", sa.String(length=16), nullable=False),
        sa.Column("likeness", sa.SmallInteger(), nullable=True),
        sa.Column("chain", sa.Integer(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("unmarked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unmarked_by", sa.String(length=64), nullable=True),
        sa.Column("unmarked_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["site", "issue"], ["issue.site", "issue.number"], name=op.f("fk_repeat_site_issue")
        ),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_repeat_site")),
        sa.PrimaryKeyConstraint("site", "issue", name=op.f("pk_repeat")),
    )
    op.create_table(
        "verdict_link",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("issue", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("solved", sa.Boolean(), nullable=True),
        sa.Column("rating", sa.SmallInteger(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["site", "issue"],
            ["issue.site", "issue.number"],
            name=op.f("fk_verdict_link_site_issue"),
        ),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_verdict_link_site")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_verdict_link")),
    )
    op.create_index("ix_verdict_link_issue", "verdict_link", ["site", "issue"], unique=False)

    op.create_table(
        "visit",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("issue", sa.BigInteger(), nullable=False),
        sa.Column("whom", sa.String(length=200), nullable=False),
        sa.Column("how", sa.String(length=16), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("solved", sa.Boolean(), nullable=True),
        sa.Column("rating", sa.SmallInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["site", "issue"], ["issue.site", "issue.number"], name=op.f("fk_visit_site_issue")
        ),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_visit_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
    )
    op.create_index("ix_visit_issue", "visit", ["site", "issue"], unique=False)

    op.create_table(
        "reporter",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("report", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("phone", sa.String(length=64), nullable=True),
        sa.Column("digits", sa.String(length=64), nullable=True),
        sa.Column("place", sa.String(length=64), nullable=True),
        sa.Column("customer", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["site", "report"],
            ["report.site", "report.number"],
            name=op.f("fk_reporter_site_report"),
        ),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_reporter_site")),
        sa.PrimaryKeyConstraint("site", "report", name=op.f("pk_reporter")),
    )
    op.create_index(
        "ix_reporter_customer",
        "reporter",
        ["site", "customer", "report"],
        unique=False,
        sqlite_where=sa.text("customer IS NOT NULL"),
        postgresql_where=sa.text("customer IS NOT NULL"),
    )
    op.create_index(
        "ix_reporter_digits",
        "reporter",
        ["site", "digits", "report"],
        unique=False,
        sqlite_where=sa.text("digits IS NOT NULL"),
        postgresql_where=sa.text("digits IS NOT NULL"),
    )

    op.add_column("issue", sa.Column("customer", sa.String(length=64), nullable=True))
    op.add_column("issue", sa.Column("merged_into", sa.BigInteger(), nullable=True))
    op.create_index(
        "ix_issue_customer",
        "issue",
        ["site", "customer", "number"],
        unique=False,
        sqlite_where=sa.text("customer IS NOT NULL"),
        postgresql_where=sa.text("customer IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_issue_customer", "issue")
    op.drop_column("issue", "merged_into")
    op.drop_column("issue", "customer")

    op.drop_table("reporter")

    op.drop_table("visit")

    op.drop_table("verdict_link")
    op.drop_table("repeat")

    op.drop_table("merger")

    op.drop_table("feedback")

    op.drop_table("inspection")

    op.drop_table("home")

    op.drop_table("customer_phone")
    op.drop_table("issue_gram")
    op.drop_table("gram_count")
    op.drop_table("customer")
