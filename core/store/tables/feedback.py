"""What customers say of us, return visits, one-time links, and inspections."""

import sqlalchemy as sa
from sqlalchemy import Column, Index, Table

from core.store.tables.schema import metadata, of, serial, site_key
from core.store.types import UtcDateTime

feedback = Table(
    "feedback",
    metadata,
    site_key(),
    Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    Column("kind", sa.String(16), nullable=False),
    Column("words", sa.Text, nullable=False),
    Column("issue", sa.BigInteger),
    Column("person", sa.String(64)),
    Column("unit", sa.String(64)),
    Column("customer", sa.String(64)),
    Column("name", sa.String(200)),
    Column("given_at", UtcDateTime, nullable=False),
    Column("by", sa.String(64)),
    Column("due_at", UtcDateTime),
    Column("answered_at", UtcDateTime),
    Column("answered_by", sa.String(64)),
    Column("how", sa.String(16)),
    Column("answer", sa.Text),
    of("issue", "issue"),
    of("person", "person"),
    of("unit", "unit"),
    of("customer", "customer"),
)
Index("ix_feedback_issue", feedback.c.site, feedback.c.issue)
Index(
    "ix_feedback_due",
    feedback.c.site,
    feedback.c.due_at,
    sqlite_where=feedback.c.answered_at.is_(None),
    postgresql_where=feedback.c.answered_at.is_(None),
)

visit = Table(
    "visit",
    metadata,
    Column("id", serial, primary_key=True, autoincrement=True),
    Column("site", sa.String(64), sa.ForeignKey("site.code"), nullable=False),
    Column("issue", sa.BigInteger, nullable=False),
    Column("whom", sa.String(200), nullable=False),
    Column("how", sa.String(16), nullable=False),
    Column("words", sa.Text, nullable=False),
    Column("told_at", UtcDateTime, nullable=False),
    Column("by", sa.String(64), nullable=False),
    Column("solved", sa.Boolean),
    Column("rating", sa.SmallInteger),
    of("issue", "issue"),
)
Index("ix_visit_issue", visit.c.site, visit.c.issue)

verdict_link = Table(
    "verdict_link",
    metadata,
    Column("token_hash", sa.String(64), primary_key=True),
    Column("site", sa.String(64), sa.ForeignKey("site.code"), nullable=False),
    Column("issue", sa.BigInteger, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("made_by", sa.String(64), nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
    Column("solved", sa.Boolean),
    Column("rating", sa.SmallInteger),
    Column("words", sa.Text),
    of("issue", "issue"),
)
Index("ix_verdict_link_issue", verdict_link.c.site, verdict_link.c.issue)

inspection = Table(
    "inspection",
    metadata,
    site_key(),
    Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    Column("month", sa.String(7), nullable=False),
    Column("place", sa.String(64), nullable=False),
    Column("category", sa.String(64)),
    Column("issue", sa.BigInteger),
    Column("inspector", sa.String(64), nullable=False),
    Column("planned_at", UtcDateTime, nullable=False),
    Column("planned_by", sa.String(64), nullable=False),
    Column("result", sa.String(16)),
    Column("person", sa.String(64)),
    Column("unit", sa.String(64)),
    Column("words", sa.Text),
    Column("opened", sa.BigInteger),
    Column("done_at", UtcDateTime),
    Column("done_by", sa.String(64)),
    of("place", "place"),
    of("person", "inspector"),
)
Index("ix_inspection_month", inspection.c.site, inspection.c.month, inspection.c.number)
