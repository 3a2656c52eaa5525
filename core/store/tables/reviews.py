"""Claims that are checked against recordings."""

import sqlalchemy as sa
from sqlalchemy import Column, Index, Table

from core.store.tables.schema import metadata, of, serial
from core.store.types import Document, UtcDateTime

review = Table(
    "review",
    metadata,
    Column("id", serial, primary_key=True, autoincrement=True),
    Column("site", sa.String(64), sa.ForeignKey("site.code"), nullable=False),
    Column("issue", sa.BigInteger, nullable=False),
    Column("why", sa.String(16), nullable=False),
    Column("handled_at", UtcDateTime, nullable=False),
    Column("handlers", Document, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("overwritten_at", UtcDateTime, nullable=False),
    Column("state", sa.String(16), nullable=False),
    Column("comparison", sa.BigInteger),
    Column("camera", sa.String(200)),
    Column("verdict", sa.String(16)),
    Column("reason", sa.Text),
    Column("decided_by", sa.String(64)),
    Column("decided_at", UtcDateTime),
    Column("agreed", sa.Boolean),
    of("issue", "issue"),
)
Index("ix_review_issue", review.c.site, review.c.issue)
Index(
    "ix_review_open",
    review.c.site,
    review.c.due_at,
    sqlite_where=review.c.state == "open",
    postgresql_where=review.c.state == "open",
)
