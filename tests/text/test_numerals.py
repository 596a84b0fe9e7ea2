"""A number is the same however it is written, and a word that only looks like one is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiansuo.text.normalise import normalise
from xiansuo.text.numerals import numbers

_DIGITS = "零一二三四五六七八九"


def read(text: str) -> list[float]:
    return numbers(normalise(text).text)


def section(value: int) -> str:
    """Write 1 to 9999 as people do."""
    written, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            written += ("零" if gap and written else "") + _DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return written


def written(value: int) -> str:
    """Write a number below 10¹² as people do."""
    parts, told = "", False
    for unit, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part = value // unit % 10**4
        if part:
            parts += ("零" if told and part < 1000 else "") + section(part) + name
            told = True
    return parts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("开了二十四场座谈会", [24]),
        ("开了24场座谈会", [24]),
        ("开了２４场座谈会", [24]),
        ("三万八千元", [38_000]),
        ("一百零五户", [105]),
        ("十户人家", [10]),
        ("十五户人家", [15]),
        ("两千两百亩", [2_200]),
        ("一亿二千万元", [120_000_000]),
        ("三万亿元", [3_000_000_000_000]),
        ("二〇一九年", [2019]),
        ("二零一九年", [2019]),
        ("去年涨了9.6个点", [9.6]),
        ("五个村、七座桥", [5]),
        ("八成住户", [8]),
        ("先来6人，又来6人", [6, 6]),
    ],
)
def test_numbers_are_read_in_order(text: str, found: list[float]) -> None:
    assert read(text) == found


@pytest.mark.parametrize(
    "text", ["", "一是修灯，二是修路", "两难", "千方百计", "九牛一毛", "万一", "三个村", "2人", "十分不便"]
)
def test_words_and_small_counts_are_no_numbers(text: str) -> None:
    assert read(text) == []


@given(st.integers(4, 10**12 - 1))
def test_a_number_is_the_same_in_characters_and_digits(value: int) -> None:
    # Counted with 户, as a single character alone is no figure.
    assert read(f"共有{written(value)}户") == read(f"共有{value}户") == [value]


@given(st.lists(st.integers(4, 9999), max_size=6))
def test_repeats_are_kept(values: list[int]) -> None:
    assert read("，".join(f"有{value}户" for value in values)) == values


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    assert all(value > 3 for value in read(text))
