"""Labelled cases and predictions: one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from xiansuo.desk.comparing import Text
from xiansuo.errors import FileUnreadable
from xiansuo.ingest.dates import read_date

Case = Mapping[str, Any]


def read_cases(path: Path) -> list[Case]:
    """Read a JSONL file.

    :raises FileUnreadable: it is missing, empty, or a line is no JSON object.
    """
    try:
        # Not splitlines: JSON may hold U+2028 and the like within a string.
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise FileUnreadable(f"读不了 {path.name}。", advice="应为 UTF-8 的 JSONL 文件，每行一个案例。") from error
    cases: list[Case] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            case = json.loads(line)
        except ValueError:
            case = None
        if not isinstance(case, dict):
            raise FileUnreadable(f"{path.name} 第 {number} 行不是 JSON 对象。")
        cases.append(case)
    if not cases:
        raise FileUnreadable(f"{path.name} 里没有案例。")
    return cases


def write_lines(path: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    """Write predictions as JSONL."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for line in lines:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def field(case: Case, name: str, path: Path) -> Any:
    """Read a field that a case must have.

    :raises FileUnreadable: it has not.
    """
    if name not in case:
        raise FileUnreadable(f"{path.name} 里有一个案例缺少“{name}”。", advice="各类案例的字段见使用指南。")
    return case[name]


def record(case: Case, name: str, path: Path) -> Case:
    """Read a field that must be a document.

    :raises FileUnreadable: it is none.
    """
    told = field(case, name, path)
    if not isinstance(told, dict):
        raise wrong(path, name)
    return told


def wrong(path: Path, name: str) -> FileUnreadable:
    """Say that a field of a case holds what it cannot hold."""
    return FileUnreadable(f"{path.name} 里有一个案例的“{name}”不对。", advice="各类案例的字段见使用指南。")


def text_of(told: Case) -> Text:
    """Take the text that a case holds."""
    try:
        date = read_date(told.get("date") or told.get("time"))
    except ValueError:
        date = None
    return Text(str(told.get("title") or ""), str(told.get("text") or ""), str(told.get("unit") or ""), date)
