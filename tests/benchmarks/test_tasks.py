"""Tasks of real work reports against labels made by hand: is it a task ahead, and is it one task?

Reports are read where they lie beside the checkout. Of what was labelled, only digests and verdicts are kept here.
"""

from __future__ import annotations

import csv
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.measuring import measuring
from xiansuo.recommend.reports.task_words import TaskWords
from xiansuo.recommend.reports.tasks import split_tasks
from xiansuo.recommend.reports.work_report import find_tasks_part
from xiansuo.text.segment import segmenter

pytestmark = pytest.mark.benchmark

_LABELS = Path(__file__).with_name("tasks_labelled.csv")
_DRAWN = "final-3"
_WANTED, _MOST_UNKNOWN = 0.95, 10


def test_nearly_all_are_tasks_ahead_and_one_each() -> None:
    reports = list(_reports())
    words, cut = TaskWords.read(), segmenter().words
    counts, drawn = [], []
    for name, text in reports:
        tasks = split_tasks(text, find_tasks_part(text), words, cut)
        counts.append(len(tasks))
        assert all(text[task.start : task.end] == task.clause for task in tasks)
        drawn += [hashlib.sha256(f"{_DRAWN}|{name}|{task.clause}".encode()).hexdigest()[:24] for task in tasks]
    with _LABELS.open(encoding="utf-8", newline="") as file:
        labels = {row["digest"]: (row["ahead"] == "1", row["one"] == "1") for row in csv.DictReader(file)}
    known = [labels[digest] for digest in sorted(drawn)[: len(labels)] if digest in labels]
    ahead, one = (sum(column) / len(known) for column in zip(*known, strict=True))
    sys.stdout.write(
        f"\n  {len(reports)} reports, {sum(counts):,} tasks ({min(counts)} to {max(counts)} a report)\n"
        f"  of {len(known)} labelled clauses {ahead:.0%} are tasks ahead, {one:.0%} are one task\n"
    )
    assert len(labels) - len(known) <= _MOST_UNKNOWN, "the rules have changed: draw and label anew"
    assert min(ahead, one) >= _WANTED


def _reports() -> Iterator[tuple[str, str]]:
    for file in ("provincial_2026", "national"):
        path = measuring(f"data/work_reports/{file}.jsonl")
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            yield f"{row['region']}{row['year']}", row["text"]
