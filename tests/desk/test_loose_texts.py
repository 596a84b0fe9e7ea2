"""Documents of no topic are listed with what is nearest to them, called as it is everywhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk.archives import NOW, fill, rows
from tests.desk.test_topic_editing import MOMENT
from xiansuo.desk import topic_editing
from xiansuo.desk.desk import Desk
from xiansuo.desk.finding import find_topics
from xiansuo.desk.loose_texts import loose_texts
from xiansuo.topics.items import State


@pytest.fixture
def archive(desk: Desk, tmp_path: Path) -> Desk:
    """One that has texts near to a topic which are not in it."""
    near: dict[str, object] = {
        "id": "near",
        "title": "非遗竹编要补贴",
        "text": "非遗竹编后继无人，老年食堂靠补贴撑着，竹编也要补贴。",
    }
    return fill(desk, tmp_path, [*rows(), near])


def test_every_document_of_no_topic_is_listed_undecided_first(archive: Desk) -> None:
    listed = loose_texts(archive, now=NOW)
    assert {each.id for each in listed} == {each.id for each in find_topics(archive, now=NOW).loose} != set()
    states = [each.state for each in listed]
    assert states == sorted(states, key=lambda state: state is not State.UNDECIDED)
    assert {each.state for each in loose_texts(archive, now=NOW, state="isolated")} <= {State.ISOLATED}
    assert loose_texts(archive, now=NOW, limit=1) == listed[:1]


def test_topics_are_called_as_editors_renamed_them(archive: Desk) -> None:
    topic = next(near.topic for each in loose_texts(archive, now=NOW) for near in each.nearest if near.topic)
    edit = topic_editing.rename(archive, topic, "食堂办不下去", by="编辑甲", now=MOMENT)

    def names() -> set[str]:
        nearest = [near for each in loose_texts(archive, now=NOW) for near in each.nearest]
        assert all(bool(near.topic) == bool(near.name) for near in nearest)
        return {near.name for near in nearest if near.topic == topic}

    assert names() == {"食堂办不下去"}
    topic_editing.undo(archive, edit.id, by="编辑甲", now=MOMENT)
    assert names() == {next(each.name for each in find_topics(archive, now=NOW).named if each.cluster.id == topic)}
