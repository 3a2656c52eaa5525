"""One card a day for each open issue, and when each site asks next."""

import sqlalchemy as sa
from sqlalchemy import Column, Index, Table

from core.store.tables.schema import metadata, of, site_key
from core.store.types import UtcDateTime

followup = Table(
    "followup",
    metadata,
    site_key(),
    Column("issue", sa.BigInteger, primary_key=True, autoincrement=False),
    #: The site day it is about.
    Column("on", sa.Date, primary_key=True),
    #: Who was asked: the owner, or his unit's on-site supervisor.
    Column("of", sa.String(64), nullable=False),
    #: None: he said it before he was asked, or the product was not there to ask.
    Column("asked_at", UtcDateTime),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("state", sa.String(16), nullable=False),
    Column("answered_at", UtcDateTime),
    Column("words", sa.Text),
    #: How often the issue had been re-opened by then: an older "solved" does not count.
    Column("reopened", sa.Integer, nullable=False),
    of("issue", "issue"),
    of("person", "of"),
)
Index(
    "ix_followup_open",
    followup.c.ends_at,
    sqlite_where=followup.c.state == "asked",
    postgresql_where=followup.c.state == "asked",
)
Index("ix_followup_person", followup.c.site, followup.c.of, followup.c.on)
Index(
    "ix_followup_missed",
    followup.c.site,
    followup.c.on,
    followup.c.issue,
    sqlite_where=followup.c.state == "missed",
    postgresql_where=followup.c.state == "missed",
)
Index(
    "ix_followup_solved",
    followup.c.site,
    followup.c.issue,
    sqlite_where=followup.c.state == "solved",
    postgresql_where=followup.c.state == "solved",
)

followup_clock = Table(
    "followup_clock",
    metadata,
    site_key(),
    #: The next day that is asked about, and when.
    Column("on", sa.Date, nullable=False),
    Column("asks_at", UtcDateTime, nullable=False),
)
