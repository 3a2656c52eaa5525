"""What every test may ask for: a store on each engine, and a site with a clock that tests hold."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event

from core.facts.rules import Rules
from core.rules import rules as office_rules
from core.store.database import Database
from tests import postgresql_server
from tests.emptied import Emptied
from tests.office import Office

_RUN = "SHOUWEN_TEST_RUN"


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        os.environ[_RUN] = tempfile.mkdtemp(prefix="shouwen-tests-")


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        run = Path(os.environ[_RUN])
        postgresql_server.stop(run)
        shutil.rmtree(run, ignore_errors=True)


@pytest.fixture(scope="session")
def rules() -> Rules:
    return office_rules()


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory, rules: Rules) -> Path:
    file = tmp_path_factory.mktemp("template") / "store.sqlite"
    database = Database.open(f"sqlite:///{file}", rules=rules)
    database.migrate()
    database.close()
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return file


@pytest.fixture(scope="session")
def _postgresql_template(rules: Rules) -> Iterator[tuple[str, str]]:
    server = postgresql_server.url(Path(os.environ[_RUN]))
    name = f"template_{os.getpid()}"
    with psycopg.connect(_plain(server), autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
    database = Database.open(_named(server, name), rules=rules)
    database.migrate()
    database.close()
    yield server, name
    with psycopg.connect(_plain(server), autocommit=True) as admin:
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def _postgresql(_postgresql_template: tuple[str, str]) -> Iterator[Emptied]:
    emptied = Emptied(*_postgresql_template)
    yield emptied
    emptied.drop()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated, empty store of its own for each test, on each engine."""
    if request.param == "sqlite":
        file = tmp_path / "store.sqlite"
        shutil.copy(request.getfixturevalue("_sqlite_template"), file)
        yield f"sqlite:///{file}"
        return
    emptied: Emptied = request.getfixturevalue("_postgresql")
    yield emptied.take()
    emptied.give_back()


@pytest.fixture
def database(database_url: str, rules: Rules, tmp_path: Path) -> Iterator[Database]:
    opened = Database.open(database_url, rules=rules, pictures=tmp_path / "pictures")
    if opened.dialect == "sqlite":
        event.listen(opened._writer, "connect", _hasten)  # after the store's own
    yield opened
    opened.close()


@pytest.fixture
def office(database: Database) -> Office:
    """A small site with people, doors and a clock that only the test moves."""
    return Office(database)


def _hasten(dbapi: sqlite3.Connection, _record: object) -> None:
    """Wait for no disk: no test of these pulls the plug, and PostgreSQL does not wait either."""
    dbapi.execute("PRAGMA synchronous=OFF")


def _plain(server: str) -> str:
    return server.replace("postgresql+psycopg://", "postgresql://")


def _named(server: str, name: str) -> str:
    return server.rsplit("/", 1)[0] + "/" + name
