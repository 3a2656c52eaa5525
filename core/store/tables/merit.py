"""Reward and punishment: deeds, proposals, the ledger, flags, and each site's rules (五.2)."""

import sqlalchemy as sa
from sqlalchemy import Column, Index, Table

from core.store.tables.schema import metadata, of, serial, site_key
from core.store.types import Document, UtcDateTime

deed = Table(
    "deed",
    metadata,
    site_key(),
    #: The journal entry that tells it; one may tell of a person and of his unit.
    Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    Column("deed", sa.String(32), primary_key=True),
    Column("issue", sa.BigInteger, nullable=False),
    Column("person", sa.String(64)),
    Column("unit", sa.String(64)),
    Column("at", UtcDateTime, nullable=False),
    Column("month", sa.String(7), nullable=False),
)
Index("ix_deed_month", deed.c.site, deed.c.month, deed.c.deed)
Index("ix_deed_person", deed.c.site, deed.c.person, deed.c.at)
Index("ix_deed_unit", deed.c.site, deed.c.unit, deed.c.month)

proposal = Table(
    "proposal",
    metadata,
    Column("id", serial, primary_key=True, autoincrement=True),
    Column("site", sa.String(64), sa.ForeignKey("site.code"), nullable=False),
    #: What it was made of, once: rule, subject, and the entry or the month.
    Column("key", sa.String(300), nullable=False),
    Column("rule", sa.String(64), nullable=False),
    Column("rules_version", sa.Integer),
    Column("person", sa.String(64)),
    Column("unit", sa.String(64)),
    Column("points", sa.Integer, nullable=False),
    Column("consequence", sa.String(32), nullable=False),
    Column("zh", sa.Text, nullable=False),
    Column("en", sa.Text, nullable=False),
    Column("evidence", Document, nullable=False),
    Column("month", sa.String(7), nullable=False),
    Column("proposed_at", UtcDateTime, nullable=False),
    Column("proposed_by", sa.String(64)),
    Column("objection_until", UtcDateTime, nullable=False),
    Column("decision", sa.String(16)),
    Column("decided_points", sa.Integer),
    Column("decided_consequence", sa.String(32)),
    Column("decided_by", sa.String(64)),
    Column("decided_at", UtcDateTime),
    Column("reason", sa.Text),
    Column("objection", sa.String(16), nullable=False),
    Column("objected_by", sa.String(64)),
    Column("objected_at", UtcDateTime),
    Column("objection_words", sa.Text),
    Column("answer", sa.Text),
    Column("answered_by", sa.String(64)),
    Column("answered_at", UtcDateTime),
    Column("reopened", sa.Boolean, nullable=False, server_default=sa.false()),
    of("person", "person"),
    of("unit", "unit"),
    sa.UniqueConstraint("site", "key"),
)
Index("ix_proposal_decision", proposal.c.site, proposal.c.decision, proposal.c.id)
Index("ix_proposal_person", proposal.c.site, proposal.c.person, proposal.c.id)
Index("ix_proposal_unit", proposal.c.site, proposal.c.unit, proposal.c.id)

ledger = Table(
    "ledger",
    metadata,
    Column("id", serial, primary_key=True, autoincrement=True),
    Column("site", sa.String(64), sa.ForeignKey("site.code"), nullable=False),
    Column("proposal", serial, sa.ForeignKey("proposal.id"), nullable=False),
    Column("person", sa.String(64)),
    Column("unit", sa.String(64)),
    Column("points", sa.Integer, nullable=False),
    Column("consequence", sa.String(32), nullable=False),
    Column("month", sa.String(7), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", sa.String(64), nullable=False),
)
Index("ix_ledger_person", ledger.c.site, ledger.c.person, ledger.c.id)
Index("ix_ledger_unit", ledger.c.site, ledger.c.unit, ledger.c.id)
Index("ix_ledger_proposal", ledger.c.proposal, ledger.c.id)

manipulation = Table(
    "manipulation",
    metadata,
    site_key(),
    Column("trick", sa.String(32), primary_key=True),
    #: The first of the issues it is about.
    Column("issue", sa.BigInteger, primary_key=True, autoincrement=False),
    Column("person", sa.String(64), primary_key=True),
    Column("issues", Document, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)
Index("ix_manipulation_person", manipulation.c.site, manipulation.c.person, manipulation.c.at)

merit_rules = Table(
    "merit_rules",
    metadata,
    site_key(),
    Column("version", sa.Integer, primary_key=True, autoincrement=False),
    Column("text", sa.Text, nullable=False),
    Column("sha256", sa.String(64), nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("by", sa.String(64), nullable=False),
    Column("reason", sa.Text, nullable=False),
)

merit_clock = Table(
    "merit_clock",
    metadata,
    site_key(),
    #: The month that is weighed next, and when it ends.
    Column("month", sa.String(7), nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
)
