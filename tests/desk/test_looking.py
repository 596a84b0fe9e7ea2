"""A question finds the matter it is about, and nonsense finds nothing."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests import corpus, matters
from tests.conftest import NOON
from xiansuo.desk.desk import Desk
from xiansuo.desk.importing import import_path
from xiansuo.desk.looking import lookup
from xiansuo.errors import TextUnusable
from xiansuo.records import Filter, Kind

QUESTIONS = {
    "社区老年食堂亏损": "M16",
    "集卡排队进港": "M05",
    "养殖保险理赔难": "M01",
    "电动自行车飞线充电": "M28",
    "老旧小区没有物业": "M11",
    "公交班次减少": "M26",
    "慢性病配药跑县城": "M22",
    "小区地下车库被淹": "M34",
    "海上风电渔民补偿": "M03",
    "医院停车难": "M27",
    "无人机送货到海岛": "M06",
    "外卖骑手停车": "M23",
}


@pytest.mark.parametrize(("question", "matter"), QUESTIONS.items(), ids=str)
def test_a_question_finds_its_matter(demo: Desk, question: str, matter: str) -> None:
    told = {row["id"]: row["matter"] for row in corpus.rows("gold/matters.jsonl")}
    found = lookup(demo, question, limit=5)
    assert found.answered
    assert told[found.hits[0].facts.id] == matter


@pytest.mark.parametrize(
    "question", ["月球上种土豆", "明朝官服的颜色", "冰球联赛转播", "火星移民", "电影票房", "xyz abc"]
)
def test_a_question_about_something_else_finds_nothing(demo: Desk, question: str) -> None:
    found = lookup(demo, question)
    assert not found.answered
    assert not any(hit.fits for hit in found.hits)
    assert len(found.about) <= 3


def test_the_sentence_shown_stands_in_the_text(demo: Desk) -> None:
    texts = {row["id"]: row["title"] + "".join(row["text"].split()) for row in corpus.rows("documents.jsonl")}
    for hit in lookup(demo, "集卡排队，司机一等就是六七个小时").hits:
        assert "".join(hit.passage.split()) in "".join(texts[hit.facts.id].split())


@pytest.mark.parametrize("question", ["", "  ", "？！…", "路" * 501])
def test_a_question_needs_words_but_not_a_whole_text(demo: Desk, question: str) -> None:
    with pytest.raises(TextUnusable):
        lookup(demo, question)


def test_broken_characters_do_not_stop_a_question(demo: Desk) -> None:
    assert lookup(demo, "\udcff集卡排队\0进港").answered


def test_filters_leave_out_what_was_not_asked_for(demo: Desk) -> None:
    hits = lookup(demo, "养殖保险理赔难", filters=Filter(kinds=(Kind.PROPOSAL,))).hits
    assert hits
    assert {hit.facts.kind for hit in hits} == {Kind.PROPOSAL}
    nothing = lookup(demo, "养殖保险理赔难", filters=Filter(years=(1999,)))
    assert (nothing.answered, nothing.hits) == (False, ())


def test_the_share_of_the_best_hit_tells_whether_it_is_an_answer(demo: Desk) -> None:
    for question in (*QUESTIONS, "月球上种土豆", "送外卖的停车被罚"):
        found = lookup(demo, question)
        scores = [hit.score for hit in found.hits]
        assert scores == sorted(scores, reverse=True)
        assert found.answered == (scores[0] >= 0.5)


def test_a_text_that_was_sent_twice_is_listed_once(office: Desk, tmp_path: Path) -> None:
    text = next(row for row in corpus.rows("documents.jsonl") if row["id"] == "S2024-020")
    again = {**text, "id": "再报", "text": text["text"].replace("，", ", ")}
    others = [row for row in corpus.rows("documents.jsonl") if row["id"] != "S2024-020"][:60]
    import_path(office, matters.write(tmp_path / "来稿.jsonl", [text, again, *others]), now=NOON)
    found = lookup(office, "市第一医院周边停车难")
    assert {hit.facts.id for hit in found.hits[:2]} == {"S2024-020", "再报"}
    assert found.about[0] == found.hits[0]
    assert found.hits[1] not in found.about
    assert found.copies(found.hits[0]) == [found.hits[1].facts.id]


def test_an_empty_archive_answers_nothing(office: Desk) -> None:
    found = lookup(office, "医院停车难")
    assert (found.answered, found.hits) == (False, ())


def test_an_answer_takes_less_than_a_second(demo: Desk) -> None:
    lookup(demo, "医院停车难")
    began = time.perf_counter()
    lookup(demo, "养殖保险理赔难")
    assert time.perf_counter() - began < 1
