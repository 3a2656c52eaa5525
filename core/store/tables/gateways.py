"""Gateways and what they last said of themselves."""

import sqlalchemy as sa
from sqlalchemy import Column, Table

from core.store.tables.schema import metadata, site_key
from core.store.types import Document, UtcDateTime

gateway = Table(
    "gateway",
    metadata,
    site_key(),
    Column("name", sa.String(64), primary_key=True),
    Column("token_hash", sa.String(64), nullable=False, unique=True),
    Column("last_heard_at", UtcDateTime),
    Column("spooled", sa.Integer, nullable=False, server_default="0"),
    Column("oldest_at", UtcDateTime),
    Column("quarantined", sa.Integer, nullable=False, server_default="0"),
    Column("counts", Document, nullable=False),
)
