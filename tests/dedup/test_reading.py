"""What a reading remembers is what it would find again."""

from __future__ import annotations

from tests import matters
from tests.dedup.readings import of
from xiansuo.dedup.features import Ground, features


def test_weights_follow_what_the_archive_learns_meanwhile() -> None:
    reading = of(matters.WATER)
    word = reading.words[1][0]
    idf = {"别处": 0.1}
    assert reading.terms([0, 1], idf)[word] >= 1
    idf[word] = 0.25
    learnt = reading.terms(iter([0, 1]), idf)
    assert learnt[word] == of(matters.WATER).terms([0, 1], idf)[word] < 1
    assert reading.terms([0, 1], {word: 0.5})[word] == 2 * learnt[word]
    assert reading.terms([0, 1], dict(idf)) == learnt


def test_a_reading_compares_the_same_however_often_it_was_compared() -> None:
    draft = of(matters.WATER)
    ground = Ground({"供水": 0.3}, draft.matrix.mean(axis=0))
    first = [features(draft, of(row), ground) for row in matters.ALL]
    assert first == [features(draft, of(row), ground) for row in matters.ALL]
    assert first == [features(of(matters.WATER), of(row), ground) for row in matters.ALL]
