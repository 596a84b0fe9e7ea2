"""Likeness joins words, title and meaning, and falls where two texts are about different places."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.topics.small import DIMENSION, archive, counted, item, kept, vector, weighed
from xiansuo.topics import likeness
from xiansuo.topics.bag import NO_WORDS
from xiansuo.topics.exact import LENGTH
from xiansuo.topics.items import Item
from xiansuo.topics.likeness import Neighbours, Sites, between, by_chance, evidence, neighbours
from xiansuo.topics.sites import NOWHERE, Site, site_of
from xiansuo.topics.texts import Texts
from xiansuo.topics.titles import title_grams

TITLES = ["盐仓里小区油烟扰民", "海棠湾小区油烟扰民", "盐仓里小区油烟没人管", *(f"别的事情{i}号" for i in range(9))]
BODY = "楼下烧烤摊的油烟很大，老人睡不着，多次反映没有结果。"
LEAST = 0.1


def texts(*, titled: bool = True, placed: bool = True) -> tuple[Texts, Sites]:
    """Three texts of nearly the same words, the second about another place, and some that are about other things."""
    bodies = [[*BODY, title] for title in TITLES[:3]] + [[f"{title}{i}" for i in range(6)] for title in TITLES[3:]]
    vectors = np.eye(len(TITLES), 16, dtype=np.float32)
    vectors[1] = vectors[2] = vectors[0]
    sites = [site_of(title, "") for title in TITLES] if placed else [NOWHERE] * len(TITLES)
    titles = [counted(title_grams(title)) if titled else NO_WORDS for title in TITLES]
    items = [
        Item(title, vectors[row], counted(bodies[row]), title, "", titles[row]) for row, title in enumerate(TITLES)
    ]
    return weighed(items), lambda rows: [sites[row] for row in rows.tolist()]


def nowhere(rows: NDArray[np.int64]) -> list[Site]:
    return [NOWHERE] * len(rows)


def of_first(made: tuple[Texts, Sites]) -> NDArray[np.float64]:
    """How like the first text is to each of the others."""
    return between(*made, np.zeros(len(TITLES) - 1, np.int64), np.arange(1, len(TITLES)))


def listed(near: Neighbours, row: int) -> dict[int, tuple[float, ...]]:
    """What is told of each neighbour of a text."""
    told = (near.index[row], near.likeness[row], near.meaning[row], near.words[row], near.theme[row])
    return {
        int(other): tuple(rest) for other, *rest in zip(*(each.tolist() for each in told), strict=True) if other >= 0
    }


@given(st.permutations(range(len(TITLES))), st.integers(0, len(TITLES)))
def test_what_is_looked_for_in_two_parts_is_what_is_found_at_once(order: list[int], cut: int) -> None:
    made, sites = texts()
    rows = np.array(order[:9], dtype=np.int64)
    first, more = np.sort(rows[:cut]), np.sort(rows[cut:])
    both = neighbours(made, sites, LEAST, first).with_more(neighbours(made, sites, LEAST, more))
    found, wanted = both.some(np.argsort(np.concatenate([first, more]))), neighbours(made, sites, LEAST, np.sort(rows))
    for name in ("index", "likeness", "meaning", "words", "theme"):
        assert getattr(found, name).tobytes() == getattr(wanted, name).tobytes()


def test_a_swapped_place_takes_a_clone_apart_and_nothing_else() -> None:
    found, wherever = of_first(texts()), of_first(texts(placed=False))
    assert found[0] <= 0.35 < 0.6 < wherever[0]
    assert found[1] == wherever[1] > 0.6
    assert (found[2:] == wherever[2:]).all()


def test_texts_without_titles_are_compared_by_the_rest() -> None:
    found = of_first(texts(titled=False, placed=False))
    assert found[0] > 0.6
    assert found[4] < 0.1


@given(st.lists(st.text("甲乙丙丁戊 ", max_size=10), min_size=2, max_size=9), st.booleans())
def test_both_sides_see_the_same_between_nothing_and_all(told: list[str], titled: bool) -> None:
    made = weighed([item(str(row), text, title=text[:4] if titled else "") for row, text in enumerate(told)])
    left, right = (each.ravel() for each in np.indices((len(told), len(told))))
    here, there = np.stack(evidence(made, left, right)), np.stack(evidence(made, right, left))
    assert np.array_equal(here, there)
    assert ((here >= 0) & (here <= 1)).all()


def test_evidence_is_exact_however_it_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    items = archive()
    made = weighed(items)
    left, right = (each.ravel() for each in np.indices((len(items), len(items))))
    meaning, shared, theme = evidence(made, left, right)
    whole = made.meant.astype(np.int64)
    rows = made.words.astype(np.int64)
    assert np.array_equal(meaning, np.clip(np.round((whole @ whole.T).ravel() / LENGTH**2, 4), 0, 1))
    assert np.array_equal(shared, np.clip(np.round((rows @ rows.T).toarray().ravel() / LENGTH**2, 4), 0, 1))
    monkeypatch.setattr(likeness, "_PAIRS", 7)
    assert np.array_equal(np.stack(evidence(made, left, right)), np.stack([meaning, shared, theme]))


def test_a_text_is_all_like_itself() -> None:
    made = weighed([item("a", "食堂 亏损 补贴", title="老年食堂亏损"), *archive()])
    told = np.concatenate(evidence(made, np.array([0]), np.array([0])))
    assert told == pytest.approx(1, abs=1e-3)


def test_neighbours_are_told_wherever_they_are() -> None:
    near = neighbours(*texts(), LEAST)
    assert near.index[0, 0] == 2
    likely, *_, theme = listed(near, 0)[1]
    assert likely < theme
    assert (np.diff(near.likeness, axis=1) <= 0).all()


def test_neighbours_are_all_that_are_near_and_as_near_as_two_texts_are() -> None:
    made = weighed(archive())
    near = neighbours(made, nowhere, LEAST)
    for row in range(len(made)):
        others = np.array([other for other in range(len(made)) if other != row])
        like = between(made, nowhere, np.full(len(others), row), others)
        expected = {int(other): one for other, one in zip(others, like.tolist(), strict=True) if one >= LEAST}
        assert {other: told[0] for other, told in listed(near, row).items()} == expected
    assert near.index.shape[1] == 48
    assert near.unlisted() == [0.0] * len(made)


def test_neighbours_of_some_are_those_of_all() -> None:
    made = weighed(archive())
    every = neighbours(made, nowhere, LEAST)
    some = np.array([3, 4, 20, 50])
    found = neighbours(made, nowhere, LEAST, some)
    assert found.index.shape == (4, 48)
    for place, row in enumerate(some.tolist()):
        assert listed(found, place) == listed(every, row)
    assert neighbours(made, nowhere, LEAST, some[:0]).index.shape == (0, 48)


def test_few_and_many_texts_are_sought_in_two_ways_to_the_same_end(monkeypatch: pytest.MonkeyPatch) -> None:
    made = weighed(archive())
    few = neighbours(made, nowhere, LEAST)
    monkeypatch.setattr(likeness, "_FEW", 0)
    monkeypatch.setattr(likeness, "_BLOCK", 16)
    many = neighbours(made, nowhere, LEAST)
    for name in Neighbours.__slots__:
        assert np.array_equal(getattr(few, name), getattr(many, name))


def test_where_more_are_near_than_are_listed_the_last_one_tells_of_the_rest() -> None:
    told = [f"食堂{n % 60} 亏损{n % 60} 补贴{n % 60} 送餐{n % 60}" for n in range(60)]
    alike = [item(f"a{n:03d}", f"油烟 扰民 摊点 细节{n}") for n in range(60)]
    made = weighed([*alike, *(item(f"b{n:03d}", text) for n, text in enumerate(told))])
    unlisted = dict(enumerate(_neighbours_among_all(made).unlisted()))
    assert all(unlisted[row] > LEAST for row in range(60))
    assert all(unlisted[row] == 0 for row in range(60, 120))


def _neighbours_among_all(made: Texts) -> Neighbours:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(likeness, "_RARE_AT_LEAST", 100)
        return neighbours(made, nowhere, LEAST)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_hardly_any_texts_have_hardly_any_neighbours(count: int) -> None:
    made = weighed(archive()).some(np.arange(count))
    near = neighbours(made, nowhere, LEAST)
    assert near.index.shape == (count, max(0, count - 1))
    assert len(by_chance(made)) == (2 if count == 2 else 0)


def test_pairs_by_chance_are_two_different_texts_from_all_over() -> None:
    assert len(by_chance(kept(archive()).texts)) == 55 * 54
    assert by_chance(weighed(archive())).max() < 1
    same = [Item(str(n), vector("食堂"), counted(["食堂"]), str(n)) for n in range(3)]
    assert len(by_chance(weighed(same))) == 6


@settings(max_examples=20)
@given(st.permutations(range(20)))
def test_the_order_of_texts_changes_no_likeness(order: list[int]) -> None:
    items = archive()[:20]
    here, there = (
        neighbours(weighed(items), nowhere, LEAST),
        neighbours(weighed([items[n] for n in order]), nowhere, LEAST),
    )
    for place, row in enumerate(order):
        told = {order[other]: rest for other, rest in listed(there, place).items()}
        assert told == listed(here, row)


def test_vectors_of_no_meaning_have_none() -> None:
    items = [Item(str(n), np.zeros(DIMENSION, np.float32), counted(["食堂", f"{n}"]), str(n)) for n in range(3)]
    assert (evidence(weighed(items), np.array([0, 1]), np.array([1, 2]))[0] == 0).all()
