from __future__ import annotations

import datetime as dt
import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from xiansuo.recommend.adoption import AdoptionPrior
from xiansuo.recommend.writers import Order, Related, Work, WriterWeights, informants, units
from xiansuo.records import Document

NOW = dt.date(2026, 11, 1)
WEIGHTS = WriterWeights.shipped()


def _text(id: str, author: str = "", unit: str = "", likeness: float = 0.8, days: int = 100, **told: Any) -> Related:
    record = {
        "id": id,
        "title": f"题目{id}",
        "text": f"正文{id}。",
        "author": author,
        "unit": unit,
        "date": NOW - dt.timedelta(days=days),
        **told,
    }
    return Related(Document.model_validate(record), likeness)


def _order(*texts: Related, places: frozenset[str] = frozenset(), full: tuple[str, ...] = ()) -> Order:
    prior = AdoptionPrior([each.record for each in texts], {}, NOW)
    return informants(Work(texts, places), prior, NOW, WEIGHTS, full)


def _names(order: Order) -> list[str]:
    return [each.name for each in order.free]


def test_who_wrote_more_and_nearer_stands_first() -> None:
    texts = [_text(f"a{i}", "甲") for i in range(3)] + [_text("b", "乙"), _text("c", "丙", likeness=0.2)]
    assert _names(_order(*texts)) == ["甲", "乙", "丙"]


def test_who_wrote_lately_stands_before_who_wrote_long_ago() -> None:
    assert _names(_order(_text("a", "甲", days=900), _text("b", "乙", days=10))) == ["乙", "甲"]


def test_who_is_where_the_question_names_stands_first() -> None:
    texts = _text("a", "甲", region="望潮区"), _text("b", "乙", region="青屿县")
    assert _names(_order(*texts, places=frozenset(["青屿县"]))) == ["乙", "甲"]
    assert _names(_order(*texts, places=frozenset(["望潮区"]))) == ["甲", "乙"]


def test_what_is_adopted_more_often_stands_first() -> None:
    taken = [{"level": "city", "date": NOW - dt.timedelta(days=50)}]
    others = [
        _text(f"{unit}{i}", f"{unit}{i}", unit, 0.01, adoptions=taken if unit == "乙" else [])
        for unit in ("甲", "乙")
        for i in range(20)
    ]
    order = _order(_text("a", "委员一", "甲"), _text("b", "委员二", "乙"), *others)
    # However often others of their unit are adopted, who wrote nothing near stands behind.
    assert _names(order)[:2] == ["委员二", "委员一"]
    first, second = order.free[:2]
    assert first.chance is not None
    assert second.chance is not None
    assert first.chance.probability > first.chance.base > second.chance.probability


@given(seed=st.integers(0, 50))
def test_the_order_of_texts_does_not_count_and_nobody_is_listed_twice(seed: int) -> None:
    texts = [_text(f"{i}", f"委员{i % 5}", f"{i % 3}站", likeness=0.3 + i % 4 / 10, days=i * 9) for i in range(20)]
    shuffled = random.Random(seed).sample(texts, len(texts))
    assert _order(*texts) == _order(*shuffled)
    assert sorted(_names(_order(*texts))) == [f"委员{i}" for i in range(5)]


def test_no_unit_takes_all_first_places() -> None:
    texts = [_text(f"a{i}", f"甲{i}", "甲站", 0.9) for i in range(5)] + [
        _text(f"b{i}", f"乙{i}", "乙站", 0.4) for i in range(3)
    ]
    order = _order(*texts)
    by = [each.unit for each in order.free]
    k = WEIGHTS.of_one_unit
    assert by == ["甲站"] * k + ["乙站"] * k + ["甲站"] * k + ["乙站"] * (3 - k) + ["甲站"] * (5 - 2 * k)
    alone = _order(*texts[:5])
    assert len(alone.free) == 5


def test_full_hands_are_listed_apart_and_nobody_is_lost() -> None:
    texts = [_text(f"{i}", f"委员{i}", f"{i}站") for i in range(4)]
    order = _order(*texts, full=("委员1", "委员3", "委员9"))
    assert _names(order) == ["委员0", "委员2"]
    assert [each.name for each in order.apart] == ["委员1", "委员3"]


def test_references_and_units_are_no_informants() -> None:
    texts = [_text("a", "甲站", "甲站"), _text("b", "委员一", "甲站"), _text("c", "省政府", kind="reference")]
    assert _names(_order(*texts)) == ["委员一"]
    prior = AdoptionPrior([], {}, NOW)
    (unit,) = units(Work(tuple(texts)), prior, NOW, WEIGHTS).free
    assert (unit.name, len(unit.texts), unit.chance) == ("甲站", 2, None)
    assert informants(Work(()), prior, NOW, WEIGHTS) == Order()


def test_evidence_is_the_nearest_and_says_nothing_twice() -> None:
    texts = [_text(f"{i}", "甲", likeness=i / 10, text="同一段话。" if i > 7 else f"第{i}段。") for i in range(1, 10)]
    (told,) = _order(*texts).free
    assert [record.id for record in told.evidence] == ["9", "7", "6"]
    assert len(told.texts) == 9


def test_adoptions_after_the_day_do_not_count() -> None:
    told = [{"level": "city", "date": NOW + dt.timedelta(days=1)}, {"level": "district", "date": NOW}]
    (first,) = _order(_text("a", "甲", adoptions=told)).free
    assert [(level.value, count) for level, count in first.adopted.items()] == [("district", 1)]
