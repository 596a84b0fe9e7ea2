"""What is said of documents beside their texts."""

from __future__ import annotations

import datetime as dt

from tests.store.test_documents import lamp, put
from xiansuo.store import documents, heads
from xiansuo.store.database import Database

DAY = dt.date(2026, 3, 1)


def test_the_first_day_is_that_of_the_earliest_of_the_documents_asked_for(database: Database) -> None:
    days = {"S1": DAY, "S2": None, "S3": DAY - dt.timedelta(3), "S4": DAY + dt.timedelta(3)}
    first, undated, early, late = put(database, *(lamp(id, date=day) for id, day in days.items()))
    with database.write() as connection:
        assert heads.first_day(connection, [first, undated, early, late]) == days["S3"]
        assert heads.first_day(connection, {late, first}) == DAY
        assert heads.first_day(connection, [undated]) is None
        assert heads.first_day(connection, []) is None
        documents.set_status(connection, early, "withdrawn")
        assert heads.first_day(connection, [early, late]) == days["S4"]
