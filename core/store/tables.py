"""The tables. Every row belongs to a site; an id of one site means nothing at another."""

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKeyConstraint, Index, MetaData, Table

from core.store.types import Document, UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite only counts up by itself in a column of exactly INTEGER.
_serial = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _site() -> Column[str]:
    return Column("site", sa.String(64), sa.ForeignKey("site.code"), primary_key=True)


def _of(table: str, *columns: str) -> ForeignKeyConstraint:
    """Tie columns to a row of the same site."""
    return ForeignKeyConstraint(["site", *columns], [f"{table}.site", f"{table}.{_key[table]}"])


_key = {"place": "code", "unit": "code", "person": "code", "issue": "number", "report": "number"}

site = Table(
    "site",
    metadata,
    Column("code", sa.String(64), primary_key=True),
    Column("name", sa.String(200), nullable=False),
    Column("zone", sa.String(64), nullable=False),
)

place = Table(
    "place",
    metadata,
    _site(),
    Column("code", sa.String(64), primary_key=True),
    Column("name", sa.String(200), nullable=False),
    Column("parent", sa.String(64)),
)

device = Table(
    "device",
    metadata,
    _site(),
    Column("code", sa.String(200), primary_key=True),
    Column("system", sa.String(32), nullable=False),
    Column("name", sa.String(200), nullable=False),
    Column("profile", sa.String(64), nullable=False),
    Column("address", sa.String(200), nullable=False),
    Column("place", sa.String(64)),
    Column("silent_after", sa.Float),
    Column("last_heard_at", UtcDateTime),
    Column("silent_since", UtcDateTime),
    Column("covers", Document, nullable=False, server_default="[]"),
    Column("keep_days", sa.Integer),
    _of("place", "place"),
)

unit = Table(
    "unit",
    metadata,
    _site(),
    Column("code", sa.String(64), primary_key=True),
    Column("name", sa.String(200), nullable=False),
    Column("kind", sa.String(32), nullable=False),
)

person = Table(
    "person",
    metadata,
    _site(),
    Column("code", sa.String(64), primary_key=True),
    Column("name", sa.String(200), nullable=False),
    Column("unit", sa.String(64), nullable=False),
    Column("roles", Document, nullable=False),
    Column("phone", sa.String(64)),
    Column("active", sa.Boolean, nullable=False),
    Column("login", sa.String(64)),
    Column("password_hash", sa.String(300)),
    _of("unit", "unit"),
    sa.UniqueConstraint("site", "login"),
)

