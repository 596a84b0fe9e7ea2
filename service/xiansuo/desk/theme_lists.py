"""Lists of work themes: .csv, .xlsx, .toml, or plain lines; one row a theme, one wrong row and nothing is taken."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from pydantic import ValidationError

from xiansuo.errors import FileUnreadable, InputError
from xiansuo.ingest.apart import read_cells, read_toml
from xiansuo.ingest.characters import shown
from xiansuo.ingest.dates import read_date
from xiansuo.records import Focus, WorkTheme

_Row: TypeAlias = tuple[int, Mapping[str, object]]
"""A row's number as a person counts, and its cells by column name."""

_COLUMNS = {
    "id": ("编号", "序号", "主题编号", "任务编号", "id"),
    "name": (
        "名称",
        "主题",
        "主题名称",
        "任务",
        "任务名称",
        "重点工作",
        "重点任务",
        "工作任务",
        "中心工作",
        "name",
    ),
    "focus": ("聚焦", "类别", "聚焦类别", "类型", "focus"),
    "weight": ("权重", "重要程度", "分值", "weight"),
    "keywords": ("关键词", "关键字", "主题词", "keywords"),
    "clause": ("原文条款", "条款", "原文", "出处原文", "内容", "任务内容", "clause"),
    "since": ("起始日期", "开始日期", "起", "开始时间", "起始时间", "since"),
    "until": ("截止日期", "结束日期", "止", "完成时限", "截止时间", "结束时间", "until"),
}
_FIELD = {name: field for field, names in _COLUMNS.items() for name in names}
_SEPARATORS = re.compile(r"[、,，;；|/\s]+")
_NUMBERED = re.compile(r"^\s*(?:\d+[.、)）]|[（(]?[一二三四五六七八九十]+[）)、.])\s*")
_LONGEST_NAME = 60
_MOST = 500
_HEADER_WITHIN = 10
_ADDRESS = "各位代表"
LIST_ADVICE = "清单每行一项，或用“编号、名称、关键词、原文条款”几列的表格。"


def read_list(path: Path, version: str) -> list[WorkTheme]:
    """Read a table of themes.

    :param path: a .csv, .xlsx or .toml.
    :raises InputError: it is no list of themes; the message names file and row.
    """
    reader = {".csv": _from_table, ".xlsx": _from_table, ".toml": _from_toml}[path.suffix.lower()]
    return _themes(path.name, reader(path), version)


