"""The schema that migrations make is the schema the tables describe, and goes down again."""

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from core.store.database import MIGRATIONS, Database
from core.store.tables import metadata


def test_migrations_make_what_the_tables_describe(database_url: str) -> None:
    engine = sa.create_engine(database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, metadata)
    engine.dispose()
    assert differences == []


def test_migrating_twice_changes_nothing(database: Database) -> None:
    database.migrate()
    with database.read() as store:
        assert store.sites.codes() == []


def test_down_and_up_again(database_url: str) -> None:
    engine = sa.create_engine(database_url)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        left = set(sa.inspect(connection).get_table_names()) - {"alembic_version"}
    assert left == set()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        tables = set(sa.inspect(connection).get_table_names())
    engine.dispose()
    assert tables >= set(metadata.tables)


def test_scripts_are_read_where_none_runs() -> None:
    """As the health of a running centre does: there Alembic's ``op`` is bound to nothing."""
    scripts = ScriptDirectory(str(MIGRATIONS))

    assert len(scripts.get_heads()) == 1
