"""What two texts share to the letter, against a slow count that anybody can follow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiansuo.dedup.overlap import SHORTEST_RUN, copied, copied_runs, joined, shared_pairs
from xiansuo.text.shingles import SIZE, bare

# Few characters, so that runs come about by themselves; punctuation, which does not count.
passages = st.lists(st.text("路灯坏了修好，。 ", max_size=24), max_size=4)
telling = st.text("春江里柳荫路石坝镇松岭乡", min_size=SHORTEST_RUN, max_size=30)


def naive(texts: list[str], other: list[str]) -> tuple[list[bool], int]:
    """Mark each character that lies in a long enough run of 3-grams of the other text."""
    body, there = bare("".join(texts)), bare("".join(other))
    marked, longest, start = [False] * len(body), 0, 0
    while start < len(body):
        stop = start
        while stop + SIZE <= len(body) and body[stop : stop + SIZE] in there:
            stop += 1
        length = stop - start + SIZE - 1 if stop > start else 0
        if length >= SHORTEST_RUN:
            marked[start : start + length] = [True] * length
            longest = max(longest, length)
        start = stop + 1
    return marked, longest


@given(texts=passages, other=passages)
def test_copied_runs_are_those_of_the_slow_count(texts: list[str], other: list[str]) -> None:
    found = copied(texts, other)
    marked, longest = naive(texts, other)
    assert found.longest == longest
    assert found.share == pytest.approx(sum(marked) / max(1, len(marked)))
    place = 0
    assert len(found.passages) == len(texts)
    for text, share in zip(texts, found.passages, strict=True):
        here = marked[place : place + len(bare(text))]
        place += len(here)
        assert share == pytest.approx(sum(here) / max(1, len(here)))


@given(text=telling, before=passages, after=passages)
def test_a_passage_taken_over_is_all_copied(text: str, before: list[str], after: list[str]) -> None:
    found = copied([text], [*before, text, *after])
    assert found.passages.tolist() == [1]
    assert found.share == 1
    assert found.longest == len(text)


@given(texts=passages, other=passages)
def test_punctuation_and_blanks_hide_no_copy(texts: list[str], other: list[str]) -> None:
    dressed = ["，".join(text) + "。 " for text in other]
    assert copied(texts, dressed).share == copied(texts, other).share


def test_a_run_one_character_too_short_is_an_everyday_phrase() -> None:
    run = "巷口路灯坏了三个月"[:SHORTEST_RUN]
    assert copied([f"春{run}江"], [f"松{run}岭"]).longest == SHORTEST_RUN
    assert copied([f"春{run[:-1]}江"], [f"松{run[:-1]}岭"]).share == 0


def test_nothing_is_copied_from_nothing() -> None:
    for texts, other in (([], []), (["路灯坏了"], []), ([], ["路灯坏了"]), ([""], [""])):
        found = copied(texts, other)
        assert (found.share, found.longest) == (0, 0)


@given(
    left=st.lists(st.text("路灯坏了", max_size=9), max_size=4),
    right=st.lists(st.text("路灯修好", max_size=9), max_size=4),
)
def test_shared_pairs_are_counted_from_both_sides(left: list[str], right: list[str]) -> None:
    def pairs(text: str) -> frozenset[str]:
        return frozenset(a + b for a, b in zip(text, text[1:], strict=False))

    a, b = [pairs(text) for text in left], [pairs(text) for text in right]
    held, holds = shared_pairs(a, b)
    back, forth = shared_pairs(b, a)
    assert held.shape == holds.shape == (len(left), len(right))
    assert held.tolist() == forth.T.tolist() if left and right else not held.size
    assert holds.tolist() == back.T.tolist() if left and right else not holds.size
    for i, mine in enumerate(a):
        for j, theirs in enumerate(b):
            assert held[i, j] * max(1, len(mine)) == pytest.approx(len(mine & theirs))


@given(left=st.text("路灯坏了", max_size=40), right=st.text("路灯坏了", max_size=40))
def test_runs_are_disjoint_and_cover_what_is_copied_on_either_side(left: str, right: str) -> None:
    for runs, text, other in zip(copied_runs(left, right), (left, right), (right, left), strict=True):
        marked = [False] * len(text)
        for start, stop in joined(runs):
            assert stop - start >= SHORTEST_RUN
            assert not any(marked[start:stop])
            marked[start:stop] = [True] * (stop - start)
        assert marked == naive([text], [other])[0]
