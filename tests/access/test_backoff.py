"""Wrong guesses cost waiting: none at first, then more and more."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from xiansuo.access.backoff import FREE, wait


def test_mistyping_is_free_and_guessing_is_not() -> None:
    assert [wait(each).total_seconds() for each in range(FREE + 4)] == [0] * FREE + [30, 60, 120, 240]


@given(st.integers(0, 10**9))
def test_waiting_never_shrinks_and_ends_within_an_hour(failures: int) -> None:
    assert wait(failures) <= wait(failures + 1) <= dt.timedelta(hours=1)


def test_a_day_allows_few_guesses() -> None:
    spent, guesses = dt.timedelta(0), 0
    while spent < dt.timedelta(days=1):
        guesses += 1
        spent += wait(guesses)
    assert guesses < 40
