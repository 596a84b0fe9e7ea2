from __future__ import annotations

import dataclasses

import pytest

from tests.recommend.archive import aligner, ground, matter, read
from tests.recommend.proposed import others, proposal
from xiansuo.recommend.cards.clues import Clue, from_matter
from xiansuo.recommend.cards.matters import Ground
from xiansuo.recommend.cards.one_matter import one_matter, taken_apart
from xiansuo.recommend.cards.proposals import from_proposals
from xiansuo.recommend.texts import ReadText
from xiansuo.records import Spring

_CANTEENS = [read(f"c{i}", "老年食堂亏损", f"老年食堂亏损，第{i}家停了。") for i in range(4)]
_MEALS = [read(f"m{i}", "老年食堂亏损了", f"老年食堂亏损，第{i}家也停了。") for i in range(4)]
_GROUND = ground([*_CANTEENS, *_MEALS, *others()])


def _clue(*texts: ReadText, at: Ground = _GROUND) -> Clue:
    made = from_matter(matter(*texts), at, aligner([], list(at.texts)), {})
    return dataclasses.replace(made, topic="+".join(text.record.id for text in texts))


def _only(*pairs: tuple[str, str]) -> set[frozenset[str]]:
    return {frozenset(pair) for pair in pairs}


@pytest.mark.parametrize(
    ("linked", "one"),
    [
        (_only(), False),
        (_only(("c0", "m0")), False),
        (_only(("c0", "m0"), ("c1", "m0")), True),
        (_only(("c0", "m0"), ("c0", "m1")), True),
    ],
)
def test_half_of_the_texts_of_one_must_be_told_in_the_other(linked: set[frozenset[str]], one: bool) -> None:
    left, right = _clue(*_CANTEENS[:3]), _clue(*_MEALS[:3])

    def repeats(a: ReadText, b: ReadText) -> bool:
        return frozenset((a.record.id, b.record.id)) in linked

    assert one_matter(left, right, _GROUND, repeats) is one
    assert one_matter(right, left, _GROUND, repeats) is one


def test_the_clue_with_fewer_texts_decides() -> None:
    def repeats(a: ReadText, b: ReadText) -> bool:
        return {a.record.id, b.record.id} == {"c0", "m0"}

    assert one_matter(_clue(_CANTEENS[0]), _clue(*_MEALS), _GROUND, repeats)
    assert not one_matter(_clue(*_CANTEENS), _clue(*_MEALS), _GROUND, repeats)


def test_shared_texts_are_told_again_and_far_ones_are_not_even_judged() -> None:
    def never(*pair: ReadText) -> bool:
        raise AssertionError(pair)

    assert one_matter(_clue(_CANTEENS[0]), _clue(_CANTEENS[0], *_MEALS), _GROUND, never)
    assert not one_matter(_clue(_CANTEENS[0]), _clue(others()[0]), _GROUND, never)


def test_a_clue_without_texts_repeats_nothing() -> None:
    empty = dataclasses.replace(_clue(_CANTEENS[0]), texts=())
    assert not one_matter(empty, _clue(_CANTEENS[0]), _GROUND, lambda *_: True)


def test_suggestions_of_one_proposal_were_taken_apart_on_purpose() -> None:
    whole = ground([proposal(), *others()])
    one, other = from_proposals([proposal()], whole, aligner([], list(whole.texts)), {})
    assert taken_apart(one, other)
    assert not one_matter(one, other, whole, lambda *_: True)
    assert not taken_apart(one, _clue(proposal(), at=whole))


def test_a_gap_is_more_than_one_matter_within_it() -> None:
    matter_of_one, gap = _clue(_CANTEENS[0]), dataclasses.replace(_clue(*_CANTEENS), spring=Spring.GAP)
    narrow = dataclasses.replace(gap, texts=gap.texts[:2])
    for left, right, one in (
        (matter_of_one, gap, False),
        (matter_of_one, narrow, True),
        (_clue(*_CANTEENS), gap, True),
    ):
        assert one_matter(left, right, _GROUND, lambda *_: False) is one
        assert one_matter(right, left, _GROUND, lambda *_: False) is one
