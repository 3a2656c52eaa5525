"""What devices said, and what nobody could read."""

import sqlalchemy as sa
from sqlalchemy import Column, Index, Table

from core.store.tables.schema import metadata, serial
from core.store.types import Document, UtcDateTime

device_event = Table(
    "device_event",
    metadata,
    Column("seq", serial, primary_key=True, autoincrement=True),
    Column("site", sa.String(64), sa.ForeignKey("site.code"), nullable=False),
    Column("source", sa.String(300), nullable=False),
    Column("event_id", sa.String(200), nullable=False),
    Column("system", sa.String(32), nullable=False),
    Column("device", sa.String(200), nullable=False),
    Column("type", sa.String(64), nullable=False),
    Column("occurred_at", UtcDateTime, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("subject", sa.String(200)),
    Column("call_key", sa.String(200)),
    Column("time_estimated", sa.Boolean, nullable=False),
    Column("late", sa.Boolean, nullable=False),
    Column("stale", sa.Boolean, nullable=False),
    Column("data", Document, nullable=False),
    #: Under which test it came; None: the device was not on test.
    Column("on_test", sa.BigInteger),
    sa.UniqueConstraint("source", "event_id"),
)
# Hints near a call are looked up by device and time; plain events are read by seq.
Index(
    "ix_device_event_credential",
    device_event.c.site,
    device_event.c.device,
    device_event.c.occurred_at,
    sqlite_where=device_event.c.type == "credential.presented",
    postgresql_where=device_event.c.type == "credential.presented",
)
Index(
    "ix_device_event_on_test",
    device_event.c.on_test,
    device_event.c.seq,
    sqlite_where=device_event.c.on_test.is_not(None),
    postgresql_where=device_event.c.on_test.is_not(None),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("id", serial, primary_key=True, autoincrement=True),
    Column("site", sa.String(64), sa.ForeignKey("site.code"), nullable=False),
    Column("gateway", sa.String(64), nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("reason", sa.Text, nullable=False),
    Column("body", sa.Text, nullable=False),
)
