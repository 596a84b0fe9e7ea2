"""Pages of any list: every row once, in order, whatever comes in front meanwhile; other cursors are refused."""

from __future__ import annotations

import base64
import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from xiansuo.desk.paging import NAME, NUMBER, Page, paged
from xiansuo.errors import InputError

DAYS: TypeAdapter[tuple[dt.date | None, int]] = TypeAdapter(tuple[dt.date | None, int])


def newest_first(rows: list[int], cursor: str = "", limit: int = 3, of: str = "rows") -> Page[int]:
    def read(before: int | None, most: int) -> list[int]:
        return [row for row in sorted(rows, reverse=True) if before is None or row < before][:most]

    return paged(of, cursor, limit, NUMBER, read, lambda row: row)


@given(st.lists(st.integers(0, 2**63 - 1), unique=True, max_size=30), st.integers(1, 10), st.data())
def test_every_row_comes_once_in_order_while_others_come_in(rows: list[int], limit: int, data: st.DataObject) -> None:
    told, cursor, there = list[int](), "", list(rows)
    while True:
        page = newest_first(there, cursor, limit)
        assert len(page.items) <= limit
        told += page.items
        if page.next is None:
            break
        assert len(page.items) == limit
        cursor = page.next
        # A newer row.
        there.append(data.draw(st.integers(max(there), 2**63 - 1)))
    assert told == sorted(rows, reverse=True)


@given(st.one_of(st.none(), st.dates()), st.integers(-(2**70), 2**70))
def test_a_place_is_read_as_it_was_written(day: dt.date | None, number: int) -> None:
    seen: list[Any] = []

    def read(after: Any, _most: int) -> list[tuple[dt.date | None, int]]:
        seen.append(after)
        return [(day, number)] * 2

    first = paged("rows", "", 1, DAYS, read, lambda row: row)
    paged("rows", first.next or "", 1, DAYS, read, lambda row: row)
    assert seen == [None, (day, number)]


@given(st.text(max_size=60))
def test_what_is_no_cursor_is_refused(cursor: str) -> None:
    if cursor:
        with pytest.raises(InputError, match="翻页"):
            newest_first([1, 2], cursor)


@pytest.mark.parametrize("place", ["-1", str(2**63), "1.5", '"1"', "true", "null", "[1]", "", "1 1", "[" * 90, "NaN"])
def test_a_place_that_is_none_is_refused(place: str) -> None:
    made_up = base64.urlsafe_b64encode(f"rows {place}".encode()).decode().rstrip("=")
    with pytest.raises(InputError, match="翻页"):
        newest_first([1, 2], made_up)


def test_the_cursor_of_another_list_is_refused() -> None:
    elsewhere = newest_first([1, 2], limit=1, of="others").next
    assert elsewhere
    with pytest.raises(InputError, match="翻页"):
        newest_first([1, 2], elsewhere)


@pytest.mark.parametrize("name", ["", "a" * 61, "a b", "a\x00", "a'", "../a"])
def test_a_name_that_no_row_bears_is_refused(name: str) -> None:
    made_up = base64.urlsafe_b64encode(b"rows " + NAME.dump_json(name)).decode().rstrip("=")
    with pytest.raises(InputError, match="翻页"):
        paged("rows", made_up, 3, NAME, lambda _after, _most: [], lambda row: row)
