"""One row as written becomes a cleaned, redacted, validated draft, or a reason why not."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from xiansuo.ingest.characters import clean, one_line, shown
from xiansuo.ingest.damage import places_lost
from xiansuo.ingest.dates import read_date
from xiansuo.ingest.outcomes import read_adoptions, read_instructions, read_replies
from xiansuo.ingest.redact import redact
from xiansuo.ingest.rows import RawRow
from xiansuo.ingest.titles import make_title
from xiansuo.ingest.written import LOST
from xiansuo.records import Kind, Team

LONGEST_BODY = 50_000
SHORTEST_BODY = 5
"""Letters or digits: fewer say nothing that could be compared."""
LONGEST_ID = 128

_WORDS = re.compile(rf"(?:[\W_]*+[^\W_]){{{SHORTEST_BODY}}}")
_WORD = re.compile(r"[^\W_]")
_PLAIN_FIELDS = ("author", "unit", "sector", "channel", "category", "theme")
_OUTCOMES = frozenset({"adoptions", "instructions", "reply", "replies"})
_DATES = frozenset({"adoption_date", "instruction_date", "reply_date"})
_KINDS = {
    **dict.fromkeys(("来稿", "信息", "社情民意", "社情民意信息", "社情民意信息稿"), Kind.SUBMISSION),
    **dict.fromkeys(("提案", "委员提案", "集体提案", "个人提案", "联名提案"), Kind.PROPOSAL),
    **dict.fromkeys(("专报", "信息专报", "报告", "调研报告"), Kind.REPORT),
    **dict.fromkeys(("参照材料", "参考材料", "参考", "政策", "政策文件", "政府工作报告"), Kind.REFERENCE),
}
_TEAMS = {
    **dict.fromkeys(("委员", "政协委员"), Team.MEMBER),
    **dict.fromkeys(("特邀信息员", "特邀", "信息员"), Team.INVITED),
    **dict.fromkeys(("智囊", "智库", "智囊团", "智库专家", "专家"), Team.THINK_TANK),
}
_Word = TypeVar("_Word", bound=StrEnum)


class RowRejected(Exception):
    """A row cannot become a document; the message is the reason, in Chinese."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A document but for its id: `own_id` is the number the file gives it, empty if none.

    `lost` counts the places of its texts that could not be read.
    """

    own_id: str
    values: dict[str, Any]
    notes: tuple[str, ...]
    redacted: int
    lost: int


def draft(raw: RawRow, *, kind: Kind | None, source: str, now: dt.date) -> Draft:
    """Build one row.

    :param kind: what the text is where the row does not say so itself.
    :param source: the file's name, for texts that name no source.
    :param now: today; a text cannot be dated later than tomorrow.
    :raises RowRejected: with the reason.
    """
    if raw.problem:
        raise RowRejected(raw.problem)
    row = _Row(raw)
    text = row.body()
    title = one_line(row.word("title"))
    if not title:
        title = make_title(text)
        row.notes.append("没有标题，以正文首句代替")
    values: dict[str, Any] = {"title": title, "text": text}
    for name in _PLAIN_FIELDS:
        if value := row.word(name):
            values[name] = value
    values["kind"] = row.kind(kind)
    values["team"] = row.choice("team", _TEAMS, Team, "队伍")
    values["region"] = row.region()
    values["date"] = row.date(now)
    values["source"] = row.word("source") or source
    row.outcomes(values)
    own_id = row.id()
    if row.lost:
        row.notes.append(f"有 {row.lost} 处文字读不出来（显示为“{LOST}”），请对照原件")
    return Draft(own_id, values, tuple(dict.fromkeys(row.notes)), row.redacted, row.lost)


class _Row:
    """The fields of one row, and what happened to them on the way."""

    def __init__(self, raw: RawRow) -> None:
        self.fields = raw.fields
        self.notes = list(raw.notes)
        self.redacted = 0
        self.lost = 0

    def word(self, name: str) -> str:
        """Return a field on one line, cleaned and redacted."""
        value = self.fields.get(name)
        if value is None:
            return ""
        return one_line(self.safe(self.plain(name, value)))

    def plain(self, name: str, value: object) -> str:
        """Write a field as the text that a person would read in the cell."""
        if isinstance(value, str):
            return value
        if isinstance(value, (list, tuple)):
            return "、".join(self.plain(name, item) for item in value if item is not None)
        if isinstance(value, (bool, Mapping)):
            self.notes.append(f"“{name}”的值不是文字，未记入")
            return ""
        if isinstance(value, float):
            # NaN is an empty cell; 188006.0 is how spreadsheets keep 188006.
            return "" if value != value else str(int(value)) if value.is_integer() else str(value)
        if isinstance(value, dt.datetime) and value.time() == dt.time():
            return value.date().isoformat()
        return str(value)

    def safe(self, text: str) -> str:
        """Clean and redact a text, keeping account."""
        self.lost += places_lost(text)
        text, notes = clean(text)
        if notes:
            self.notes += notes
        text, masked = redact(text)
        self.redacted += masked
        return text.strip()

    def body(self) -> str:
        value = self.fields.get("text")
        written = "" if value is None else self.plain("text", value).strip()
        if len(written) > LONGEST_BODY:
            raise RowRejected(f"正文有 {len(written)} 字，超过 {LONGEST_BODY} 字的上限，请拆成几篇")
        text = self.safe(written)
        if not text:
            raise RowRejected("正文为空")
        if not _WORDS.match(text):
            few = _WORD.search(text)
            raise RowRejected(f"正文不足 {SHORTEST_BODY} 个字" if few else "正文只有符号，没有文字")
        return text

    def id(self) -> str:
        value = self.fields.get("id")
        own = "" if value is None else one_line(clean(self.plain("id", value))[0])
        self.lost += places_lost(own)
        if len(own) > LONGEST_ID:
            raise RowRejected(f"编号过长：“{shown(own)}”")
        if redact(own)[1]:
            # A ledger kept by telephone or identity numbers: such a number must not be stored as an id either.
            self.notes.append("编号是电话或证件号码，没有采用，另编了号")
            return ""
        return own

    def date(self, now: dt.date) -> dt.date | None:
        try:
            date = read_date(self.fields.get("date"))
        except ValueError as error:
            raise RowRejected(str(error)) from None
        if date is not None and date > now + dt.timedelta(days=1):
            raise RowRejected(f"日期在将来：{date.isoformat()}")
        return date

    def region(self) -> str:
        if region := self.word("region"):
            return region
        # 北京市 is both its province and its city.
        return "".join(dict.fromkeys(self.word(name) for name in ("province", "city", "county")))

    def kind(self, given: Kind | None) -> Kind:
        said = self.choice("kind", _KINDS, Kind, "类型", tell=given is None)
        return said or given or Kind.SUBMISSION

    def choice(
        self,
        name: str,
        words: Mapping[str, _Word],
        closed: type[_Word],
        label: str,
        *,
        tell: bool = True,
    ) -> _Word | None:
        """Read a field that knows only certain words; others are dropped with a note."""
        said = self.word(name)
        if not said:
            return None
        if said in words:
            return words[said]
        try:
            return closed(said.lower())
        except ValueError:
            if tell:
                self.notes.append(f"{label}“{shown(said)}”不认识，未记入")
            return None

    def outcomes(self, values: dict[str, Any]) -> None:
        """Adoptions, instructions and replies: most rows of an archive have none."""
        fields = {name: self.nested(self.fields[name]) for name in _OUTCOMES if name in self.fields}
        if not fields:
            return
        days = {name: self.fields.get(name) for name in _DATES}
        if "adoptions" in fields:
            values["adoptions"] = read_adoptions(fields["adoptions"], days["adoption_date"], self.notes)
        if "instructions" in fields:
            values["instructions"] = read_instructions(fields["instructions"], days["instruction_date"], self.notes)
        replies = [*_listed(fields.get("replies")), *_listed(fields.get("reply"))]
        if replies:
            values["replies"] = read_replies(
                replies,
                self.word("reply_department"),
                days["reply_date"],
                self.word("reply_grade"),
                self.notes,
            )

    def nested(self, value: object) -> object:
        """Clean and redact every text inside a list or object."""
        if isinstance(value, str):
            return self.safe(value)
        if isinstance(value, Mapping):
            return {key: self.nested(item) for key, item in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.nested(item) for item in value]
        return value


def _listed(value: object) -> Sequence[object]:
    if value is None:
        return ()
    return value if isinstance(value, (list, tuple)) else (value,)
