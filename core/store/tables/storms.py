"""Storms of events, and the roll-call afterwards."""

import sqlalchemy as sa
from sqlalchemy import Column, Index, Table

from core.store.tables.schema import metadata, site_key
from core.store.types import Document, UtcDateTime

#: One row for each site: how many events it heard lately, and the storm that goes on.
pulse = Table(
    "pulse",
    metadata,
    site_key(),
    Column("slots", Document, nullable=False),
    Column("storm", sa.BigInteger),
)

storm = Table(
    "storm",
    metadata,
    site_key(),
    Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    Column("since", UtcDateTime, nullable=False),
    Column("began_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("due_at", UtcDateTime, nullable=False),
    Column("peak", sa.Integer, nullable=False),
    Column("events", sa.Integer, nullable=False, server_default="0"),
    Column("ticked", sa.Integer, nullable=False, server_default="0"),
)
Index(
    "ix_storm_due",
    storm.c.due_at,
    sqlite_where=storm.c.ended_at.is_(None),
    postgresql_where=storm.c.ended_at.is_(None),
)

#: The roll-call: one row for each event.
storm_event = Table(
    "storm_event",
    metadata,
    site_key(),
    Column("storm", sa.BigInteger, primary_key=True, autoincrement=False),
    Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    Column("device", sa.String(200), nullable=False),
    Column("type", sa.String(64), nullable=False),
    Column("occurred_at", UtcDateTime, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("report", sa.BigInteger),
    Column("folded", sa.Boolean, nullable=False),
    Column("ticked_at", UtcDateTime),
    Column("ticked_by", sa.String(64)),
)
Index(
    "ix_storm_event_device",
    storm_event.c.site,
    storm_event.c.storm,
    storm_event.c.device,
    storm_event.c.number,
)

#: What each device said of each kind, counted: the storm's row is read many times a second.
storm_part = Table(
    "storm_part",
    metadata,
    site_key(),
    Column("storm", sa.BigInteger, primary_key=True, autoincrement=False),
    Column("device", sa.String(200), primary_key=True),
    Column("type", sa.String(64), primary_key=True),
    Column("events", sa.Integer, nullable=False),
    Column("folded", sa.Integer, nullable=False),
    Column("ticked", sa.Integer, nullable=False),
)
