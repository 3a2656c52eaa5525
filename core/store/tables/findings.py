"""What became of what cameras found, and which of their rules are muted."""

import sqlalchemy as sa
from sqlalchemy import Column, Index, Table

from core.store.tables.schema import metadata, of, site_key
from core.store.types import UtcDateTime

finding = Table(
    "finding",
    metadata,
    site_key(),
    Column("report", sa.BigInteger, primary_key=True, autoincrement=False),
    Column("camera", sa.String(200), nullable=False),
    Column("what", sa.String(64), nullable=False),
    Column("confirmed", sa.Boolean, nullable=False),
    Column("judged_at", UtcDateTime, nullable=False),
    of("report", "report"),
)
Index("ix_finding_rule", finding.c.site, finding.c.camera, finding.c.what, finding.c.judged_at)

camera_rule = Table(
    "camera_rule",
    metadata,
    site_key(),
    Column("camera", sa.String(200), primary_key=True),
    Column("what", sa.String(64), primary_key=True),
    Column("muted_at", UtcDateTime),
    #: Judgements from before then do not count any more: somebody has seen to it.
    Column("counts_from", UtcDateTime),
)
