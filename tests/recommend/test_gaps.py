from __future__ import annotations

import datetime as dt

from xiansuo.recommend.alignment import Alignment
from xiansuo.recommend.gaps import find_gaps
from xiansuo.records import Adoption, Document, Kind, Level, WorkTheme

THEMES = [WorkTheme(id=id, name=id, weight=weight) for id, weight in (("T1", 5), ("T2", 5), ("T3", 1))]


def _written(theme: WorkTheme, *records: Document) -> list[Alignment]:
    return [Alignment(record.id, theme, 1.0, 1.0, 1.0, (), "") for record in records]


def _document(id: str, **told: object) -> Document:
    return Document.model_validate({"id": id, "title": "题", "text": "文", **told})


def test_what_is_asked_for_and_not_written_comes_first() -> None:
    records = [_document("a"), _document("b", adoptions=(Adoption(level=Level.CITY),))]
    gaps = find_gaps(THEMES, _written(THEMES[0], *records), {r.id: r for r in records})
    assert [gap.theme.id for gap in gaps] == ["T2", "T3", "T1"]
    assert (gaps[0].size, gaps[-1].size) == (1.0, 0.0)
    assert (gaps[-1].reported, gaps[-1].adopted) == (2, 1)


def test_references_and_last_years_texts_do_not_fill_a_gap() -> None:
    theme = WorkTheme(id="T1", name="题", since=dt.date(2026, 1, 1))
    records = [_document("a", kind=Kind.REFERENCE), _document("b", date=dt.date(2025, 5, 1))]
    (gap,) = find_gaps([theme], _written(theme, *records), {r.id: r for r in records})
    assert (gap.reported, gap.size) == (0, 1.0)


def test_no_themes_no_gaps() -> None:
    assert find_gaps([], [], {}) == []
