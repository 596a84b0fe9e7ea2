"""What a reply promised and until when, as it says itself: 年内报批, 计划今年四季度投入使用, 自9月1日起执行."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from xiansuo.recommend.answers.reply_features import spoken

_QUARTER = "一二三四"
_TIME = re.compile(
    r"(?P<year>\d{4}|今|明|后|本|当)年(?:度)?(?:(?P<month>\d{1,2})月|(?P<quarter>[一二三四1-4])季度|(?P<half>[上下])半年|(?P<season>[春夏秋冬])季?|年?[底末内])?"
    r"|(?P<month2>\d{1,2})月|(?P<quarter2>[一二三四1-4])季度|(?P<half2>[上下])半年|年(?:内|底|末)"
)
_AHEAD = re.compile(
    r"将|拟|计划|预计|争取|力争|准备|列入|纳入|启动|前(?:完成|启用|建成|投|开工|落实)|完成|投[入用运]|建成|开工|征求意见|报批|报审|试行|试点|推[行开广]|出台|印发|实施|执行|施行|申报|总结|解决|到位|起[，,]?"
)
_DONE = re.compile(r"已(?:于|在|经|自|完成|印发|出台|建成|安排|启动)?[^，,。；;]{0,6}$")
# What is counted up to a day was done, and what was put off was not promised.
_NONE = re.compile(r"截至|暂[未不]|[未不](?:再)?列入|另行论证|首月|尚[未不]|留待|难以")
_SEASONS = {"春": 4, "夏": 7, "秋": 10, "冬": 12}


@dataclass(frozen=True, slots=True)
class Promise:
    """Characters `start` to `end` of a reply, and the last day by which it is to be kept."""

    start: int
    end: int
    due: dt.date


def promises(reply: str, replied: dt.date) -> list[Promise]:
    """List the sentences of a reply that promise something by a time after it, in their order.

    :param replied: the day of the reply, which this year and next year are counted from.
    """
    found = []
    for piece, start, end in spoken(reply):
        times = [
            when
            for match in _TIME.finditer(piece)
            if not _DONE.search(piece[: match.start()])
            and (when := _day(match, replied)) is not None
            and when > replied
        ]
        if times and _AHEAD.search(piece) and not _NONE.search(piece):
            found.append(Promise(start, end, min(times)))
    return found


def _day(match: re.Match[str], replied: dt.date) -> dt.date | None:
    """Return the last day of the time named, None where there is no such time."""
    said = match["year"]
    shift = {"今": 0, "本": 0, "当": 0, "明": 1, "后": 2}
    year = replied.year + shift[said] if said in shift else int(said) if said else replied.year
    month = match["month"] or match["month2"]
    quarter, half = match["quarter"] or match["quarter2"], match["half"] or match["half2"]
    if month:
        number = int(month)
        if number < replied.month and said is None:
            # 6月 said in September is over, unless it is next year's; which, nobody can tell.
            return None
    elif quarter:
        number = 3 * (_QUARTER.index(quarter) + 1 if quarter in _QUARTER else int(quarter))
    elif half:
        number = 6 if half == "上" else 12
    elif match["season"]:
        number = _SEASONS[match["season"]]
    else:
        number = 12
    if not 1 <= number <= 12 or not 1 <= year <= dt.MAXYEAR:
        return None
    return dt.date(year, number, calendar.monthrange(year, number)[1])
