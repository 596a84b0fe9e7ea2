"""Gaps of the year's work on a board (空白): themes by time, unit, region, sector or team."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from xiansuo.desk.aligned_archive import AlignedArchive
from xiansuo.desk.aligning import aligned
from xiansuo.desk.desk import Desk
from xiansuo.desk.limits_told import archive_ended, list_ended
from xiansuo.desk.progress import Progress, silent
from xiansuo.desk.reported import reported
from xiansuo.desk.themes import list_themes, themes_in_force
from xiansuo.recommend.gap_table import Row, Step, most_first, period_label, period_of, periods, rows
from xiansuo.recommend.gaps import Reported
from xiansuo.records import WorkTheme
from xiansuo.store import heads
from xiansuo.store.heads import Head

By = Literal["time", "unit", "region", "sector", "team"]

BY_LABELS: dict[By, str] = {"time": "时间", "unit": "单位", "region": "地区", "sector": "界别", "team": "队伍"}
"""What each way to divide is called on the screen."""

COLUMNS = 12
"""Units, regions and the like that are shown where none are named: those that wrote most."""

# More months than this are told by quarters; more quarters than twice as many are left out at the far end.
_MONTHS = 18


@dataclass(frozen=True, slots=True)
class GapBoard:
    """Themes with their gaps, the widest first, divided into `columns`, whose names are `labels`.

    `now` is the day that they are judged for: of a list that another followed, its last.
    `documents` count for the themes, `about_none` were written since the first of them began and are about none, both
    without references; `undated` have no date.
    """

    now: dt.date
    version: str
    by: By
    columns: tuple[str, ...]
    labels: tuple[str, ...]
    rows: tuple[Row, ...]
    documents: int
    about_none: int
    undated: int
    last: dt.date | None
    notes: tuple[str, ...]


def gap_board(
    desk: Desk,
    *,
    now: dt.date,
    by: By = "time",
    step: Step | None = None,
    version: str | None = None,
    only: Sequence[str] = (),
    limit: int = COLUMNS,
    progress: Progress = silent,
) -> GapBoard:
    """Hold what was written up to a day against the year's work.

    :param step: months or quarters; months unless there are many, where none is named.
    :param version: of the themes; those in force where none is named. Of an earlier version, what was written after
        its last day does not count.
    :param only: the units, regions and the like to show, also such as never wrote.
    :param limit: how many columns where none are named.
    :raises NotFound: there is no such version.
    """
    archive = aligned(desk, now=now, version=version, progress=progress)
    in_force = themes_in_force(desk, now)
    closed = bool(archive.themes and in_force and archive.themes[0].version != in_force[0].version)
    # A list that another followed is judged as of its end: nothing is long ago because of what came after it.
    ends = [theme.until for theme in archive.themes if theme.until] if closed else []
    day = min(now, max(ends)) if ends else now
    with desk.database.read() as connection:
        listed = heads.listed(connection, now, references=False)
        told = list(heads.read(connection, listed.values()))
    found = [each for head in told if (each := _counted(head, archive, closed)) is not None]
    dates = [head.date for head in told if head.date]
    last = max(dates, default=None)
    counted = {each.id for each in found}
    own = [head for head in told if head.id in counted]
    columns, column_of = _columns(by, step, own, told, archive.themes, day, only, limit)
    starts = [theme.since or dt.date.min for theme in archive.themes]
    begins = min(starts, default=dt.date.min)
    about_none = sum(head.id not in archive.by_document for head in told if head.date is None or head.date >= begins)
    undated = sum(each.date is None for each in found)
    labels = [period_label(column) if by == "time" else column for column in columns]
    return GapBoard(
        day,
        archive.themes[0].version if archive.themes else "",
        by,
        tuple(columns),
        tuple(labels),
        tuple(rows(archive.themes, found, column_of, columns, day)),
        len(found),
        about_none,
        undated,
        last,
        _notes(desk, archive, told, by, columns, only, undated, last),
    )


def _counted(head: Head, archive: AlignedArchive, closed: bool) -> Reported | None:
    """Tell of a document what counts; of a list that another followed, nothing after a theme's last day does."""
    made = reported(head, archive)
    if made is None or not closed or head.date is None:
        return made
    ends = archive.by_document[head.id].theme.until
    return made if ends is None or head.date <= ends else None


