"""The watch over the seat: consoles, what is watched, who was called."""

import sqlalchemy as sa
from sqlalchemy import Column, Index, Table

from core.store.tables.schema import metadata, of, serial, site_key
from core.store.types import UtcDateTime

seat = Table(
    "seat",
    metadata,
    site_key(),
    Column("workstation", sa.String(64), primary_key=True),
    Column("person", sa.String(64), nullable=False),
    Column("told_at", UtcDateTime, nullable=False),
    Column("present_at", UtcDateTime, nullable=False),
    Column("sound_blocked_since", UtcDateTime),
    Column("stream_stale_since", UtcDateTime),
    of("person", "person"),
)

seat_watch = Table(
    "seat_watch",
    metadata,
    site_key(),
    Column("workstation", sa.String(64), primary_key=True),
    Column("trouble", sa.String(32), primary_key=True),
    Column("look_at", UtcDateTime),
    Column("asked_at", UtcDateTime),
    Column("called_at", UtcDateTime),
)
Index(
    "ix_seat_watch_look_at",
    seat_watch.c.look_at,
    sqlite_where=seat_watch.c.look_at.is_not(None),
    postgresql_where=seat_watch.c.look_at.is_not(None),
)

summons = Table(
    "summons",
    metadata,
    Column("id", serial, primary_key=True, autoincrement=True),
    Column("site", sa.String(64), sa.ForeignKey("site.code"), nullable=False),
    Column("person", sa.String(64), nullable=False),
    Column("trouble", sa.String(32), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("acknowledged_at", UtcDateTime),
    of("person", "person"),
)
Index("ix_summons_person", summons.c.site, summons.c.person, summons.c.id)
