"""JSON lines, one object a line; `.json` with a list of objects as well."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from xiansuo.ingest.columns import Assignment, assign
from xiansuo.ingest.encoding import decode
from xiansuo.ingest.limits import read_bytes
from xiansuo.ingest.rows import RawFile, RawRow

_DEEP = "这一行嵌套过深，读不了"


def read_jsonl(path: Path) -> RawFile:
    """Read a .jsonl or .json; `row` is the line, or the place in the list, counted from 1."""
    decoded = decode(read_bytes(path), path.name)
    assignments: dict[tuple[str, ...], Assignment] = {}
    ignored: dict[str, None] = {}
    rows: list[RawRow] = []
    for number, value, problem in _values(decoded.text):
        if problem or not isinstance(value, dict):
            rows.append(RawRow({}, number, problem=problem or "这一行不是 JSON 对象"))
            continue
        keys = tuple(value)
        assignment = assignments.get(keys)
        if assignment is None:
            assignment = assignments[keys] = assign(keys)
            ignored |= dict.fromkeys(assignment.ignored(keys))
        fields = {
            field: item
            for field, item in zip(assignment.fields, value.values(), strict=True)
            if field is not None and item is not None and item != ""
        }
        rows.append(RawRow(fields, number))
    return RawFile(rows, tuple(ignored), lost=decoded.lost)


def _values(text: str) -> Iterator[tuple[int, Any, str]]:
    """Each value with its number and, where it cannot be read, the reason."""
    listed = _whole(text)
    if listed is not None:
        yield from ((i, value, "") for i, value in enumerate(listed, 1))
        return
    # Not splitlines: U+2028 and its like are ordinary characters inside JSON strings.
    for i, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield i, json.loads(line), ""
        except RecursionError:
            yield i, None, _DEEP
        except ValueError as error:
            where = f"（第 {error.colno} 个字符处）" if isinstance(error, json.JSONDecodeError) else ""
            yield i, None, f"这一行不是正确的 JSON{where}"


def _whole(text: str) -> list[Any] | None:
    """Read a file that is one list, or one object over many lines; None if it is JSON lines."""
    start = text.lstrip()[:1]
    first_line = text.lstrip().split("\n", 1)[0]
    if start == "[" or (start == "{" and first_line.strip() == "{"):
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            return None
        return value if isinstance(value, list) else [value]
    return None
