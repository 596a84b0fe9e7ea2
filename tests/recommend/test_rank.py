from __future__ import annotations

import dataclasses

import numpy as np

from tests.recommend.archive import aligner, ground, matter, read
from tests.recommend.proposed import proposal
from xiansuo.recommend.cards.clues import Clue, from_matter
from xiansuo.recommend.cards.proposals import from_proposals
from xiansuo.recommend.rank import Informant, Ranked, Weights, rank
from xiansuo.recommend.standing import Standing
from xiansuo.records import Spring

_TEXTS = [read(f"c{i}", "老年食堂亏损", f"食堂亏损，第{i}家。", unit="民政学会", region="望潮区") for i in range(4)]
_TEXTS += [read(f"o{i}", "村道太窄", f"第{i}条村道会车难。", unit="公路学会") for i in range(4)]


def _fit(informant: Informant) -> float | None:
    clue = from_matter(matter(*_TEXTS[:4]), ground(_TEXTS), aligner([], _TEXTS), {})
    all_texts = ground(_TEXTS)
    wrote = [informant.unit != "" and text.record.unit == informant.unit for text in _TEXTS]
    (ranked,) = rank([clue], informant, all_texts.seen[wrote], Weights.shipped(), 5).ranked
    return ranked.parts.get("fit")


def test_what_a_unit_wrote_before_fits() -> None:
    near, far = _fit(Informant(unit="民政学会")), _fit(Informant(unit="公路学会"))
    assert near is not None
    assert far is not None
    assert near > 0.5 > far


def test_of_a_unit_without_texts_nothing_is_known() -> None:
    assert _fit(Informant(unit="没有写过的单位")) is None
    assert _fit(Informant(unit="没有写过的单位", region="望潮区")) == 1.0
    assert _fit(Informant()) is None


def _clues() -> list[Clue]:
    """Two clues of one matter and one of another, each of a topic of its own."""
    whole = ground(_TEXTS)
    groups = {"食堂": _TEXTS[:2], "村道": _TEXTS[4:6], "路窄": _TEXTS[5:7]}
    made = [from_matter(matter(*texts), whole, aligner([], _TEXTS), {}) for texts in groups.values()]
    apart = np.eye(len(made), dtype=np.float32)
    return [
        dataclasses.replace(clue, id=name, topic=name, name=name, quotes=(), vector=vector)
        for clue, name, vector in zip(made, groups, apart, strict=True)
    ]


def _listed(clues: list[Clue], limit: int = 5) -> list[Ranked]:
    own = np.zeros((0, 3), np.float32)
    return list(rank(clues, Informant(), own, Weights.shipped(), limit).ranked)


def test_what_is_on_one_matter_stands_under_the_first_and_leaves_its_place() -> None:
    canteen, road, narrow = _clues()
    assert {each.clue.id: each.also for each in _listed([canteen, road])} == {"食堂": (), "村道": ()}
    joined = _listed([canteen, road, narrow])
    assert len(joined) == 2
    assert [also.id for each in joined for also in each.also] in (["路窄"], ["村道"])
    assert "食堂" in {each.clue.id for each in _listed([canteen, road, narrow], 2)}


def test_a_second_suggestion_of_a_proposal_comes_when_nothing_else_is_left() -> None:
    whole = [proposal(), *_TEXTS]
    asked = from_proposals([proposal()], ground(whole), aligner([], whole), {})
    hot = {"heat": 1.0, "alignment": 1.0, "novelty": 1.0}
    asked = [
        dataclasses.replace(clue, parts=hot, vector=row)
        for clue, row in zip(asked, np.eye(5, dtype=np.float32), strict=False)
    ]
    others = [
        dataclasses.replace(clue, parts={"heat": 0.1, "novelty": 0.1}, vector=row)
        for clue, row in zip(_clues()[:2], np.eye(5, dtype=np.float32)[2:], strict=False)
    ]
    springs = [each.clue.spring for each in _listed([*asked, *others])]
    assert springs == [Spring.PROPOSAL, Spring.TOPIC, Spring.TOPIC, Spring.PROPOSAL]


def test_what_somebody_writes_on_comes_after_all_that_may_be_claimed() -> None:
    clues = _clues()[:2]
    own = np.zeros((0, 3), np.float32)
    for taken in clues:
        stands = Standing(in_work={taken.id: ("甲",)})
        listed = rank(clues, Informant(), own, Weights.shipped(), 5, stands).ranked
        assert [each.taken for each in listed] == [False, True]
        assert listed[-1].clue.id == taken.id
        assert [each.clue.id for each in rank(clues, Informant(), own, Weights.shipped(), 1, stands).ranked] != [
            taken.id
        ]
        # Where it may still be claimed, it keeps its place.
        free = dataclasses.replace(stands, free=frozenset([taken.id]))
        assert not any(each.taken for each in rank(clues, Informant(), own, Weights.shipped(), 5, free).ranked)
