from __future__ import annotations

import dataclasses

import numpy as np

from tests.recommend.archive import aligner, ground, matter, read
from tests.recommend.proposed import others, proposal
from xiansuo.recommend.cards.clues import Clue, from_matter
from xiansuo.recommend.cards.proposals import from_proposals
from xiansuo.recommend.cards.repeats import alike, reported_lately
from xiansuo.records import Spring


def _clues(*ids: str) -> list[Clue]:
    texts = [proposal(id) for id in ids]
    whole = [*texts, *others()]
    return from_proposals(texts, ground(whole), aligner([], whole), {})


def _as(clue: Clue, **told: object) -> Clue:
    return dataclasses.replace(clue, **told)  # type: ignore[arg-type]


def test_two_suggestions_of_one_proposal_are_two_clues() -> None:
    one, other = _clues("p1")
    assert not alike(one, other)
    assert not alike(other, one)


def test_the_same_suggestion_of_two_proposals_is_one_clue() -> None:
    clues = _clues("p1", "p2")
    twice = [(one, other) for one in clues for other in clues if one.id < other.id and alike(one, other)]
    assert len(clues) == 4
    assert len(twice) == 2


def test_topic_name_and_meaning_tell_a_repeat_whatever_the_order() -> None:
    text = read("t1", "老年食堂亏损", "食堂亏损，两家停了。")
    topic = from_matter(matter(text), ground([text, *others()]), aligner([], [text]), {})
    far = np.zeros_like(topic.vector)
    other = _as(topic, id="x", name="村道太窄", topic="u", vector=far)
    assert not alike(topic, other)
    assert alike(topic, _as(other, topic=topic.topic))
    assert alike(topic, _as(other, name="老年食堂亏损严重"))
    near = _as(other, vector=topic.vector)
    assert alike(topic, near)
    assert alike(near, topic)
    assert not alike(topic, _as(near, spring=Spring.GAP))


def test_one_subject_is_told_apart_by_what_is_asked_for() -> None:
    one, other = (_as(clue, quotes=()) for clue in _clues("p1"))
    far = np.zeros_like(one.vector)
    long = "菜场环境与周边交通组织优化提升"
    left, right = _as(one, name=f"{long}：更换下水道", vector=far), _as(other, name=f"{long}：增设公交站", vector=far)
    assert not alike(left, right)
    assert alike(left, _as(right, name=f"{long}：更换老下水道"))


def test_what_was_reported_lately_is_named_for_as_long_as_is_asked() -> None:
    text = proposal()
    again = read("r", "菜场下水道堵塞", text.record.text, date="2026-09-20")
    whole = [text, again, *others()]
    clue = from_proposals([text], ground(whole), aligner([], whole), {})[0]
    clue = _as(clue, vector=ground(whole).seen[1])
    assert reported_lately(clue, ground(whole), 60) == "r"
    assert reported_lately(clue, ground(whole), 20) == ""
    assert reported_lately(_as(clue, spring=Spring.TOPIC), ground(whole), 60) == ""
