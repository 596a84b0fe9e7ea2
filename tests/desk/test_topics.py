from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.corpus import rows as gold
from tests.desk.archives import NOW, Grams, fill, rows
from xiansuo.desk.desk import Desk
from xiansuo.desk.finding import find_topics
from xiansuo.desk.topics import hot_topics, show
from xiansuo.errors import InputError, NotFound
from xiansuo.settings import Settings


def test_hot_topics_are_the_matters_of_several_people(desk: Desk, tmp_path: Path) -> None:
    board = hot_topics(fill(desk, tmp_path, rows()), now=NOW)
    tops = {frozenset(topic.members) for topic in board.topics}
    assert {frozenset({"D00", "D01", "D02", "D03"}), frozenset({"D04", "D05", "D06"})} <= tops
    first = board.topics[0]
    assert "老年食堂" in first.name
    assert first.voices == 4
    assert sum(count for _, count in first.monthly) == first.size == 4
    assert board.assigned + board.undecided + board.isolated == board.documents == 11


def test_the_same_archive_gives_the_same_bytes(tmp_path: Path) -> None:
    told = []
    for name, order in (("a", rows()), ("b", rows()[::-1])):
        (tmp_path / name).mkdir()
        with Desk(Settings(home=tmp_path / name / "home")) as desk:
            fill(desk, tmp_path / name, order)
            told.append(hot_topics(desk, now=NOW))
    assert told[0].topics == told[1].topics


def test_a_second_look_is_the_kept_run(desk: Desk, tmp_path: Path) -> None:
    fill(desk, tmp_path, rows())
    assert find_topics(desk, now=NOW) == find_topics(desk, now=NOW)


def test_later_documents_are_not_seen(desk: Desk, tmp_path: Path) -> None:
    fill(desk, tmp_path, rows())
    day = NOW - dt.timedelta(days=30)
    board = hot_topics(desk, now=day)
    assert all(topic.last is None or topic.last <= day for topic in board.topics)
    assert board.documents == 7


def test_one_person_makes_no_topic_hot_and_references_add_no_voice(desk: Desk, tmp_path: Path) -> None:
    told = rows()
    for row in told[:4]:
        row["author"] = "委员000"
    for row in told[4:6]:
        row["kind"] = "reference"
    board = hot_topics(fill(desk, tmp_path, told), now=NOW)
    assert board.topics == ()
    assert "没有两人以上" in board.notes[0]


def test_show_finds_a_topic_again(desk: Desk, tmp_path: Path) -> None:
    fill(desk, tmp_path, rows())
    first = hot_topics(desk, now=NOW).topics[0]
    assert show(desk, first.id) == first
    assert show(desk, first.id, now=NOW).members == first.members
    with pytest.raises(NotFound):
        show(desk, "t0000000000")


def test_an_empty_archive_says_so(desk: Desk) -> None:
    desk._encoder = Grams()
    board = hot_topics(desk, now=NOW)
    assert board.topics == ()
    assert "还没有材料" in board.notes[0]


def test_an_unknown_window_is_refused(desk: Desk) -> None:
    with pytest.raises(InputError, match="世纪"):
        hot_topics(desk, now=NOW, window="世纪")  # type: ignore[arg-type]


def test_the_topics_of_the_demo_are_its_matters(demo: Desk) -> None:
    matter = {row["id"]: row["matter"] for row in gold("gold/matters.jsonl")}
    found = find_topics(demo, now=NOW)
    right = all_pairs = 0
    for named in found.named:
        labels = [matter[id] for id in named.cluster.members if id in matter]
        pairs = [(a, b) for i, a in enumerate(labels) for b in labels[:i]]
        right += sum(a == b for a, b in pairs)
        all_pairs += len(pairs)
    assert right / all_pairs > 0.75
    names = [named.name for named in found.named]
    assert len(names) == len(set(names))
