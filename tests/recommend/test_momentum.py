from __future__ import annotations

import datetime as dt
import random

import pytest

from xiansuo.recommend.momentum import momentum, pace
from xiansuo.records import Document

NOW = dt.date(2026, 11, 1)


def _text(id: str, author: str = "", days: int | None = 0, **told: object) -> Document:
    date = None if days is None else NOW - dt.timedelta(days=days)
    return Document.model_validate({"id": id, "title": "题", "text": "文。", "author": author, "date": date, **told})


def test_it_halves_with_every_half_life() -> None:
    some = [_text("a", "甲"), _text("b", "乙")]
    assert momentum(some, NOW, 21) == pytest.approx(2)
    assert momentum(some, NOW + dt.timedelta(days=42), 21) == pytest.approx(0.5)


def test_several_people_count_more_than_one_who_writes_as_often() -> None:
    one = [_text(f"{place}", "甲") for place in range(4)]
    several = [_text(f"{place}", f"委员{place}") for place in range(4)]
    assert momentum([one[0]], NOW, 21) < momentum(one, NOW, 21) < momentum(several, NOW, 21)


def test_a_unit_speaks_where_nobody_signed_and_a_text_where_no_unit_did() -> None:
    of_one_unit = [_text("a", unit="甲站"), _text("b", unit="甲站")]
    assert momentum(of_one_unit, NOW, 21) == pytest.approx(2**0.5)
    assert momentum([_text("a"), _text("b")], NOW, 21) == pytest.approx(2)


def test_what_is_undated_later_or_a_reference_does_not_count() -> None:
    assert momentum([_text("a", days=None), _text("b", days=-1), _text("c", kind="reference")], NOW, 21) == 0
    assert momentum([], NOW, 21) == 0


def test_the_order_of_texts_changes_no_bit() -> None:
    some = [_text(f"{place}", f"委员{place % 7}", place * 3) for place in range(60)]
    first = momentum(some, NOW, 21)
    random.Random(4).shuffle(some)
    assert momentum(some, NOW, 21) == first


def test_the_pace_is_the_median_time_between_two_texts_of_a_matter() -> None:
    days = [NOW + dt.timedelta(days=each) for each in (0, 30, 40)]
    assert pace([days, [NOW], []]) == 20
    assert pace([reversed(days), [NOW, NOW + dt.timedelta(days=90)]]) == 30
    assert pace([[NOW], []]) == 0
