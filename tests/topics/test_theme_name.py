from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pytest

from xiansuo.text.segment import segmenter
from xiansuo.topics.clause import Archive, Known, read_titles
from xiansuo.topics.joints import Joints
from xiansuo.topics.name import LONGEST, titled_words
from xiansuo.topics.names import Names
from xiansuo.topics.phrases import content_words, key_words
from xiansuo.topics.stock import stock_words
from xiansuo.topics.theme_name import Side, name_theme, shared_words
from xiansuo.topics.titles import SHORTEST, clauses, neighbours
from xiansuo.topics.wheres import Wheres

PLACES = ("南浦镇", "北岭镇", "东港镇", "西坪镇")
NOISE = {
    f"{place}夜间施工噪音扰民": [
        f"{place}夜间施工噪音扰民",
        f"打桩机夜间施工噪音扰民，{place}居民反映",
        f"夜间施工噪音扰民，{place}居民睡不着",
        f"夜间施工噪音扰民没有人管，{place}盼整治",
    ]
    for place in PLACES
}
SUBSIDIES = {
    "青年人才购房补贴": ["青年人才购房补贴", "青年人才购房补贴没有到账", "青年人才购房补贴怎么领"],
    "出租车燃油补贴": ["出租车燃油补贴", "出租车燃油补贴没有发放"],
}
APART = {
    "门禁监控损坏": ["门禁监控损坏", "门禁监控损坏没人修"],
    "电梯困人频繁": ["电梯困人频繁", "电梯困人频繁亟待检修"],
}


def _sides(topics: Mapping[str, Sequence[str]]) -> tuple[list[Side], Archive]:
    """Make a theme of topics, given by their names and titles; what else the archive has is on other matters."""
    cut, stock = segmenter(), stock_words()
    others = [f"{place}{matter}" for place in PLACES for matter in ("公园夜里太黑", "菜场搬迁", "桥面坑洼")]
    titles = [title for own in topics.values() for title in own] + others
    words = {title: frozenset(content_words(cut.words(title), stock)) for title in titles}
    told = {title: clauses(title, cut) for title in [*titles, *topics]}
    joints = Joints(pair for title in told.values() for pair in neighbours(title))
    for title in titles:
        joints.read(cut.words(title))
    usual = Counter(word for held in words.values() for word in held)
    archive = Archive(joints, Wheres(told.values(), usual, stock), stock)
    weights = key_words(words, topics)
    sides = []
    for name, own in topics.items():
        shares = Counter(word for title in own for word in {word for clause in told[title] for word in clause})
        texts = Counter(word for title in own for word in words[title])
        known = Known(weights[name], {word: count / len(own) for word, count in shares.items()}, texts)
        cuts = [told[title] for title in own]
        *read, of_name = read_titles([*cuts, told[name]], titled_words([*cuts, told[name]]), known, archive)
        where = {
            word for title in read for each in title for word, mark in zip(each.words, each.where, strict=True) if mark
        }
        sides.append(Side(name, len(own), cuts, read, of_name, known, where, frozenset()))
    return sorted(sides, key=lambda side: -side.size), archive


def test_one_issue_in_several_places_is_named_without_them() -> None:
    name = name_theme(*_sides(NOISE), Names())
    assert SHORTEST <= len(name) <= LONGEST
    assert "施工" in name
    assert "扰民" in name
    assert not any(place[:2] in name for place in PLACES)


def test_two_topics_that_share_nothing_in_their_titles_are_both_told() -> None:
    name = name_theme(*_sides(APART), Names())
    assert "与" in name
    assert all(any(part in name for part in own) for own in (("门禁", "监控"), ("电梯", "困人")))


def test_two_kinds_of_one_thing_are_told_side_by_side_or_by_what_they_share() -> None:
    name = name_theme(*_sides(SUBSIDIES), Names())
    assert "补贴" in name
    assert SHORTEST <= len(name) <= LONGEST


def test_the_name_of_a_topic_that_is_no_theme_of_its_own_is_not_taken() -> None:
    topics = {**NOISE, "夜间施工噪音扰民": ["夜间施工噪音扰民", "夜间施工噪音扰民怎么办"]}
    assert name_theme(*_sides(topics), Names()) not in topics


def test_no_name_is_alike_to_one_that_is_taken() -> None:
    first = name_theme(*_sides(NOISE), Names())
    second = name_theme(*_sides(NOISE), Names([first]))
    assert not Names([first]).alike(second)


def test_shared_words_are_those_of_several_topics_and_of_no_place() -> None:
    sides, _ = _sides({**NOISE, **APART})
    shared = shared_words(sides)
    assert "噪音扰民" in shared
    assert not {"门禁", "电梯"} & shared.keys()
    assert not any(place[:2] in word for place in PLACES for word in shared)
    assert list(shared.values()) == sorted(shared.values(), reverse=True)


@pytest.mark.parametrize("title", ["？", "123", "A" * 40])
def test_topics_with_odd_titles_still_give_a_name(title: str) -> None:
    assert name_theme(*_sides({title: [title], "电梯困人频繁": ["电梯困人频繁"]}), Names())
