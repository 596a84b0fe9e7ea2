"""Key phrases: words that stand together in most texts are one, and nothing is shown twice."""

from __future__ import annotations

from collections import Counter

from xiansuo.topics.runs import Run, key_phrases, runs

WEIGHTS = {"充电": 3.0, "电动自行车": 2.5, "楼道": 1.0}


def _texts(together: int, alone: int) -> list[list[str]]:
    return [["电动自行车", "充电", "在", "楼道"]] * together + [["充电", "，", "电动自行车"]] * alone


def test_words_that_stand_together_in_most_texts_are_a_phrase() -> None:
    assert [run.text for run in runs(_texts(4, 1), WEIGHTS, set())] == ["电动自行车充电"]
    assert runs(_texts(1, 4), WEIGHTS, set()) == []


def test_stock_and_small_words_are_in_no_phrase() -> None:
    texts = [["切实", "充电", "的", "楼道"]] * 3
    assert runs(texts, WEIGHTS, {"切实"}) == []


def test_a_phrase_and_its_parts_are_not_shown_twice() -> None:
    found = [Run(("电动自行车", "充电"), 0.8)]
    shown = key_phrases(WEIGHTS, found, Counter({("电动自行车", "充电"): 4}), 30.0, "电动自行车充电")
    assert sorted(shown) == sorted(["电动自行车充电", "楼道"])


def test_what_no_title_has_counts_less() -> None:
    assert key_phrases({"楼道": 1.1, "棚": 1.0}, [], {}, 30.0, "棚") == ["棚", "楼道"]


def test_no_two_phrases_share_a_word() -> None:
    texts = [["充电", "电动自行车", "充电", "楼道"]] * 4
    words = [word for run in runs(texts, WEIGHTS, set()) for word in set(run.words)]
    assert len(words) == len(set(words))
