"""Each site's own policy, catalogue and calendar, in versions."""

import sqlalchemy as sa
from sqlalchemy import Column, Table

from core.store.tables.schema import metadata, of, site_key
from core.store.types import UtcDateTime

edition = Table(
    "edition",
    metadata,
    site_key(),
    Column("kind", sa.String(16), primary_key=True),
    Column("version", sa.Integer, primary_key=True, autoincrement=False),
    #: TOML as it was given, to the byte.
    Column("text", sa.Text, nullable=False),
    Column("sha256", sa.String(64), nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("by", sa.String(64)),
    Column("reason", sa.Text, nullable=False),
    of("person", "by"),
)
