"""Does a list made for a unit speak of what that unit writes next, more than a list made for everybody?"""

from __future__ import annotations

import datetime as dt
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests import corpus, matters
from xiansuo import artefacts
from xiansuo.desk.desk import Desk
from xiansuo.desk.importing import import_path
from xiansuo.desk.suggesting import suggest
from xiansuo.desk.themes import import_themes
from xiansuo.settings import Settings

pytestmark = pytest.mark.benchmark

DAYS = [dt.date(2025, 11, 1), dt.date(2026, 2, 1), dt.date(2026, 5, 1), dt.date(2026, 8, 1)]
_TOP = 10
_BETTER_AT_LEAST = 1.15


def test_a_list_for_a_unit_speaks_of_what_it_writes_next(tmp_path: Path) -> None:
    matter = {row["id"]: row["matter"] for row in corpus.rows("gold/matters.jsonl")}
    everything = list(corpus.rows("documents.jsonl"))
    with_unit, without = [], []
    for day in DAYS:
        eve = dt.datetime.combine(day - dt.timedelta(days=1), dt.time(12), dt.UTC)
        before = [row for row in everything if row["date"] < day.isoformat()]
        later = [row for row in everything if row["date"] >= day.isoformat() and row.get("unit")]
        with Desk(Settings(home=tmp_path / day.isoformat())) as desk:
            import_path(desk, matters.write(tmp_path / f"{day}.jsonl", before), now=eve)
            for year in (2025, 2026):
                import_themes(desk, artefacts.corpus() / f"themes-{year}.csv")
            for_all = _about(desk, eve.date(), "", matter)
            for unit in sorted({row["unit"] for row in later} & {row.get("unit", "") for row in before}):
                own = [matter[row["id"]] for row in later if row["unit"] == unit]
                own_list = _about(desk, eve.date(), unit, matter)
                with_unit.append(sum(each in own_list for each in set(own)) / len(set(own)))
                without.append(sum(each in for_all for each in set(own)) / len(set(own)))
    fitted, plain = (sum(each) / len(each) for each in (with_unit, without))
    told = f"A unit's later matters among its first {_TOP}: {fitted:.3f}, for everybody {plain:.3f}"
    sys.stdout.write(f"\n{told}, {fitted / plain:.2f} x, {len(with_unit)} units and days\n")
    assert fitted > _BETTER_AT_LEAST * plain


def _about(desk: Desk, day: dt.date, unit: str, matter: Mapping[str, str]) -> set[str]:
    """Name the matters that the first prompts are about."""
    made = suggest(desk, now=day, unit=unit, limit=_TOP).prompts
    votes = [Counter(matter[id] for id in prompt.texts) for prompt in made]
    return {min(each, key=lambda name: (-each[name], name)) for each in votes if each}
