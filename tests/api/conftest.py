"""A centre for each test on each engine, and one for those that change nothing."""

from collections.abc import Iterator

import pytest

from core.facts.rules import Rules
from core.store.database import Database
from tests.api.running import Centre


@pytest.fixture
def centre(database: Database) -> Iterator[Centre]:
    """A centre of its own, with two sites."""
    running = Centre.start(database, sites=("garden", "harbour"))
    yield running
    running.stop()


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory, rules: Rules) -> Iterator[Centre]:
    """One centre for a whole file of tests which leave it as they found it."""
    file = tmp_path_factory.mktemp("alone") / "store.sqlite"
    database = Database.open(f"sqlite:///{file}", rules=rules)
    database.migrate()
    running = Centre.start(database)
    yield running
    running.stop()
    database.close()
