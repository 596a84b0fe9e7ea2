"""Words cut out of a place's name are found, whatever the way they are cut; words of the matter are not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from xiansuo.index.terms import hashed
from xiansuo.topics.bag import NO_WORDS, Words
from xiansuo.topics.place_words import place_words
from xiansuo.topics.sites import NOWHERE, Site, site_of
from xiansuo.topics.texts import ground, texts


def found(told: Sequence[str], sites: Sequence[Site]) -> set[str]:
    """Which words of some texts, blank-separated, are those of places."""
    words = []
    for text in told:
        terms, counts = np.unique(hashed(text.split()), return_counts=True)
        words.append(Words(terms, counts.astype(np.uint16)))
    told_of = (words, [NO_WORDS] * len(words), [""] * len(words))
    vectors = np.full((len(words), 4), 0.5, np.float32)
    columns = set(place_words(texts(vectors, *told_of, ground(vectors, *told_of)).words, sites).tolist())
    one_column = 2**32 // (1 << 22)
    return {word for text in told for word in text.split() if int(hashed([word])[0]) // one_column in columns}


def sites(told: Sequence[str]) -> list[Site]:
    return [site_of("", text.replace(" ", "")) for text in told]


def test_a_name_is_found_however_it_is_cut() -> None:
    told = ["龙尾镇 渔港 淤积", "龙尾 镇 避风 锚位", "盐仓 小区 内涝", "望潮 嘉园 水压 不足", "第三 中学 食堂 排队"]
    named = found(told, sites(told))
    assert {"龙尾镇", "龙尾", "盐仓", "望潮", "嘉园", "第三"} <= named
    assert not named & {"渔港", "淤积", "避风", "锚位", "内涝", "水压", "不足", "食堂", "排队", "小区", "中学"}


def test_a_word_that_is_mostly_no_name_is_none() -> None:
    told = ["青山 小区 停水", *(f"青山 绿化 {number}号" for number in range(9))]
    places = [site_of("", "青山小区停水"), *[NOWHERE] * 9]
    assert "青山" not in found(told, places)
    assert "青山" in found(told[:3], places[:3])


def test_texts_about_no_place_have_none() -> None:
    told = ["老年 食堂 亏损", ""]
    assert found(told, [NOWHERE, NOWHERE]) == set()
    assert found([""], [Site(frozenset({"龙尾"}), "")]) == set()
