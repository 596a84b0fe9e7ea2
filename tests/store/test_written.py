from __future__ import annotations

import datetime as dt

import pytest

from xiansuo.records import Document, Sections
from xiansuo.store import documents, written
from xiansuo.store.database import Database

DAY = dt.date(2026, 11, 1)


def test_the_latest_by_an_author_or_a_unit_come_first(database: Database) -> None:
    told: list[dict[str, object]] = [
        {"author": "甲", "date": DAY - dt.timedelta(days=2)},
        {"author": "乙", "unit": "甲站", "date": DAY},
        {"author": "甲", "unit": "甲站"},
        {"author": "甲", "date": DAY + dt.timedelta(days=1)},
        {"author": "丙", "unit": "乙站", "date": DAY},
    ]
    rows = [
        (Document.model_validate({"id": f"{i}", "title": "题", "text": "文。", **row}), Sections(rule="none"))
        for i, row in enumerate(told)
    ]
    with database.write() as connection:
        numbers = documents.add(connection, rows, "run")
    with database.read() as connection:

        def latest(author: str, unit: str, limit: int = 9) -> list[int]:
            found = written.latest_by(connection, DAY, author=author, unit=unit, limit=limit)
            return [numbers.index(number) for number in found]

        assert latest("甲", "") == [0, 2]
        assert latest("甲", "甲站") == [1, 0, 2]
        assert latest("甲", "甲站", 1) == [1]
        assert latest("", "") == latest("丁", "") == []


@pytest.mark.parametrize(("name", "author", "unit"), [("甲", 2, 0), ("甲站", 1, 2), ("乙", 0, 0), ("", 0, 0)])
def test_who_wrote_how_much_by_a_day(database: Database, name: str, author: int, unit: int) -> None:
    told: list[dict[str, object]] = [
        {"author": "甲", "unit": "甲站", "date": DAY},
        {"author": "甲", "unit": "甲站"},
        {"author": "甲站", "unit": "市政协"},
        {"author": "甲", "unit": "甲站", "date": DAY + dt.timedelta(days=1)},
        {"author": "甲", "unit": "甲站", "kind": "reference"},
        {"author": "乙", "unit": "乙站"},
    ]
    rows = [
        (Document.model_validate({"id": f"{i}", "title": "题", "text": "文。", **row}), Sections(rule="none"))
        for i, row in enumerate(told)
    ]
    with database.write() as connection:
        numbers = documents.add(connection, rows, "run")
        documents.set_status(connection, numbers[5], "withdrawn")
    with database.read() as connection:
        assert written.counted(connection, name, DAY) == (author, unit)
