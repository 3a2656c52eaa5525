"""Sites, their places, and the devices that hang there."""

import sqlalchemy as sa
from sqlalchemy import Column, Table

from core.store.tables.schema import metadata, of, site_key
from core.store.types import Document, UtcDateTime

site = Table(
    "site",
    metadata,
    Column("code", sa.String(64), primary_key=True),
    Column("name", sa.String(200), nullable=False),
    Column("zone", sa.String(64), nullable=False),
    #: How often its rules have changed: what was read from them is good for one number.
    Column("editions", sa.Integer, nullable=False, server_default="0"),
    #: The chain of journal entries about the site itself, which stand under issue 0.
    Column("entries", sa.Integer, nullable=False, server_default="0"),
    Column("head", sa.String(64), nullable=False, server_default=""),
)

place = Table(
    "place",
    metadata,
    site_key(),
    Column("code", sa.String(64), primary_key=True),
    Column("name", sa.String(200), nullable=False),
    Column("parent", sa.String(64)),
    Column("retired", sa.Boolean, nullable=False, server_default=sa.false()),
    #: Changed in the office itself: the site file no longer writes it.
    Column("edited", sa.Boolean, nullable=False, server_default=sa.false()),
)

device = Table(
    "device",
    metadata,
    site_key(),
    Column("code", sa.String(200), primary_key=True),
    Column("system", sa.String(32), nullable=False),
    Column("name", sa.String(200), nullable=False),
    Column("profile", sa.String(64), nullable=False),
    Column("address", sa.String(200), nullable=False),
    Column("place", sa.String(64)),
    Column("silent_after", sa.Float),
    #: What feeds it: a riser's supply, a switch. Its trouble explains this one's silence.
    Column("parent", sa.String(200)),
    Column("last_heard_at", UtcDateTime),
    Column("silent_since", UtcDateTime),
    Column("covers", Document, nullable=False, server_default="[]"),
    Column("keep_days", sa.Integer),
    Column("regions", Document, nullable=False, server_default="{}"),
    of("place", "place"),
)
