"""Who was alerted about an issue, and who was sent a copy of it."""

import sqlalchemy as sa
from sqlalchemy import Column, Index, Table

from core.store.tables.schema import metadata, of, serial, site_key
from core.store.types import UtcDateTime

alert = Table(
    "alert",
    metadata,
    Column("id", serial, primary_key=True, autoincrement=True),
    Column("site", sa.String(64), nullable=False),
    Column("issue", sa.BigInteger, nullable=False),
    Column("category", sa.String(64), nullable=False),
    Column("person", sa.String(64), nullable=False),
    Column("post", sa.String(32), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("state", sa.String(16), nullable=False),
    Column("answered_at", UtcDateTime),
    of("issue", "issue"),
    of("person", "person"),
    sa.UniqueConstraint("site", "issue", "category", "person"),
)
Index("ix_alert_person", alert.c.site, alert.c.person, alert.c.id)
Index(
    "ix_alert_due",
    alert.c.due_at,
    sqlite_where=alert.c.state == "waiting",
    postgresql_where=alert.c.state == "waiting",
)

copy = Table(
    "copy",
    metadata,
    site_key(),
    Column("issue", sa.BigInteger, primary_key=True, autoincrement=False),
    Column("person", sa.String(64), primary_key=True),
    Column("unit", sa.String(64), nullable=False),
    Column("sent_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("read_at", UtcDateTime),
    Column("acknowledged_at", UtcDateTime),
    Column("overdue_at", UtcDateTime),
    of("issue", "issue"),
    of("person", "person"),
)
Index("ix_copy_person", copy.c.site, copy.c.person, copy.c.issue)
_waits = copy.c.acknowledged_at.is_(None) & copy.c.overdue_at.is_(None)
Index("ix_copy_due", copy.c.due_at, sqlite_where=_waits, postgresql_where=_waits)
_overdue = copy.c.acknowledged_at.is_(None) & copy.c.overdue_at.is_not(None)
Index(
    "ix_copy_overdue",
    copy.c.site,
    copy.c.sent_at,
    sqlite_where=_overdue,
    postgresql_where=_overdue,
)
