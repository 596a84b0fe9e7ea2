from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from tests.desk.archives import NOW, fill, rows
from xiansuo.desk.clue_batch import ClueBatch, clue_batch
from xiansuo.desk.desk import Desk
from xiansuo.desk.told_twice import told_twice
from xiansuo.recommend.cards.clues import Clue
from xiansuo.store import documents


@pytest.fixture
def batch(desk: Desk, tmp_path: Path) -> ClueBatch:
    """Make the clues of an archive in which one text came in twice, a few words changed."""
    told = rows()
    again = {
        **told[0],
        "id": "D90",
        "title": f"再谈{told[0]['title']}",
        "author": "委员九",
        "text": f"据反映，{told[0]['text']}",
    }
    fill(desk, tmp_path, [*told, {**again, "date": str(NOW - dt.timedelta(days=1))}])
    return clue_batch(desk, now=NOW)


def _of(batch: ClueBatch, *ids: str) -> Clue:
    return dataclasses.replace(batch.clues[0], id="+".join(ids), topic="", texts=tuple(batch.texts[id] for id in ids))


def test_a_text_told_again_makes_two_clues_one_and_another_matter_does_not(desk: Desk, batch: ClueBatch) -> None:
    one_matter = told_twice(desk, batch)
    first, again, wind = _of(batch, "D00"), _of(batch, "D90"), _of(batch, "D04", "D05")
    assert one_matter(first, again)
    assert one_matter(again, first)
    assert not one_matter(first, wind)


def test_a_pair_is_judged_once_for_a_batch(desk: Desk, batch: ClueBatch, monkeypatch: pytest.MonkeyPatch) -> None:
    pair = _of(batch, "D00"), _of(batch, "D90")
    assert told_twice(desk, batch)(*pair)
    monkeypatch.setattr("xiansuo.desk.told_twice.judged_later", None)
    assert told_twice(desk, batch)(*pair)


def test_what_was_withdrawn_since_repeats_nothing(desk: Desk, batch: ClueBatch) -> None:
    with desk.database.write() as connection:
        found = documents.by_id(connection, "D90")
        assert found is not None
        documents.remove(connection, found.number)
    assert not told_twice(desk, batch)(_of(batch, "D00"), _of(batch, "D90"))
