"""A topic's page: what surrounds it comes from the records, and editors' names and wishes are kept to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.conftest import NOON
from tests.desk.offices import MOMENT, NOW, halves, rows, take, withdraw
from xiansuo.desk import topic_editing
from xiansuo.desk.demo import DAY, load
from xiansuo.desk.desk import Desk
from xiansuo.desk.finding import find_topics
from xiansuo.desk.themes import themes_in_force
from xiansuo.desk.topic_page import TopicPage, topic_page
from xiansuo.desk.topics import hot_topics, show
from xiansuo.errors import NotFound
from xiansuo.records import Document, Kind
from xiansuo.settings import Settings
from xiansuo.store import documents


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The demo archive; edits that a test makes are undone by it."""
    with Desk(Settings(home=tmp_path_factory.mktemp("city"))) as desk:
        load(desk)
        yield desk


@pytest.fixture(scope="module")
def pages(city: Desk) -> list[TopicPage]:
    """The pages of the hottest topics."""
    return [topic_page(city, topic.id, now=DAY) for topic in hot_topics(city, now=DAY, limit=5).topics]


@pytest.fixture(scope="module")
def texts(city: Desk) -> dict[str, Document]:
    with city.database.read() as connection:
        return {stored.document.id: stored.document for stored in documents.read(connection)}


def test_the_topic_is_the_one_of_the_board(city: Desk, pages: list[TopicPage]) -> None:
    board = hot_topics(city, now=DAY, limit=5).topics
    assert [page.topic for page in pages] == list(board)
    page = topic_page(city, board[0].id, now=DAY, window="year")
    assert page.topic == show(city, board[0].id, now=DAY, window="year") != board[0]


def test_siblings_are_the_other_topics_of_the_theme(city: Desk) -> None:
    found = find_topics(city, now=DAY)
    theme = max(found.themes, key=lambda each: len(each.topics))
    order = [topic.id for topic in hot_topics(city, now=DAY, limit=500).topics]
    for id in theme.topics[:2]:
        page = topic_page(city, id, now=DAY)
        assert page.theme == theme.name
        assert {each for each, _ in page.siblings} == set(theme.topics) - {id}
        hot = [each for each, _ in page.siblings if each in order]
        assert hot == sorted(hot, key=order.index)
    alone = next(id for id in found.topics if all(id not in each.topics for each in found.themes))
    assert topic_page(city, alone, now=DAY).siblings == ()


def test_siblings_have_the_names_that_editors_gave_and_hidden_ones_are_left_out(city: Desk) -> None:
    theme = max(find_topics(city, now=DAY).themes, key=lambda each: len(each.topics))
    id, renamed, hidden = theme.topics[:3]
    edits = [
        topic_editing.rename(city, renamed, "编辑起的名称", by="编辑甲", now=NOON),
        topic_editing.hide(city, hidden, by="编辑甲", now=NOON),
    ]
    siblings = dict(topic_page(city, id, now=DAY).siblings)
    assert siblings[renamed] == "编辑起的名称"
    assert hidden not in siblings
    assert topic_page(city, hidden, now=DAY).topic.hidden
    for edit in edits:
        topic_editing.undo(city, edit.id, by="编辑甲", now=NOON)
    assert hidden in dict(topic_page(city, id, now=DAY).siblings)
    assert [edit.undone_at is None for edit in topic_page(city, renamed, now=DAY).edits] == [False]


def test_central_work_is_shown_with_a_passage_that_stands_in_a_member(
    city: Desk, pages: list[TopicPage], texts: dict[str, Document]
) -> None:
    themes = {theme.id: theme.name for theme in themes_in_force(city, DAY)}
    found = [(page, fit) for page in pages for fit in page.fitting]
    assert len({page.topic.id for page, _ in found}) > len(pages) / 2
    for page, fit in found:
        assert themes[fit.theme] == fit.name
        assert 0 < fit.texts <= fit.asked <= page.topic.size
        assert fit.document in page.topic.members
        record = texts[fit.document]
        assert fit.passage in (record.title, *(record.text[i : i + len(fit.passage)] for i in range(len(record.text))))
    for page in pages:
        shares = [fit.texts for fit in page.fitting]
        assert shares == sorted(shares, reverse=True)


