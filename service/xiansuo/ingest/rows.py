"""What a format's reader hands over: fields as they were written, nothing judged yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RawRow:
    """One text as a file has it.

    `row` is counted from 1 as a person counts; None where the file is one text. `place` names the
    sheet or table where a file has several. `problem` says why there is nothing to build, `notes`
    what to tell about the row.
    """

    fields: Mapping[str, object]
    row: int | None = None
    place: str = ""
    problem: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RawFile:
    """All rows of a file, the columns nobody uses, and what to tell about the file as a whole.

    `lost` counts the places that could not be decoded, wherever they stand.
    """

    rows: list[RawRow]
    ignored: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)
    lost: int = 0
