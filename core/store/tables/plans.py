"""Floor plans, and where devices hang on them."""

import sqlalchemy as sa
from sqlalchemy import Column, Table

from core.store.tables.schema import metadata, of, site_key

plan = Table(
    "plan",
    metadata,
    site_key(),
    Column("code", sa.String(64), primary_key=True),
    Column("name", sa.String(200), nullable=False),
    #: The drawing lies in the store of pictures, apart from evidence.
    Column("sha256", sa.String(64), nullable=False),
    Column("media_type", sa.String(32), nullable=False),
    Column("width", sa.Integer, nullable=False),
    Column("height", sa.Integer, nullable=False),
)

plan_spot = Table(
    "plan_spot",
    metadata,
    site_key(),
    Column("plan", sa.String(64), primary_key=True),
    Column("device", sa.String(200), primary_key=True),
    Column("x", sa.Float, nullable=False),
    Column("y", sa.Float, nullable=False),
    of("plan", "plan"),
    of("device", "device"),
)
