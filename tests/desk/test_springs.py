from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from tests.desk.archives import NOW as ARCHIVED
from tests.desk.archives import fill, rows
from xiansuo.desk.archive_heads import heads_until
from xiansuo.desk.desk import Desk
from xiansuo.desk.springs import CANDIDATES, followable, movement
from xiansuo.records import Kind, Level
from xiansuo.store.heads import Head

NOW = dt.date(2026, 11, 1)


def _head(id: str, days: int, *, adopted: bool = True) -> Head:
    day = NOW - dt.timedelta(days=days)
    levels = (Level.CITY,) if adopted else ()
    return Head(
        id,
        Kind.SUBMISSION,
        "题",
        "",
        "",
        "",
        day,
        levels,
        False,
        not adopted,
        None,
        "",
        adopted_on=(day,) * len(levels),
    )


def test_what_is_due_is_found_however_much_was_adopted_since() -> None:
    new = [_head(f"new{i}", i % 100) for i in range(2 * CANDIDATES)]
    told = {head.id: head for head in (*new, _head("adopted", 200), _head("answered", 300, adopted=False))}
    found = followable(told, NOW)
    assert found[:2] == ["adopted", "answered"]
    assert len(found) == CANDIDATES
    assert found[2:] == followable({id: head for id, head in told.items() if id.startswith("new")}, NOW)[:-2]


def test_what_is_over_three_years_old_or_was_never_taken_up_is_left_out() -> None:
    never = replace(_head("never", 200), adopted=(), adopted_on=())
    told = {head.id: head for head in (_head("old", 2_000), never, _head("answered", 200, adopted=False))}
    assert followable(told, NOW) == ["answered"]
    assert followable({}, NOW) == []


@pytest.mark.parametrize(("days", "half_life"), [(14, 20), (100, 50)])
def test_where_texts_of_a_matter_come_seldom_they_count_longer(
    desk: Desk, tmp_path: Path, days: int, half_life: int
) -> None:
    told = rows()
    for place, each in enumerate(told):
        each["date"] = str(ARCHIVED - dt.timedelta(days=days * place))
    fill(desk, tmp_path, told)
    with desk.database.read() as connection:
        heads_of = {head.id: head for head in heads_until(desk, connection, ARCHIVED).values()}
    moved = movement(desk, heads_of, ARCHIVED, 20)
    first, second = (moved.heat[id] for id in ("D07", "D08"))  # of no matter, one text each
    assert second / first == pytest.approx(2 ** (-days / half_life / 2), rel=1e-2)
