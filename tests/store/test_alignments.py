"""Grounds of alignments do not pile up, neither of one version of the themes nor of many."""

from __future__ import annotations

import datetime as dt

from xiansuo.store import alignments
from xiansuo.store.alignments import KeptGround
from xiansuo.store.database import Connection, Database

DAY = dt.date(2026, 1, 1)


def ground(version: str, day: int, model: str = "grams") -> KeptGround:
    return KeptGround(f"{version}-{day}", version, version, model, DAY + dt.timedelta(days=day), 1, 0)


def left(connection: Connection, versions: list[str]) -> list[str]:
    return [each.id for version in versions for each in alignments.grounds(connection, version, "grams")]


def test_the_latest_grounds_of_a_version_and_of_all_are_kept(database: Database) -> None:
    versions = [f"20{year}" for year in range(20, 27)]
    with database.write() as connection:
        for place, version in enumerate(versions):
            for day in range(4):
                made = ground(version, 10 * place + day)
                alignments.put_ground(connection, made, b"ground")
                alignments.keep_only(connection, made, 2, 5)
        assert left(connection, versions) == ["2024-43", "2025-53", "2025-52", "2026-63", "2026-62"]


def test_one_of_an_early_day_is_kept_when_it_is_made(database: Database) -> None:
    with database.write() as connection:
        for day in (7, 8, 9):
            alignments.put_ground(connection, ground("2026", day), b"ground")
        early = ground("2020", 1)
        alignments.put_ground(connection, early, b"ground")
        alignments.keep_only(connection, early, 2, 3)
        assert left(connection, ["2020", "2026"]) == ["2020-1", "2026-9", "2026-8"]
