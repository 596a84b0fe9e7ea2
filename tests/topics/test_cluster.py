"""Every document gets an answer, and the answer depends on the documents alone."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiansuo.topics.cluster import cluster
from xiansuo.topics.items import Item, State
from xiansuo.topics.bag import Words

_MATTERS = {
    "食堂": [
        "老年 食堂 亏损 补贴 送餐",
        "老年 食堂 关停 补贴 老人",
        "社区 老年 食堂 亏损 送餐",
        "食堂 老人 补贴 送餐 停办",
    ],
    "风电": ["风电 渔民 补偿 用海", "海上 风电 渔民 补偿 拦船", "风电 用海 补偿 协商", "海上 风电 用海 渔民"],
}


def _vector(text: str) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    made = np.zeros(64)
    for word in text.split():
        digest = hashlib.blake2b(word.encode(), digest_size=8).digest()
        made += np.random.default_rng(int.from_bytes(digest, "little")).normal(size=64)
    return (made / max(1e-9, float(np.linalg.norm(made)))).astype(np.float32)


def _words(text: str) -> Words:
    codes = [int.from_bytes(hashlib.blake2b(word.encode(), digest_size=4).digest(), "little") for word in text.split()]
    terms, counts = np.unique(np.array(codes, dtype=np.uint32), return_counts=True)
    return Words(terms, counts.astype(np.uint16))


def item(id: str, text: str) -> Item:
    return Item(id, _vector(text), _words(text), text)


def archive() -> list[Item]:
    texts = [text for found in _MATTERS.values() for text in found]
    others = [f"别事{i} 他物{i} 另件{i} 异闻{i}" for i in range(30)]
    return [item(f"d{i:02d}", text) for i, text in enumerate(texts + others)]


def test_matters_are_found_and_what_is_alone_stays_alone() -> None:
    made = cluster(archive())
    topics = [placed.topic for placed in made.placed]
    assert len(set(topics[:4])) == len(set(topics[4:8])) == 1
    assert topics[0]
    assert topics[4]
    assert topics[0] != topics[4]
    assert all(placed.state is State.ISOLATED for placed in made.placed[8:])


def test_order_does_not_matter() -> None:
    items = archive()
    made = cluster(items)
    random.Random(3).shuffle(items)
    assert cluster(items) == made


@pytest.mark.parametrize("count", [0, 1, 2])
def test_tiny_archives(count: int) -> None:
    made = cluster(archive()[:count])
    assert len(made.placed) == count


def test_identical_texts_are_one_topic_of_copies() -> None:
    made = cluster([item(f"d{i}", "食堂 亏损") for i in range(5)])
    (only,) = made.clusters
    assert (len(only.members), only.texts, only.central) == (5, 1, ("d0",))
    assert [placed.copy_of for placed in made.placed] == ["", "d0", "d0", "d0", "d0"]


def test_a_copy_has_the_state_of_its_text() -> None:
    items = archive()
    copies = [Item(f"z{each.id}", each.vector, each.words, each.fingerprint) for each in items[:8]]
    made = {placed.id: placed for placed in cluster([*items, *copies]).placed}
    for copy in copies:
        original = made[copy.id.removeprefix("z")]
        assert (made[copy.id].state, made[copy.id].topic) == (original.state, original.topic)


def test_whoever_has_no_topic_gets_the_nearest() -> None:
    made = cluster(archive())
    alone = made.placed[-1]
    assert len(alone.nearest) == 3
    assert alone.id not in {near.id for near in alone.nearest}


def test_texts_without_words_are_no_error() -> None:
    empty = Words(np.zeros(0, np.uint32), np.zeros(0, np.uint16))
    made = cluster([Item(f"d{i}", np.zeros(64, np.float32), empty, str(i)) for i in range(4)])
    assert {placed.state for placed in made.placed} == {State.ISOLATED}


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text("甲乙丙丁 ", min_size=1, max_size=12), max_size=14))
def test_every_document_has_exactly_one_answer(texts: list[str]) -> None:
    items = [item(f"d{i}", text) for i, text in enumerate(texts)]
    made = cluster(items)
    assert [placed.id for placed in made.placed] == sorted(each.id for each in items)
    members = [id for each in made.clusters for id in each.members]
    assert len(members) == len(set(members))
    assert set(members) == {p.id for p in made.placed if p.state is State.ASSIGNED}
    assert all(len(each.members) > 1 for each in made.clusters)


def test_threads_do_not_matter() -> None:
    script = (
        "from tests.topics.test_cluster import archive\n"
        "from xiansuo.topics.cluster import cluster\n"
        "print(cluster(archive()))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "OPENBLAS_NUM_THREADS": threads, "PYTHONHASHSEED": threads},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for threads in ("1", "2")
    }
    assert len(told) == 1
