"""Wall displays; only the hash of a link's token is kept."""

import sqlalchemy as sa
from sqlalchemy import Column, Table

from core.store.tables.schema import metadata, site_key
from core.store.types import UtcDateTime

wall = Table(
    "wall",
    metadata,
    site_key(),
    Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    Column("name", sa.String(200), nullable=False),
    Column("token_hash", sa.String(64), nullable=False, unique=True),
    Column("granted_at", UtcDateTime, nullable=False),
    Column("granted_by", sa.String(64), nullable=False),
    Column("revoked_at", UtcDateTime),
    Column("revoked_by", sa.String(64)),
)
