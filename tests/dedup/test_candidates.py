"""Earlier texts are found from three sides, so that none alone can miss a duplicate."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import matters
from tests.conftest import NOON, GramEncoder
from xiansuo.dedup.candidates import NEAR, Candidate, find_candidates
from xiansuo.dedup.rarity import SAME, rarity
from xiansuo.desk.desk import Desk
from xiansuo.desk.importing import import_path
from xiansuo.store import documents
from xiansuo.text.passages import read_passages


@pytest.fixture
def office(desk: Desk, grams: GramEncoder, tmp_path: Path) -> Desk:
    desk._encoder = grams
    import_path(desk, matters.write(tmp_path / "来稿.jsonl", matters.ALL), now=NOON)
    return desk


def found(desk: Desk, title: str, body: str, *, allowed: list[int] | None = None) -> dict[str, Candidate]:
    passages = read_passages(title, body)
    with desk.reading() as (connection, indexes):
        matrix = desk.encoder.encode(passages.texts)
        hits = indexes.vectors.search(matrix, NEAR, model=desk.encoder.id, allowed=allowed)
        weights = rarity(indexes.vectors.spread(matrix, SAME), len(indexes.grams))
        candidates = find_candidates(passages, hits, weights, indexes, allowed=allowed)
        assert candidates == sorted(candidates, key=lambda each: (-each.score, each.number))
        ids = {each.number: each.document.id for each in documents.read(connection)}
    return {ids[each.number]: each for each in candidates}


def test_a_copy_is_found_from_every_side_and_first(office: Desk) -> None:
    candidates = found(office, matters.WATER["title"], matters.WATER["text"])
    assert next(iter(candidates)) == "甲-04"
    assert set(candidates["甲-04"].sides) == {"lexical", "sentences", "title"}


def test_the_body_alone_is_enough_under_another_title(office: Desk) -> None:
    candidates = found(office, "完全两样的题目", matters.COURIER["text"])
    assert {"lexical", "sentences"} <= set(candidates["甲-05"].sides)


def test_the_title_alone_is_enough_over_another_body(office: Desk) -> None:
    assert "title" in found(office, matters.TREES["title"], "樟树的根长得太快。")["甲-06"].sides


def test_only_what_is_allowed_is_found(office: Desk) -> None:
    with office.database.read() as connection:
        stored = documents.by_id(connection, "甲-01")
    assert stored is not None
    assert set(found(office, matters.WATER["title"], matters.WATER["text"], allowed=[stored.number])) <= {"甲-01"}
    assert found(office, matters.WATER["title"], matters.WATER["text"], allowed=[]) == {}
