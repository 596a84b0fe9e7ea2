"""Labelled pairs as numbers: what the relation model is fitted to, without any text."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from xiansuo.dedup.fit import Example
from xiansuo.records import Relation

EXAMPLES = "examples.csv"
_LABELS = ("group", "kind", "relation", "same")


def read_examples(path: Path) -> list[Example]:
    """Read what `write_examples` wrote.

    :raises ValueError: a relation or number is none.
    """
    with path.open(encoding="utf-8", newline="") as file:
        return [_example(row) for row in csv.DictReader(file)]


def write_examples(examples: Iterable[Example], path: Path) -> None:
    """Write pairs in order of group and kind, so that the same pairs give the same bytes."""
    rows = [(each, [f"{each.features[name]:.4g}" for name in sorted(each.features)]) for each in examples]
    rows.sort(key=lambda row: (row[0].group, row[0].kind, row[1], row[0].relation or "", str(row[0].same)))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*_LABELS, *(sorted(rows[0][0].features) if rows else ())])
        for each, values in rows:
            same = "" if each.same is None else int(each.same)
            writer.writerow([each.group, each.kind, each.relation or "", same, *values])


def _example(row: dict[str, str]) -> Example:
    return Example(
        {name: float(value) for name, value in row.items() if name not in _LABELS},
        row["group"],
        row["kind"],
        Relation(row["relation"]) if row["relation"] else None,  # type: ignore[call-arg]
        bool(int(row["same"])) if row["same"] else None,
    )
