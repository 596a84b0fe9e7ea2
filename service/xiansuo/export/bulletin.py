"""The monthly bulletin as a workbook."""

from __future__ import annotations

import datetime as dt

from xiansuo.desk.bulletin import Bulletin, Count
from xiansuo.desk.cells import harmless
from xiansuo.export.workbook import workbook
from xiansuo.records import Level

COLUMNS = (
    "名次", "单位",
    "本月报送", *(f"本月{level.label}采用" for level in Level), "本月批示", "本月得分",
    "全年报送", *(f"全年{level.label}采用" for level in Level), "全年批示", "全年得分", "全年任务", "完成",
)  # fmt: skip


def rows(made: Bulletin) -> list[list[str | float | None]]:
    """Return the cells of the table, the sums last."""
    told: list[list[str | float | None]] = [
        [each.rank, harmless(each.unit), *_cells(each.month), *_cells(each.year), each.target, _share(each.share)]
        for each in made.rows
    ]
    return [*told, [None, "合计", *_cells(made.all_month), *_cells(made.all_year), None, None]]


def bulletin_xlsx(made: Bulletin, *, day: dt.date) -> bytes:
    """Write the workbook."""
    return workbook(f"{made.month:%Y-%m}", COLUMNS, rows(made), day=day, widths={"单位": 28})


def _cells(count: Count) -> list[float]:
    return [count.reported, *(count.adopted.get(level, 0) for level in Level), count.instructed, count.points]


def _share(share: float | None) -> str | None:
    return None if share is None else f"{share:.0%}"
