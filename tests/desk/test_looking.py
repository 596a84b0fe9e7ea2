"""A question finds the matter it is about, and nonsense finds nothing."""

from __future__ import annotations

import time

import pytest

from tests import corpus
from xiansuo.desk.desk import Desk
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
    matters = {row["id"]: row["matter"] for row in corpus.rows("gold/matters.jsonl")}
    found = lookup(demo, question, limit=5)
    assert found.answered
    assert matters[found.hits[0].facts.id] == matter


@pytest.mark.parametrize(
    "question", ["月球上种土豆", "明朝官服的颜色", "冰球联赛转播", "火星移民", "电影票房", "xyz abc"]
)
def test_a_question_about_something_else_finds_nothing(demo: Desk, question: str) -> None:
    found = lookup(demo, question)
    assert not found.answered
    assert len(found.hits) <= 3


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


def test_an_empty_archive_answers_nothing(office: Desk) -> None:
    found = lookup(office, "医院停车难")
    assert (found.answered, found.hits) == (False, ())


def test_an_answer_takes_less_than_a_second(demo: Desk) -> None:
    lookup(demo, "医院停车难")
    began = time.perf_counter()
    lookup(demo, "养殖保险理赔难")
    assert time.perf_counter() - began < 1