session = Table(
    "session",
    metadata,
    Column("token_hash", sa.String(64), primary_key=True),
    Column("site", sa.String(64), nullable=False),
    Column("person", sa.String(64), nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    _of("person", "person"),
)

gateway = Table(
    "gateway",
    metadata,
    _site(),
    Column("name", sa.String(64), primary_key=True),
    Column("token_hash", sa.String(64), nullable=False, unique=True),
    Column("last_heard_at", UtcDateTime),
    Column("spooled", sa.Integer, nullable=False, server_default="0"),
    Column("oldest_at", UtcDateTime),
    Column("quarantined", sa.Integer, nullable=False, server_default="0"),
    Column("counts", Document, nullable=False),
)

counter = Table(
    "counter",
    metadata,
    _site(),
    Column("name", sa.String(32), primary_key=True),
    Column("value", sa.BigInteger, nullable=False),
)

device_event = Table(
    "device_event",
    metadata,
    Column("seq", _serial, primary_key=True, autoincrement=True),
    Column("site", sa.String(64), sa.ForeignKey("site.code"), nullable=False),
    Column("source", sa.String(300), nullable=False),
    Column("event_id", sa.String(200), nullable=False),
    Column("system", sa.String(32), nullable=False),
    Column("device", sa.String(200), nullable=False),
    Column("type", sa.String(64), nullable=False),
    Column("occurred_at", UtcDateTime, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("subject", sa.String(200)),
    Column("call_key", sa.String(200)),
    Column("time_estimated", sa.Boolean, nullable=False),
    Column("late", sa.Boolean, nullable=False),
    Column("stale", sa.Boolean, nullable=False),
    Column("data", Document, nullable=False),
    sa.UniqueConstraint("source", "event_id"),
)
# Hints near a call are looked up by device and time; plain events are read by seq.
Index(
    "ix_device_event_credential",
    device_event.c.site,
    device_event.c.device,
    device_event.c.occurred_at,
    sqlite_where=device_event.c.type == "credential.presented",
    postgresql_where=device_event.c.type == "credential.presented",
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("id", _serial, primary_key=True, autoincrement=True),
    Column("site", sa.String(64), sa.ForeignKey("site.code"), nullable=False),
    Column("gateway", sa.String(64), nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("reason", sa.Text, nullable=False),
    Column("body", sa.Text, nullable=False),
)

issue = Table(
    "issue",
    metadata,
    _site(),
    Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    Column("status", sa.String(16), nullable=False),
    Column("urgency", sa.String(16), nullable=False),
    Column("category", sa.String(64)),
    Column("place", sa.String(64)),
    Column("words", sa.Text, nullable=False, server_default=""),
    Column("reported_at", UtcDateTime, nullable=False),
    Column("reported_on", sa.Date, nullable=False),
    Column("owner", sa.String(64)),
    Column("to_be_identified", sa.Boolean, nullable=False, server_default=sa.false()),
    Column("caller_kind", sa.String(16)),
    Column("caller_person", sa.String(64)),
    Column("caller_name", sa.String(200)),
    Column("caller_phone", sa.String(64)),
    Column("caller_place", sa.String(64)),
    Column("forwarded_at", UtcDateTime),
    Column("accepted_at", UtcDateTime),
    Column("assigned_to", sa.String(64)),
    Column("promised_at", UtcDateTime),
    Column("handled_at", UtcDateTime),
    Column("handled_how", sa.Text),
    Column("closed_at", UtcDateTime),
    Column("outcome", sa.String(32)),
    Column("reopened", sa.Integer, nullable=False, server_default="0"),
    Column("next_due_at", UtcDateTime),
    Column("version", sa.Integer, nullable=False, server_default="0"),
    Column("entries", sa.Integer, nullable=False, server_default="0"),
    Column("head", sa.String(64), nullable=False, server_default=""),
    _of("place", "place"),
    _of("person", "owner"),
)
Index(
    "ix_issue_due",
    issue.c.next_due_at,
    sqlite_where=issue.c.next_due_at.is_not(None),
    postgresql_where=issue.c.next_due_at.is_not(None),
)
Index("ix_issue_open_place", issue.c.site, issue.c.place, issue.c.status)
Index("ix_issue_status", issue.c.site, issue.c.status, issue.c.number)
Index("ix_issue_owner", issue.c.site, issue.c.owner, issue.c.number)

report = Table(
    "report",
    metadata,
    _site(),
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
    Column("version", sa.Integer, nullable=False, server_default="0"),
    _of("issue", "issue"),
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
    _site(),
    Column("report", sa.BigInteger, primary_key=True, autoincrement=False),
    Column("ordinal", sa.Integer, primary_key=True, autoincrement=False),
    Column("by_person", sa.String(64)),
    Column("by_name", sa.String(200), nullable=False),
    Column("role", sa.String(32)),
    Column("to_name", sa.String(200), nullable=False),
    Column("means", sa.String(16), nullable=False),
    Column("told_at", UtcDateTime, nullable=False),
    _of("report", "report"),
)

escalation = Table(
    "escalation",
    metadata,
    _site(),
    Column("issue", sa.BigInteger, primary_key=True, autoincrement=False),
    Column("step", sa.String(32), primary_key=True),
    Column("to_roles", Document, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("fired_at", UtcDateTime, nullable=False),
    _of("issue", "issue"),
)

notice = Table(
    "notice",
    metadata,
    Column("id", _serial, primary_key=True, autoincrement=True),
    Column("site", sa.String(64), nullable=False),
    Column("issue", sa.BigInteger, nullable=False),
    Column("step", sa.String(32), nullable=False),
    Column("person", sa.String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("acknowledged_at", UtcDateTime),
    _of("issue", "issue"),
    _of("person", "person"),
    sa.UniqueConstraint("site", "issue", "step", "person"),
)
Index("ix_notice_person", notice.c.site, notice.c.person, notice.c.id)

journal = Table(
    "journal",
    metadata,
    Column("seq", _serial, primary_key=True, autoincrement=True),
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
    Column("id", _serial, primary_key=True, autoincrement=True),
    Column("site", sa.String(64), sa.ForeignKey("site.code"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("upto", sa.BigInteger, nullable=False),
    Column("entries", sa.BigInteger, nullable=False),
    Column("digest", sa.String(64), nullable=False),
    Column("seal", sa.String(64), nullable=False),
)

Index("ix_checkpoint_site", checkpoint.c.site, checkpoint.c.id)

reply = Table(
    "reply",
    metadata,
    _site(),
    Column("person", sa.String(64), primary_key=True),
    Column("key", sa.String(200), primary_key=True),
    Column("request", sa.String(64), nullable=False),
    Column("status", sa.Integer, nullable=False),
    Column("answer", sa.Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

heartbeat = Table(
    "heartbeat",
    metadata,
    Column("name", sa.String(32), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("detail", Document, nullable=False),
)

#: How far a stage has read the journal of a site: stages are strangers and meet there.
cursor = Table(
    "cursor",
    metadata,
    _site(),
    Column("name", sa.String(32), primary_key=True),
    Column("seq", sa.BigInteger, nullable=False),
)

picture = Table(
    "picture",
    metadata,
    Column("id", _serial, primary_key=True, autoincrement=True),
    Column("site", sa.String(64), sa.ForeignKey("site.code"), nullable=False),
    Column("issue", sa.BigInteger, nullable=False),
    Column("report", sa.BigInteger),
    Column("camera", sa.String(200), nullable=False),
    Column("label", sa.String(16), nullable=False),
    Column("moment", UtcDateTime, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("state", sa.String(16), nullable=False),
    Column("since", UtcDateTime, nullable=False),
    #: When somebody must look at it again: to give it up, or to delete it.
    Column("look_at", UtcDateTime),
    Column("sha256", sa.String(64)),
    Column("reason", sa.String(400)),
    Column("taken_at", UtcDateTime),
    Column("offset_seconds", sa.Float),
    Column("width", sa.Integer),
    Column("height", sa.Integer),
    Column("media_type", sa.String(32)),
    Column("bytes", sa.BigInteger),
    Column("masked", sa.Boolean, nullable=False, server_default=sa.false()),
    _of("issue", "issue"),
)
Index("ix_picture_issue", picture.c.site, picture.c.issue)
Index("ix_picture_sha256", picture.c.site, picture.c.sha256)
Index(
    "ix_picture_wanted",
    picture.c.site,
    picture.c.moment,
    sqlite_where=picture.c.state == "wanted",
    postgresql_where=picture.c.state == "wanted",
)
Index(
    "ix_picture_look_at",
    picture.c.look_at,
    sqlite_where=picture.c.look_at.is_not(None),
    postgresql_where=picture.c.look_at.is_not(None),
)

picture_file = Table(
    "picture_file",
    metadata,
    _site(),
    Column("sha256", sa.String(64), primary_key=True),
    Column("bytes", sa.BigInteger, nullable=False),
    Column("media_type", sa.String(32), nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("gateway", sa.String(64), nullable=False),
    #: When bytes that still belong to no picture are deleted.
    Column("look_at", UtcDateTime),
)
Index(
    "ix_picture_file_look_at",
    picture_file.c.look_at,
    sqlite_where=picture_file.c.look_at.is_not(None),
    postgresql_where=picture_file.c.look_at.is_not(None),
)

comparison = Table(
    "comparison",
    metadata,
    Column("id", _serial, primary_key=True, autoincrement=True),
    Column("site", sa.String(64), sa.ForeignKey("site.code"), nullable=False),
    Column("issue", sa.BigInteger, nullable=False),
    Column("camera", sa.String(200), nullable=False),
    Column("before", sa.String(64), nullable=False),
    Column("after", sa.String(64), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("answered_at", UtcDateTime),
    Column("verdict", sa.String(64)),
    Column("score", sa.Float),
    Column("confidence", sa.Float),
    Column("band", sa.String(32)),
    Column("reasons", sa.String(2000)),
    Column("evidence", sa.String(64)),
    Column("machine", sa.String(200)),
    Column("reason", sa.String(400)),
    _of("issue", "issue"),
)
Index("ix_comparison_issue", comparison.c.site, comparison.c.issue)
Index(
    "ix_comparison_open",
    comparison.c.site,
    comparison.c.id,
    sqlite_where=comparison.c.answered_at.is_(None),
    postgresql_where=comparison.c.answered_at.is_(None),
)

review = Table(
    "review",
    metadata,
    Column("id", _serial, primary_key=True, autoincrement=True),
    Column("site", sa.String(64), sa.ForeignKey("site.code"), nullable=False),
    Column("issue", sa.BigInteger, nullable=False),
    Column("why", sa.String(16), nullable=False),
    Column("handled_at", UtcDateTime, nullable=False),
    Column("handlers", Document, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("overwritten_at", UtcDateTime, nullable=False),
    Column("state", sa.String(16), nullable=False),
    Column("comparison", sa.BigInteger),
    Column("camera", sa.String(200)),
    Column("verdict", sa.String(16)),
    Column("reason", sa.Text),
    Column("decided_by", sa.String(64)),
    Column("decided_at", UtcDateTime),
    Column("agreed", sa.Boolean),
    _of("issue", "issue"),
)
Index("ix_review_issue", review.c.site, review.c.issue)
Index(
    "ix_review_open",
    review.c.site,
    review.c.due_at,
    sqlite_where=review.c.state == "open",
    postgresql_where=review.c.state == "open",
)
