"""How what was read passes from one process to another: a line each, a letter for what it is and JSON.

Nothing that comes back is run or trusted: every record is checked again.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from pydantic import BaseModel, TypeAdapter

from xiansuo import errors
from xiansuo.ingest.reading import Found, Reading
from xiansuo.records import Kind, Remark

FOUND, REMARK, REST, VALUE, ERROR = b"F", b"R", b"O", b"V", b"E"
END, LAST = b".", b"!"
"""All is said; after the last, the process takes no more files."""

_CODES: dict[str, type[errors.XiansuoError]] = {
    kind.code: kind
    for kind in (
        errors.InputError,
        errors.FileUnreadable,
        errors.FormatUnsupported,
        errors.FileRefused,
        errors.TextUnusable,
    )
}
_DATE, _MOMENT = "date", "moment"


class Asked(BaseModel):
    """What is to be read and how; `memory` and `seconds` as in an allowance."""

    how: str
    path: str
    kind: Kind | None
    now: dt.date
    memory: int
    seconds: float


class _Rest(BaseModel):
    ignored_columns: tuple[str, ...]
    redacted: int


class _Told(BaseModel):
    code: str
    message: str
    advice: str


@cache
def _found() -> TypeAdapter[Found]:
    return TypeAdapter(Found)


def reading_lines(reading: Reading) -> Iterator[bytes]:
    """Write a reading."""
    for found in reading.found:
        yield FOUND + _found().dump_json(found)
    for remark in reading.remarks:
        yield REMARK + remark.model_dump_json().encode()
    rest = _Rest(ignored_columns=reading.ignored_columns, redacted=reading.redacted)
    yield REST + rest.model_dump_json().encode()


def reading_of(lines: Iterable[bytes]) -> Reading:
    """Read a reading again.

    :raises ValueError: this is none.
    """
    found: list[Found] = []
    remarks: list[Remark] = []
    rest = None
    for line in lines:
        letter, said = line[:1], line[1:]
        if letter == FOUND:
            found.append(_found().validate_json(said))
        elif letter == REMARK:
            remarks.append(Remark.model_validate_json(said))
        elif letter == REST:
            rest = _Rest.model_validate_json(said)
    if rest is None:
        raise ValueError("no end")
    return Reading(tuple(found), tuple(remarks), rest.ignored_columns, rest.redacted)


def value_line(value: object) -> bytes:
    """Write a text, or lists and tables of what cells hold."""
    return VALUE + json.dumps(value, ensure_ascii=False, default=_dated).encode("utf-8", "surrogatepass")


def value_of(lines: Iterable[bytes]) -> Any:
    """Read a value again.

    :raises ValueError: this is none.
    """
    (line,) = lines
    return json.loads(line[1:].decode("utf-8", "surrogatepass"), object_hook=_undated)


def error_line(error: errors.XiansuoError) -> bytes:
    """Write one of our errors."""
    told = _Told(code=error.code, message=error.message, advice=error.advice)
    return ERROR + told.model_dump_json().encode()


def error_of(line: bytes) -> errors.XiansuoError:
    """Read one of our errors again.

    :raises ValueError: this is none.
    """
    told = _Told.model_validate_json(line[1:])
    return _CODES.get(told.code, errors.InputError)(told.message, advice=told.advice)


def _dated(value: object) -> object:
    if isinstance(value, dt.datetime):
        return {_MOMENT: value.isoformat()}
    return {_DATE: value.isoformat()} if isinstance(value, dt.date) else str(value)


def _undated(value: dict[str, Any]) -> object:
    if value.keys() == {_MOMENT}:
        return dt.datetime.fromisoformat(value[_MOMENT])
    return dt.date.fromisoformat(value[_DATE]) if value.keys() == {_DATE} else value
