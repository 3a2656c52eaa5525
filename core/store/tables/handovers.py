"""The shift passes from one person to the next: notes, signed sheets, seats just left."""

import sqlalchemy as sa
from sqlalchemy import Column, Index, Table

from core.store.tables.schema import metadata, of, serial, site_key
from core.store.types import UtcDateTime

shift_note = Table(
    "shift_note",
    metadata,
    Column("id", serial, primary_key=True, autoincrement=True),
    Column("site", sa.String(64), sa.ForeignKey("site.code"), nullable=False),
    Column("words", sa.Text, nullable=False),
    Column("by", sa.String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    #: With which sheet it was handed over; None: it waits for the next.
    Column("handover", sa.BigInteger),
    of("person", "by"),
)
Index(
    "ix_shift_note_waiting",
    shift_note.c.site,
    sqlite_where=shift_note.c.handover.is_(None),
    postgresql_where=shift_note.c.handover.is_(None),
)

handover = Table(
    "handover",
    metadata,
    site_key(),
    Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    Column("outgoing", sa.String(64), nullable=False),
    Column("incoming", sa.String(64), nullable=False),
    Column("signed_at", UtcDateTime, nullable=False),
    #: What was signed, byte for byte.
    Column("sheet", sa.Text, nullable=False),
    Column("sha256", sa.String(64), nullable=False),
    of("person", "outgoing"),
    of("person", "incoming"),
)

left_seat = Table(
    "left_seat",
    metadata,
    site_key(),
    Column("workstation", sa.String(64), primary_key=True),
    Column("person", sa.String(64), nullable=False),
    Column("left_at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False),
    of("person", "person"),
)
Index("ix_left_seat_until", left_seat.c.until)
