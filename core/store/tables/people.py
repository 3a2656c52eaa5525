"""Staff, the units they work for, and who is logged in."""

import sqlalchemy as sa
from sqlalchemy import Column, Table

from core.store.tables.schema import metadata, of, site_key
from core.store.types import Document, UtcDateTime

unit = Table(
    "unit",
    metadata,
    site_key(),
    Column("code", sa.String(64), primary_key=True),
    Column("name", sa.String(200), nullable=False),
    Column("kind", sa.String(32), nullable=False),
    Column("retired", sa.Boolean, nullable=False, server_default=sa.false()),
    #: Changed in the office itself: the site file no longer writes it.
    Column("edited", sa.Boolean, nullable=False, server_default=sa.false()),
)

person = Table(
    "person",
    metadata,
    site_key(),
    Column("code", sa.String(64), primary_key=True),
    Column("name", sa.String(200), nullable=False),
    Column("unit", sa.String(64), nullable=False),
    Column("roles", Document, nullable=False),
    Column("phone", sa.String(64)),
    Column("active", sa.Boolean, nullable=False),
    Column("login", sa.String(64)),
    Column("password_hash", sa.String(300)),
    #: Changed in the office itself: the site file no longer writes it.
    Column("edited", sa.Boolean, nullable=False, server_default=sa.false()),
    of("unit", "unit"),
    sa.UniqueConstraint("site", "login"),
)

session = Table(
    "session",
    metadata,
    Column("token_hash", sa.String(64), primary_key=True),
    Column("site", sa.String(64), nullable=False),
    Column("person", sa.String(64), nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    #: The workstation whose console opened it, where it said one.
    Column("workstation", sa.String(64)),
    of("person", "person"),
)
