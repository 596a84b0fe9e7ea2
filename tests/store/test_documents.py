"""Documents keep their history, and every write leaves a change."""

import datetime as dt

import numpy as np
import pytest

from xiansuo.errors import HomeError
from xiansuo.records import Adoption, Document, Filter, Kind, Level, Reply, Sections
from xiansuo.store import documents, runs, state, themes, vectors
from xiansuo.store.database import Database, open_database
from xiansuo.store.vectors import StoredVectors

NOW = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
WHOLE = Sections(rule="whole")


def lamp(id: str = "S1", **fields: object) -> Document:
    values = {"id": id, "title": "路灯坏了", "text": "巷口路灯坏了三个月。", "unit": "望潮区政协", **fields}
    return Document.model_validate(values)


def put(database: Database, *records: Document) -> list[int]:
    with database.write() as connection:
        return documents.add(connection, [(record, WHOLE) for record in records], "run-1")


def test_a_document_comes_back_as_it_went_in(database: Database) -> None:
    record = lamp(
        kind=Kind.PROPOSAL,
        date=dt.date(2025, 3, 1),
        adoptions=(Adoption(level=Level.CITY, date=dt.date(2025, 4, 1)),),
        replies=(Reply(text="已修好。", department="城管局"),),
    )
    (number,) = put(database, record)
    with database.read() as connection:
        (stored,) = documents.read(connection)
        assert documents.by_id(connection, "S1") == stored
        assert documents.by_id(connection, "S2") is None
        assert documents.count(connection)[Kind.PROPOSAL] == 1
        assert documents.units(connection) == ["望潮区政协"]
    assert (stored.number, stored.document, stored.sections) == (number, record, WHOLE)


def test_an_update_keeps_what_stood_there(database: Database) -> None:
    first, second = lamp(), lamp(text="巷口路灯坏了三个月，四月修好。")
    put(database, first)
    with database.write() as connection:
        known = documents.known(connection, ["S1"])["S1"]
        assert known.digest == first.digest != second.digest
        documents.replace(connection, [(known, second, WHOLE)], "run-2", NOW)
    with database.read() as connection:
        stored = documents.by_id(connection, "S1")
        assert stored is not None
        assert (stored.document, stored.version) == (second, 2)
        assert documents.history(connection, stored.number) == [first]
        assert documents.changes(connection, 0) == {stored.number: "put"}


def test_a_withdrawn_document_leaves_every_answer_and_can_return(database: Database) -> None:
    one, two = put(database, lamp("S1"), lamp("S2", text="另一盏灯也坏了。"))
    with database.write() as connection:
        documents.set_status(connection, one, "withdrawn")
        seen = documents.last_change(connection)
        assert [stored.number for stored in documents.read(connection)] == [two]
        assert documents.matching(connection, Filter()) == [two]
        documents.set_status(connection, one, documents.ACTIVE)
        assert documents.changes(connection, seen) == {one: "put"}
        documents.remove(connection, two)
        assert [stored.number for stored in documents.read(connection)] == [one]


def test_filters(database: Database) -> None:
    one, two = put(
        database,
        lamp("S1", date=dt.date(2025, 3, 1)),
        lamp("P1", kind=Kind.PROPOSAL, unit="市工商联", date=dt.date(2026, 3, 1)),
    )
    with database.read() as connection:
        for wanted, found in (
            (Filter(kinds=(Kind.PROPOSAL,)), [two]),
            (Filter(years=(2025,)), [one]),
            (Filter(units=("市工商联", "望潮区政协")), [one, two]),
            (Filter(years=(2024,)), []),
        ):
            assert documents.matching(connection, wanted) == found


def test_nothing_of_a_broken_transaction_stays(database: Database) -> None:
    with pytest.raises(RuntimeError), database.write() as connection:
        documents.add(connection, [(lamp(), WHOLE)], "run-1")
        raise RuntimeError("power cut")
    with database.read() as connection:
        assert list(documents.read(connection)) == []
        assert documents.last_change(connection) == 0


def test_vectors_of_two_models_live_beside_each_other(database: Database) -> None:
    (number,) = put(database, lamp())
    item = StoredVectors(number, np.array([[0, 0, 0]], np.int32), np.ones((1, 4), np.float16))
    with database.write() as connection:
        assert vectors.missing(connection, "a") == [number]
        vectors.put(connection, "a", [item])
        vectors.put(connection, "b", [item])
        vectors.put(connection, "b", [item])
        assert vectors.counts(connection) == {"a": 1, "b": 1}
        (read,) = vectors.read(connection, "a", 4)
        assert np.array_equal(read.matrix, item.matrix)
        assert np.array_equal(read.spans, item.spans)
        vectors.drop_others(connection, "b")
        assert vectors.counts(connection) == {"b": 1}


def test_runs_and_state_are_kept(database: Database) -> None:
    id = runs.run_id("check", {"title": "路灯"}, {"encoder": "a"}, NOW)
    with database.write() as connection:
        for _ in range(2):
            runs.put(connection, id, "check", NOW, {"title": "路灯"}, {"encoder": "a"}, {"matches": []})
        assert [run["id"] for run in runs.latest(connection, "check")] == [id]
        assert runs.get(connection, "no such run") is None
        state.put(connection, state.ENCODER, "a")
        state.put(connection, state.ENCODER, "b")
        assert state.get(connection, state.ENCODER) == "b"


def test_themes_of_a_new_year_leave_the_old_ones(database: Database) -> None:
    from xiansuo.records import WorkTheme

    with database.write() as connection:
        for year in (2025, 2026):
            theme = WorkTheme(id="T1", name="养老服务", since=dt.date(year, 1, 1), version=str(year))
            themes.put(connection, str(year), [theme])
        assert themes.versions(connection) == ["2026", "2025"]
        assert [theme.version for theme in themes.read(connection)] == ["2026"]
        assert [theme.version for theme in themes.read(connection, "2025")] == ["2025"]


def test_a_file_that_is_no_database_is_told(tmp_path: object) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "xiansuo.db"
    path.write_text("这不是数据库" * 100, encoding="utf-8")
    with pytest.raises(HomeError, match="已损坏"):
        open_database(f"sqlite:///{path}")
