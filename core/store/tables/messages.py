"""Messengers of a site, browsers that may be called, and messages on their way."""

import sqlalchemy as sa
from sqlalchemy import Column, Index, Table

from core.store.tables.schema import metadata, of, serial, site_key
from core.store.types import Document, UtcDateTime

messenger = Table(
    "messenger",
    metadata,
    site_key(),
    Column("code", sa.String(32), primary_key=True),
    Column("kind", sa.String(16), nullable=False),
    Column("url", sa.String(1000), nullable=False),
    Column("secret", sa.String(200)),
    Column("roles", Document, nullable=False),
    Column("per_minute", sa.Integer, nullable=False),
)

subscription = Table(
    "subscription",
    metadata,
    site_key(),
    #: SHA-256 of the endpoint.
    Column("id", sa.String(64), primary_key=True),
    Column("person", sa.String(64), nullable=False),
    Column("endpoint", sa.String(1000), nullable=False),
    Column("p256dh", sa.String(200), nullable=False),
    Column("auth", sa.String(64), nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
    of("person", "person"),
)
Index("ix_subscription_person", subscription.c.site, subscription.c.person)

message = Table(
    "message",
    metadata,
    Column("id", serial, primary_key=True, autoincrement=True),
    Column("site", sa.String(64), nullable=False),
    Column("seq", sa.BigInteger, nullable=False),
    Column("person", sa.String(64), nullable=False),
    Column("kind", sa.String(16), nullable=False),
    #: It is about one of the two.
    Column("issue", sa.BigInteger),
    Column("summons", sa.BigInteger, sa.ForeignKey("summons.id")),
    Column("urgency", sa.String(16), nullable=False),
    Column("way", sa.String(32), nullable=False),
    Column("words", Document, nullable=False),
    #: Plain: it has to be written into the message, which may be sent more than once.
    Column("token", sa.String(64), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    #: A sender that took it has until then; afterwards another may.
    Column("taken_until", UtcDateTime),
    Column("state", sa.String(16), nullable=False),
    Column("tries", sa.Integer, nullable=False),
    Column("sent_at", UtcDateTime),
    Column("said", sa.String(500)),
    Column("answered_at", UtcDateTime),
    of("issue", "issue"),
    of("person", "person"),
    sa.UniqueConstraint("site", "seq", "person", "way"),
    sa.UniqueConstraint("token"),
    sa.CheckConstraint("(issue IS NULL) <> (summons IS NULL)", name="about_one"),
)
_waits = message.c.state == "waiting"
Index("ix_message_due", message.c.due_at, sqlite_where=_waits, postgresql_where=_waits)
Index("ix_message_way", message.c.site, message.c.way, message.c.sent_at)
_failed = message.c.state == "failed"
Index(
    "ix_message_failed",
    message.c.site,
    message.c.id,
    sqlite_where=_failed,
    postgresql_where=_failed,
)