def test_what_was_held_against_the_central_work_is_not_read_again(
    city: Desk, pages: list[TopicPage], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    encode = city.encoder.encode

    def hearing(_: object, texts: Sequence[str]) -> NDArray[np.float32]:
        told.extend(texts)
        return encode(texts)

    monkeypatch.setattr(type(city.encoder), "encode", hearing)
    assert [topic_page(city, page.topic.id, now=DAY) for page in pages] == pages
    assert told == []


def test_proposals_stand_with_their_last_reply(city: Desk, texts: dict[str, Document]) -> None:
    found = find_topics(city, now=DAY)
    proposals = {id: {each for each in ids if texts[each].kind is Kind.PROPOSAL} for id, ids in found.topics.items()}
    for id in sorted(proposals, key=lambda id: (-len(proposals[id]), id))[:2]:
        wanted, shown = proposals[id], topic_page(city, id, now=DAY).proposals
        assert {each.id for each in shown} == wanted != set()
        assert [each.date for each in shown] == sorted((texts[each].date for each in wanted), reverse=True)  # type: ignore[type-var]
        for each in shown:
            replies = texts[each.id].replies
            assert each.reply == (replies[-1].text if replies else "")
            assert each.department == (replies[-1].department if replies else "")


def test_the_history_goes_back_run_by_run(archive: Desk) -> None:
    first = find_topics(archive, now=NOW)
    second = find_topics(take(archive, halves()[1]), now=NOW)
    grown = next(each for each in second.changes if each.fate == "grown")
    withdraw(archive, sorted(set(second.topics[grown.id]) - set(first.topics[grown.id])))
    third = find_topics(archive, now=NOW)
    steps = topic_page(archive, grown.id, now=NOW).history
    assert [(step.run, step.told) for step in steps] == [
        (third.run, f"减少，{grown.now} 篇变为 {len(third.topics[grown.id])} 篇"),
        (second.run, f"增加，{grown.size} 篇变为 {grown.now} 篇"),
    ]


def test_a_topic_that_only_exchanged_documents_is_not_said_to_grow(archive: Desk) -> None:
    before = find_topics(archive, now=NOW).topics
    id, members = max(before.items(), key=lambda each: len(each[1]))
    row = next(each for each in rows() if each["id"] == members[0])
    withdraw(archive, members[-1:])
    after = find_topics(take(archive, [row | {"id": "再来一篇"}]), now=NOW).topics
    assert len(after[id]) == len(members)
    assert topic_page(archive, id, now=NOW).history[0].told == f"换了材料，仍是 {len(members)} 篇"


def test_a_merge_stands_on_both_pages(archive: Desk) -> None:
    gone, into = sorted(find_topics(archive, now=NOW).topics)[:2]
    size = len(find_topics(archive, now=NOW).topics[gone])
    edit = topic_editing.merge(archive, gone, into, by="编辑甲", now=MOMENT)
    pages = [topic_page(archive, id, now=NOW) for id in (gone, into)]
    assert [step.told for step in pages[0].history] == [f"并入，{size} 篇"]
    assert f"并入：{gone}" in [step.told for step in pages[1].history]
    assert [page.edits for page in pages] == [(edit,), (edit,)]


def test_without_central_work_or_proposals_there_are_none(archive: Desk) -> None:
    found = find_topics(archive, now=NOW)
    with archive.database.read() as connection:
        kinds = {stored.document.id: stored.document.kind for stored in documents.read(connection)}
    id = next(id for id, ids in found.topics.items() if all(kinds[each] is Kind.SUBMISSION for each in ids))
    page = topic_page(archive, id, now=NOW)
    assert (page.fitting, page.proposals, page.history, page.edits) == ((), (), (), ())


def test_an_unknown_topic_is_said(archive: Desk) -> None:
    with pytest.raises(NotFound):
        topic_page(archive, "t0000000000", now=NOW)
