"""The migrations lead to the schema, and back."""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, select, text

import xiansuo.store
from xiansuo.store.database import HEAD, open_database
from xiansuo.store.schema import change, metadata

SCRIPTS = Path(xiansuo.store.__file__).parent / "migrations"


def test_a_new_database_has_the_schema(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    open_database(url).close()
    engine = create_engine(url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_every_step_can_be_undone(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'undone.db'}")
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        command.downgrade(config, "base")
        assert set(inspect(connection).get_table_names()) <= {"alembic_version", "sqlite_sequence"}
    engine.dispose()


def test_the_newest_step_is_the_one_the_program_expects() -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_a_home_of_the_first_schema_keeps_its_documents_and_gets_marks(tmp_path: Path) -> None:
    place = tmp_path / "old.db"
    engine = create_engine(f"sqlite:///{place}")
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for number in (5, 3, 5):
            connection.execute(text("INSERT INTO change (number, action) VALUES (:number, 'put')"), {"number": number})
    engine.dispose()
    database = open_database(f"sqlite:///{place}")
    with database.read() as connection:
        rows = connection.execute(select(change.c.seq, change.c.number, change.c.mark).order_by(change.c.seq)).all()
        made = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = 'change'")).scalar_one()
    assert [(row.seq, row.number) for row in rows] == [(1, 5), (2, 3), (3, 5)]
    assert len({row.mark for row in rows}) == 3
    assert all(row.mark for row in rows)
    assert "AUTOINCREMENT" in made, "a number freed by a deletion would be given again"
    database.close()


def test_a_home_that_had_marks_before_their_migration_keeps_them(tmp_path: Path) -> None:
    place = tmp_path / "between.db"
    engine = create_engine(f"sqlite:///{place}")
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(text("ALTER TABLE change ADD COLUMN mark VARCHAR(32) NOT NULL DEFAULT ''"))
        connection.execute(text("INSERT INTO change (number, action, mark) VALUES (7, 'put', 'kept')"))
    engine.dispose()
    database = open_database(f"sqlite:///{place}")
    with database.read() as connection:
        assert connection.execute(select(change.c.mark)).scalar_one() == "kept"
    database.close()
