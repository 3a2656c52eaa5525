"""The problems themselves."""

import sqlalchemy as sa
from sqlalchemy import Column, Index, Table

from core.store.tables.schema import metadata, of, site_key
from core.store.types import UtcDateTime

issue = Table(
    "issue",
    metadata,
    site_key(),
    Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    Column("status", sa.String(16), nullable=False),
    Column("urgency", sa.String(16), nullable=False),
    Column("category", sa.String(64)),
    Column("place", sa.String(64)),
    Column("words", sa.Text, nullable=False, server_default=""),
    Column("reported_at", UtcDateTime, nullable=False),
    Column("reported_on", sa.Date, nullable=False),
    Column("owner", sa.String(64)),
    Column("to_be_identified", sa.Boolean, nullable=False, server_default=sa.false()),
    Column("caller_kind", sa.String(16)),
    Column("caller_person", sa.String(64)),
    Column("caller_name", sa.String(200)),
    Column("caller_phone", sa.String(64)),
    Column("caller_place", sa.String(64)),
    #: Which customer it came from, once a person has said so.
    Column("customer", sa.String(64)),
    Column("merged_into", sa.BigInteger),
    Column("forwarded_at", UtcDateTime),
    Column("accepted_at", UtcDateTime),
    Column("assigned_to", sa.String(64)),
    Column("promised_at", UtcDateTime),
    Column("handled_at", UtcDateTime),
    Column("handled_how", sa.Text),
    Column("closed_at", UtcDateTime),
    Column("outcome", sa.String(32)),
    Column("reopened", sa.Integer, nullable=False, server_default="0"),
    Column("next_due_at", UtcDateTime),
    #: When somebody last did something about it; when it comes back if nobody does; when it did.
    Column("touched_at", UtcDateTime),
    Column("comes_back_at", UtcDateTime),
    Column("came_back_at", UtcDateTime),
    Column("version", sa.Integer, nullable=False, server_default="0"),
    Column("entries", sa.Integer, nullable=False, server_default="0"),
    Column("head", sa.String(64), nullable=False, server_default=""),
    of("place", "place"),
    of("person", "owner"),
)
Index(
    "ix_issue_due",
    issue.c.next_due_at,
    sqlite_where=issue.c.next_due_at.is_not(None),
    postgresql_where=issue.c.next_due_at.is_not(None),
)
Index(
    "ix_issue_customer",
    issue.c.site,
    issue.c.customer,
    issue.c.number,
    sqlite_where=issue.c.customer.is_not(None),
    postgresql_where=issue.c.customer.is_not(None),
)
Index(
    "ix_issue_comes_back",
    issue.c.comes_back_at,
    sqlite_where=issue.c.comes_back_at.is_not(None),
    postgresql_where=issue.c.comes_back_at.is_not(None),
)
Index("ix_issue_open_place", issue.c.site, issue.c.place, issue.c.status)
Index("ix_issue_status", issue.c.site, issue.c.status, issue.c.number)
Index(
    "ix_issue_owner",
    issue.c.site,
    issue.c.owner,
    issue.c.number,
    sqlite_where=issue.c.owner.is_not(None),
    postgresql_where=issue.c.owner.is_not(None),
)
