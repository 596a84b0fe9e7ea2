"""The migrations lead to the schema, and back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect, select, text

import xiansuo.store
from xiansuo.store import themes
from xiansuo.store.database import HEAD, open_database
from xiansuo.store.schema import change, metadata

SCRIPTS = Path(xiansuo.store.__file__).parent / "migrations"


def migrations() -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    return config


@contextmanager
def home_at(url: str, revision: str) -> Iterator[tuple[Config, Connection]]:
    """A database as it was at a step of its history."""
    engine, config = create_engine(url), migrations()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        yield config, connection
    engine.dispose()


def test_a_new_database_has_the_schema(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    open_database(url).close()
    engine = create_engine(url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_every_step_can_be_undone(tmp_path: Path) -> None:
    with home_at(f"sqlite:///{tmp_path / 'undone.db'}", "head") as (config, connection):
        command.downgrade(config, "base")
        assert set(inspect(connection).get_table_names()) <= {"alembic_version", "sqlite_sequence"}


def test_the_newest_step_is_the_one_the_program_expects() -> None:
    assert ScriptDirectory.from_config(migrations()).get_current_head() == HEAD


def test_a_home_of_the_first_schema_keeps_its_documents_and_gets_marks(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.db'}"
    with home_at(url, "0001") as (_, connection):
        for number in (5, 3, 5):
            connection.execute(text("INSERT INTO change (number, action) VALUES (:number, 'put')"), {"number": number})
    database = open_database(url)
    with database.read() as connection:
        rows = connection.execute(select(change.c.seq, change.c.number, change.c.mark).order_by(change.c.seq)).all()
        made = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = 'change'")).scalar_one()
    assert [(row.seq, row.number) for row in rows] == [(1, 5), (2, 3), (3, 5)]
    assert len({row.mark for row in rows}) == 3
    assert all(row.mark for row in rows)
    assert "AUTOINCREMENT" in made, "a number freed by a deletion would be given again"
    database.close()


def test_a_home_that_had_marks_before_their_migration_keeps_them(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'between.db'}"
    with home_at(url, "0001") as (_, connection):
        connection.execute(text("ALTER TABLE change ADD COLUMN mark VARCHAR(32) NOT NULL DEFAULT ''"))
        connection.execute(text("INSERT INTO change (number, action, mark) VALUES (7, 'put', 'kept')"))
    database = open_database(url)
    with database.read() as connection:
        assert connection.execute(select(change.c.mark)).scalar_one() == "kept"
    database.close()


def test_a_home_without_decisions_opens_and_keeps_its_documents(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'undecided.db'}"
    with home_at(url, "0002") as (_, connection):
        assert not inspect(connection).has_table("decision")
        connection.execute(text("INSERT INTO state (key, value) VALUES ('encoder', 'static-zh')"))
        connection.execute(text("INSERT INTO change (number, action, mark) VALUES (7, 'put', 'kept')"))
    database = open_database(url)
    with database.read() as connection:
        assert connection.execute(select(change.c.seq, change.c.mark)).all() == [(1, "kept")]
        assert connection.execute(text("SELECT value FROM state")).scalar_one() == "static-zh"
        assert connection.execute(text("SELECT count(*) FROM decision")).scalar_one() == 0
        made = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = 'decision'")).scalar_one()
    assert "AUTOINCREMENT" in made, "the number of a decision would be given again"
    database.close()


def test_a_home_with_themes_keeps_them_and_knows_no_places_of_theirs(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'themed.db'}"
    with home_at(url, "0005") as (_, connection):
        connection.execute(
            text(
                "INSERT INTO theme (version, id, position, name, focus, weight, keywords, clause)"
                " VALUES ('2026', 'T01', 0, '养老', 'public_concern', 5, '[\"食堂\"]', '办好食堂。')"
            )
        )
    database = open_database(url)
    with database.read() as connection:
        (theme,) = themes.read(connection)
    assert (theme.name, theme.keywords, theme.weight) == ("养老", ("食堂",), 5)
    assert (theme.source, theme.paragraph, theme.start, theme.end) == ("", None, None, None)
    database.close()
