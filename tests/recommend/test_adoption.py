from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiansuo.recommend.adoption import RIPE, AdoptionPrior, Chance
from xiansuo.records import Document, Kind, Level, Team

NOW = dt.date(2026, 11, 1)
LONG_AGO = NOW - dt.timedelta(days=RIPE)


def _text(id: str, level: Level | None = None, on: dt.date | None = NOW, **told: Any) -> Document:
    adoptions = [] if level is None else [{"level": level, "date": on}]
    return Document.model_validate(
        {"id": id, "title": "题目", "text": "正文。", "date": LONG_AGO, "adoptions": adoptions, **told}
    )


def _some(name: str, count: int, adopted: int, level: Level = Level.CITY, **told: Any) -> list[Document]:
    return [_text(f"{name}{i}", level if i < adopted else None, **told) for i in range(count)]


def _unlike(**told: Any) -> tuple[list[Document], dict[str, str]]:
    """Two groups of which nearly all and hardly any are adopted."""
    texts = _some("甲", 30, 27, **told) + _some("乙", 30, 3, **told)
    return texts, {text.id: text.id[0] for text in texts}


def _chance(texts: list[Document], own: list[Document] = [], level: Level = Level.CITY) -> Chance:  # noqa: B006
    told = AdoptionPrior(texts, {}, NOW).chance(own, None, level)
    assert told is not None
    return told


def test_nothing_is_known_without_texts() -> None:
    assert AdoptionPrior([], {}, NOW).chance([], None, Level.CITY) is None
    others = [_text("a", Level.CITY, kind=Kind.REFERENCE), _text("b", kind=Kind.PROPOSAL)]
    assert AdoptionPrior(others, {}, NOW).chance([_text("c")], "甲", Level.CITY) is None


@given(seed=st.integers(0, 99), adopted=st.integers(0, 12), teams=st.integers(1, 3))
def test_the_order_of_texts_does_not_count(seed: int, adopted: int, teams: int) -> None:
    texts = [
        _text(f"{i}", Level.PROVINCE if i < adopted else None, team=list(Team)[i % teams], unit=f"{i % 5}站")
        for i in range(24)
    ]
    group_of = {text.id: str(int(text.id) % 4) for text in texts}
    shuffled = random.Random(seed).sample(texts, len(texts))
    told = [
        AdoptionPrior(each, group_of, NOW, group_of).chance(each[:0], "1", Level.CITY, team=Team.MEMBER, unit="2站")
        for each in (texts, shuffled)
    ]
    assert told[0] == told[1]


@given(own=st.integers(1, 20), share=st.floats(0, 1))
def test_a_chance_lies_between_the_own_share_and_that_of_the_group(own: int, share: float) -> None:
    texts, group_of = _unlike()
    prior = AdoptionPrior(texts, group_of, NOW)
    adopted = round(share * own)
    alone, told = prior.chance([], "甲", Level.CITY), prior.chance(_some("丙", own, adopted), "甲", Level.CITY)
    assert alone is not None
    assert told is not None
    assert told.base < alone.probability < 1
    low, high = sorted((adopted / own, alone.probability))
    assert low - 1e-4 <= told.probability <= high + 1e-4
    assert (told.adopted, told.sample, told.all_adopted, told.everything) == (adopted, own, 30, 60)


def test_the_more_texts_the_nearer_to_their_own_share() -> None:
    texts, group_of = _unlike()
    prior = AdoptionPrior(texts, group_of, NOW)
    told = [prior.chance(_some("丙", count, 0), "甲", Level.CITY) for count in (1, 3, 10, 40)]
    chances = [each.probability for each in told if each]
    assert chances == sorted(chances, reverse=True)
    assert len(set(chances)) == 4
    assert chances[-1] < 0.1


def test_groups_that_differ_no_more_than_by_chance_count_nothing() -> None:
    texts = _some("甲", 10, 4) + _some("乙", 10, 5)
    prior = AdoptionPrior(texts, {text.id: text.id[0] for text in texts}, NOW)
    told = prior.chance(_some("丙", 5, 5), "甲", Level.CITY)
    assert told is not None
    assert told.probability == told.base


def test_who_writes_counts_where_teams_differ() -> None:
    texts = _some("甲", 40, 30, team=Team.THINK_TANK) + _some("乙", 40, 5, team=Team.MEMBER)
    prior = AdoptionPrior(texts, {}, NOW)
    told = [prior.chance([], None, Level.CITY, team=team) for team in (Team.THINK_TANK, None, Team.MEMBER)]
    chances = [each.probability for each in told if each]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] > 0.6 > chances[1] > 0.3 > chances[2]
    assert prior.chance([], None, Level.CITY, team=Team.INVITED) == told[1]


@pytest.mark.parametrize("level", list(Level))
def test_a_higher_adoption_is_one_of_every_level_below(level: Level) -> None:
    texts = [_text(each.value, each) for each in Level] + [_text("none")]
    assert _chance(texts, level=level).all_adopted == len(Level) - list(Level).index(level)


def test_what_happens_after_the_day_does_not_count() -> None:
    known = _some("甲", 10, 4)
    later = [_text("x", Level.CITY, NOW + dt.timedelta(days=1)), *known]
    assert _chance(later) == _chance([_text("x"), *known])
    assert _chance(known, [later[0]]).adopted == 0
    unborn = _text("y", Level.CITY, date=NOW + dt.timedelta(days=1))
    assert _chance([unborn, *known]) == _chance(known)


def test_young_texts_count_neither_adopted_nor_not() -> None:
    known, young = _some("甲", 10, 4), LONG_AGO + dt.timedelta(days=1)
    assert _chance([_text("x", Level.CITY, date=young), _text("y", date=young), *known]) == _chance(known)
    assert _chance([_text("z", date=None), *known]).everything == 11


def test_what_moved_an_estimate_is_named_and_nothing_else() -> None:
    texts = _some("甲", 40, 30, team=Team.THINK_TANK) + _some("乙", 40, 5, team=Team.MEMBER)
    prior = AdoptionPrior(texts, {}, NOW)
    known = prior.chance([], None, Level.CITY, team=Team.MEMBER, unit="没有写过的单位")
    strange = prior.chance(_some("丙", 5, 5), "没有的组", Level.CITY, team=Team.INVITED)
    assert known is not None
    assert strange is not None
    assert known.weighed == {"team"}
    assert (strange.weighed, strange.probability) == (frozenset(), strange.base)
