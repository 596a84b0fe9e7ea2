"""Any one row of the audit trail that is changed, taken out, put in or moved is found."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import NOON
from xiansuo.access import chain
from xiansuo.records.accounts import AuditRow

ROWS = 10_000


def row(seq: int, previous: str, **told: Any) -> AuditRow:
    values: dict[str, Any] = {
        "at": NOON + dt.timedelta(seconds=seq),
        "account": seq % 7 or None,
        "name": f"某人{seq % 7}",
        "action": "prompts.claim",
        "target": str(seq),
        "outcome": "200",
        "details": {"unit": "第一站", "n": seq},
    }
    made = AuditRow(seq=seq, previous=previous, digest="", **{**values, **told})
    return made.model_copy(update={"digest": chain.digest(made)})


@pytest.fixture(scope="module")
def whole() -> list[AuditRow]:
    rows: list[AuditRow] = []
    for seq in range(1, ROWS + 1):
        rows.append(row(seq, rows[-1].digest if rows else chain.START))
    return rows


def found(rows: list[AuditRow], at: int) -> int | None:
    """Follow the chain from a little before a place: the rows before are whole."""
    start = max(0, at - 2)
    before = rows[start - 1] if start else None
    return chain.broken_at(rows[start : at + 4], before.digest if before else chain.START, before.seq if before else 0)


def test_a_trail_as_it_was_written_is_whole(whole: list[AuditRow]) -> None:
    assert chain.broken_at(whole) is None
    assert chain.broken_at([]) is None


places = st.integers(1, ROWS - 2)
changes = st.one_of(
    st.fixed_dictionaries({"name": st.text(max_size=20)}),
    st.fixed_dictionaries({"action": st.text(min_size=1, max_size=20).filter(str.strip)}),
    st.fixed_dictionaries({"target": st.text(max_size=20)}),
    st.fixed_dictionaries({"outcome": st.text(max_size=9)}),
    st.fixed_dictionaries({"account": st.none() | st.integers(0, 2**62)}),
    st.fixed_dictionaries({"at": st.datetimes(timezones=st.just(dt.UTC))}),
    st.fixed_dictionaries({"details": st.dictionaries(st.text(max_size=5), st.integers())}),
    st.fixed_dictionaries({"previous": st.text("0123456789abcdef", min_size=64, max_size=64)}),
    st.fixed_dictionaries({"digest": st.text("0123456789abcdef", min_size=64, max_size=64)}),
)


@settings(max_examples=300)
@given(place=places, change=changes, sealed=st.booleans())
def test_a_changed_row_is_found(whole: list[AuditRow], place: int, change: dict[str, Any], sealed: bool) -> None:
    edited = whole[place].model_copy(update=change)
    if sealed and "digest" not in change:
        # Even where the digest was computed anew, the next row tells.
        edited = edited.model_copy(update={"digest": chain.digest(edited)})
    if edited == whole[place]:
        return
    rows = [*whole[max(0, place - 2) : place], edited, *whole[place + 1 : place + 3]]
    before = whole[place - 3] if place > 2 else None
    broken = chain.broken_at(rows, before.digest if before else chain.START, before.seq if before else 0)
    assert broken in (place + 1, place + 2)


@settings(max_examples=100)
@given(place=places)
def test_a_row_taken_out_put_in_or_moved_is_found(whole: list[AuditRow], place: int) -> None:
    out, twice, swapped = ([*whole[: place + 3]] for _ in range(3))
    del out[place]
    twice.insert(place, whole[place])
    swapped[place], swapped[place - 1] = swapped[place - 1], swapped[place]
    forged = [*whole[:place], row(place + 1, whole[place - 1].digest, name="另一人"), *whole[place : place + 3]]
    for rows in (out, twice, swapped, forged):
        assert found(rows, place) is not None


def test_the_same_moment_written_otherwise_is_the_same(whole: list[AuditRow]) -> None:
    there = whole[5].model_copy(update={"at": whole[5].at.astimezone(dt.timezone(dt.timedelta(hours=8)))})
    assert chain.digest(there) == whole[5].digest
