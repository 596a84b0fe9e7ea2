from __future__ import annotations

import datetime as dt

from xiansuo.recommend.gaps import Reported, in_time, measure
from xiansuo.records import WorkTheme

THEMES = [WorkTheme(id=id, name=id, weight=weight) for id, weight in (("T1", 5), ("T2", 5), ("T3", 1))]


def _on(theme: str, id: str, *, date: dt.date | None = None, taken: bool = False) -> Reported:
    return Reported(id, theme, date, adopted=taken, answered=False, taken=taken)


def test_what_is_asked_for_and_not_written_comes_first() -> None:
    gaps = measure(THEMES, [_on("T1", "a"), _on("T1", "b", taken=True)])
    assert [gap.theme.id for gap in gaps] == ["T2", "T3", "T1"]
    assert (gaps[0].size, gaps[-1].size) == (1.0, 0.0)
    assert (len(gaps[-1].documents), gaps[-1].adopted) == (2, 1)
    assert (gaps[-1].written, gaps[-1].taken, gaps[0].taken) == (1.0, 1.0, 0.0)


def test_the_order_of_what_was_written_changes_nothing() -> None:
    found = [_on("T1", "a", date=dt.date(2026, 5, 1)), _on("T3", "b", taken=True), _on("T1", "c")]
    assert measure(THEMES, found) == measure(THEMES, found[::-1])


def test_where_nothing_was_taken_up_nothing_is_said_of_it() -> None:
    assert {gap.taken for gap in measure(THEMES, [_on("T1", "a")])} == {None}


def test_last_years_texts_do_not_count_and_those_without_a_date_do() -> None:
    theme = WorkTheme(id="T1", name="题", since=dt.date(2026, 1, 1))
    assert not in_time(dt.date(2025, 12, 31), theme)
    assert in_time(dt.date(2026, 1, 1), theme)
    assert in_time(None, theme)
    assert in_time(dt.date(1990, 1, 1), WorkTheme(id="T2", name="题"))


def test_texts_without_a_date_count_and_are_told() -> None:
    (gap,) = measure([WorkTheme(id="T1", name="题")], [_on("T1", "b", date=dt.date(2026, 5, 1)), _on("T1", "a")])
    assert (gap.documents, gap.undated, gap.last) == (("a", "b"), 1, dt.date(2026, 5, 1))


def test_no_themes_no_gaps() -> None:
    assert measure([], []) == []
