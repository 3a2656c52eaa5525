"""The duty roster: posts, shifts, duties, absences and stand-ins."""

import sqlalchemy as sa
from sqlalchemy import Column, Index, Table

from core.store.tables.schema import metadata, of, serial, site_key
from core.store.types import UtcDateTime

post = Table(
    "post",
    metadata,
    site_key(),
    Column("code", sa.String(64), primary_key=True),
    Column("name", sa.String(200), nullable=False),
    Column("role", sa.String(32), nullable=False),
    Column("place", sa.String(64)),
    Column("least", sa.Integer, nullable=False, server_default="1"),
    of("place", "place"),
)

shift = Table(
    "shift",
    metadata,
    site_key(),
    Column("code", sa.String(64), primary_key=True),
    Column("name", sa.String(200), nullable=False),
    #: Civil times of the site, ``22:00``; an end at or before the beginning is on the next date.
    Column("begins", sa.String(5), nullable=False),
    Column("ends", sa.String(5), nullable=False),
)

duty = Table(
    "duty",
    metadata,
    site_key(),
    Column("day", sa.Date, primary_key=True),
    Column("post", sa.String(64), primary_key=True),
    Column("shift", sa.String(64), primary_key=True),
    Column("person", sa.String(64), primary_key=True),
    Column("begins_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    of("post", "post"),
    of("shift", "shift"),
    of("person", "person"),
)
# Who is on duty now: whatever ends after this moment and has begun.
Index("ix_duty_ends", duty.c.site, duty.c.ends_at)

absence = Table(
    "absence",
    metadata,
    Column("id", serial, primary_key=True, autoincrement=True),
    Column("site", sa.String(64), sa.ForeignKey("site.code"), nullable=False),
    Column("person", sa.String(64), nullable=False),
    Column("begins_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("deputy", sa.String(64)),
    Column("reason", sa.Text, nullable=False),
    Column("by", sa.String(64), nullable=False),
    Column("cancelled_at", UtcDateTime),
    of("person", "person"),
    of("person", "deputy"),
    of("person", "by"),
)
Index("ix_absence_ends", absence.c.site, absence.c.ends_at)

stand_in = Table(
    "stand_in",
    metadata,
    Column("id", serial, primary_key=True, autoincrement=True),
    Column("site", sa.String(64), sa.ForeignKey("site.code"), nullable=False),
    Column("post", sa.String(64), nullable=False),
    Column("instead_of", sa.String(64), nullable=False),
    Column("person", sa.String(64), nullable=False),
    Column("begins_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("reason", sa.Text, nullable=False),
    Column("by", sa.String(64), nullable=False),
    of("post", "post"),
    of("person", "instead_of"),
    of("person", "person"),
    of("person", "by"),
)
Index("ix_stand_in_ends", stand_in.c.site, stand_in.c.ends_at)
