"""One PostgreSQL database for many tests: emptied after each, for that is faster than a new one.

Only tables that have rows are emptied, and every sequence begins again, so that a test finds what
it would find in a fresh database. One that is still used, or whose tables were changed, is dropped.
"""

import os
from itertools import count
from typing import Any

import psycopg
from psycopg import sql

#: What a migrated, empty database has rows in.
_KEPT = frozenset({"alembic_version"})
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
_OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
_BEGIN_AGAIN = "SELECT setval(format('%I', sequencename)::regclass, 1, false) FROM pg_sequences"

_numbers = count()


class Emptied:
    """Hands out one database at a time."""

    def __init__(self, server: str, template: str) -> None:
        """Make databases on this server like ``template``."""
        self._server = server
        self._template = template
        self._name: str | None = None
        self._tables: list[str] = []

    def take(self) -> str:
        """Return the URL of an empty database."""
        if self._name is None:
            self._name = f"test_{os.getpid()}_{next(_numbers)}"
            with self._admin() as admin:
                made = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
                admin.execute(
                    made.format(sql.Identifier(self._name), sql.Identifier(self._template))
                )
            with self._inside() as inside:
                self._tables = [name for (name,) in inside.execute(_TABLES)]
        return f"{self._server.rsplit('/', 1)[0]}/{self._name}"

    def give_back(self) -> None:
        """Empty it for the next test, or drop it."""
        try:
            with self._inside() as inside:
                inside.execute("SET lock_timeout = '1s'")
                clean = self._is_left(inside) and self._empty(inside)
        except psycopg.Error:
            clean = False
        if not clean:
            self.drop()

    def drop(self) -> None:
        """End the database, whoever still uses it."""
        name, self._name = self._name, None
        if name is not None:
            with self._admin() as admin:
                ended = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
                admin.execute(ended.format(sql.Identifier(name)))

    def _is_left(self, inside: psycopg.Connection[tuple[Any, ...]]) -> bool:
        """Whether nobody else is connected any more, and the tables are those of the template."""
        used = inside.execute(_OTHERS, (self._name,)).fetchone()
        tables = [name for (name,) in inside.execute(_TABLES)]
        return used == (0,) and tables == self._tables

    def _empty(self, inside: psycopg.Connection[tuple[Any, ...]]) -> bool:
        asked = sql.SQL(" UNION ALL ").join(
            sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(
                sql.Literal(name), sql.Identifier(name)
            )
            for name in self._tables
            if name not in _KEPT
        )
        full = [str(name) for (name,) in inside.execute(asked)]
        if full:
            emptied = sql.SQL("TRUNCATE {} CASCADE")
            inside.execute(emptied.format(sql.SQL(", ").join(map(sql.Identifier, full))))
        inside.execute(_BEGIN_AGAIN)
        return True

    def _admin(self) -> psycopg.Connection[tuple[Any, ...]]:
        return psycopg.connect(_plain(self._server), autocommit=True)

    def _inside(self) -> psycopg.Connection[tuple[Any, ...]]:
        url = f"{_plain(self._server).rsplit('/', 1)[0]}/{self._name}"
        return psycopg.connect(url, autocommit=True)


def _plain(server: str) -> str:
    return server.replace("postgresql+psycopg://", "postgresql://")
