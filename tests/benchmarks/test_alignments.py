"""What it costs to hold an archive against the year's work: once whole, then only what is new."""

from __future__ import annotations

import datetime as dt
import sys
import time
from pathlib import Path

import pytest

from tests import matters
from tests.benchmarks.topical import Made, made_texts
from tests.conftest import shipped
from xiansuo.desk.aligning import aligned
from xiansuo.desk.desk import Desk
from xiansuo.desk.importing import import_path
from xiansuo.desk.themes import import_themes
from xiansuo.settings import Settings

pytestmark = pytest.mark.benchmark

NOW = dt.datetime(2030, 1, 1, 12, tzinfo=dt.UTC)
_MANY, _NEW, _SHARE = 20_000, 100, 0.04
"""Of 100,000 documents it is a fifth of the share: reading what is kept grows less than judging all."""


def _row(text: Made) -> dict[str, object]:
    return {"id": text.id, "title": text.title, "text": text.body, "author": text.author, "date": "2029-06-01"}


def _seconds(desk: Desk) -> float:
    start = time.process_time()
    aligned(desk, now=NOW.date())
    return time.process_time() - start


def test_new_documents_cost_what_they_are(tmp_path: Path) -> None:
    rows = [_row(text) for text in made_texts(_MANY + _NEW)]
    with Desk(Settings(home=tmp_path / "home")) as desk:
        import_themes(desk, shipped("themes-2026.csv"))
        import_path(desk, matters.write(tmp_path / "many.jsonl", rows[:_MANY]), now=NOW)
        first = _seconds(desk)
        again = min(_seconds(desk) for _ in range(3))
        import_path(desk, matters.write(tmp_path / "new.jsonl", rows[_MANY:]), now=NOW)
        more = _seconds(desk)
    took = f"{first:.1f} s once, {again:.2f} s again, {more:.2f} s with {_NEW} new ({more / first:.1%})"
    sys.stdout.write(f"\n  {_MANY:,} texts: {took}\n")
    assert more <= _SHARE * first
    assert again <= _SHARE * first
