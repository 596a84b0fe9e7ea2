"""What prompts cost in a large archive: for one informant against one check of a draft, and again after new documents.

The clues of a day are made once for everybody (topics, alignment, cards); an informant's list is ranked from them.
"""

from __future__ import annotations

import datetime as dt
import resource
import sys
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

import pytest

from tests import matters
from tests.benchmarks.archive import bodies, titles
from tests.benchmarks.prompting import DAY, THEMES, records, themes
from tests.benchmarks.race import race
from xiansuo.desk.checking import check
from xiansuo.desk.clue_batch import ClueBatch, clue_batch
from xiansuo.desk.desk import Desk
from xiansuo.desk.importing import import_path
from xiansuo.desk.suggesting import suggest
from xiansuo.desk.themes import import_themes
from xiansuo.settings import Settings

pytestmark = pytest.mark.benchmark

NOON = dt.datetime.combine(DAY, dt.time(12), dt.UTC)
_MANY, _NEW, _DRAFT = 100_000, 100, 800
_DRAFTS, _CHECKS = 3, 5
_SHARE, _SHARE_AT_MOST = 0.02, 0.06


def test_a_large_archive(tmp_path: Path) -> None:
    rows = records(_MANY + _NEW)
    many = matters.write(tmp_path / "many.jsonl", islice(rows, _MANY))
    new = matters.write(tmp_path / "new.jsonl", rows)
    drafts = cycle(zip(titles(_DRAFTS, seed=99), bodies(_DRAFTS, _DRAFT, seed=99), strict=True))
    with Desk(Settings(home=tmp_path / "home")) as desk:
        assert len(import_themes(desk, themes(tmp_path / "themes.csv"))) == THEMES
        import_path(desk, many, now=NOON)
        desk.warm_up()
        before = _megabytes()
        batch, first = _made(desk)
        after = _megabytes()
        sides: dict[str, Callable[[], object]] = {
            "check": lambda: check(desk, *next(drafts), now=NOON),
            "suggest to an informant": lambda: suggest(
                desk, now=DAY, author="u17", unit="青屿县第3组", region="青屿县"
            ),
            "suggest to nobody in particular": lambda: suggest(desk, now=DAY),
        }
        for run in sides.values():
            run()
        seconds = race(sides)
        assert import_path(desk, new, now=NOON).added == _NEW
        desk.warm_up()
        later, again = _made(desk)
    checked, *suggested = seconds.values()
    springs = {spring: sum(clue.spring is spring for clue in batch.clues) for spring in {c.spring for c in batch.clues}}
    lines = [
        f"Prompts: {_MANY:,} documents, {THEMES} themes, {len(batch.texts):,} documents read, clues: "
        + ", ".join(f"{count} {spring.value}" for spring, count in sorted(springs.items())),
        f"  first batch: {first:.1f} s; memory: {before:,.0f} MB before, at most {after:,.0f} MB",
        *(f"  {name:<33}{taken * 1000:>9.0f} ms{taken / checked:>8.2f} x" for name, taken in seconds.items()),
        f"  wanted: < {_CHECKS} x",
        f"  batch after {_NEW} new documents: {again:.1f} s, {again / first:.1%} (wanted: < {_SHARE:.0%})",
        f"  memory, whole process: at most {_megabytes():,.0f} MB",
    ]
    sys.stdout.write("\n".join(["", *lines, ""]))
    assert len(batch.aligned.by_document) > _MANY / 20
    assert later.seq > batch.seq
    assert max(suggested) < _CHECKS * checked
    assert again < _SHARE_AT_MOST * first


def _made(desk: Desk) -> tuple[ClueBatch, float]:
    """Make the clues of the day, and tell the CPU seconds that it took."""
    start = time.process_time()
    batch = clue_batch(desk, now=DAY)
    return batch, time.process_time() - start


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
