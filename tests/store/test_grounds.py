"""The ground of a run is kept once, as it was taken, until it is forgotten."""

from __future__ import annotations

from xiansuo.store import grounds
from xiansuo.store.database import Database


def test_a_ground_comes_back_as_it_went_in_and_is_never_overwritten(database: Database) -> None:
    with database.write() as connection:
        grounds.put(connection, "topics-1", b"\x00\xff" * 1_000)
        grounds.put(connection, "topics-1", b"another")
        grounds.put(connection, "topics-2", b"")
    with database.read() as connection:
        assert grounds.get(connection, "topics-1") == b"\x00\xff" * 1_000
        assert grounds.get(connection, "topics-2") == b""
        assert grounds.get(connection, "topics-3") is None


def test_all_but_some_are_forgotten(database: Database) -> None:
    with database.write() as connection:
        for name in "abc":
            grounds.put(connection, name, name.encode())
        grounds.keep_only(connection, ["b", "x"])
        assert [grounds.get(connection, name) for name in "abc"] == [None, b"b", None]
        grounds.keep_only(connection, [])
        assert grounds.get(connection, "b") is None
