"""Devices on test."""

import sqlalchemy as sa
from sqlalchemy import Column, Index, Table

from core.store.tables.schema import metadata, of, serial
from core.store.types import Document, UtcDateTime

on_test = Table(
    "on_test",
    metadata,
    Column("id", serial, primary_key=True, autoincrement=True),
    Column("site", sa.String(64), sa.ForeignKey("site.code"), nullable=False),
    Column("device", sa.String(200)),
    Column("place", sa.String(64)),
    #: Which devices that was when it began.
    Column("devices", Document, nullable=False),
    Column("life_safety", sa.Boolean, nullable=False),
    Column("reason", sa.Text, nullable=False),
    Column("begun_by", sa.String(64), nullable=False),
    Column("begun_at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("ended_by", sa.String(64)),
    of("person", "begun_by"),
)
# Few go on at any time: intake and the ticker ask for those only.
Index(
    "ix_on_test_until",
    on_test.c.until,
    sqlite_where=on_test.c.ended_at.is_(None),
    postgresql_where=on_test.c.ended_at.is_(None),
)
