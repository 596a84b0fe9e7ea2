"""Small tables as they stand, no column known: lists of work themes and the like."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from xiansuo.errors import FileUnreadable
from xiansuo.ingest.encoding import decode
from xiansuo.ingest.limits import check_office_file, read_bytes

_DELIMITERS = ",\t;"
_MOST_ROWS, _MOST_COLUMNS = 10_000, 200


def read_cells(path: Path) -> list[list[object]]:
    """Read the rows of a .csv, or of the first sheet of an .xlsx; what lies beyond 10,000 rows or 200 columns is left.

    :raises FileUnreadable: it is damaged or no table.
    :raises FileRefused: it is dangerous or far too large.
    """
    return _from_csv(path) if path.suffix.lower() == ".csv" else _from_xlsx(path)


def read_toml(path: Path) -> dict[str, Any]:
    """Read a .toml.

    :raises FileUnreadable: it is none.
    """
    try:
        return tomllib.loads(decode(read_bytes(path), path.name).text)
    except tomllib.TOMLDecodeError as error:
        raise FileUnreadable(f"{path.name} 不是有效的 TOML：{error}。") from error


def _from_csv(path: Path) -> list[list[object]]:
    text = decode(read_bytes(path), path.name).text
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        return [list(row) for row in csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)]
    except csv.Error as error:
        raise FileUnreadable(f"{path.name} 的表格格式有误，可能有引号没有配对。") from error


def _trimmed(row: Sequence[object]) -> list[object]:
    filled = max((place for place, cell in enumerate(row, 1) if cell is not None), default=0)
    return list(row[:filled])


def _from_xlsx(path: Path) -> list[list[object]]:
    from openpyxl import load_workbook

    check_office_file(path)
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        try:
            rows = book.worksheets[0].iter_rows(max_row=_MOST_ROWS, max_col=_MOST_COLUMNS, values_only=True)
            return [_trimmed(row) for row in rows]
        finally:
            book.close()
    except Exception as error:  # whatever a damaged part makes it stumble over
        raise FileUnreadable(
            f"“{path.name}”已损坏，或不是真正的 Excel 文件。", advice="请用 Excel 打开后另存一份。"
        ) from error
