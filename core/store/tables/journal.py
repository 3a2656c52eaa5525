"""Everything that happened, its seals, and how far each stage has read it."""

import sqlalchemy as sa
from sqlalchemy import Column, Index, Table

from core.store.tables.schema import metadata, serial, site_key
from core.store.types import UtcDateTime

journal = Table(
    "journal",
    metadata,
    Column("seq", serial, primary_key=True, autoincrement=True),
    Column("site", sa.String(64), sa.ForeignKey("site.code"), nullable=False),
    #: 0: about the site itself, not one issue.
    Column("issue", sa.BigInteger, nullable=False),
    Column("ordinal", sa.Integer, nullable=False),
    Column("kind", sa.String(32), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", sa.String(64)),
    #: Canonical JSON as it was hashed: text, so that no database re-orders it.
    Column("body", sa.Text, nullable=False),
    Column("hash", sa.String(64), nullable=False),
    sa.UniqueConstraint("site", "issue", "ordinal"),
)
Index("ix_journal_site", journal.c.site, journal.c.seq)

checkpoint = Table(
    "checkpoint",
    metadata,
    Column("id", serial, primary_key=True, autoincrement=True),
    Column("site", sa.String(64), sa.ForeignKey("site.code"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("upto", sa.BigInteger, nullable=False),
    Column("entries", sa.BigInteger, nullable=False),
    Column("digest", sa.String(64), nullable=False),
    Column("seal", sa.String(64), nullable=False),
)

Index("ix_checkpoint_site", checkpoint.c.site, checkpoint.c.id)

#: How far a stage has read the journal of a site: stages are strangers and meet there.
cursor = Table(
    "cursor",
    metadata,
    site_key(),
    Column("name", sa.String(32), primary_key=True),
    Column("seq", sa.BigInteger, nullable=False),
)
