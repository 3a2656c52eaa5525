"""The month: facts of issues, what was added up from them, and months that are closed."""

import sqlalchemy as sa
from sqlalchemy import Column, Index, Table

from core.facts.month import MEASURES
from core.store.tables.schema import metadata, of, site_key
from core.store.types import Document, UtcDateTime

issue_fact = Table(
    "issue_fact",
    metadata,
    site_key(),
    Column("issue", sa.BigInteger, primary_key=True, autoincrement=False),
    Column("month", sa.String(7), nullable=False),
    Column("reported_at", UtcDateTime, nullable=False),
    Column("reported_on", sa.Date, nullable=False),
    Column("channel", sa.String(32), nullable=False),
    Column("cls", sa.String(16), nullable=False),
    Column("found_by", sa.String(16), nullable=False),
    Column("person", sa.String(64)),
    Column("unit", sa.String(64)),
    Column("category", sa.String(64)),
    Column("place", sa.String(64)),
    Column("device", sa.String(200)),
    Column("customer", sa.String(400)),
    Column("hops", sa.Integer, nullable=False),
    Column("hop_seconds", Document, nullable=False),
    Column("to_be_identified", sa.Boolean, nullable=False),
    Column("repeat", sa.Boolean, nullable=False),
    Column("merged", sa.Boolean, nullable=False),
    Column("own_found_by", sa.String(16)),
    Column("arrived_at", UtcDateTime, nullable=False),
    Column("shown_at", UtcDateTime),
    Column("claimed_at", UtcDateTime),
    Column("operator", sa.String(64)),
    Column("answered_at", UtcDateTime),
    Column("acted_at", UtcDateTime),
    Column("forwarded_at", UtcDateTime),
    Column("accepted_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Column("on_the_spot", sa.Boolean, nullable=False),
    Column("dismissed", sa.String(32)),
    Column("outcome", sa.String(32)),
    Column("reopened", sa.Integer, nullable=False),
    Column("seq", sa.BigInteger, nullable=False),
)
Index("ix_issue_fact_month", issue_fact.c.site, issue_fact.c.month, issue_fact.c.issue)

occurrence = Table(
    "occurrence",
    metadata,
    site_key(),
    Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    Column("issue", sa.BigInteger, nullable=False),
    Column("measure", sa.String(32), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("month", sa.String(7), nullable=False),
    Column("person", sa.String(64)),
    Column("unit", sa.String(64)),
    Column("channel", sa.String(32)),
    Column("category", sa.String(64)),
    Column("place", sa.String(64)),
)
Index("ix_occurrence_month", occurrence.c.site, occurrence.c.month, occurrence.c.measure)

#: Sums of a month: one row for each key of each dimension, one column for each measure.
month_count = Table(
    "month_count",
    metadata,
    site_key(),
    Column("month", sa.String(7), primary_key=True),
    Column("dimension", sa.String(16), primary_key=True),
    #: Empty: nobody, nowhere, not said; so the rows of a dimension add up to the whole.
    Column("key", sa.String(200), primary_key=True),
    *(Column(name, sa.Integer, nullable=False, server_default="0") for name in MEASURES),
)

#: Every value of a month in order, four bytes each: percentiles to the second need all of them.
month_value = Table(
    "month_value",
    metadata,
    site_key(),
    Column("month", sa.String(7), primary_key=True),
    Column("measure", sa.String(32), primary_key=True),
    Column("group", sa.String(200), primary_key=True),
    Column("sorted", sa.LargeBinary, nullable=False),
)

#: How often each customer told in a month, so that each is counted once.
month_customer = Table(
    "month_customer",
    metadata,
    site_key(),
    Column("month", sa.String(7), primary_key=True),
    Column("customer", sa.String(400), primary_key=True),
    Column("dimension", sa.String(16), primary_key=True),
    Column("key", sa.String(200), primary_key=True),
    Column("told", sa.Integer, nullable=False),
    Column("repeats", sa.Integer, nullable=False),
)

#: Frozen: what it was made of, and its canonical bytes. Rows are never changed.
closed_month = Table(
    "closed_month",
    metadata,
    site_key(),
    Column("month", sa.String(7), primary_key=True),
    Column("closed_at", UtcDateTime, nullable=False),
    Column("closed_by", sa.String(64), nullable=False),
    #: The last entry of the journal that is in it.
    Column("upto", sa.BigInteger, nullable=False),
    Column("sha256", sa.String(64), nullable=False),
    Column("report", sa.LargeBinary, nullable=False),
    Column("inputs", sa.LargeBinary, nullable=False),
    of("person", "closed_by"),
)

#: Open objections, as the journal tells of them: no month closes while there is one (五.2).
objection = Table(
    "objection",
    metadata,
    site_key(),
    Column("proposal", sa.String(64), primary_key=True),
    Column("issue", sa.BigInteger, nullable=False),
    Column("raised_at", UtcDateTime, nullable=False),
)

panel = Table(
    "panel",
    metadata,
    site_key(),
    Column("panel", sa.String(16), primary_key=True),
    Column("owner", sa.String(64)),
    Column("reviewed_at", UtcDateTime),
    Column("reviewed_by", sa.String(64)),
    Column("words", sa.Text),
    of("person", "owner"),
    of("person", "reviewed_by"),
)
