"""Whether the database is there, and whether its schema is the one this product needs."""

from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DataError, SQLAlchemyError

from core.store.store import Store

#: The database could not do what was asked; try again later.
StoreFailed = SQLAlchemyError
#: The database will never take this value, however often it is offered.
BadValue = DataError


def is_current(store: Store) -> bool:
    """Whether all migrations have run."""
    scripts = ScriptDirectory(str(Path(__file__).parent / "migrations"))
    there = MigrationContext.configure(store.connection).get_current_heads()
    return set(there) == set(scripts.get_heads())
