"""Groups join by the mean of the ties between them, as the textbook's average linkage does."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.cluster.hierarchy import fcluster, linkage

from xiansuo.topics import linkage as joining
from xiansuo.topics.linkage import linked

LEAST = 0.3


def groups(found: list[int]) -> set[frozenset[int]]:
    return {frozenset(i for i, each in enumerate(found) if each == name) for name in found if name >= 0}


def mean_within(group: frozenset[int], ties: dict[tuple[int, int], float]) -> float:
    inside = [ties.get(pair, 0.0) for pair in itertools.combinations(sorted(group), 2)]
    return sum(inside) / len(inside)


@given(st.integers(2, 14), st.integers(0, 2**32 - 1))
def test_with_all_ties_it_is_average_linkage(count: int, seed: int) -> None:
    # No two ties are equal, so that there is one answer.
    values = np.random.default_rng(seed).permutation(np.linspace(0.01, 0.99, count * (count - 1) // 2))
    ties = dict(zip(itertools.combinations(range(count), 2), values.tolist(), strict=True))
    cut = fcluster(linkage(1 - values, "average"), 1 - LEAST, "distance")
    expected = {frozenset(np.flatnonzero(cut == label).tolist()) for label in set(cut.tolist())}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(joining, "_BETWEEN", 0.0)
        assert groups(linked(count, ties, LEAST)) == {group for group in expected if len(group) > 1}


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda pair: pair[0] < pair[1]), st.floats(0.05, 1)
    )
)
def test_groups_are_named_by_their_first_and_hold_together(ties: dict[tuple[int, int], float]) -> None:
    found = linked(12, ties, LEAST)
    for group in groups(found):
        assert {found[node] for node in group} == {min(group)}
        inside = [ties.get(pair, 0.0) for pair in itertools.combinations(sorted(group), 2)]
        # A join never takes the mean of all ties of a group below what every join asked for.
        assert sum(inside) / len(inside) >= LEAST - 1e-9
    for a, b in itertools.combinations(sorted(groups(found), key=min), 2):
        between = [ties.get((min(i, j), max(i, j)), 0.0) for i in a for j in b]
        within = min(mean_within(a, ties), mean_within(b, ties)) if min(len(a), len(b)) >= 3 else 0.0
        assert sum(between) / len(between) < max(LEAST, 0.7 * within) + 1e-9, "what could still join has joined"


def test_order_does_not_matter() -> None:
    draw = random.Random(4)
    ties = {pair: draw.random() for pair in itertools.combinations(range(30), 2) if draw.random() < 0.3}
    shuffled = list(ties.items())
    draw.shuffle(shuffled)
    assert linked(30, dict(shuffled), LEAST) == linked(30, ties, LEAST)


@pytest.mark.parametrize("ties", [{}, {(0, 1): LEAST - 0.01}])
def test_what_is_not_tied_stays_alone(ties: dict[tuple[int, int], float]) -> None:
    assert linked(3, ties, LEAST) == [-1, -1, -1]


def test_a_matter_of_more_texts_than_neighbours_are_known_is_one() -> None:
    draw = random.Random(2)
    ties = {}
    for node in range(400):
        for other in draw.sample([each for each in range(400) if each != node], 20):
            ties[min(node, other), max(node, other)] = 0.5
    assert len(groups(linked(400, ties, LEAST))) > 1
    assert groups(linked(400, ties, LEAST, [0.4] * 400)) == {frozenset(range(400))}
    # Where the lists end with nothing like, what is not listed is nothing.
    assert linked(400, ties, LEAST, [0.0] * 400) == linked(400, ties, LEAST)


def test_two_such_matters_stay_apart() -> None:
    draw = random.Random(3)
    ties = {}
    for node in range(200):
        near = range(100) if node < 100 else range(100, 200)
        for other in draw.sample([each for each in near if each != node], 20):
            ties[min(node, other), max(node, other)] = 0.5
        far = (node + 100) % 200
        ties[min(node, far), max(node, far)] = 0.2
    for far in (0.2, 0.28):
        found = groups(linked(200, ties, LEAST, [0.4] * 100 + [far] * 100))
        assert frozenset(range(100)) in found
        assert all(max(group) < 100 or min(group) >= 100 for group in found)


def full_lists(size: int, bridges: int) -> dict[tuple[int, int], float]:
    """Two matters whose texts list 20 of their own each, and a few ties from one to the other."""
    draw = random.Random(6)
    ties = {}
    for node in range(2 * size):
        near = range(size) if node < size else range(size, 2 * size)
        for other in draw.sample([each for each in near if each != node], 20):
            ties[min(node, other), max(node, other)] = 0.5
    return ties | {(node, node + size): 0.35 for node in range(bridges)}


@pytest.mark.parametrize(("like", "found"), [(0.05, 2), (0.14, 2), (0.16, 1), (0.4, 1)])
def test_matters_that_fill_their_lists_with_their_own_join_only_if_their_texts_are_alike(
    like: float, found: int
) -> None:
    def compare(one: Sequence[int], other: Sequence[int]) -> float:
        sides = {node < 100 for node in one}, {node < 100 for node in other}
        # Parts of one matter are as near as the lists say.
        return 0.4 if sides[0] == sides[1] else like

    ties, unlisted = full_lists(100, 3), [0.4] * 200
    assert groups(linked(200, ties, LEAST, unlisted)) == {frozenset(range(200))}
    made = groups(linked(200, ties, LEAST, unlisted, compare=compare))
    assert len(made) == found
    assert found == 1 or made == {frozenset(range(100)), frozenset(range(100, 200))}


def test_groups_that_their_ties_join_and_small_ones_are_not_compared() -> None:
    def never(one: Sequence[int], other: Sequence[int]) -> float:
        raise AssertionError((one, other))

    pairs = itertools.combinations(range(60), 2)
    assert len(groups(linked(60, dict.fromkeys(pairs, 0.5), LEAST, [0.4] * 60, compare=never))) == 1
    begun = [list(range(15)), list(range(15, 30))]
    assert len(groups(linked(30, {(0, 15): 0.5}, LEAST, [0.4] * 30, begun=begun, compare=never))) == 1


def test_how_many_pairs_are_brought_up_at_a_time_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    ties = full_lists(60, 5)
    found = linked(120, ties, LEAST, [0.2] * 120)
    monkeypatch.setattr(joining, "_AT_A_TIME", 3)
    assert linked(120, ties, LEAST, [0.2] * 120) == found


def test_a_chain_is_no_group() -> None:
    chain = {(node, node + 1): 0.5 for node in range(9)}
    assert max(len(group) for group in groups(linked(10, chain, LEAST))) <= 3


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda pair: pair[0] < pair[1]), st.floats(0.05, 1)
    ),
    st.lists(st.integers(-1, 3), min_size=12, max_size=12),
    st.floats(0, 0.9),
)
def test_groups_to_begin_with_grow_and_never_join_each_other(
    ties: dict[tuple[int, int], float], places: list[int], unlisted: float
) -> None:
    begun = [[node for node in range(12) if places[node] == place] for place in sorted(set(places) - {-1})]
    found = groups(linked(12, ties, LEAST, [unlisted] * 12, begun))
    homes = [group for own in begun for group in found if group & set(own)]
    assert len(homes) == len(set(homes))
    assert all(any(set(own) <= group for group in found) for own in begun if len(own) > 1)


def test_a_group_to_begin_with_is_one_however_its_texts_are_tied() -> None:
    assert groups(linked(5, {(2, 4): 0.5}, LEAST, None, [[0, 2], [3]])) == {frozenset({0, 2})}
    assert groups(linked(5, {(1, 2): 0.9}, LEAST, None, [[0], [2]])) == {frozenset({1, 2})}


def two_groups(size: int, within: float, between: float) -> dict[tuple[int, int], float]:
    pairs = itertools.combinations(range(2 * size), 2)
    return {(a, b): within if (a < size) == (b < size) else between for a, b in pairs}


@pytest.mark.parametrize(
    ("size", "between", "found"), [(3, 0.5, 2), (3, 0.7, 1), (6, 0.5, 2), (2, 0.5, 1), (1, 0.5, 1)]
)
def test_two_groups_that_hang_together_far_more_closely_than_with_each_other_stay_two(
    size: int, between: float, found: int
) -> None:
    assert len(groups(linked(2 * size, two_groups(size, 0.9, between), LEAST))) == found
