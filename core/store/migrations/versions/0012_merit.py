"""Reward and punishment: deeds, proposals, the ledger, flags, rules."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "deed",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("deed", sa.String(length=32), nullable=False),
        sa.Column("issue", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=True),
        sa.Column("unit", sa.String(length=64), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_deed_site")),
        sa.PrimaryKeyConstraint("site", "seq", "deed", name=op.f("pk_deed")),
    )
    op.create_index("ix_deed_month", "deed", ["site", "month", "deed"])
    op.create_index("ix_deed_person", "deed", ["site", "person", "at"])
    op.create_index("ix_deed_unit", "deed", ["site", "unit", "month"])

    op.create_table(
        "manipulation",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("trick", sa.String(length=32), nullable=False),
        sa.Column("issue", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column(
            "issues", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_manipulation_site")),
        sa.PrimaryKeyConstraint("site", "trick", "issue", "person", name=op.f("pk_manipulation")),
    )
    op.create_index("ix_manipulation_person", "manipulation", ["site", "person", "at"])

    op.create_table(
        "merit_clock",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_merit_clock_site")),
        sa.PrimaryKeyConstraint("site", name=op.f("pk_merit_clock")),
    )
    op.create_table(
        "merit_rules",
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_merit_rules_site")),
        sa.PrimaryKeyConstraint("site", "version", name=op.f("pk_merit_rules")),
    )
    op.create_table(
        "proposal",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("rule", sa.String(length=64), nullable=False),
        sa.Column("rules_version", sa.Integer(), nullable=True),
        sa.Column("person", sa.String(length=64), nullable=True),
        sa.Column("unit", sa.String(length=64), nullable=True),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("consequence", sa.String(length=32), nullable=False),
        sa.Column("zh", sa.Text(), nullable=False),
        sa.Column("en", sa.Text(), nullable=False),
        sa.Column(
            "evidence", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.String(length=64), nullable=True),
        sa.Column("objection_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision", sa.String(length=16), nullable=True),
        sa.Column("decided_points", sa.Integer(), nullable=True),
        sa.Column("decided_consequence", sa.String(length=32), nullable=True),
        sa.Column("decided_by", sa.String(length=64), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("objection", sa.String(length=16), nullable=False),
        sa.Column("objected_by", sa.String(length=64), nullable=True),
        sa.Column("objected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("objection_words", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.String(length=64), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reopened", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "person"], ["person.site", "person.code"], name=op.f("fk_proposal_site_person")
        ),
        sa.ForeignKeyConstraint(
            ["site", "unit"], ["unit.site", "unit.code"], name=op.f("fk_proposal_site_unit")
        ),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_proposal_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("site", "key", name=op.f("uq_proposal_site_key")),
    )
    op.create_index("ix_proposal_decision", "proposal", ["site", "decision", "id"])
    op.create_index("ix_proposal_person", "proposal", ["site", "person", "id"])
    op.create_index("ix_proposal_unit", "proposal", ["site", "unit", "id"])

    op.create_table(
        "ledger",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("proposal", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=True),
        sa.Column("unit", sa.String(length=64), nullable=True),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("consequence", sa.String(length=32), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["proposal"], ["proposal.id"], name=op.f("fk_ledger_proposal")),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_ledger_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger")),
    )
    op.create_index("ix_ledger_person", "ledger", ["site", "person", "id"])
    op.create_index("ix_ledger_proposal", "ledger", ["proposal", "id"])
    op.create_index("ix_ledger_unit", "ledger", ["site", "unit", "id"])


def downgrade() -> None:
    op.drop_table("ledger")
    op.drop_table("proposal")
    op.drop_table("merit_rules")
    op.drop_table("merit_clock")
    op.drop_table("manipulation")
    op.drop_table("deed")
