"""Opening the store: SQLite for one machine, PostgreSQL for many; one code path."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection

from core.errors import NoPictures
from core.facts.rules import Rules
from core.store.blobs import Blobs
from core.store.editions import Rulebook
from core.store.sketchbook import Sketchbook
from core.store.store import Store

#: One lock for schema changes, any number that nothing else in the database uses.
_MIGRATION_LOCK = 7_216_001
#: Alembic's folder: env.py and the versions.
MIGRATIONS = Path(__file__).parent / "migrations"


class Database:
    """A store that units of work are taken from.

    On SQLite one process writes, through one connection that alone checkpoints (SQLite before
    3.51.3 can corrupt a WAL that two connections write), in WAL with ``synchronous=FULL``: a
    commit that was answered survives a power cut. Writers wait their turn in the pool.
    """

    def __init__(
        self, *, writer: Engine, reader: Engine, rules: Rules, blobs: Blobs | None = None
    ) -> None:
        """Take engines that ``open`` has prepared."""
        self._writer = writer
        self._reader = reader
        self._rulebook = Rulebook(rules)
        self._sketchbook = Sketchbook()
        self._blobs = blobs

    @classmethod
    def open(cls, url: str, *, rules: Rules, pictures: str | Path | None = None) -> "Database":
        """Open ``sqlite:///file`` or ``postgresql+psycopg://…``; creates no tables.

        :param pictures: where pictures lie: a folder or ``s3://…``; if nothing is said, beside a
            SQLite file in its folder ``pictures``, and with PostgreSQL nowhere.
        """
        parsed = make_url(url)
        if parsed.get_backend_name() != "sqlite":
            engine = sa.create_engine(
                parsed, pool_size=16, max_overflow=32, pool_pre_ping=True, pool_recycle=1800
            )
            blobs = Blobs.open(pictures) if pictures is not None else None
            return cls(writer=engine, reader=engine, rules=rules, blobs=blobs)
        if parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        writer = sa.create_engine(parsed, pool_size=1, max_overflow=0, pool_timeout=60)
        reader = sa.create_engine(parsed, pool_size=16, max_overflow=32)
        event.listen(writer, "connect", _prepare_writer)
        event.listen(writer, "begin", _begin_writer)
        event.listen(reader, "connect", _prepare_reader)
        event.listen(reader, "begin", _begin_reader)
        beside = Path(parsed.database).parent / "pictures" if parsed.database else None
        where = pictures if pictures is not None else beside
        blobs = Blobs.open(where) if where is not None else None
        return cls(writer=writer, reader=reader, rules=rules, blobs=blobs)

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self._writer.dialect.name

    @property
    def blobs(self) -> Blobs:
        """The store of pictures.

        :raises NoPictures: this process was not told where pictures lie.
        """
        if self._blobs is None:
            raise NoPictures
        return self._blobs

    def migrate(self) -> None:
        """Bring the schema up to date, one process at a time."""
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        with self._writer.connect() as connection:
            if self.dialect == "postgresql":
                connection.execute(sa.select(sa.func.pg_advisory_lock(_MIGRATION_LOCK)))
                connection.commit()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            if self.dialect == "postgresql":
                connection.execute(sa.select(sa.func.pg_advisory_unlock(_MIGRATION_LOCK)))
                connection.commit()

    @contextmanager
    def begin(self) -> Iterator[Store]:
        """Open a unit of work that writes: all of it is kept, or none."""
        with self._writer.begin() as connection:
            yield Store(connection, rulebook=self._rulebook, blobs=self._blobs)

    @contextmanager
    def read(self) -> Iterator[Store]:
        """Open a unit of work that only looks; it never waits for a writer."""
        with self._reader.connect() as connection:
            yield Store(
                connection,
                rulebook=self._rulebook,
                blobs=self._blobs,
                sketchbook=self._sketchbook,
            )

    def close(self) -> None:
        """Give all connections back."""
        self._reader.dispose()
        self._writer.dispose()


def _prepare_writer(dbapi: DBAPIConnection, _record: object) -> None:
    _pragmas(dbapi, "journal_mode=WAL", "synchronous=FULL", "busy_timeout=15000", "foreign_keys=ON")


def _prepare_reader(dbapi: DBAPIConnection, _record: object) -> None:
    _pragmas(dbapi, "busy_timeout=15000", "query_only=ON")


def _pragmas(dbapi: DBAPIConnection, *pragmas: str) -> None:
    assert isinstance(dbapi, sqlite3.Connection)
    dbapi.isolation_level = None  # we begin ourselves
    for pragma in (*pragmas, "temp_store=MEMORY", "cache_size=-32768"):
        dbapi.execute(f"PRAGMA {pragma}")


def _begin_writer(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_reader(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