def _columns(
    by: By,
    step: Step | None,
    own: Sequence[Head],
    told: Sequence[Head],
    themes: Sequence[WorkTheme],
    now: dt.date,
    only: Sequence[str],
    limit: int,
) -> tuple[list[str], dict[str, str]]:
    """Name the columns, and the column of each document that has one."""
    if by == "time":
        return _times(step, own, themes, now, only)
    names = {head.id: column_name(head, by) for head in own}
    columns = list(dict.fromkeys(only)) or most_first(column_name(head, by) for head in told)[:limit]
    shown = set(columns)
    return columns, {id: name for id, name in names.items() if name in shown}


def _times(
    step: Step | None, own: Sequence[Head], themes: Sequence[WorkTheme], now: dt.date, only: Sequence[str]
) -> tuple[list[str], dict[str, str]]:
    starts = [theme.since for theme in themes if theme.since]
    days = {head.id: head.date for head in own if head.date}
    ends = [theme.until for theme in themes if theme.until]
    # A list that has ended is not shown past its last day, unless somebody wrote on it later.
    last = min(now, max([*ends, *days.values()])) if ends and len(ends) == len(themes) else now
    first = min([*(starts if len(starts) == len(themes) else []), *days.values()], default=last)
    first = min(first, last)
    if step is None:
        step = "month" if len(periods(first, last, "month")) <= _MONTHS else "quarter"
    columns = [each for each in periods(first, last, step)[-2 * _MONTHS :] if not only or each in only]
    shown = set(columns)
    named = {id: period_of(day, step) for id, day in days.items()}
    return columns, {id: period for id, period in named.items() if period in shown}


def column_name(head: Head, by: By) -> str:
    """Name the column of a document where time does not divide, empty for none."""
    match by:
        case "unit":
            return head.unit
        case "region":
            return head.region
        case "sector":
            return head.sector
        case _:
            return head.team.label if head.team else ""


def _notes(
    desk: Desk,
    archive: AlignedArchive,
    told: Sequence[Head],
    by: By,
    columns: Sequence[str],
    only: Sequence[str],
    undated: int,
    last: dt.date | None,
) -> tuple[str, ...]:
    """Say what the board cannot show."""
    now, notes = archive.now, []
    if not archive.themes:
        known = list_themes(desk)
        begins = f"中心工作清单“{known[0].version}”在 {now} 还没有开始。" if known else "还没有中心工作清单。"
        notes.append(f"{begins}请导入当年的清单：在“中心工作”页，或用 xiansuo themes import。")
    if not told:
        notes.append("档案里还没有材料，请先导入。")
    if ended := archive_ended(last, now):
        notes.append(f"{ended}；此后有没有人写，这里看不出来。")
    if ended := list_ended(archive.themes, now):
        notes.append(f"{ended}。")
    names = {column_name(head, by) for head in told} if by != "time" else set(columns)
    absent = [name for name in only if name not in names]
    if absent and told:
        what = "这段时间" if by == "time" else f"这个{BY_LABELS[by]}"
        notes.append(f"档案里没有{what}的材料：{'、'.join(absent)}。")
    if by != "time" and not only and len(names - {""}) > len(columns):
        notes.append(f"另有 {len(names - {''}) - len(columns)} 个{BY_LABELS[by]}没有列出。")
    if by == "time" and undated and archive.themes:
        notes.append(f"{undated} 篇没有日期，计入合计，不在各时段里。")
    return tuple(notes)
