"""One issue in many places is one theme; a place or a chain is none."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from xiansuo.index.terms import hashed
from xiansuo.topics.bag import NO_WORDS, Words
from xiansuo.topics.sites import Site, site_of
from xiansuo.topics.texts import Texts, ground, texts
from xiansuo.topics.themes import themes_near, themes_of

_ISSUES = {
    "食堂": "老年 食堂 亏损 补贴 送餐 老人 停办 开灶",
    "供水": "水厂 断水 水压 管网 蓄水 村民 夜里 接水",
    "停车": "停车 车位 医院 排队 泊位 收费 拥堵 错峰",
    "充电": "飞线 充电 电动车 火灾 车棚 插座 楼道 隐患",
}
_TOWNS = ("龙尾镇", "石桥镇", "河口镇", "灯塔镇", "稻坝镇", "沙咀乡", "下塘乡", "北坪乡")


class Archive:
    """Texts of blank-separated words, and where they are; matters are put together as they are told."""

    def __init__(self, seed: int = 0) -> None:
        self._draw = random.Random(seed)
        self.told: list[str] = []
        self.matters: list[list[int]] = []

    def matter(self, words: str, town: str, own: str, size: int = 3) -> None:
        """Add texts at one place that use most of some words and all of their own."""
        rows = range(len(self.told), len(self.told) + size)
        for _ in rows:
            chosen = self._draw.sample(words.split(), 6)
            self.told.append(f"{town} {' '.join(chosen)} {own} {town}{self._draw.randrange(10**6)}")
        self.matters.append(list(rows))

    def texts(self) -> Texts:
        """Weigh them as an archive is."""
        words = [_words(each) for each in self.told]
        told = (words, [NO_WORDS] * len(words), [""] * len(words))
        vectors = np.stack([_vector(each) for each in self.told])
        return texts(vectors, *told, ground(vectors, *told))

    def sites(self, rows: NDArray[np.int64]) -> Sequence[Site]:
        """Tell where texts are."""
        return [site_of("", self.told[row].replace(" ", "")) for row in rows.tolist()]


def _words(text: str) -> Words:
    terms, counts = np.unique(hashed(text.split()), return_counts=True)
    return Words(terms, counts.astype(np.uint16))


def _vector(text: str) -> NDArray[np.float32]:
    made = np.zeros(64)
    for word in text.split():
        digest = hashlib.blake2b(word.encode(), digest_size=8).digest()
        made += np.random.default_rng(int.from_bytes(digest, "little")).normal(size=64)
    return np.asarray(made / np.linalg.norm(made), dtype=np.float32)


def archive(towns: int = 6, others: int = 30) -> Archive:
    """Each issue in some towns, and then matters that are like nothing else."""
    made = Archive()
    for issue, words in _ISSUES.items():
        for town in _TOWNS[:towns]:
            made.matter(words, town, f"{issue}在{town}一事")
    for number in range(others):
        made.matter(" ".join(f"别事{number}之{part}" for part in range(8)), "", f"异闻{number}")
    return made


def groups(theme: Sequence[int]) -> set[frozenset[int]]:
    return {frozenset(place for place, each in enumerate(theme) if each == name) for name in theme if name >= 0}


def test_one_issue_in_many_places_is_one_theme_and_what_is_like_nothing_has_none() -> None:
    made = archive()
    found = themes_of(made.texts(), made.sites, made.matters)
    assert groups(found.theme) == {frozenset(range(6 * issue, 6 * issue + 6)) for issue in range(4)}
    assert found.theme[::6][:4] == (0, 1, 2, 3)
    assert set(found.theme[24:]) == {-1}


def test_a_place_is_no_theme() -> None:
    made = Archive()
    for number in range(40):
        words = " ".join(f"别事{number}之{part}" for part in range(8))
        town = _TOWNS[number % 8]
        # Its name stands in the text in several ways, as in complaints about one estate.
        made.matter(words, town, f"{town[:2]} {town[:2]}{town[2]} {town[1:]} 异闻{number}")
    weighed = made.texts()
    assert set(themes_of(weighed, made.sites, made.matters).theme) == {-1}
    nowhere = themes_of(weighed, lambda rows: [Site(frozenset(), "")] * len(rows), made.matters)
    assert len(groups(nowhere.theme)) == 8, "without knowing the places they are what the matters share"


def test_the_order_of_matters_and_of_their_texts_does_not_matter() -> None:
    made = archive()
    weighed = made.texts()
    found = themes_of(weighed, made.sites, made.matters)
    draw = random.Random(5)
    order = list(range(len(made.matters)))
    draw.shuffle(order)
    shuffled = [draw.sample(made.matters[place], len(made.matters[place])) for place in order]
    again = themes_of(weighed, made.sites, shuffled)
    assert [again.theme[order.index(place)] for place in range(len(order))] == list(found.theme)
    assert again.floor == found.floor


def test_an_issue_of_more_matters_than_are_listed_is_one_theme() -> None:
    made = Archive()
    for number in range(160):
        made.matter(_ISSUES["食堂"], "", f"在第{number}处", size=2)
    for number in range(240):
        made.matter(" ".join(f"别事{number}之{part}" for part in range(8)), "", f"异闻{number}", size=2)
    found = themes_of(made.texts(), made.sites, made.matters)
    assert groups(found.theme) == {frozenset(range(160))}


def test_a_chain_is_no_theme() -> None:
    made = Archive()
    for number in range(12):
        shared = [f"接头{link}之{part}" for link in (number, number + 1) for part in range(4)]
        made.matter(" ".join(shared), "", f"一环{number}")
    for number in range(60):
        made.matter(" ".join(f"别事{number}之{part}" for part in range(8)), "", f"异闻{number}")
    found = themes_of(made.texts(), made.sites, made.matters)
    assert max(len(group) for group in groups(found.theme)) <= 4


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_matters(count: int) -> None:
    made = archive(towns=2, others=0)
    found = themes_of(made.texts(), made.sites, made.matters[:count])
    assert found.theme == ((0, 0) if count == 2 else (-1,) * count)
    assert 0 < found.floor < 1


def test_matters_without_words_join_none_that_has_some() -> None:
    made = archive(towns=2, others=4)
    made.told += ["", ""]
    words = [_words(each) for each in made.told]
    told = (words, [NO_WORDS] * len(words), [""] * len(words))
    vectors = np.stack([*(_vector(each) for each in made.told[:-2]), *np.zeros((2, 64), np.float32)])
    weighed = texts(vectors, *told, ground(vectors, *told))
    empty = [[len(made.told) - 2], [len(made.told) - 1]]
    found = themes_of(weighed, made.sites, [*made.matters, *empty])
    assert found.theme[:8] == (0, 0, 1, 1, 2, 2, 3, 3)
    assert not set(found.theme[-2:]) & set(found.theme[:-2]) - {-1}


def test_new_matters_join_the_theme_of_what_is_nearest_to_them() -> None:
    made = archive()
    themes = themes_of(made.texts(), made.sites, made.matters).theme
    known = {
        row: f"主题{theme}" if theme >= 0 else ""
        for matter, theme in zip(made.matters, themes, strict=True)
        for row in matter
    }
    for issue in ("供水", "充电"):
        made.matter(_ISSUES[issue], _TOWNS[7], "只此一家")
    made.matter(" ".join(f"从未{part}" for part in range(8)), "", "只此一家")
    new = made.matters[-3:]
    assert themes_near(made.texts(), made.sites, 0.05, new, known)[:2] == ["主题1", "主题3"]
    assert themes_near(made.texts(), made.sites, 0.3, new, known)[2] == ""
    assert themes_near(made.texts(), made.sites, 0.05, new, {}) == ["", "", ""]
