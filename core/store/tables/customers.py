"""Customers, who told of what, and the same problem again."""

import sqlalchemy as sa
from sqlalchemy import Column, Index, Table

from core.store.tables.schema import metadata, of, serial, site_key
from core.store.types import Document, UtcDateTime

customer = Table(
    "customer",
    metadata,
    site_key(),
    Column("code", sa.String(64), primary_key=True),
    Column("name", sa.String(200), nullable=False),
    Column("note", sa.Text, nullable=False, server_default=""),
    Column("active", sa.Boolean, nullable=False, server_default=sa.true()),
)

customer_phone = Table(
    "customer_phone",
    metadata,
    site_key(),
    #: As it is compared: digits alone.
    Column("digits", sa.String(64), primary_key=True),
    Column("customer", sa.String(64), primary_key=True),
    Column("phone", sa.String(64), nullable=False),
    Column("ordinal", sa.SmallInteger, nullable=False),
    of("customer", "customer"),
)
Index("ix_customer_phone_customer", customer_phone.c.site, customer_phone.c.customer)

home = Table(
    "home",
    metadata,
    site_key(),
    Column("customer", sa.String(64), primary_key=True),
    Column("ordinal", sa.SmallInteger, primary_key=True, autoincrement=False),
    Column("place", sa.String(64), nullable=False),
    Column("door", sa.String(64)),
    Column("kind", sa.String(16), nullable=False),
    Column("since_on", sa.Date),
    Column("until_on", sa.Date),
    of("customer", "customer"),
    of("place", "place"),
)
Index("ix_home_place", home.c.site, home.c.place, home.c.door)

reporter = Table(
    "reporter",
    metadata,
    site_key(),
    Column("report", sa.BigInteger, primary_key=True, autoincrement=False),
    Column("kind", sa.String(16), nullable=False),
    Column("person", sa.String(64)),
    Column("name", sa.String(200)),
    Column("phone", sa.String(64)),
    Column("digits", sa.String(64)),
    Column("place", sa.String(64)),
    Column("customer", sa.String(64)),
    of("report", "report"),
)
Index(
    "ix_reporter_customer",
    reporter.c.site,
    reporter.c.customer,
    reporter.c.report,
    sqlite_where=reporter.c.customer.is_not(None),
    postgresql_where=reporter.c.customer.is_not(None),
)
Index(
    "ix_reporter_digits",
    reporter.c.site,
    reporter.c.digits,
    reporter.c.report,
    sqlite_where=reporter.c.digits.is_not(None),
    postgresql_where=reporter.c.digits.is_not(None),
)

repeat = Table(
    "repeat",
    metadata,
    site_key(),
    Column("issue", sa.BigInteger, primary_key=True, autoincrement=False),
    Column("of", sa.BigInteger, nullable=False),
    Column("customer", sa.String(64), nullable=False),
    Column("rule", sa.String(16), nullable=False),
    Column("likeness", sa.SmallInteger),
    Column("chain", sa.Integer, nullable=False),
    Column("found_at", UtcDateTime, nullable=False),
    Column("unmarked_at", UtcDateTime),
    Column("unmarked_by", sa.String(64)),
    Column("unmarked_reason", sa.Text),
    of("issue", "issue"),
)

merger = Table(
    "merger",
    metadata,
    Column("id", serial, primary_key=True, autoincrement=True),
    Column("site", sa.String(64), sa.ForeignKey("site.code"), nullable=False),
    Column("issue", sa.BigInteger, nullable=False),
    Column("into", sa.BigInteger, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    #: NULL: a rule joined them.
    Column("by", sa.String(64)),
    Column("reason", sa.Text, nullable=False),
    Column("rule", sa.String(32), nullable=False),
    Column("reports", Document, nullable=False),
    Column("queued", Document, nullable=False),
    Column("pictures", Document, nullable=False),
    Column("status", sa.String(16), nullable=False),
    Column("own_reported_at", UtcDateTime, nullable=False),
    Column("split_at", UtcDateTime),
    Column("split_by", sa.String(64)),
    of("issue", "issue"),
    of("issue", "into"),
)
Index("ix_merger_issue", merger.c.site, merger.c.issue)
Index("ix_merger_into", merger.c.site, merger.c.into)

#: Sketches of open issues, many of them in a row; ``changed`` counts the changes of a site.
issue_sketch = Table(
    "issue_sketch",
    metadata,
    site_key(),
    Column("part", sa.BigInteger, primary_key=True, autoincrement=False),
    Column("changed", sa.BigInteger, nullable=False),
    Column("kept", sa.LargeBinary, nullable=False),
)
Index("ix_issue_sketch_changed", issue_sketch.c.site, issue_sketch.c.changed)
