"""What the product keeps to run: numbers, answers for repeated keys, signs of life."""

import sqlalchemy as sa
from sqlalchemy import Column, Table

from core.store.tables.schema import metadata, site_key
from core.store.types import Document, UtcDateTime

counter = Table(
    "counter",
    metadata,
    site_key(),
    Column("name", sa.String(32), primary_key=True),
    Column("value", sa.BigInteger, nullable=False),
)

reply = Table(
    "reply",
    metadata,
    site_key(),
    Column("person", sa.String(64), primary_key=True),
    Column("key", sa.String(200), primary_key=True),
    Column("request", sa.String(64), nullable=False),
    Column("status", sa.Integer, nullable=False),
    Column("answer", sa.Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

heartbeat = Table(
    "heartbeat",
    metadata,
    Column("name", sa.String(32), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("detail", Document, nullable=False),
)
