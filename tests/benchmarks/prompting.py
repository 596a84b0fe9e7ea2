"""An office's large archive, written to be suggested from: who wrote, when, for which theme, and what became of it."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from tests.benchmarks.archive import clause
from tests.benchmarks.topical import Made, made_texts
from tests.conftest import shipped

DAY = dt.date(2026, 11, 1)
"""The day that the archive ends with."""

THEMES = 20

_DAYS = 3 * 365
_REGIONS = ("市本级", "望潮区", "青屿县", "新港区", "鹭湾新区", "砚山县", "禾川县", "云岭区")
_UNITS_A_REGION = 8
_LEVELS = ("district", "city", "province")
_ABOUT_A_THEME, _PROPOSAL, _REPLIED, _ADOPTED = 0.4, 0.15, 0.6, 0.08
_GRADES = ("A", "B", "C")
_ORDER = ("一是", "二是", "三是")


def themes(path: Path) -> Path:
    """Write a list of `THEMES` work themes: this year's of the demo corpus, and some of last year's as this year's."""
    lists = [_listed("themes-2026.csv"), _listed("themes-2025.csv")]
    names = {row["名称"] for row in lists[0]}
    rows = [*lists[0], *(row for row in lists[1] if row["名称"] not in names)][:THEMES]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        for place, row in enumerate(rows, start=1):
            writer.writerow({**row, "编号": f"T{place:02d}", "起始日期": "2026-01-01", "截止日期": "2026-12-31"})
    return path


def records(count: int) -> Iterator[dict[str, Any]]:
    """Write so many rows: submissions and proposals of the last three years, some adopted, some answered.

    Of the matters, some fall under a theme: their texts say keywords of it.
    """
    random = np.random.default_rng(23)
    keywords = [row["关键词"].split("、") for row in [*_listed("themes-2026.csv"), *_listed("themes-2025.csv")]][
        :THEMES
    ]
    for made in made_texts(count):
        yield _record(made, keywords, random)


def _record(made: Made, keywords: list[list[str]], random: np.random.Generator) -> dict[str, Any]:
    # A matter has its place and its theme of its own; what belongs to none has them by chance.
    own = np.random.default_rng([made.matter, 5]) if made.matter >= 0 else random
    region = _REGIONS[int(own.integers(len(_REGIONS)))]
    words = keywords[int(own.integers(len(keywords)))] if own.random() < _ABOUT_A_THEME else []
    written = DAY - dt.timedelta(days=int(random.integers(_DAYS)))
    title, body = made.title, made.body
    if words:
        said = [words[int(place)] for place in random.permutation(len(words))[:3]]
        title = f"{said[0]}{title}"
        body = f"{clause(random)}，{'、'.join(said)}{clause(random)}。{body}"
    row: dict[str, Any] = {
        "id": made.id,
        "author": made.author,
        "unit": f"{region}第{int(random.integers(_UNITS_A_REGION)) + 1}组",
        "region": region,
        "date": written.isoformat(),
    }
    if random.random() < _PROPOSAL:
        asked = [f"{order}{clause(random)}，{clause(random)}" for order in _ORDER]
        title, body = f"关于{title}的提案", f"{body}\n建议：{'；'.join(asked)}。"
        row |= {"kind": "proposal", "category": "民生", **_reply(written, asked, random)}
    elif random.random() < _ADOPTED:
        level = _LEVELS[int(random.integers(len(_LEVELS)))]
        row["adoptions"] = [{"level": level, "date": _later(written, random)}]
    return {**row, "title": title, "text": body}


def _reply(written: dt.date, asked: list[str], random: np.random.Generator) -> dict[str, Any]:
    if random.random() >= _REPLIED:
        return {}
    grade = _GRADES[int(random.integers(len(_GRADES)))]
    text = f"提案收悉。关于{asked[0][2:]}，{clause(random)}，下一步将于2026年6月底前完成。{clause(random)}。"
    return {"reply": {"department": "市住建局", "date": _later(written, random), "grade": grade, "text": text}}


def _later(written: dt.date, random: np.random.Generator) -> str:
    return min(DAY, written + dt.timedelta(days=int(random.integers(20, 120)))).isoformat()


def _listed(name: str) -> list[dict[str, str]]:
    with shipped(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