def is_list(text: str) -> bool:
    """Tell a list, a theme a line, from a report: its lines are short, few, and speak to no assembly."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    long = sum(len(line) > _LONGEST_NAME for line in lines)
    return long * 4 <= len(lines) <= _MOST and _ADDRESS not in text


def read_lines(file: str, text: str, version: str) -> list[WorkTheme]:
    """Read a list with a theme a line; raises as `read_list`."""
    named = ((number, _NUMBERED.sub("", line).strip()) for number, line in enumerate(text.split("\n"), start=1))
    return _themes(file, ((number, {"name": name}) for number, name in named if name), version)


def _themes(file: str, rows: Iterable[_Row], version: str) -> list[WorkTheme]:
    found: list[WorkTheme] = []
    seen: dict[str, int] = {}
    for row, cells in rows:
        theme = _theme(file, row, cells, len(found) + 1, version)
        if theme.id in seen:
            raise _wrong(file, row, f"编号“{theme.id}”与第 {seen[theme.id]} 行重复")
        seen[theme.id] = row
        found.append(theme)
    if not found:
        raise FileUnreadable(f"{file} 里没有中心工作。", advice="每行应有一项，至少有“名称”一列。")
    if len(found) > _MOST:
        raise InputError(f"{file} 有 {len(found)} 项，超过 {_MOST} 项。", advice="请只保留重点任务。")
    return found


def _from_table(path: Path) -> Iterator[_Row]:
    yield from _table(path.name, read_cells(path))


def _table(file: str, rows: Sequence[Sequence[object]]) -> Iterator[_Row]:
    """Rows below the first one that has a name column; a title line above it is common."""
    headers = [[_FIELD.get(_column(cell), "") for cell in row] for row in rows[:_HEADER_WITHIN]]
    top = next((place for place, header in enumerate(headers) if "name" in header), None)
    if top is None:
        raise FileUnreadable(
            f"{file} 里找不到“名称”这一列。",
            advice="表头：编号 名称 聚焦 权重 关键词 原文条款 起始日期 截止日期，只有“名称”必填。",
        )
    for number, row in enumerate(rows[top + 1 :], start=top + 2):
        cells = {field: cell for field, cell in zip(headers[top], row, strict=False) if field}
        if any(_text(cell) for cell in cells.values()):
            yield number, cells


def _from_toml(path: Path) -> Iterator[_Row]:
    items = read_toml(path).get("theme")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise FileUnreadable(f"{path.name} 里没有 [[theme]]。", advice="每项以 [[theme]] 开头，至少写 name。")
    for number, item in enumerate(items, start=1):
        yield number, {_FIELD.get(_column(key), key): value for key, value in item.items()}


def _theme(file: str, row: int, cells: Mapping[str, object], place: int, version: str) -> WorkTheme:
    name = _text(cells.get("name"))
    if not name:
        raise _wrong(file, row, "没有名称")
    if len(name) > _LONGEST_NAME:
        raise _wrong(file, row, f"名称有 {len(name)} 字，超过 {_LONGEST_NAME} 字", LIST_ADVICE)
    since, until = (_date(file, row, cells, field) for field in ("since", "until"))
    if since and until and until < since:
        raise _wrong(file, row, f"截止日期 {until} 早于起始日期 {since}")
    try:
        return WorkTheme(
            id=_text(cells.get("id")) or f"{place:02d}",
            name=name,
            focus=_focus(file, row, cells.get("focus")),
            weight=_weight(file, row, cells.get("weight")),
            keywords=_keywords(cells.get("keywords")),
            clause=_text(cells.get("clause")),
            since=since,
            until=until,
            version=version,
        )
    except ValidationError as error:
        raise _wrong(file, row, f"内容不合要求（{error.errors()[0]['loc'][0]}）") from error


def _wrong(file: str, row: int, reason: str, advice: str = "") -> InputError:
    return InputError(f"{file} 第 {row} 行：{reason}。", advice=advice or "整份清单都没有导入，改好后请重新导入。")


def _column(cell: object) -> str:
    return re.sub(r"[\s（(].*$|[*\uff0a:：]", "", _text(cell)).lower()


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _focus(file: str, row: int, cell: object) -> Focus:
    told = _text(cell)
    for focus in Focus:
        if not told or told in (focus.value, focus.label):
            return focus if told else Focus.CENTRAL_WORK
    labels = "、".join(focus.label for focus in Focus)
    raise _wrong(file, row, f"聚焦“{shown(told)}”不认识，应为{labels}之一")


def _weight(file: str, row: int, cell: object) -> float:
    told = _text(cell)
    if not told:
        return 1.0
    try:
        weight = float(told)
    except ValueError:
        weight = -1.0
    if not (math.isfinite(weight) and weight > 0):
        raise _wrong(file, row, f"权重“{shown(told)}”应是大于 0 的数")
    return weight


def _keywords(cell: object) -> tuple[str, ...]:
    parts: Iterable[object] = cell if isinstance(cell, list) else _SEPARATORS.split(_text(cell))
    return tuple(dict.fromkeys(word for word in map(_text, parts) if word))


def _date(file: str, row: int, cells: Mapping[str, object], field: str) -> dt.date | None:
    try:
        return read_date(cells.get(field))
    except ValueError as error:
        raise _wrong(file, row, f"{_COLUMNS[field][0]}：{error}".rstrip("。")) from error
