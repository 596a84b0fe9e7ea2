"""What is kept in memory of an archive is what would be read, whatever has come and gone since."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import numpy as np
import pytest

from tests.desk.archives import NOW, Grams, fill, rows
from xiansuo.desk import near_again
from xiansuo.desk.aligning import aligned
from xiansuo.desk.archive_heads import heads_until
from xiansuo.desk.clue_batch import clue_batch
from xiansuo.desk.desk import Desk
from xiansuo.desk.near_again import nearest_again
from xiansuo.desk.themes import import_themes
from xiansuo.embed.rows import unit_rows
from xiansuo.settings import Settings
from xiansuo.store import documents, heads
from xiansuo.store.heads import Head

THEMES = """编号,名称,权重,关键词,原文条款
T1,养老服务,5,老年食堂、送餐,办好社区老年食堂，开展送餐。
T2,海上风电,4,海上风电、渔民补偿,健全用海协商和渔民补偿机制。
"""
QUERIES = unit_rows(np.random.default_rng(3).random((150, Grams.dimension)))
ROWS = rows()


@pytest.fixture
def office(desk: Desk, tmp_path: Path) -> Desk:
    """An office with all but the first two documents."""
    (tmp_path / "themes.csv").write_text(THEMES, encoding="utf-8")
    import_themes(desk, tmp_path / "themes.csv")
    return fill(desk, tmp_path, ROWS[2:])


def heads_of(desk: Desk, day: dt.date = NOW) -> dict[int, Head]:
    with desk.database.read() as connection:
        return heads_until(desk, connection, day)


def all_of(desk: Desk) -> list[object]:
    """Ask for all that is kept in memory."""
    held = aligned(desk, now=NOW)
    return [
        list(heads_of(desk).items()),
        list(heads_of(desk, NOW - dt.timedelta(days=30))),
        *(nearest_again(desk, QUERIES[:many], 5).tolist() for many in (150, 70)),
        list(held.by_document.items()),
        (held.written, held.documents),
        {theme.id: held.about(theme.id) for theme in held.themes},
        repr(clue_batch(desk, now=NOW).clues),
    ]


def anew(desk: Desk) -> list[object]:
    """Ask one that has nothing in memory."""
    with Desk(Settings(home=desk.settings.home)) as other:
        other._encoder = desk.encoder
        return all_of(other)


def test_what_came_was_corrected_or_went_is_read_again(office: Desk, tmp_path: Path) -> None:
    assert all_of(office) == anew(office)
    later = [ROWS[0], {**ROWS[3], "text": f"{ROWS[3]['text']}后来又停了两部。", "date": "2026-09-01"}]
    fill(office, tmp_path, later)
    assert all_of(office) == anew(office)
    with office.database.write() as connection:
        known = documents.known(connection, ["D04", "D05", "D06"])
        documents.set_status(connection, known["D04"].number, "withdrawn")
        documents.remove(connection, known["D05"].number)
    assert all_of(office) == anew(office)
    with office.database.write() as connection:
        documents.set_status(connection, known["D04"].number, documents.ACTIVE)
    fill(office, tmp_path, [ROWS[1], {**ROWS[6], "title": "换了题目", "unit": "另一个站"}])
    assert all_of(office) == anew(office)


def test_heads_are_those_of_the_database_by_number(office: Desk) -> None:
    with office.database.read() as connection:
        listed = heads.listed(connection, NOW, references=True)
        read = heads.numbered(connection, listed.values())
    assert list(heads_of(office).items()) == sorted(read.items())


def test_only_what_has_changed_is_read(office: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = all_of(office), heads_of(office)
    fill(office, tmp_path, ROWS[:1])
    asked: list[int] = []
    searched = near_again._searched

    def counting(indexes: object, queries: object, k: int, allowed: list[int] | None) -> object:
        asked.append(len(queries) if allowed is None else 0)  # type: ignore[arg-type]
        return searched(indexes, queries, k, allowed)  # type: ignore[arg-type]

    monkeypatch.setattr(near_again, "_searched", counting)
    after = heads_of(office)
    assert all(after[number] is head for number, head in before[1].items())
    assert len(after) == len(before[1]) + 1
    nearest_again(office, QUERIES[:70], 5)
    assert sum(asked) == 0


def test_after_an_older_copy_was_put_back_all_is_read(office: Desk, tmp_path: Path) -> None:
    file = Path(str(office.database._engine.url.database))
    office.database._engine.dispose()
    shutil.copy(file, tmp_path / "older.db")
    fill(office, tmp_path, ROWS[:1])
    all_of(office)
    office.database._engine.dispose()
    for rest in file.parent.glob(f"{file.name}-*"):
        rest.unlink()
    shutil.copy(tmp_path / "older.db", file)
    fill(office, tmp_path, [{**ROWS[1], "title": "另一段历史"}])
    assert all_of(office) == anew(office)
