"""The audit trail only grows, whichever database keeps it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests import postgresql
from tests.conftest import NOON
from xiansuo.access import chain
from xiansuo.errors import HomeError
from xiansuo.settings import Settings
from xiansuo.store import audit
from xiansuo.store.database import Database, open_database

PROGRAMS = postgresql.programs()
ACTS = [
    "UPDATE audit SET name = '另一人' WHERE seq = 2",
    "UPDATE audit SET digest = digest",
    "DELETE FROM audit WHERE seq = 3",
    "DELETE FROM audit",
]
REPLACED = (
    "INSERT OR REPLACE INTO audit SELECT seq, at, account, '另', action, target, outcome, details, previous, digest "
    "FROM audit WHERE seq = 3"
)


@pytest.fixture(params=["sqlite", "postgresql"])
def kept(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Database]:
    """A database with three rows in its trail."""
    with contextlib.ExitStack() as stack:
        address = settings.database_url
        if request.param == "postgresql":
            if PROGRAMS is None:
                pytest.skip("PostgreSQL is not installed")
            address = postgresql.new_database(stack.enter_context(postgresql.server(PROGRAMS)))
        database = open_database(address)
        stack.callback(database.close)
        for number in range(3):
            with database.write() as connection:
                audit.add(
                    connection,
                    at=NOON,
                    account=number or None,
                    name="某人",
                    action="accounts.add",
                    target=str(number),
                    details={"unit": "第一站", "n": 1.5},
                )
        yield database


def test_no_row_can_be_changed_or_taken_out(kept: Database) -> None:
    with kept.read() as connection:
        server = connection.dialect.name == "postgresql"
    for act in [*ACTS, "TRUNCATE audit" if server else REPLACED]:
        with pytest.raises((DBAPIError, HomeError)), kept.write() as connection:
            connection.execute(text(act))
    with kept.read() as connection:
        rows = list(audit.in_order(connection))
        assert [each.target for each in rows] == ["0", "1", "2"]
        assert chain.broken_at(rows) is None


def test_what_is_read_back_has_the_digest_that_was_written(kept: Database) -> None:
    with kept.read() as connection:
        newest = audit.listed(connection, limit=1)[0]
        assert chain.digest(newest) == newest.digest
        assert [each.seq for each in audit.listed(connection, before=3, action="accounts.")] == [2, 1]
        assert audit.listed(connection, account=2)[0].seq == 3
        assert audit.listed(connection, action="accounts%") == []
        assert audit.length(connection) == 3
