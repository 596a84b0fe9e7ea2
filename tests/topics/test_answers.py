"""Topics say what is typical of them, largest first, and a loose text three different things that it is near."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tests.topics.small import item, kept
from tests.topics.test_matters import near
from xiansuo.topics.answers import clusters, loose, name_of, regrouped
from xiansuo.topics.items import State
from xiansuo.topics.likeness import between
from xiansuo.topics.matters import find_matters
from xiansuo.topics.sites import NOWHERE, Site

TEXTS = ("食堂 亏损 补贴 送餐", "食堂 亏损 补贴 停办", "食堂 亏损 老人 开灶", "风电 补偿 渔民", "风电 补偿 用海")
KEPT = kept([item(f"d{n}", text) for n, text in enumerate(TEXTS)] + [item("e0", TEXTS[3])])
ROWS = np.arange(5)
SENT = [len(each) for each in KEPT.documents]


def nowhere(rows: NDArray[np.int64]) -> list[Site]:
    return [NOWHERE] * len(rows)


def test_topics_are_told_largest_first_with_the_most_typical_text_first() -> None:
    found = find_matters(near(5, {(0, 1): 0.9, (0, 2): 0.8, (1, 2): 0.5, (3, 4): 0.4}), [1] * 5, 0.3)
    made = clusters(found, ROWS, KEPT.texts, nowhere, KEPT.documents)
    assert [each.id for each in made] == sorted(each.id for each in made), "of equal ones the first by id"
    first, second = sorted(made, key=lambda each: each.members)
    assert (first.members, first.central, first.texts) == (("d0", "d1", "d2"), ("d0", "d1", "d2"), 3)
    assert (second.members, second.central, second.texts) == (("d3", "d4", "e0"), ("d3", "d4"), 2)
    pairs = between(KEPT.texts, nowhere, np.array([0, 0, 1]), np.array([1, 2, 2]))
    assert first.unity == round(float(pairs.mean()), 4)
    assert {first.id, second.id} == {name_of(first.members), name_of(second.members)}


def test_the_topic_with_most_documents_comes_first() -> None:
    found = find_matters(near(5, {(0, 1): 0.9, (3, 4): 0.9}), SENT, 0.3)
    made = clusters(found, ROWS, KEPT.texts, nowhere, KEPT.documents)
    assert [each.members for each in made] == [("d3", "d4", "e0"), ("d0", "d1")]


def test_no_topics_are_none() -> None:
    found = find_matters(near(5, {}), [1] * 5, 0.3)
    assert clusters(found, ROWS, KEPT.texts, nowhere, KEPT.documents) == ()
    assert regrouped([], KEPT.texts, nowhere, KEPT.documents, 0.3) == ()


def test_topics_are_told_as_somebody_grouped_them_in_the_order_given() -> None:
    one, other = regrouped([[4, 0], [3]], KEPT.texts, nowhere, KEPT.documents, 0.3)
    assert (one.members, one.texts) == (("d0", "d4"), 2)
    assert (other.members, other.central, other.unity) == (("d3", "e0"), ("d3",), 1.0)


def test_a_loose_text_is_told_one_text_of_each_topic_and_others_that_are_alone() -> None:
    ties = {(0, 1): 0.29, (0, 2): 0.28, (0, 3): 0.2, (0, 4): 0.1}
    table = near(5, ties)
    found = find_matters(table, SENT, 0.3)
    told = loose(found, ROWS, table, ROWS, KEPT.documents, {1: "T", 2: "T"})
    by_id = {each.id: each for each in told}
    assert [each.id for each in told] == ["d0", "d1", "d2", "d4"], "the text that two documents have is a matter"
    assert [(each.id, each.likeness) for each in by_id["d0"].nearest] == [("d1", 0.29), ("d3", 0.2), ("d4", 0.1)]
    assert by_id["d0"].state is State.ISOLATED


def test_who_is_tied_closely_to_a_topic_that_has_no_room_is_undecided() -> None:
    table = near(4, {(0, 1): 0.9, (0, 2): 0.9, (1, 2): 0.9, (0, 3): 0.35})
    found = find_matters(table, [1] * 4, 0.3)
    rows = np.array([0, 1, 2, 4])
    (only,) = loose(found, rows, table, rows, KEPT.documents, dict(enumerate(found.label)))
    assert (only.state, [each.id for each in only.nearest]) == (State.UNDECIDED, ["d0"])


def test_the_unity_of_a_large_topic_is_measured_on_some_of_its_texts() -> None:
    many = kept([item(f"d{n:03d}", f"油烟 扰民 摊点 细节{n}") for n in range(150)])
    (told,) = regrouped([list(range(150))], many.texts, nowhere, many.documents, 0.3)
    one, other = np.triu_indices(150, 1)
    assert abs(told.unity - between(many.texts, nowhere, one, other).mean()) < 0.02
