"""Tellings of problems, and through whom they came."""

import sqlalchemy as sa
from sqlalchemy import Column, Index, Table

from core.store.tables.schema import metadata, of, site_key
from core.store.types import UtcDateTime

report = Table(
    "report",
    metadata,
    site_key(),
    Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    Column("issue", sa.BigInteger, nullable=False),
    Column("channel", sa.String(32), nullable=False),
    Column("cls", sa.String(16), nullable=False),
    Column("priority", sa.SmallInteger, nullable=False),
    #: In front of the operators: to be dealt with, or waiting for the desk to accept.
    Column("queued", sa.Boolean, nullable=False),
    Column("event_type", sa.String(64)),
    Column("device", sa.String(200)),
    Column("subject", sa.String(200)),
    Column("place", sa.String(64)),
    Column("told_at", UtcDateTime, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("times_told", sa.Integer, nullable=False, server_default="1"),
    Column("late", sa.Boolean, nullable=False, server_default=sa.false()),
    Column("call_key", sa.String(200)),
    Column("call_state", sa.String(16)),
    Column("answered_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Column("words", sa.Text, nullable=False, server_default=""),
    #: An operator's console first showed it (standards count from arrival and from first view).
    Column("shown_at", UtcDateTime),
    Column("completed_at", UtcDateTime),
    Column("returned_reason", sa.Text),
    Column("returned_by", sa.String(64)),
    Column("returned_at", UtcDateTime),
    Column("claimed_by", sa.String(64)),
    Column("claimed_until", UtcDateTime),
    Column("parked_until", UtcDateTime),
    Column("parked_by", sa.String(64)),
    Column("parked_reason", sa.Text),
    Column("parks", sa.Integer, nullable=False, server_default="0"),
    #: It returned to the queue by itself: why, from whom, when.
    Column("back_why", sa.String(16)),
    Column("back_by", sa.String(64)),
    Column("back_at", UtcDateTime),
    Column("offered_to", sa.String(64)),
    Column("offered_by", sa.String(64)),
    Column("offered_until", UtcDateTime),
    #: When time alone may change who has it; it may be too early, never too late.
    Column("look_at", UtcDateTime),
    Column("storm", sa.BigInteger),
    Column("under", sa.BigInteger),
    Column("version", sa.Integer, nullable=False, server_default="0"),
    of("issue", "issue"),
    sa.UniqueConstraint("site", "call_key"),
)
Index(
    "ix_report_queue",
    report.c.site,
    report.c.priority,
    report.c.told_at,
    sqlite_where=report.c.queued.is_(True),
    postgresql_where=report.c.queued.is_(True),
)
Index(
    "ix_report_ringing",
    report.c.told_at,
    sqlite_where=report.c.call_state == "ringing",
    postgresql_where=report.c.call_state == "ringing",
)
Index(
    "ix_report_look_at",
    report.c.look_at,
    sqlite_where=report.c.look_at.is_not(None),
    postgresql_where=report.c.look_at.is_not(None),
)
Index(
    "ix_report_storm",
    report.c.site,
    report.c.storm,
    sqlite_where=report.c.storm.is_not(None),
    postgresql_where=report.c.storm.is_not(None),
)
Index(
    "ix_report_under",
    report.c.site,
    report.c.under,
    sqlite_where=report.c.under.is_not(None),
    postgresql_where=report.c.under.is_not(None),
)
Index("ix_report_issue", report.c.site, report.c.issue)
Index(
    "ix_report_device_queue",
    report.c.site,
    report.c.device,
    sqlite_where=report.c.queued.is_(True),
    postgresql_where=report.c.queued.is_(True),
)

relay = Table(
    "relay",
    metadata,
    site_key(),
    Column("report", sa.BigInteger, primary_key=True, autoincrement=False),
    Column("ordinal", sa.Integer, primary_key=True, autoincrement=False),
    Column("by_person", sa.String(64)),
    Column("by_name", sa.String(200), nullable=False),
    Column("role", sa.String(32)),
    Column("to_name", sa.String(200), nullable=False),
    Column("means", sa.String(16), nullable=False),
    Column("told_at", UtcDateTime, nullable=False),
    of("report", "report"),
)
