"""What was asked of cameras, what came, and pairs that are compared."""

import sqlalchemy as sa
from sqlalchemy import Column, Index, Table

from core.store.tables.schema import metadata, of, serial, site_key
from core.store.types import UtcDateTime

picture = Table(
    "picture",
    metadata,
    Column("id", serial, primary_key=True, autoincrement=True),
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
    #: Of what a person added; the camera is empty then.
    Column("by", sa.String(64)),
    Column("origin", sa.String(16)),
    Column("taken_with", sa.String(200)),
    Column("place", sa.String(64)),
    #: The hash of the file as a person sent it.
    Column("received", sa.String(64)),
    of("issue", "issue"),
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
    site_key(),
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
    Column("id", serial, primary_key=True, autoincrement=True),
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
    Column("reference_at", UtcDateTime),
    Column("reason", sa.String(400)),
    of("issue", "issue"),
)
Index("ix_comparison_issue", comparison.c.site, comparison.c.issue)
Index(
    "ix_comparison_open",
    comparison.c.site,
    comparison.c.id,
    sqlite_where=comparison.c.answered_at.is_(None),
    postgresql_where=comparison.c.answered_at.is_(None),
)
