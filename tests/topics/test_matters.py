"""Near copies are one text, a text sent twice is a matter, and groups to begin with stay as they are."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiansuo.topics.likeness import Neighbours
from xiansuo.topics.matters import Matters, find_matters

FLOOR = 0.3
Ties = dict[tuple[int, int], float]
COUNT = 8
PAIRS = st.tuples(st.integers(0, COUNT - 1), st.integers(0, COUNT - 1)).filter(lambda pair: pair[0] < pair[1])


def near(count: int, ties: Ties, copies: Ties | None = None, apart: Ties | None = None) -> Neighbours:
    """A table of neighbours: `copies` agree in words and meaning, `apart` too, but about another place."""
    rows: list[list[tuple[int, float, float, float]]] = [[] for _ in range(count)]
    for told, words, theme in ((ties, 0.5, 0.0), (copies or {}, 0.95, 0.0), (apart or {}, 0.95, 0.5)):
        for (a, b), likeness in told.items():
            for here, there in ((a, b), (b, a)):
                rows[here].append((there, likeness, words, likeness + theme))
    width = max(1, *map(len, rows)) if rows else 0
    index = np.full((count, width), -1)
    figures = np.zeros((4, count, width))
    for row, found in enumerate(rows):
        for place, (other, likeness, words, theme) in enumerate(sorted(found, key=lambda each: (-each[1], each[0]))):
            index[row, place] = other
            figures[:, row, place] = likeness, words, words, theme
    return Neighbours(index, *figures)


def groups(found: Matters) -> set[frozenset[int]]:
    return {
        frozenset(row for row, each in enumerate(found.label) if each == label) for label in found.label if label >= 0
    }


def test_texts_tied_closely_enough_are_one_matter() -> None:
    found = find_matters(near(4, {(0, 1): 0.5, (1, 2): 0.1, (2, 3): FLOOR}), [1] * 4, FLOOR)
    assert groups(found) == {frozenset({0, 1}), frozenset({2, 3})}
    assert found.tied == {0, 1, 2, 3}
    assert found.node == [0, 1, 2, 3]


def test_near_copies_are_one_text_unless_they_are_about_another_place() -> None:
    found = find_matters(near(4, {(2, 3): 0.2}, copies={(0, 2): 0.9}, apart={(1, 3): 0.35}), [1] * 4, FLOOR + 0.1)
    assert found.node == [0, 1, 0, 3]
    assert groups(found) == {frozenset({0, 2})}
    assert found.ties == {}, "weak ties that no chain of strong ones connects play no part"
    strong = find_matters(near(4, {(2, 3): 0.2}, copies={(0, 2): 0.9}, apart={(1, 3): 0.35}), [1] * 4, 0.2)
    assert strong.ties == {(0, 3): 0.2, (1, 3): 0.35}, "a near copy's ties are those of its text"
    assert not found.tied


def test_a_text_sent_twice_is_a_matter() -> None:
    found = find_matters(near(3, {}), [1, 2, 1], FLOOR)
    assert groups(found) == {frozenset({1})}


@given(
    st.dictionaries(PAIRS, st.floats(0.05, 1), max_size=20),
    st.sets(PAIRS, max_size=5),
    st.lists(st.sampled_from([-1, -1, 0, 1, 2]), min_size=COUNT, max_size=COUNT),
)
def test_groups_to_begin_with_hold_together_and_never_join_each_other(
    ties: Ties, same: set[tuple[int, int]], begun: list[int]
) -> None:
    copies = dict.fromkeys(same, 0.95)
    table = near(COUNT, {pair: tie for pair, tie in ties.items() if pair not in copies}, copies)
    together = [rows for group in range(3) if (rows := [row for row in range(COUNT) if begun[row] == group])]
    found = find_matters(table, [1] * COUNT, FLOOR, together)
    homes = []
    for rows in together:
        # One text that nothing joins is no matter any more.
        labels = {found.label[row] for row in rows}
        assert len(labels) == 1
        assert labels != {-1} or len(rows) == 1
        homes += sorted(labels - {-1})
    assert len(homes) == len(set(homes))
    for a, b in itertools.combinations(range(COUNT), 2):
        if found.node[a] == found.node[b]:
            assert found.label[a] == found.label[b]


def test_a_copy_of_texts_in_two_topics_joins_one_of_them_and_not_the_other() -> None:
    copies = {(0, 4): 0.92, (2, 4): 0.95}
    found = find_matters(near(5, {(0, 1): 0.5, (2, 3): 0.5}, copies), [1] * 5, FLOOR, [[0, 1], [2, 3]])
    assert groups(found) in ({frozenset({0, 1, 4}), frozenset({2, 3})}, {frozenset({0, 1}), frozenset({2, 3, 4})})
    alone = find_matters(near(5, {(0, 1): 0.5, (2, 3): 0.5}, copies), [1] * 5, FLOOR)
    assert any({0, 2, 4} <= each for each in groups(alone))


@pytest.mark.parametrize("count", [0, 1])
def test_hardly_any_texts_make_no_matter(count: int) -> None:
    found = find_matters(near(count, {}), [1] * count, FLOOR)
    assert found.label == [-1] * count
