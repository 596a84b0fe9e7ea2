from __future__ import annotations

import datetime as dt

from xiansuo.recommend.aligning.alignment import Alignment
from xiansuo.recommend.gaps import find_gaps
from xiansuo.records import Adoption, Document, Kind, Level, WorkTheme

THEMES = [WorkTheme(id=id, name=id, weight=weight) for id, weight in (("T1", 5), ("T2", 5), ("T3", 1))]


def _written(theme: WorkTheme, *records: Document) -> list[Alignment]:
    return [Alignment(record.id, theme, 1.0, (), "", "") for record in records]


def _document(id: str, **told: object) -> Document:
    return Document.model_validate({"id": id, "title": "题", "text": "文", **told})


def test_what_is_asked_for_and_not_written_comes_first() -> None:
    records = [_document("a"), _document("b", adoptions=(Adoption(level=Level.CITY),))]
    gaps = find_gaps(THEMES, _written(THEMES[0], *records), {r.id: r for r in records})
    assert [gap.theme.id for gap in gaps] == ["T2", "T3", "T1"]
    assert (gaps[0].size, gaps[-1].size) == (1.0, 0.0)
    assert (len(gaps[-1].documents), gaps[-1].adopted) == (2, 1)
    assert (gaps[-1].written, gaps[-1].taken, gaps[0].taken) == (1.0, 1.0, 0.0)


def test_where_nothing_was_taken_up_nothing_is_said_of_it() -> None:
    records = [_document("a")]
    assert {gap.taken for gap in find_gaps(THEMES, _written(THEMES[0], *records), {"a": records[0]})} == {None}


def test_references_and_last_years_texts_do_not_fill_a_gap() -> None:
    theme = WorkTheme(id="T1", name="题", since=dt.date(2026, 1, 1))
    records = [_document("a", kind=Kind.REFERENCE), _document("b", date=dt.date(2025, 5, 1))]
    (gap,) = find_gaps([theme], _written(theme, *records), {r.id: r for r in records})
    assert (gap.documents, gap.size) == ((), 1.0)


def test_texts_without_a_date_count_and_are_told() -> None:
    theme = WorkTheme(id="T1", name="题", since=dt.date(2026, 1, 1))
    records = [_document("a"), _document("b", date=dt.date(2026, 5, 1))]
    (gap,) = find_gaps([theme], _written(theme, *records), {r.id: r for r in records})
    assert (gap.documents, gap.undated) == (("a", "b"), 1)


def test_no_themes_no_gaps() -> None:
    assert find_gaps([], [], {}) == []
