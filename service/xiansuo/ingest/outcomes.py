"""What became of a text: adoptions, written instructions and replies, from cells and from JSON."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from xiansuo.ingest.characters import shown
from xiansuo.ingest.dates import read_date
from xiansuo.records import Adoption, Grade, Instruction, Level, Reply

_NO = frozenset(
    {
        "",
        "否",
        "无",
        "没有",
        "未",
        "未采用",
        "未录用",
        "未批示",
        "未答复",
        "未回复",
        "暂无",
        "-",
        "—",
        "/",
        "\u00d7",
    }
)
_YES = frozenset({"是", "有", "已", "√", "✓", "已批示", "true"})
_SEPARATORS = re.compile(r"[；;、，,\n]+|(?<!\d)/|/(?!\d)")
_DATE = re.compile(
    r"\d{4}\s*[-/.年]\s*\d{1,2}(?:\s*[-/.月]\s*\d{1,2}\s*日?|\s*月)?|(?<!\d)\d{8}(?!\d)"
    r"|[\u3007○零一二三四五六七八九]{4}年[一二三四五六七八九十元]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?"
)
# The last one named decides: 烟台市芝罘区 is a district.
_LEVEL = re.compile(r"全国|国家|中央|自治区|直辖市|省|市|区|县")
_LEVELS: dict[str, Level] = {
    **{level.value: level for level in Level},
    **dict.fromkeys(("全国", "国家", "中央"), Level.NATION),
    **dict.fromkeys(("自治区", "直辖市", "省"), Level.PROVINCE),
    "市": Level.CITY,
    **dict.fromkeys(("区", "县"), Level.DISTRICT),
}
_GRADE = re.compile(r"\s*([ABC])(?:\s*类)?\s*", re.IGNORECASE)


def read_adoptions(value: object, date: object, notes: list[str]) -> tuple[Adoption, ...]:
    """Read adoptions: `市级 2024-03-02；省级`, a list of such, or objects with level and date.

    :param date: the date of a column beside it, for a single adoption that names none.
    :param notes: where to say what was left out.
    """
    found: dict[tuple[Level, dt.date | None], Adoption] = {}
    for item in _items(value):
        if isinstance(item, Mapping):
            said, when = (
                _pick(item, "level", "级别", "采用级别"),
                _pick(item, "date", "日期", "时间"),
            )
        else:
            said, when = _apart(str(item))
        if said.strip() in _NO and not when:
            continue
        level = _level(said)
        if level is None:
            notes.append(f"采用“{shown(item)}”看不出级别，未记入")
            continue
        adopted = Adoption(level=level, date=_date(when, "采用日期", notes))
        found[adopted.level, adopted.date] = adopted
    adoptions = tuple(found.values())
    if len(adoptions) == 1 and adoptions[0].date is None and date:
        return (Adoption(level=adoptions[0].level, date=_date(date, "采用日期", notes)),)
    return adoptions


def read_instructions(value: object, date: object, notes: list[str]) -> tuple[Instruction, ...]:
    """Read written instructions: text, a yes, or objects with date, by and text."""
    found: list[Instruction] = []
    entries = value if isinstance(value, (list, tuple)) else [value]
    for item in entries:
        if isinstance(item, Mapping):
            when = _pick(item, "date", "日期", "时间")
            by, text = _pick(item, "by", "批示人", "批示领导"), _pick(item, "text", "内容", "批示")
            found.append(Instruction(date=_date(when, "批示日期", notes), by=by, text=text))
            continue
        text = str(item or "").strip()
        if text in _NO:
            continue
        start = _DATE.match(text)
        day = start[0] if start else date if len(entries) == 1 else None
        found.append(Instruction(date=_date(day, "批示日期", notes), text="" if text.lower() in _YES else text))
    return tuple(found)


def read_replies(value: object, department: str, date: object, grade: object, notes: list[str]) -> tuple[Reply, ...]:
    """Read replies: a text, an object or a list of either.

    :param department: of a column beside it, like date and grade, for replies that name none.
    :param notes: where to say what was left out.
    """
    found: list[Reply] = []
    for item in value if isinstance(value, (list, tuple)) else [value]:
        said, by, when, rank = item, department, date, grade
        if isinstance(item, Mapping):
            said = _pick(item, "text", "内容", "content", "答复", "答复意见")
            by = _pick(item, "department", "部门", "unit", "承办单位", "单位") or department
            when = _pick(item, "date", "日期", "time", "时间") or date
            rank = _pick(item, "grade", "等级", "类别") or grade
        text = str(said or "").strip()
        if text in _NO:
            continue
        found.append(
            Reply(
                date=_date(when, "答复日期", notes),
                department=by,
                grade=_grade(rank, notes),
                text=text,
            )
        )
    return tuple(found)


def _items(value: object) -> Iterator[object]:
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _items(item)
    elif isinstance(value, str):
        yield from (part.strip() for part in _SEPARATORS.split(value) if part.strip())
    elif value is not None:
        yield value


def _apart(said: str) -> tuple[str, str]:
    """Split `市级（2024-03-02）` into its words and its date."""
    date = _DATE.search(said)
    if date is None:
        return said, ""
    return said[: date.start()] + said[date.end() :], date[0]


def _level(said: str) -> Level | None:
    if (word := said.strip().lower()) in _LEVELS:
        return _LEVELS[word]
    named = _LEVEL.findall(said)
    return _LEVELS[named[-1]] if named else None


def _grade(value: object, notes: list[str]) -> Grade | None:
    said = str(value or "").strip()
    if not said:
        return None
    letter = _GRADE.fullmatch(said)
    if letter:
        said = letter[1].upper()
    for grade in Grade:
        if said in (grade.value, grade.label, grade.name.lower()):
            return grade
    notes.append(f"答复等级“{shown(said)}”不认识，未记入")
    return None


def _date(value: object, what: str, notes: list[str]) -> dt.date | None:
    try:
        return read_date(value)
    except ValueError:
        notes.append(f"{what}“{shown(value)}”读不懂，未记入")
        return None


def _pick(item: Mapping[object, object], *names: str) -> str:
    for name in names:
        value = item.get(name)
        if value is not None and value != "":
            return str(value)
    return ""
