"""Steps that have fired, and what was said to whom."""

import sqlalchemy as sa
from sqlalchemy import Column, Index, Table

from core.store.tables.schema import metadata, of, serial
from core.store.types import Document, UtcDateTime

escalation = Table(
    "escalation",
    metadata,
    #: Checked by the issue's key: in a storm a second check costs as much as the row.
    Column("site", sa.String(64), primary_key=True),
    Column("issue", sa.BigInteger, primary_key=True, autoincrement=False),
    Column("step", sa.String(32), primary_key=True),
    Column("to_roles", Document, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("fired_at", UtcDateTime, nullable=False),
    #: Who escalated by hand, and why; None: the policy did.
    Column("by", sa.String(64)),
    Column("reason", sa.Text),
    of("issue", "issue"),
)

notice = Table(
    "notice",
    metadata,
    Column("id", serial, primary_key=True, autoincrement=True),
    Column("site", sa.String(64), nullable=False),
    Column("issue", sa.BigInteger, nullable=False),
    Column("step", sa.String(32), nullable=False),
    Column("person", sa.String(64), nullable=False),
    Column("instead_of", sa.String(64)),
    Column("at", UtcDateTime, nullable=False),
    Column("acknowledged_at", UtcDateTime),
    of("issue", "issue"),
    of("person", "person"),
    sa.UniqueConstraint("site", "issue", "step", "person"),
)
Index("ix_notice_person", notice.c.site, notice.c.person, notice.c.id)
