"""Pauses of ladders: asked, granted or refused, ended."""

import sqlalchemy as sa
from sqlalchemy import Column, Index, Table

from core.store.tables.schema import metadata, of, serial
from core.store.types import UtcDateTime

pause = Table(
    "pause",
    metadata,
    Column("id", serial, primary_key=True, autoincrement=True),
    Column("site", sa.String(64), sa.ForeignKey("site.code"), nullable=False),
    Column("issue", sa.BigInteger, nullable=False),
    Column("state", sa.String(16), nullable=False),
    Column("asked_by", sa.String(64), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    #: The end that was asked for.
    Column("until", UtcDateTime, nullable=False),
    Column("reason", sa.Text, nullable=False),
    Column("decided_by", sa.String(64)),
    Column("decided_at", UtcDateTime),
    Column("decision", sa.Text),
    #: From when until when the ladder stands still, as was granted.
    Column("begins_at", UtcDateTime),
    Column("ends_at", UtcDateTime),
    #: When time alone does something: a pause ends, or an ask is past its own end.
    Column("look_at", UtcDateTime),
    of("issue", "issue"),
    of("person", "asked_by"),
    of("person", "decided_by"),
)
Index("ix_pause_issue", pause.c.site, pause.c.issue)
Index(
    "ix_pause_look_at",
    pause.c.look_at,
    sqlite_where=pause.c.look_at.is_not(None),
    postgresql_where=pause.c.look_at.is_not(None),
)
