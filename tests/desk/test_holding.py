"""Clues of topics whose few texts are on unlike matters name and quote one matter; the topics stay as they are."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.desk.archives import NOW, fill, rows
from xiansuo.desk import topic_editing
from xiansuo.desk.archive_texts import read_texts
from xiansuo.desk.clue_batch import clue_batch
from xiansuo.desk.demo import DAY
from xiansuo.desk.desk import Desk
from xiansuo.desk.finding import find_topics
from xiansuo.desk.holding import holding
from xiansuo.desk.topics import TopicBoard, hot_topics, show
from xiansuo.recommend.cards.clues import Clue
from xiansuo.recommend.cards.holding import FEW
from xiansuo.recommend.cards.matters import Matter
from xiansuo.recommend.rank import Weights
from xiansuo.recommend.texts import ReadText
from xiansuo.records import Document, Spring
from xiansuo.settings import Settings

MOMENT = dt.datetime.combine(DAY, dt.time(9), dt.UTC)
# Documents of the small archive: two on a canteen, two that nothing else is like.
CANTEEN, CANTEEN_AGAIN, LIBRARY, BAMBOO = "D00", "D01", "D07", "D08"


def _heat(some: Sequence[Document]) -> float:
    return len(some) / 10


def _part(desk: Desk, name: str, *ids: str) -> Matter:
    texts = read_texts(desk)
    told = Matter("t", name, (), tuple(texts[id] for id in ids), 1.0, len(ids), 2, 1.0, "近三个月")
    (found,) = holding(desk, [told], texts, Weights.shipped().holding, _heat)
    assert (found == told) == (found.texts == told.texts)
    return found


def _ids(texts: Sequence[ReadText]) -> set[str]:
    return {text.record.id for text in texts}


@pytest.fixture
def small(desk: Desk, tmp_path: Path) -> Desk:
    copy = {**rows()[0], "id": "D99", "text": str(rows()[0]["text"]) + "\n", "title": "老年食堂亏损需重视（再报）"}
    return fill(desk, tmp_path, [*rows(), copy])


def test_of_two_unlike_texts_the_one_that_the_name_is_from_is_left_as_it_is_alone(small: Desk) -> None:
    for order in ((LIBRARY, CANTEEN), (CANTEEN, LIBRARY)):
        found = _part(small, "老年食堂亏损", *order)
        assert _ids(found.texts) == {CANTEEN}
        assert (found.id, found.name) == ("t", "老年食堂亏损")
        assert (found.heat, found.voices, found.recent, found.usual, found.window) == (0.1, 1, 0, None, "")
        assert _ids(_part(small, "图书馆周一闭馆", *order).texts) == {LIBRARY}


def test_two_like_texts_are_left_as_they_are(small: Desk) -> None:
    assert _ids(_part(small, "老年食堂亏损", CANTEEN, CANTEEN_AGAIN).texts) == {CANTEEN, CANTEEN_AGAIN}


def test_of_three_texts_the_two_that_hold_together_are_left_in_any_order(small: Desk) -> None:
    for order in itertools.permutations((CANTEEN, CANTEEN_AGAIN, LIBRARY)):
        assert _ids(_part(small, "老年食堂亏损", *order).texts) == {CANTEEN, CANTEEN_AGAIN}


def test_a_copy_of_a_text_goes_with_it_and_is_no_text_of_its_own(small: Desk) -> None:
    assert _ids(_part(small, "老年食堂亏损", CANTEEN, LIBRARY, BAMBOO, "D99").texts) == {CANTEEN, "D99"}
    assert _ids(_part(small, "老年食堂亏损", CANTEEN, "D99").texts) == {CANTEEN, "D99"}


def test_matters_of_many_texts_and_an_archive_without_matters_are_left_alone(small: Desk) -> None:
    many = (CANTEEN, LIBRARY, BAMBOO, "D09")
    assert _ids(_part(small, "老年食堂亏损", *many).texts) == set(many)
    assert holding(small, [], {}, Weights.shipped().holding, _heat) == []


def test_what_an_editor_touched_stays_whole_until_that_is_undone(small: Desk) -> None:
    topic = find_topics(small, now=NOW).home[CANTEEN]
    edit = topic_editing.pin(small, topic, by="编辑甲", now=MOMENT)
    assert _ids(_part(small, "老年食堂亏损", CANTEEN, LIBRARY).texts) == {CANTEEN, LIBRARY}
    assert _ids(_part(small, "图书馆周一闭馆", BAMBOO, LIBRARY).texts) == {LIBRARY}
    topic_editing.undo(small, edit.id, by="编辑甲", now=MOMENT)
    assert _ids(_part(small, "老年食堂亏损", CANTEEN, LIBRARY).texts) == {CANTEEN}


@pytest.fixture(scope="module")
def city(own_demo: Path) -> Iterator[Desk]:
    with Desk(Settings(home=own_demo)) as desk:
        yield desk


@pytest.fixture(scope="module")
def board(city: Desk) -> TopicBoard:
    """The hot topics before any clue is made."""
    return hot_topics(city, now=DAY, limit=500)


@pytest.fixture(scope="module")
def clues(city: Desk, board: TopicBoard) -> list[Clue]:
    assert board.topics
    return list(clue_batch(city, now=DAY).clues)


@pytest.fixture(scope="module")
def left_out(city: Desk, clues: list[Clue]) -> dict[str, Clue]:
    """The clues of small topics that are about some of their texts, by the documents that they leave out."""
    topics = find_topics(city, now=DAY).topics
    small = [clue for clue in clues if clue.spring is Spring.TOPIC and len(topics[clue.topic]) <= FEW]
    found = {id: clue for clue in small for id in set(topics[clue.topic]) - _ids(clue.texts)}
    assert found
    return found


def test_a_card_rests_on_and_quotes_only_the_texts_it_is_about(left_out: dict[str, Clue]) -> None:
    for id, clue in left_out.items():
        own = _ids(clue.texts)
        said = [each.because for each in (clue.angle, *clue.why_now, *clue.missing, *clue.find_out)]
        said += [quote.because for quote in clue.quotes]
        sources = {source for each in said for source in each if source.startswith("doc:")}
        assert sources <= {f"doc:{each}" for each in own}
        assert own
        assert id not in own
        assert set(clue.evidence) <= own
        assert f"共 {len(own)} 篇" in clue.why_now[0].text


def test_what_a_card_leaves_out_is_no_repeat_of_it(clues: list[Clue], left_out: dict[str, Clue]) -> None:
    own_springs = (Spring.PROPOSAL, Spring.FOLLOW_UP)
    others = [clue for clue in clues if clue.spring in own_springs and clue.texts[0].record.id in left_out]
    assert others
    assert all(clue.topic != left_out[clue.texts[0].record.id].topic for clue in others)


def test_a_topic_on_a_bridge_and_on_drones_gives_a_card_on_the_bridge(
    city: Desk, clues: list[Clue], left_out: dict[str, Clue]
) -> None:
    clue = next(clue for clue in clues if clue.spring is Spring.TOPIC and "伸缩缝" in clue.name)
    (bridge,) = clue.texts
    (drone,) = set(show(city, clue.topic, now=DAY).members) - {bridge.record.id}
    assert left_out[drone] is clue
    assert "无人机" in read_texts(city)[drone].record.title
    assert "无人机" not in repr((clue.name, clue.titles, clue.angle, clue.why_now, clue.quotes, clue.find_out))
    assert all(quote.text in bridge.record.text for quote in clue.quotes)


def test_the_topics_themselves_and_pairs_that_hold_together_stay_as_they_are(
    city: Desk, board: TopicBoard, clues: list[Clue]
) -> None:
    whole = [clue for clue in clues if clue.spring is Spring.TOPIC and len(clue.texts) == 2]
    assert any(len(show(city, clue.topic, now=DAY).members) == 2 for clue in whole)
    assert hot_topics(city, now=DAY, limit=500) == board
