"""What editors did to a topic is remembered, survives every run and can be undone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.desk.archives import fill
from tests.desk.test_topics import NOW, rows
from xiansuo.desk import topic_editing
from xiansuo.desk.desk import Desk
from xiansuo.desk.finding import draw_all_anew, find_topics
from xiansuo.desk.importing import import_path
from xiansuo.desk.topics import hot_topics, show
from xiansuo.errors import InputError, NotFound
from xiansuo.records import TopicAction

MOMENT = dt.datetime.combine(NOW, dt.time(9), dt.UTC)


@pytest.fixture
def archive(desk: Desk, tmp_path: Path) -> Desk:
    return fill(desk, tmp_path, rows())


def topics(desk: Desk) -> dict[str, tuple[str, ...]]:
    return find_topics(desk, now=NOW).topics


def two(desk: Desk) -> tuple[str, str]:
    first, second, *_ = topics(desk)
    return first, second


def test_a_new_name_stays_after_all_is_drawn_anew(archive: Desk) -> None:
    topic, _ = two(archive)
    topic_editing.rename(archive, topic, "  食堂  办不下去 ", by="编辑甲", now=MOMENT)
    assert show(archive, topic).name == "食堂 办不下去"
    draw_all_anew(archive, now=NOW)
    assert show(archive, topic, now=NOW).name == "食堂 办不下去"


def test_the_latest_name_counts_and_undoing_brings_back_the_one_before(archive: Desk) -> None:
    topic, _ = two(archive)
    found = show(archive, topic).name
    topic_editing.rename(archive, topic, "食堂办不下去", by="编辑甲", now=MOMENT)
    second = topic_editing.rename(archive, topic, "食堂关门", by="编辑乙", now=MOMENT)
    assert show(archive, topic).name == "食堂关门"
    topic_editing.undo(archive, second.id, by="编辑甲", now=MOMENT)
    assert show(archive, topic).name == "食堂办不下去"
    for edit in topic_editing.edits(archive):
        topic_editing.undo(archive, edit.id, by="编辑甲", now=MOMENT)
    assert show(archive, topic).name == found


def test_merged_topics_are_one_until_it_is_undone(archive: Desk) -> None:
    before = topics(archive)
    one, other = two(archive)
    edit = topic_editing.merge(archive, one, other, by="编辑甲", now=MOMENT)
    merged = topics(archive)
    assert one not in merged
    assert merged[other] == tuple(sorted((*before[one], *before[other])))
    assert {id: ids for id, ids in merged.items() if id != other} == {
        id: ids for id, ids in before.items() if id not in (one, other)
    }
    draw_all_anew(archive, now=NOW)
    assert topics(archive) == merged
    topic_editing.undo(archive, edit.id, by="编辑甲", now=MOMENT)
    assert topics(archive) == before


def test_what_was_split_off_stays_a_topic_of_its_own(archive: Desk) -> None:
    before = topics(archive)
    topic, _ = two(archive)
    out = before[topic][:2]
    edit = topic_editing.split(archive, topic, out, by="编辑甲", now=MOMENT)
    parted = topics(archive)
    assert parted[edit.into] == out
    assert parted[topic] == before[topic][2:]
    draw_all_anew(archive, now=NOW)
    assert topics(archive) == parted
    topic_editing.undo(archive, edit.id, by="编辑甲", now=MOMENT)
    assert topics(archive) == before


def test_pinned_topics_come_first_and_hidden_ones_nowhere(archive: Desk) -> None:
    board = hot_topics(archive, now=NOW, window="all")
    last, first = board.topics[-1].id, board.topics[0].id
    topic_editing.pin(archive, last, by="编辑甲", now=MOMENT)
    edit = topic_editing.hide(archive, first, by="编辑甲", now=MOMENT)
    now = hot_topics(archive, now=NOW, window="all")
    assert now.topics[0].id == last
    assert now.topics[0].pinned
    assert now.hidden == 1
    assert first not in {topic.id for topic in (*now.topics, *now.emerging, *now.fading)}
    assert show(archive, first, now=NOW).hidden
    topic_editing.undo(archive, edit.id, by="编辑甲", now=MOMENT)
    assert first in {topic.id for topic in hot_topics(archive, now=NOW, window="all").topics}


def test_pinning_twice_is_one_edit(archive: Desk) -> None:
    topic, _ = two(archive)
    assert topic_editing.pin(archive, topic, by="编辑甲", now=MOMENT) == topic_editing.pin(
        archive, topic, by="编辑乙", now=MOMENT
    )
    assert len(topic_editing.edits(archive)) == 1


def test_documents_that_come_later_join_what_an_editor_made(archive: Desk, tmp_path: Path) -> None:
    one, other = two(archive)
    topic_editing.merge(archive, one, other, by="编辑甲", now=MOMENT)
    merged = topics(archive)[other]
    row = next(each for each in rows() if each["id"] in merged)
    path = tmp_path / "later.jsonl"
    path.write_text(_json({**row, "id": "later", "text": f"{row['text']}后来又有人反映。"}), encoding="utf-8")
    import_path(archive, path, now=MOMENT)
    assert topics(archive)[other] == tuple(sorted((*merged, "later")))


def test_edits_that_make_no_sense_are_refused(archive: Desk) -> None:
    topic, other = two(archive)
    members = topics(archive)[topic]
    for refused in (
        lambda: topic_editing.rename(archive, topic, "长", by="甲", now=MOMENT),
        lambda: topic_editing.rename(archive, topic, "名" * 25, by="甲", now=MOMENT),
        lambda: topic_editing.rename(archive, topic, show(archive, other).name, by="甲", now=MOMENT),
        lambda: topic_editing.rename(archive, topic, "食堂关门", by=" ", now=MOMENT),
        lambda: topic_editing.merge(archive, topic, topic, by="甲", now=MOMENT),
        lambda: topic_editing.split(archive, topic, members, by="甲", now=MOMENT),
        lambda: topic_editing.split(archive, topic, [], by="甲", now=MOMENT),
        lambda: topic_editing.split(archive, topic, topics(archive)[other][:1], by="甲", now=MOMENT),
    ):
        with pytest.raises(InputError):
            refused()
    for unknown in (
        lambda: topic_editing.rename(archive, "t0", "食堂关门", by="甲", now=MOMENT),
        lambda: topic_editing.merge(archive, topic, "t0", by="甲", now=MOMENT),
        lambda: topic_editing.pin(archive, "t0", by="甲", now=MOMENT),
        lambda: topic_editing.undo(archive, 99, by="甲", now=MOMENT),
    ):
        with pytest.raises(NotFound):
            unknown()
    assert topic_editing.edits(archive) == ()


def test_a_name_is_taken_that_a_topic_has_from_one_that_is_part_of_it_now(archive: Desk) -> None:
    one, other = two(archive)
    third = topic_editing.split(archive, other, topics(archive)[other][:1], by="编辑甲", now=MOMENT).into
    topic_editing.rename(archive, one, "食堂关门", by="编辑甲", now=MOMENT)
    topic_editing.merge(archive, one, other, by="编辑甲", now=MOMENT)
    assert show(archive, other, now=NOW).name == "食堂关门"
    with pytest.raises(InputError, match=other):
        topic_editing.rename(archive, third, "食堂关门", by="编辑甲", now=MOMENT)
    assert topic_editing.rename(archive, other, "食堂关门", by="编辑甲", now=MOMENT).name == "食堂关门"


def test_edits_are_listed_newest_first_with_the_undone_ones(archive: Desk) -> None:
    topic, other = two(archive)
    topic_editing.pin(archive, topic, by="编辑甲", now=MOMENT)
    edit = topic_editing.hide(archive, other, by="编辑乙", now=MOMENT)
    topic_editing.undo(archive, edit.id, by="编辑甲", now=MOMENT)
    hidden, pinned = topic_editing.edits(archive)
    assert (hidden.action, hidden.by, hidden.undone_by) == (TopicAction.HIDE, "编辑乙", "编辑甲")
    assert (pinned.action, pinned.undone_at) == (TopicAction.PIN, None)


def _json(row: dict[str, object]) -> str:
    import json

    return json.dumps(row, ensure_ascii=False, default=str)
