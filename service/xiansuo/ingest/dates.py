"""Dates in every writing that Chinese offices use.

A moment with a time zone counts as the day it was in China. A month without a day is its first
day; a bare year is not a date, for filling in the rest would invent it.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import lru_cache

CHINA = dt.timezone(dt.timedelta(hours=8))
EARLIEST, LATEST = 1900, 2100
# Excel counts days from here; it takes 1900 for a leap year, which matters before March 1900 only.
_EXCEL_EPOCH = dt.date(1899, 12, 30)
# 1950 to 2099: smaller numbers are rather years or row numbers.
_SERIALS = range(18_264, 73_051)

_NOTHING = frozenset({"", "-", "--", "/", "无", "不详", "未知", "待定", "none", "null", "nan", "nat"})
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"))
_WEEKDAY = re.compile(r"\(?(?:星期|礼拜|周)[一二三四五六日天]\)?")
_NUMERAL = re.compile(r"[\u3007○零O一二三四五六七八九十廿卅元0]+(?=\s*[年月日号])")
_DIGITS = str.maketrans("\u3007○零O一二三四五六七八九", "0000123456789")
_TENS = re.compile(r"([二三]?)十([一二三四五六七八九]?)|([廿卅])([一二三四五六七八九]?)")
_TIME = (
    r"(?:\s*[T\s]?\s*(?:上午|下午|凌晨|中午|晚上|晚)?\s*\d{1,2}"
    r"(?::\d{1,2}(?::\d{1,2}(?:[.,]\d+)?)?|[时点](?:\d{1,2}分(?:\d{1,2}秒)?)?)"
    r"\s*(?P<zone>Z|UTC|[+-]\d{2}:?\d{2})?|\s*(?:上午|下午))?"
)
_DATE = re.compile(
    r"(?P<year>\d{4})\s*(?:"
    r"(?P<sep>[-/.])\s*(?P<m1>\d{1,2})(?:\s*(?P=sep)\s*(?P<d1>\d{1,2}))?"
    r"|年\s*(?P<m2>\d{1,2})\s*月(?:份|\s*(?P<d2>\d{1,2})\s*[日号]?)?"
    rf"){_TIME}",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})?(?:(?<=\d{8})[T\s]?\d{2}:?\d{2}(?::?\d{2})?)?")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")


def read_date(value: object) -> dt.date | None:
    """Read a date from a cell or a field.

    :param value: a string, an Excel serial number, a date or datetime; None and words such as 不详
        mean no date.
    :return: the day, or None where none is given.
    :raises ValueError: if the value is no date, with a reason in Chinese for the editor.
    """
    if value is None:
        return None
    if isinstance(value, str):
        return _from_text(value)
    if isinstance(value, dt.datetime):
        return (value.astimezone(CHINA) if value.tzinfo else value).date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        # NaN is how some exporters write an empty cell.
        return None if value != value else _from_number(value)
    raise ValueError(f"日期读不懂：“{_shown(value)}”")


def _from_number(number: float) -> dt.date:
    if number in (float("inf"), float("-inf")):
        raise ValueError(f"日期读不懂：“{number}”")
    if int(number) in _SERIALS:
        return _EXCEL_EPOCH + dt.timedelta(days=int(number))
    if number == int(number):
        found = _from_text(str(int(number)))
        if found is not None:
            return found
    raise ValueError(f"日期读不懂：“{_shown(number)}”")


@lru_cache(maxsize=4096)
def _from_text(written: str) -> dt.date | None:
    text = unicodedata.normalize("NFKC", written).translate(_DASHES).strip()
    if text.lower() in _NOTHING:
        return None
    text = _NUMERAL.sub(_arabic, _WEEKDAY.sub(" ", text)).strip()
    if _SERIAL.fullmatch(text) and int(float(text)) in _SERIALS:
        return _from_number(float(text))
    if found := _COMPACT.fullmatch(text):
        return _day(written, found[1], found[2], found[3])
    found = _DATE.fullmatch(text)
    if found is None:
        if re.fullmatch(r"\d{4}\s*年?", text):
            raise ValueError(f"日期只有年份：“{_shown(written)}”")
        if re.match(r"\d{1,2}\s*月", text):
            raise ValueError(f"日期没有年份：“{_shown(written)}”")
        raise ValueError(f"日期读不懂：“{_shown(written)}”")
    day = _day(written, found["year"], found["m1"] or found["m2"], found["d1"] or found["d2"])
    return _in_china(text, day) if found["zone"] else day


def _day(written: str, year: str, month: str, day: str | None) -> dt.date:
    try:
        if not EARLIEST <= int(year) <= LATEST:
            raise ValueError
        return dt.date(int(year), int(month), int(day or 1))
    except ValueError:
        raise ValueError(f"没有这一天：“{_shown(written)}”") from None


def _in_china(text: str, day: dt.date) -> dt.date:
    try:
        moment = dt.datetime.fromisoformat(re.sub(r"\s*UTC$", "Z", text, flags=re.IGNORECASE))
        return moment.astimezone(CHINA).date()
    except (ValueError, OverflowError):
        return day


def _arabic(run: re.Match[str]) -> str:
    numeral = run[0]
    if numeral == "元":
        return "1"
    tens = _TENS.fullmatch(numeral)
    if tens is None:
        return numeral.translate(_DIGITS)
    digit = (tens[1] or "一") if tens[3] is None else {"廿": "二", "卅": "三"}[tens[3]]
    return (digit + (tens[2] or tens[4] or "零")).translate(_DIGITS)


def _shown(value: object) -> str:
    shown = str(value).strip()
    return shown if len(shown) <= 30 else shown[:29] + "…"
