"""Every document gets an answer, and the answer depends on the documents alone."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.topics.small import DIMENSION, ISSUES, archive, issue, item, vector, waves
from tests.topics.test_texts import same
from xiansuo.topics.bag import NO_WORDS
from xiansuo.topics.cluster import Clustering, cluster, distinct, kept_of
from xiansuo.topics.items import Item, State
from xiansuo.topics.shelving import packed
from xiansuo.topics.sites import site_of
from xiansuo.topics.weighing import sample_of


def topic_of(made: Clustering) -> dict[str, str]:
    return {id: each.id for each in made.clusters for id in each.members}


def test_matters_are_found_and_what_is_alone_stays_alone() -> None:
    items = archive()
    made = cluster(items)
    of = topic_of(made)
    issues = [{of.get(each.id) for each in items if issue(each) == number} for number in range(len(ISSUES))]
    assert all(len(topics) == 1 and None not in topics for topics in issues)
    assert len(set.union(*issues)) == len(ISSUES)
    alone = {each.id for each in items if issue(each) < 0}
    assert {each.id for each in made.loose} == alone
    assert {each.state for each in made.loose} == {State.ISOLATED}


def test_order_does_not_matter() -> None:
    items = archive()
    made = cluster(items)
    random.Random(3).shuffle(items)
    again = cluster(items)
    assert again == made
    assert made.kept is not None
    assert again.kept is not None
    sample = sample_of(0, {})
    assert packed(again.kept.ground, 0.3, sample) == packed(made.kept.ground, 0.3, sample)
    assert again.kept.documents == made.kept.documents


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_tiny_archives(count: int) -> None:
    made = cluster([item(f"d{n}", f"别事{n} 他物{n}") for n in range(count)])
    assert not made.clusters
    assert [each.id for each in made.loose] == [f"d{n}" for n in range(count)]
    assert (made.kept is None) == (count == 0)


def test_two_texts_on_one_matter_are_a_topic() -> None:
    made = cluster([item("a", "食堂 亏损 补贴 送餐"), item("b", "食堂 亏损 补贴 停办")])
    assert [each.members for each in made.clusters] == [("a", "b")]


def test_identical_texts_are_one_topic_of_copies() -> None:
    made = cluster([item(f"d{i}", "食堂 亏损") for i in range(5)])
    (only,) = made.clusters
    assert (len(only.members), only.texts, only.central, only.unity) == (5, 1, ("d0",), 1.0)
    assert not made.loose


def test_none_alike_are_all_isolated() -> None:
    made = cluster([item(f"d{n:02d}", f"别事{n} 他物{n} 另件{n} 异闻{n}") for n in range(40)])
    assert not made.clusters
    assert {each.state for each in made.loose} == {State.ISOLATED}


def test_a_matter_that_is_most_of_an_archive_is_found_in_few_pieces() -> None:
    draw = random.Random(1)
    told = ["老年 食堂 亏损 停办"] * 45
    told = [f"{each} 细节{n} {draw.choice(['补贴', '送餐', '开灶'])}" for n, each in enumerate(told)]
    items = [item(f"d{n:02d}", text) for n, text in enumerate([*told, *(f"别事{n} 他物{n} 另件{n}" for n in range(5))])]
    made = cluster(items)
    pieces = [each for each in made.clusters if set(each.members) & {each.id for each in items[:45]}]
    assert len(pieces) <= 3
    assert sum(len(each.members) for each in pieces) == 45


def test_two_matters_of_more_texts_than_are_listed_stay_two() -> None:
    items = waves()
    made = cluster([*items, *(item(f"x{n:03d}", f"别事{n} 他物{n} 另件{n} 异闻{n}") for n in range(200))])
    of = topic_of(made)
    sides = [{of.get(each.id) for each in items if each.id.startswith(name)} for name in "ab"]
    assert [len(each) for each in sides] == [1, 1]
    assert None not in set.union(*sides)
    assert sides[0] != sides[1]


def test_a_copy_is_where_its_text_is_and_changes_nothing_else() -> None:
    items = archive()
    copies = [replace(each, id=f"z{each.id}") for each in items[::3]]
    made, plain = cluster([*items, *copies]), topic_of(cluster(items))
    of = topic_of(made)
    for copy in copies:
        assert of[copy.id] == of[copy.id.removeprefix("z")], "sent twice, it is a matter though nothing is like it"
    groups = {frozenset(id for id in each.members if id in plain) for each in made.clusters}
    assert groups - {frozenset()} == {
        frozenset(id for id, topic in plain.items() if topic == name) for name in set(plain.values())
    }
    for each in made.clusters:
        assert each.texts == len(each.central) == len([id for id in each.members if not id.startswith("z")])


def test_near_copies_count_as_one_text_unless_the_place_is_another() -> None:
    body = "盐仓里 小区 油烟 扰民 烧烤 摊点 夜里 噪声 住户 开窗 城管 反映 多次 没有 结果 老人"
    here, there = (site_of(f"{name}小区油烟扰民", f"{name}小区的油烟很大。") for name in ("盐仓里", "海棠湾"))
    others = [item(f"x{n:02d}", f"别事{n} 他物{n} 另件{n} 异闻{n}") for n in range(60)]
    near = [
        Item("a", vector(body), item("", body).words, "a", site=here),
        Item("b", vector(body), item("", body).words, "b", site=here),
        Item("c", vector(body), item("", body).words, "c", site=there),
    ]
    made = cluster([*near, *others])
    (topic,) = [each for each in made.clusters if "a" in each.members]
    assert (topic.members, topic.texts) == (("a", "b"), 1)


def test_whoever_has_no_topic_gets_the_nearest_three_of_different_topics() -> None:
    items = archive()
    between = item("m", " ".join(told.split()[0] for told in ISSUES[:4]) + " 独一 无二 绝无 仅有")
    made = cluster([*items, between])
    of = topic_of(made)
    (loose,) = [each for each in made.loose if each.id == "m"]
    near = [of.get(each.id, each.id) for each in loose.nearest]
    assert len(near) == len(set(near)) == 3
    likeness = [each.likeness for each in loose.nearest]
    assert likeness == sorted(likeness, reverse=True)
    for each in made.loose:
        assert each.id not in {near.id for near in each.nearest}


def test_texts_without_words_are_no_error() -> None:
    made = cluster([Item(f"d{i}", np.zeros(DIMENSION, np.float32), NO_WORDS, str(i)) for i in range(4)])
    assert {each.state for each in made.loose} == {State.ISOLATED}


@settings(max_examples=25)
@given(st.lists(st.text("甲乙丙丁 ", min_size=1, max_size=12), max_size=14), st.randoms(use_true_random=False))
def test_every_document_has_exactly_one_answer(texts: list[str], draw: random.Random) -> None:
    items = [item(f"d{i:02d}", text) for i, text in enumerate(texts)]
    made = cluster(items)
    members = [id for each in made.clusters for id in each.members]
    assert sorted([*members, *(each.id for each in made.loose)]) == [each.id for each in items]
    assert [each.id for each in made.loose] == sorted(each.id for each in made.loose)
    assert len({each.id for each in made.clusters}) == len(made.clusters)
    for each in made.clusters:
        assert len(each.members) > 1
        assert set(each.central) <= set(each.members)
        assert list(each.members) == sorted(each.members)
        assert 0 <= each.unity <= 1
    draw.shuffle(items)
    assert cluster(items) == made


def test_the_first_of_copies_by_id_stands_for_them() -> None:
    firsts, documents = distinct([item("b", "食堂"), item("c", "食堂"), item("a", "食堂"), item("d", "风电")])
    assert [each.id for each in firsts] == ["a", "d"]
    assert documents == (("a", "b", "c"), ("d",))


def test_copies_are_collapsed_once_and_what_is_kept_is_what_would_be_kept_of_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    items = [*archive(), *(replace(each, id=f"c{each.id}") for each in archive()[:5])]
    times = []

    def counting(asked: Sequence[Item]) -> tuple[list[Item], tuple[tuple[str, ...], ...]]:
        times.append(len(asked))
        return distinct(asked)

    monkeypatch.setattr("xiansuo.topics.cluster.distinct", counting)
    made = cluster(items).kept
    assert times == [len(items)]
    assert made is not None
    anew = kept_of(items, made.ground, made.floor)
    assert (made.documents, made.fingerprints) == (anew.documents, anew.fingerprints)
    assert same(made.texts, anew.texts)


def test_threads_and_seeds_of_hashes_do_not_matter() -> None:
    script = (
        "import os\n"
        "os.cpu_count = lambda: int(os.environ['OPENBLAS_NUM_THREADS'])\n"
        "from tests.topics.small import archive\n"
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
    assert told == {f"{cluster(archive())}\n"}
