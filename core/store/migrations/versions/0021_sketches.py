"""Open issues are found by sketches of their words, not by postings of their pairs."""

import re
import struct
import unicodedata
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Any
from zlib import crc32

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_OPEN = ("reported", "forwarded", "accepted", "assigned")
_MANY = 256


def upgrade() -> None:
    op.create_table(
        "issue_sketch",
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("part", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("changed", sa.BigInteger(), nullable=False),
        sa.Column("kept", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_issue_sketch_site")),
        sa.PrimaryKeyConstraint("site", "part", name=op.f("pk_issue_sketch")),
    )
    op.create_index("ix_issue_sketch_changed", "issue_sketch", ["site", "changed"], unique=False)
    _fill(op.get_bind())
    op.drop_table("issue_gram")
    op.drop_table("gram_count")


def downgrade() -> None:
    op.create_table(
        "gram_count",
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("gram", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("many", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_gram_count_site")),
        sa.PrimaryKeyConstraint("site", "gram", name=op.f("pk_gram_count")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "issue_gram",
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("gram", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("issue", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.code"], name=op.f("fk_issue_gram_site")),
        sa.PrimaryKeyConstraint("site", "gram", "issue", name=op.f("pk_issue_gram")),
        sqlite_with_rowid=False,
    )
    op.drop_table("issue_sketch")


def _fill(connection: sa.Connection) -> None:
    """Sketch what is open now; as ``core.repeats.policy`` and ``core.store.sketches`` did."""
    columns = ("site", "number", "words", "place", "category")
    issue = sa.table("issue", *map(sa.column, (*columns, "status")))
    sketched = sa.table("issue_sketch", *map(sa.column, ("site", "part", "changed", "kept")))
    query = (
        sa.select(*(issue.c[name] for name in columns))
        .where(issue.c.status.in_(_OPEN), issue.c.words != "")
        .order_by(issue.c.site, issue.c.number)
    )
    found = connection.execute(query).all()
    rows = [
        {"site": site, "part": part, "changed": 1, "kept": kept}
        for (site, part), many in groupby(found, key=lambda row: (row.site, row.number // _MANY))
        if (kept := _kept(many)) is not None
    ]
    if rows:
        connection.execute(sa.insert(sketched), rows)


def _kept(issues: Iterator[Any]) -> bytes | None:
    records = [bytes(24)] * _MANY
    for row in issues:
        bits = _bits(row.words)
        codes = [crc32(one.encode()) or 1 if one else 0 for one in (row.place, row.category)]
        records[row.number % _MANY] = struct.pack("<QQII", bits % 2**64, bits >> 64, *codes)
    kept = b"".join(records)
    return kept if any(kept) else None


def _bits(words: str) -> int:
    said = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", words).casefold())
    told = {*said, *(first + second for first, second in pairwise(said))}
    numbers = sorted({crc32(one.encode("utf-8")) * 2_654_435_761 & 0xFFFF_FFFF for one in told})
    sketch = 0
    for number in numbers[:64]:
        sketch |= 1 << (number >> 8 & 127)
    return sketch
