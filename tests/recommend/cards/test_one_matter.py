from __future__ import annotations

import dataclasses

import pytest

from tests.recommend.archive import aligner, ground, matter, read
from tests.recommend.proposed import others, proposal
from xiansuo.recommend.cards.clues import Clue, from_matter
from xiansuo.recommend.cards.one_matter import one_matter, taken_apart
from xiansuo.recommend.cards.proposals import from_proposals
from xiansuo.records import Spring

_TEXTS = [read(f"d{place}", f"第{place}件事", f"第{place}件事没有办成。") for place in range(4)]
_GROUND = ground([*_TEXTS, *others()])
_OF = {text.record.id: text for text in _TEXTS}


def _clue(*ids: str, spring: Spring = Spring.TOPIC) -> Clue:
    made = from_matter(matter(*(_OF[id] for id in ids)), _GROUND, aligner([], _TEXTS), {})
    return dataclasses.replace(made, topic="+".join(ids), spring=spring)


@pytest.mark.parametrize(
    ("left", "right", "one"),
    [
        (("d0",), ("d1",), False),
        (("d0",), ("d0", "d1", "d2"), True),
        (("d0", "d1"), ("d0", "d2", "d3"), True),
        (("d0", "d1", "d2"), ("d0", "d3", "d3"), False),
    ],
)
def test_half_of_the_texts_of_the_clue_with_fewer_make_one_matter(
    left: tuple[str, ...], right: tuple[str, ...], one: bool
) -> None:
    assert one_matter(_clue(*left), _clue(*right)) is one
    assert one_matter(_clue(*right), _clue(*left)) is one


def test_a_gap_is_more_than_one_matter_within_it() -> None:
    wide, narrow = _clue("d0", "d1", "d2", spring=Spring.GAP), _clue("d0", "d1", spring=Spring.GAP)
    for gap, one in ((wide, False), (narrow, True)):
        assert one_matter(_clue("d0"), gap) is one
        assert one_matter(gap, _clue("d0")) is one
    assert one_matter(wide, narrow)


def test_a_clue_without_texts_repeats_nothing() -> None:
    empty = dataclasses.replace(_clue("d0"), texts=())
    assert not one_matter(empty, _clue("d0"))
    assert not one_matter(_clue("d0"), empty)


def test_suggestions_of_one_proposal_were_taken_apart_on_purpose() -> None:
    whole = ground([proposal(), *others()])
    one, other = from_proposals([proposal()], whole, aligner([], list(whole.texts)), {})
    topic = dataclasses.replace(one, spring=Spring.TOPIC)
    assert taken_apart(one, other)
    assert not one_matter(one, other)
    assert not taken_apart(topic, other)
    assert one_matter(topic, other)
