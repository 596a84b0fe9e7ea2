"""The closed sets of words that records are made of, each word with its Chinese label for the screen."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Labelled(StrEnum):
    """A closed set of words, each with its Chinese label for the screen."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        """Make a member whose value is the English word and whose label is Chinese."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class Kind(Labelled):
    """What a document is; references are texts that a draft is only compared with."""

    SUBMISSION = "submission", "来稿"
    PROPOSAL = "proposal", "提案"
    REPORT = "report", "专报"
    REFERENCE = "reference", "参照材料"


class Team(Labelled):
    """The three teams of informants."""

    MEMBER = "member", "委员"
    INVITED = "invited", "特邀信息员"
    THINK_TANK = "think_tank", "智囊"


class Level(Labelled):
    """Who adopted a submission, lowest first."""

    DISTRICT = "district", "区县"
    CITY = "city", "市级"
    PROVINCE = "province", "省级"
    NATION = "nation", "全国"

    @property
    def height(self) -> int:
        """How high it stands: 0 the lowest."""
        return _HEIGHTS[self]


_HEIGHTS = {level: place for place, level in enumerate(Level)}


class Part(Labelled):
    """The three parts of a body."""

    SITUATION = "situation", "情况问题"
    CAUSES = "causes", "原因"
    SUGGESTIONS = "suggestions", "建议"


class Focus(Labelled):
    """The three focuses that steer the choice of topics."""

    LOCAL_STRENGTH = "local_strength", "特色亮点"
    CENTRAL_WORK = "central_work", "中心大局"
    PUBLIC_CONCERN = "public_concern", "群众关切"


class Spring(Labelled):
    """Where a clue comes from."""

    GAP = "gap", "空白"
    TOPIC = "topic", "热点"
    PROPOSAL = "proposal", "提案"
    FOLLOW_UP = "follow_up", "续报"


class Relation(Labelled):
    """How a draft stands to an earlier text, closest first."""

    COPY = "copy", "文字重复"
    SAME_MATTER = "same_matter", "内容重复"
    FOLLOW_UP = "follow_up", "续报"
    TEMPLATE_SWAP = "template_swap", "套用换地名"
    SAME_MEASURES = "same_measures", "建议雷同"
    RELATED = "related", "同主题"
    DISTINCT = "distinct", "不重复"


class Verdict(Labelled):
    """What an editor says to a match."""

    ACCEPTED = "accepted", "认可"
    REJECTED = "rejected", "不是重复"
    RELABELLED = "relabelled", "改判"


class TopicAction(Labelled):
    """What an editor may do to a topic."""

    RENAME = "rename", "改名"
    MERGE = "merge", "并入"
    SPLIT = "split", "拆出"
    PIN = "pin", "置顶"
    HIDE = "hide", "隐藏"


class ThemeAction(Labelled):
    """What an editor may do to a work theme."""

    EDIT = "edit", "修改"
    WEIGH = "weigh", "定权重"
    MERGE = "merge", "并入"
    RETIRE = "retire", "停用"


class Grade(Labelled):
    """How a department graded its reply to a proposal."""

    DONE = "A", "已解决或采纳"
    PLANNED = "B", "列入计划"
    NOTED = "C", "留作参考"
