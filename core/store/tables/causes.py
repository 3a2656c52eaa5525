"""Troubles that explain others."""

import sqlalchemy as sa
from sqlalchemy import Column, Index, Table

from core.store.tables.schema import metadata, of, site_key
from core.store.types import UtcDateTime

cause = Table(
    "cause",
    metadata,
    site_key(),
    Column("report", sa.BigInteger, primary_key=True, autoincrement=False),
    Column("issue", sa.BigInteger, nullable=False),
    Column("back_at", UtcDateTime),
    of("report", "report"),
)
Index(
    "ix_cause_back_at",
    cause.c.back_at,
    sqlite_where=cause.c.back_at.is_not(None),
    postgresql_where=cause.c.back_at.is_not(None),
)
