"""Lists in pages: each names where it ended, so that while others write nothing is told twice or left out."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Generic, TypeAlias, TypeVar

from pydantic import Field, TypeAdapter, ValidationError

from xiansuo.errors import InputError

_T = TypeVar("_T")
_Place = TypeVar("_Place")

Number: TypeAlias = Annotated[int, Field(ge=0, lt=2**63)]
"""A number as the database keeps it."""

NUMBER: TypeAdapter[int] = TypeAdapter(Number)
"""Places in a list that stands in the order of its rows' numbers."""

NAME: TypeAdapter[str] = TypeAdapter(Annotated[str, Field(pattern=r"^[\w-]{1,60}$")])
"""Places in a list whose rows are told by their names, such as runs."""


@dataclass(frozen=True, slots=True)
class Page(Generic[_T]):
    """Some rows; `next` asks for those behind them, None where there are no more."""

    items: tuple[_T, ...]
    next: str | None


def paged(
    of: str,
    cursor: str,
    limit: int,
    kind: TypeAdapter[_Place],
    read: Callable[[_Place | None, int], Sequence[_T]],
    place: Callable[[_T], _Place],
) -> Page[_T]:
    """Read one page of a list.

    :param of: the list's name; the cursor of another one is refused.
    :param cursor: what the page in front said; empty for the first.
    :param kind: of places.
    :param read: rows behind a place, at most so many.
    :param place: where a row stands.
    :raises InputError: the cursor is none of this list's.
    """
    found = read(_place(of, cursor, kind) if cursor else None, limit + 1)
    more = len(found) > limit
    return Page(tuple(found[:limit]), _cursor(of, place(found[limit - 1]), kind) if more else None)


def _cursor(of: str, place: _Place, kind: TypeAdapter[_Place]) -> str:
    return base64.urlsafe_b64encode(f"{of} ".encode() + kind.dump_json(place)).decode().rstrip("=")


def _place(of: str, cursor: str, kind: TypeAdapter[_Place]) -> _Place:
    try:
        name, _, told = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).partition(b" ")
        if name == of.encode():
            return kind.validate_json(told, strict=True)
    except (ValueError, binascii.Error, ValidationError):
        pass
    raise InputError("翻页的标记不对。", advice="请从第一页重新翻起，标记原样用上一页给的 next。")
