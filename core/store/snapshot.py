"""One moment of a whole store, for a backup: what stands there, and a copy that agrees with it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.engine import make_url

from core.facts.device import SiteCode
from core.store import tables
from core.store.database import MIGRATIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a store holds at one moment."""

    #: ``sqlite`` or ``postgresql``.
    engine: str
    #: The newest migration that was run.
    revision: str
    #: How many rows each table has.
    rows: dict[str, int]
    #: Every picture that is kept, by site and SHA-256.
    pictures: tuple[tuple[SiteCode, str], ...]
    #: PostgreSQL: under which name others may look at the same moment, while it is held.
    name: str | None = None


def is_sqlite(url: str) -> bool:
    """Whether a URL names a SQLite file."""
    return make_url(url).get_backend_name() == "sqlite"


def file_of(url: str) -> Path:
    """Return the file of a SQLite URL."""
    return Path(make_url(url).database or "")


def libpq(url: str) -> tuple[str, str | None]:
    """Return a PostgreSQL URL as its own programs take it, and its password apart."""
    parsed = make_url(url)
    plain = sa.URL.create(
        "postgresql",
        username=parsed.username,
        host=parsed.host,
        port=parsed.port,
        database=parsed.database,
        query=parsed.query,
    )
    said = str(parsed.password) if parsed.password else None
    return plain.render_as_string(hide_password=False), said


def copy_sqlite(url: str, target: Path) -> None:
    """Copy a SQLite store that may be written to meanwhile, as it is at one moment."""
    source = f"{file_of(url).resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(source, uri=True, timeout=60)) as opened:
        opened.execute("VACUUM INTO ?", (str(target),))


def is_sound(file: Path) -> bool:
    """Whether SQLite finds nothing wrong in a file."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as opened:
            return [row[0] for row in opened.execute("PRAGMA integrity_check")] == ["ok"]
    except sqlite3.DatabaseError:
        return False


@contextmanager
def held(url: str) -> Iterator[Standing]:
    """Say what a store holds; within, PostgreSQL shows that moment to whoever knows its name."""
    engine = sa.create_engine(url)
    try:
        with engine.connect().execution_options(isolation_level=_isolation(url)) as connection:
            yield standing(connection)
    finally:
        engine.dispose()


def is_empty(url: str) -> bool:
    """Whether nothing stands there yet: no file, or a database without tables."""
    if is_sqlite(url):
        return not file_of(url).exists()
    engine = sa.create_engine(url)
    try:
        with engine.connect() as connection:
            return not sa.inspect(connection).get_table_names()
    finally:
        engine.dispose()


def is_known(revision: str) -> bool:
    """Whether this program knows a migration, and can go on from it."""
    known = ScriptDirectory(str(MIGRATIONS)).walk_revisions()
    return revision in {one.revision for one in known}


def standing(connection: Connection) -> Standing:
    """Count every table and list what is kept, in this connection's transaction."""
    names = sorted(sa.inspect(connection).get_table_names())
    rows = {
        name: connection.scalar(sa.select(sa.func.count()).select_from(sa.table(name))) or 0
        for name in names
    }
    file = tables.picture_file
    kept = connection.execute(
        sa.select(file.c.site, file.c.sha256).order_by(file.c.site, file.c.sha256)
    )
    postgresql = connection.dialect.name == "postgresql"
    return Standing(
        engine=connection.dialect.name,
        revision=connection.scalar(sa.text("SELECT version_num FROM alembic_version")) or "",
        rows=rows,
        pictures=tuple((SiteCode(row.site), row.sha256) for row in kept),
        name=connection.scalar(sa.select(sa.func.pg_export_snapshot())) if postgresql else None,
    )


def _isolation(url: str) -> str:
    return "SERIALIZABLE" if is_sqlite(url) else "REPEATABLE READ"
