"""Briefings in their versions, who knows them, and which playbooks people were told of."""

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKeyConstraint, Table

from core.store.tables.schema import metadata, of, site_key
from core.store.types import Document, UtcDateTime

briefing = Table(
    "briefing",
    metadata,
    site_key(),
    Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    Column("version", sa.Integer, primary_key=True, autoincrement=False),
    Column("sort", sa.String(16), nullable=False),
    Column("title", sa.String(200), nullable=False),
    Column("words", sa.Text, nullable=False),
    Column("roles", Document, nullable=False),
    Column("units", Document, nullable=False),
    Column("categories", Document, nullable=False),
    Column("by", sa.String(64)),
    Column("published_at", UtcDateTime, nullable=False),
    Column("newest", sa.Boolean, nullable=False),
)

briefing_acknowledgement = Table(
    "briefing_acknowledgement",
    metadata,
    site_key(),
    Column("briefing", sa.BigInteger, primary_key=True, autoincrement=False),
    Column("version", sa.Integer, primary_key=True, autoincrement=False),
    Column("person", sa.String(64), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    of("person", "person"),
    ForeignKeyConstraint(
        ["site", "briefing", "version"],
        ["briefing.site", "briefing.number", "briefing.version"],
    ),
)

playbook_known = Table(
    "playbook_known",
    metadata,
    site_key(),
    Column("category", sa.String(64), primary_key=True),
    #: Over everything that people are to know of the category.
    Column("sha256", sa.String(64), nullable=False),
)
