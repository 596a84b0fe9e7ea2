from __future__ import annotations

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiansuo.ingest.dates import read_date

DAY = dt.date(2024, 3, 5)
DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2099, 12, 31))
FULL = str.maketrans("0123456789", "０１２３４５６７８９")
NUMERALS = str.maketrans("0123456789", "〇一二三四五六七八九")


def chinese(number: int) -> str:
    if number < 10:
        return str(number).translate(NUMERALS)
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else str(tens).translate(NUMERALS)) + "十" + (str(ones).translate(NUMERALS) if ones else "")


def writings(day: dt.date) -> list[str]:
    y, m, d = day.year, day.month, day.day
    weekday = "一二三四五六日"[day.weekday()]
    return [
        day.isoformat(),
        f"{y}-{m}-{d}",
        f"{y}/{m:02}/{d:02}",
        f"{y}.{m}.{d}",
        f"{y}{m:02}{d:02}",
        f"{y}年{m}月{d}日",
        f"{y} 年 {m} 月 {d} 日",
        f"{y}年{m}月{d}号",
        f"{y}年{m}月{d}日 星期{weekday}",
        f"{y}年{m}月{d}日（周{weekday}）",
        f"{y}年{m}月{d}日上午",
        f"{y}-{m:02}-{d:02} 10:22:01",
        f"{y}/{m}/{d} 9:05",
        f"{y}-{m:02}-{d:02}T10:22:01",
        f"{y}-{m:02}-{d:02}T10:22:01Z",
        f"{y}-{m:02}-{d:02}T10:22:01.123+08:00",
        f"{y}年{m}月{d}日10时22分",
        f"{y}-{m}-{d}".translate(FULL),
        f"{y}年{m}月{d}日".translate(FULL),
        f"{str(y).translate(NUMERALS)}年{chinese(m)}月{chinese(d)}日",
        f"{str(y).translate(NUMERALS).replace('〇', '○')}年{chinese(m)}月{chinese(d)}日",
        f"{str(y).translate(NUMERALS).replace('〇', '零')}年{chinese(m)}月{chinese(d)}日",
        f"  {y}–{m}–{d}  ",
    ]


@given(DAYS)
def test_every_usual_writing_gives_the_same_day(day: dt.date) -> None:
    assert {writing: read_date(writing) for writing in writings(day)} == dict.fromkeys(writings(day), day)


@given(DAYS)
def test_excel_serial_numbers_and_cells_are_days(day: dt.date) -> None:
    serial = (day - dt.date(1899, 12, 30)).days
    assert read_date(serial) == read_date(serial + 0.43) == read_date(str(serial)) == day
    assert read_date(dt.datetime.combine(day, dt.time(23, 59))) == read_date(day) == day


@pytest.mark.parametrize("written", ["2024年三月", "2024年3月", "2024-03", "2024.3", "二〇二四年三月", "202403"])
def test_a_month_is_its_first_day(written: str) -> None:
    assert read_date(written) == dt.date(2024, 3, 1)


def test_a_moment_with_a_zone_is_the_day_it_was_in_china() -> None:
    assert read_date("2024-03-04T16:00:00Z") == DAY
    assert read_date(dt.datetime(2024, 3, 4, 16, tzinfo=dt.UTC)) == DAY


@pytest.mark.parametrize("value", [None, "", "  ", "无", "不详", "—", "/", float("nan")])
def test_no_date_is_none(value: object) -> None:
    assert read_date(value) is None


@pytest.mark.parametrize(
    "value",
    [
        *("去年春天", "2024年2月30日", "2024-13-01", "3月5日", "2024年", "2024", 2024, 12, True),
        *("20241305", "1024-03-05", "2024-3/5", 2024.3, [], float("inf"), "12345", "9" * 5000),
    ],
)
def test_what_is_no_date_is_refused_in_chinese(value: object) -> None:
    with pytest.raises(ValueError, match=r"[\u4e00-\u9fff]"):
        read_date(value)


@given(st.text())
def test_any_text_is_a_date_or_a_reason(text: str) -> None:
    with contextlib.suppress(ValueError):
        found = read_date(text)
        assert found is None or 1900 <= found.year <= 2100
