"""Promises to customers."""

import sqlalchemy as sa
from sqlalchemy import Column, Index, Table

from core.store.tables.schema import metadata, of, serial
from core.store.types import UtcDateTime

promise = Table(
    "promise",
    metadata,
    Column("id", serial, primary_key=True, autoincrement=True),
    Column("site", sa.String(64), sa.ForeignKey("site.code"), nullable=False),
    Column("issue", sa.BigInteger, nullable=False),
    Column("customer", sa.String(64)),
    Column("whom", sa.String(200), nullable=False),
    Column("words", sa.Text, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("by", sa.String(64), nullable=False),
    Column("broken_at", UtcDateTime),
    Column("kept_at", UtcDateTime),
    Column("kept_by", sa.String(64)),
    Column("told", sa.String(200)),
    Column("how", sa.String(16)),
    Column("said", sa.Text),
    Column("told_at", UtcDateTime),
    Column("withdrawn_at", UtcDateTime),
    of("issue", "issue"),
    of("customer", "customer"),
    of("person", "by"),
)
_waits = promise.c.kept_at.is_(None) & promise.c.broken_at.is_(None)
# What falls due next, of all sites: nothing due costs one probe.
Index("ix_promise_due", promise.c.due_at, sqlite_where=_waits, postgresql_where=_waits)
_owed = promise.c.kept_at.is_(None)
# What a desk still owes, the oldest first.
Index(
    "ix_promise_owed",
    promise.c.site,
    promise.c.due_at,
    promise.c.id,
    sqlite_where=_owed,
    postgresql_where=_owed,
)
Index("ix_promise_issue", promise.c.site, promise.c.issue)
Index("ix_promise_customer", promise.c.site, promise.c.customer)

# Written once and never changed: how a promise was moved or withdrawn.
promise_change = Table(
    "promise_change",
    metadata,
    Column("id", serial, primary_key=True, autoincrement=True),
    Column("site", sa.String(64), nullable=False),
    Column("promise", sa.BigInteger, sa.ForeignKey("promise.id"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", sa.String(64), nullable=False),
    Column("reason", sa.Text, nullable=False),
    Column("customer_told", sa.Boolean, nullable=False),
    Column("due_before", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime),
    of("person", "by"),
)
Index("ix_promise_change_promise", promise_change.c.promise, promise_change.c.id)
