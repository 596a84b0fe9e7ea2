"""Small archives of blank-separated words, as the topics read documents."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from xiansuo.index.terms import hashed
from xiansuo.topics.bag import NO_WORDS, Words
from xiansuo.topics.cluster import Kept, distinct, ground, kept_of, told
from xiansuo.topics.items import Item
from xiansuo.topics.sites import NOWHERE, Site
from xiansuo.topics.texts import Texts, texts
from xiansuo.topics.titles import title_grams

ISSUES = (
    "老年 食堂 亏损 补贴 送餐 老人 停办 开灶",
    "海上 风电 渔民 补偿 用海 协商 拦船 渔场",
    "水厂 断水 水压 管网 蓄水 村民 夜里 接水",
    "停车 车位 医院 排队 泊位 收费 拥堵 错峰",
    "飞线 充电 电动车 火灾 车棚 插座 楼道 隐患",
)
"""What some matters are told with."""

DIMENSION = 64


def vector(text: str) -> NDArray[np.float32]:
    """Sum a random direction a word."""
    made = np.zeros(DIMENSION)
    for word in text.split():
        digest = hashlib.blake2b(word.encode(), digest_size=8).digest()
        made += np.random.default_rng(int.from_bytes(digest, "little")).normal(size=DIMENSION)
    return (made / max(1e-9, float(np.linalg.norm(made)))).astype(np.float32)


def words(text: str) -> Words:
    """Count the words of a text."""
    return counted(text.split())


def counted(found: Sequence[str]) -> Words:
    """Count words."""
    if not found:
        return NO_WORDS
    terms, counts = np.unique(hashed(found), return_counts=True)
    return Words(terms, counts.astype(np.uint16))


def item(id: str, text: str, *, title: str = "", voice: str = "", site: Site = NOWHERE) -> Item:
    """One document; texts with the same words in the same order are copies."""
    return Item(id, vector(f"{title} {text}"), words(text), text, voice, counted(title_grams(title)), site)


def archive(seed: int = 0, each: int = 6, alone: int = 25) -> list[Item]:
    """Some texts on each of the issues, and some that are like nothing else, in the order of their ids."""
    draw = random.Random(seed)
    told_of = [" ".join(draw.sample(issue.split(), 6)) + f" 细节{n}" for n, issue in enumerate(ISSUES * each)]
    told_of += [f"别事{n} 他物{n} 另件{n} 异闻{n}" for n in range(alone)]
    draw.shuffle(told_of)
    return [item(f"d{n:03d}", text) for n, text in enumerate(told_of)]


def waves(size: int = 100, between: int = 3) -> list[Item]:
    """Two matters of so many texts, with ids in a and b, far more than are listed of each; and some that tell both."""
    draw = random.Random(1)
    one, other = ([f"{name}{n}" for n in range(12)] for name in "甲乙")
    told = [(f"a{n:03d}", draw.sample(one, 6)) for n in range(size)]
    told += [(f"b{n:03d}", draw.sample(other, 6)) for n in range(size)]
    told += [(f"m{n:03d}", [*draw.sample(one, 3), *draw.sample(other, 3)]) for n in range(between)]
    return [item(id, " ".join([*words, f"细{id}", f"节{id}"])) for id, words in told]


def issue(each: Item) -> int:
    """Tell which issue a text of `archive` is about, -1 for none."""
    return next((n for n, told in enumerate(ISSUES) if set(told.split()) & set(each.fingerprint.split())), -1)


def weighed(items: Sequence[Item]) -> Texts:
    """Weigh texts by the ground that they are themselves."""
    return texts(*told(items), ground(*told(items)))


def sites_of(items: Sequence[Item]) -> dict[str, Site]:
    """Tell where documents are, by id."""
    return {each.id: each.site for each in items}


def kept(items: Sequence[Item], floor: float = 0.3) -> Kept:
    """Keep documents that nobody has clustered, by the ground that they are."""
    return kept_of(items, ground(*told(distinct(items)[0])), floor)
