"""The adoption prior against what became of texts that were written later, on the demo corpus and its gold labels.

On each day it sees what was known by then and judges every text of the next months that is old enough to have its
outcome; the figures are those of `models/ranking/card.md`.
"""

from __future__ import annotations

import datetime as dt
import itertools
import math
import sys

import pytest

from tests import corpus
from xiansuo.recommend.adoption import RIPE, AdoptionPrior
from xiansuo.records import Document, Kind, Level

pytestmark = pytest.mark.benchmark

DAYS = [dt.date(2025, 5, 1) + dt.timedelta(days=92 * step) for step in range(7)]
_BINS = 5
_Judged = list[tuple[float, bool]]


def _texts() -> list[Document]:
    read = [Document.model_validate(row) for row in corpus.rows("documents.jsonl")]
    return [text for text in read if text.kind in (Kind.SUBMISSION, Kind.REPORT)]


def _judge(level: Level, *, writer: bool) -> tuple[_Judged, _Judged]:
    """Judge every later text by the matter, the theme and, where asked, the writer; and by the base rate alone."""
    texts = _texts()
    gold = {row["id"]: row for row in corpus.rows("gold/matters.jsonl")}
    matter_of = {text.id: gold[text.id]["matter"] for text in texts}
    theme_of = {text.id: gold[text.id]["theme"] or "" for text in texts}
    levels, end = list(Level), max(text.date for text in texts if text.date)
    judged, base = [], []
    for day, following in itertools.pairwise(DAYS):
        before = [text for text in texts if text.date and text.date <= day]
        prior = AdoptionPrior(before, theme_of, day, matter_of)
        for text in texts:
            if text.date and day < text.date <= following and (end - text.date).days >= RIPE:
                own = [each for each in before if matter_of[each.id] == matter_of[text.id]]
                team, unit = (text.team, text.unit) if writer else (None, "")
                told = prior.chance(own, theme_of[text.id] or None, level, team=team, unit=unit)
                assert told is not None
                adopted = any(levels.index(each.level) >= levels.index(level) for each in text.adoptions)
                judged.append((told.probability, adopted))
                base.append((told.base, adopted))
    return judged, base


def _brier(judged: _Judged) -> float:
    return sum((chance - adopted) ** 2 for chance, adopted in judged) / len(judged)


def _log_loss(judged: _Judged) -> float:
    return -sum(math.log(chance if adopted else 1 - chance) for chance, adopted in judged) / len(judged)


def _reliability(judged: _Judged) -> str:
    # Of equal chances the order is that of the texts, not of what came of them.
    ordered, lines = sorted(judged, key=lambda each: each[0]), []
    for place in range(_BINS):
        some = ordered[place * len(ordered) // _BINS : (place + 1) * len(ordered) // _BINS]
        said, came = (sum(column) / len(some) for column in zip(*some, strict=True))
        lines.append(f"{said:.2f} → {came:.2f} ({len(some)})")
    return "; ".join(lines)


@pytest.mark.parametrize("level", [Level.DISTRICT, Level.CITY, Level.PROVINCE])
def test_the_prior_is_better_than_the_base_rate_where_the_writer_is_known(level: Level) -> None:
    named, base = _judge(level, writer=True)
    nobody, _ = _judge(level, writer=False)
    sys.stdout.write(f"\n  {level.value} or higher, {len(named)} texts\n")
    for label, judged in (("base rate", base), ("matter and theme", nobody), ("and writer", named)):
        sys.stdout.write(f"  {label}: Brier {_brier(judged):.4f}, log-loss {_log_loss(judged):.4f}\n")
    sys.stdout.write(f"  said → came: {_reliability(named)}\n")
    assert _brier(named) < 0.96 * _brier(base)
    assert _log_loss(named) < 0.97 * _log_loss(base)
    assert _brier(nobody) <= _brier(base) + 1e-4
