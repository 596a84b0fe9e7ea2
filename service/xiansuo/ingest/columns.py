"""What offices call their columns, and which field of a document each one fills.

序号 is left out on purpose: it counts the rows of one list and would name different texts alike in
two files.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from xiansuo.ingest.written import LOST

# Within a field the first name that is there wins; one left over goes to a later field (主题 beside
# 标题).
NAMES: dict[str, tuple[str, ...]] = {
    "id": (
        "id",
        "编号",
        "留言编号",
        "提案号",
        "提案编号",
        "信息编号",
        "稿件编号",
        "来稿编号",
        "案号",
    ),
    "title": (
        *(
            "title",
            "标题",
            "题目",
            "留言主题",
            "信息标题",
            "提案标题",
            "稿件标题",
            "来稿标题",
            "信息题目",
        ),
        *("提案题目", "提案名称", "案由", "来信标题", "subject", "主题"),
    ),
    "text": (
        *(
            "text",
            "正文",
            "body",
            "content",
            "留言详情",
            "信息内容",
            "内容",
            "留言内容",
            "提案内容",
            "正文内容",
        ),
        *(
            "信息正文",
            "来稿内容",
            "反映内容",
            "来信内容",
            "诉求内容",
            "具体内容",
            "主要内容",
            "问题描述",
        ),
        *("全文", "详情"),
    ),
    "author": (
        *(
            "author",
            "作者",
            "反映人",
            "留言用户",
            "委员姓名",
            "user",
            "信息员",
            "撰稿人",
            "供稿人",
            "执笔人",
        ),
        *("提案人", "提案者", "第一提案人", "提交人", "报送人", "留言人", "姓名", "用户"),
    ),
    "unit": (
        *(
            "unit",
            "报送单位",
            "来源单位",
            "提案单位",
            "供稿单位",
            "提交单位",
            "推荐单位",
            "所在单位",
        ),
        *("工作单位", "单位"),
    ),
    "date": (
        *(
            "date",
            "日期",
            "time",
            "报送时间",
            "报送日期",
            "提交时间",
            "提交日期",
            "留言时间",
            "来稿时间",
        ),
        *(
            "来稿日期",
            "提案时间",
            "提案日期",
            "收稿日期",
            "反映时间",
            "来信时间",
            "成文日期",
            "登记时间",
        ),
        *("登记日期", "发布时间", "发布日期", "创建时间", "时间"),
    ),
    "kind": ("kind", "类型", "文种", "信息类型", "稿件类型", "材料类型"),
    "team": ("team", "队伍", "队伍类别", "人员类别"),
    "sector": ("sector", "界别", "所属界别"),
    "region": (
        *(
            "region",
            "地区",
            "区县",
            "县区",
            "区市",
            "县市区",
            "所属地区",
            "所在地区",
            "行政区",
            "区域",
            "属地",
        ),
    ),
    "province": ("province", "省份", "省"),
    "city": ("city", "城市", "地市", "市"),
    "county": ("county", "县", "区"),
    "channel": ("channel", "渠道", "来源渠道", "信息来源", "反映渠道", "提交渠道", "来源"),
    "category": (
        *("category", "类别", "分类", "一级标签", "一级分类", "信息类别", "提案类别", "提案分类"),
        *("问题类别", "所属领域", "领域"),
    ),
    "theme": ("theme", "中心工作", "工作主题", "对应主题", "主题"),
    "adoptions": (
        "adoptions",
        "adoption",
        "采用",
        "采用级别",
        "采用情况",
        "录用",
        "录用级别",
        "录用情况",
    ),
    "adoption_date": ("adoption_date", "采用时间", "采用日期", "录用时间", "录用日期"),
    "instructions": ("instructions", "instruction", "批示", "批示内容", "领导批示", "批示情况"),
    "instruction_date": ("instruction_date", "批示时间", "批示日期"),
    "replies": ("replies",),
    "reply": (
        *(
            "reply",
            "答复",
            "答复意见",
            "答复内容",
            "办理答复",
            "答复情况",
            "回复",
            "回复意见",
            "回复内容",
        ),
    ),
    "reply_department": (
        *(
            "reply_department",
            "department",
            "承办单位",
            "主办单位",
            "办理单位",
            "承办部门",
            "答复单位",
        ),
        *("答复部门", "回复单位"),
    ),
    "reply_date": (*("reply_date", "reply_time", "答复时间", "答复日期", "回复时间", "回复日期"),),
    "reply_grade": ("reply_grade", "grade", "答复等级", "办理等级", "答复类别", "办理类别"),
    "source": ("source", "出处", "来源文件"),
}
_KNOWN = {name: field for field, names in reversed(NAMES.items()) for name in names}
_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_BLANK = re.compile(r"[\s*\uff0a:_]+$|^[\s*\uff0a]+|(?<=[^\x00-\x7f])\s+")


@dataclass(frozen=True, slots=True)
class Assignment:
    """Which field each column fills (None: nobody uses it)."""

    fields: tuple[str | None, ...]

    @property
    def recognised(self) -> int:
        """How many columns were recognised."""
        return sum(field is not None for field in self.fields)

    def holds(self, *fields: str) -> bool:
        """Tell whether all of these fields have a column."""
        return all(field in self.fields for field in fields)

    def ignored(self, names: Sequence[object]) -> tuple[str, ...]:
        """Name the columns that nobody uses, as the file writes them."""
        pairs = zip(names, self.fields, strict=True)
        return tuple(str(name).strip() for name, field in pairs if field is None and str(name or "").strip())


def assign(names: Iterable[object]) -> Assignment:
    """Give each column its field; of two columns for one field the better name wins."""
    plain = [_plain(str(name)) if name is not None else "" for name in names]
    places: dict[str, int] = {}
    for i, name in enumerate(plain):
        places.setdefault(name, i)
    fields: list[str | None] = [None] * len(plain)
    for field, synonyms in NAMES.items():
        for synonym in synonyms:
            place = places.get(synonym)
            if place is not None and fields[place] is None:
                fields[place] = field
                break
    return Assignment(tuple(fields))


def field_of(name: str) -> str | None:
    """Return the field that a single label stands for, as in a form or a line."""
    return _KNOWN.get(_plain(name))


@cache
def _plain(name: str) -> str:
    """Reduce a header to its word: no width, blanks, asterisk, colon or remark in brackets."""
    if len(name) > 40:
        return ""
    folded = unicodedata.normalize("NFKC", name).strip().lower()
    bare = _REMARK.sub("", folded)
    word = _BLANK.sub("", _BLANK.sub("", bare or folded))
    return _made_good(word) if LOST in word else word


def _made_good(word: str) -> str:
    """Complete a header with a damaged place, if what is left fits the names of one field only."""
    # One place is a character, sometimes two, or a byte that slipped in between.
    rest = word.split(LOST)
    fitting = re.compile(".{0,2}".join(map(re.escape, rest)))
    fits = [name for names in NAMES.values() for name in names if fitting.fullmatch(name)]
    return fits[0] if any(rest) and len({_KNOWN[name] for name in fits}) == 1 else word
