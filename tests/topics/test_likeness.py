"""Likeness joins words, title and meaning, and falls where two texts are about different places."""

from __future__ import annotations

import numpy as np
import pytest

from xiansuo.index.terms import hashed
from xiansuo.topics.bag import NO_WORDS, Words
from xiansuo.topics.likeness import Likenesses
from xiansuo.topics.sites import NOWHERE, Site, site_of
from xiansuo.topics.titles import title_grams

TITLES = ["盐仓里小区油烟扰民", "海棠湾小区油烟扰民", "盐仓里小区油烟没人管", *(f"别的事情{i}号" for i in range(9))]
BODY = "楼下烧烤摊的油烟很大，老人睡不着，多次反映没有结果。"


def words(told: list[str]) -> Words:
    terms, counts = np.unique(hashed(told), return_counts=True)
    return Words(terms, counts.astype(np.uint16))


def likenesses(*, titled: bool = True, placed: bool = True) -> Likenesses:
    """Three texts of nearly the same words, the second about another place, and some that are about other things."""
    bodies = [[*BODY, title] for title in TITLES[:3]] + [[f"{title}{i}" for i in range(6)] for title in TITLES[3:]]
    vectors = np.eye(len(TITLES), 16, dtype=np.float32)
    vectors[1] = vectors[2] = vectors[0]
    sites: list[Site] = [site_of(title, "") for title in TITLES] if placed else [NOWHERE] * len(TITLES)
    titles = [words(title_grams(title)) if titled else NO_WORDS for title in TITLES]
    return Likenesses(vectors, [words(body) for body in bodies], titles, sites, [""] * len(TITLES))


def test_a_swapped_place_takes_a_clone_apart_and_nothing_else() -> None:
    found, wherever = likenesses().between(0, np.arange(1, 12)), likenesses(placed=False).between(0, np.arange(1, 12))
    assert found[0] <= 0.35 < 0.6 < wherever[0]
    assert found[1] == wherever[1] > 0.6
    assert (found[2:] == wherever[2:]).all()


def test_both_sides_see_the_same() -> None:
    made = likenesses()
    for row in range(3):
        for other in range(3):
            here, there = made.between(row, np.array([other])), made.between(other, np.array([row]))
            assert here == pytest.approx(there, abs=1e-4)


def test_neighbours_are_told_wherever_they_are() -> None:
    near = likenesses().neighbours()
    assert near.index[0, 0] == 2
    place = near.index[0].tolist().index(1)
    assert near.likeness[0, place] < near.theme[0, place]
    assert (np.diff(near.likeness, axis=1) <= 0).all()


def test_texts_without_titles_are_compared_by_the_rest() -> None:
    found = likenesses(titled=False, placed=False).between(0, np.array([1, 5]))
    assert found[0] > 0.6
    assert found[1] < 0.1
