"""The things the service is about, as frozen, validated values. Words as in the glossary of `docs/words.md`.

They carry no behaviour beyond what follows from their own fields, so every stage may import them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Text = Annotated[str, StringConstraints(min_length=1)]


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


class Grade(Labelled):
    """How a department graded its reply to a proposal."""

    DONE = "A", "已解决或采纳"
    PLANNED = "B", "列入计划"
    NOTED = "C", "留作参考"


class Record(BaseModel):
    """Base of all records: frozen, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Adoption(Record):
    """A level of the committee adopted the submission."""

    level: Level
    date: dt.date | None = None


class Instruction(Record):
    """A leader's written instruction (批示) on the submission; `by` is an office, never a name."""

    date: dt.date | None = None
    by: str = ""
    text: str = ""


class Reply(Record):
    """A department's reply (答复) to a proposal or submission."""

    date: dt.date | None = None
    department: str = ""
    grade: Grade | None = None
    text: Text


class Section(Record):
    """One part of a body: characters `start` to `end` of the document's text, headings left out."""

    part: Part
    start: int = Field(ge=0)
    end: int = Field(ge=0)

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.end < self.start:
            raise ValueError("section ends before it starts")
        return self


class Sections(Record):
    """All parts of a body in reading order, and the rule that found them (see `text.sections`)."""

    rule: str
    parts: tuple[Section, ...] = ()


class Document(Record):
    """One text of the archive. `id` is the office's own number, or one derived from the content."""

    id: Text
    kind: Kind = Kind.SUBMISSION
    title: Text
    text: Text
    author: str = ""
    unit: str = ""
    team: Team | None = None
    sector: str = ""
    region: str = ""
    channel: str = ""
    date: dt.date | None = None
    category: str = ""
    theme: str = ""
    adoptions: tuple[Adoption, ...] = ()
    instructions: tuple[Instruction, ...] = ()
    replies: tuple[Reply, ...] = ()
    source: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 of every field but `source`: the same document read from another file is unchanged."""
        body = self.model_dump_json(exclude={"source"})
        return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()


def document_schema() -> dict[str, Any]:
    """Return the JSON Schema of a document, as shipped in `corpus/document.schema.json`."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Document.model_json_schema()}


class WorkTheme(Record):
    """One task of the year's central work (中心工作), with the clause of the source that sets it."""

    id: Text
    name: Text
    focus: Focus = Focus.CENTRAL_WORK
    weight: float = Field(default=1.0, gt=0)
    keywords: tuple[str, ...] = ()
    clause: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    version: str = ""


class Remark(Record):
    """What an import has to say about one row: rejected, or taken with a remark."""

    file: str
    row: int | None = None
    outcome: Literal["rejected", "noted"] = "rejected"
    reason: Text


class Decision(Record):
    """What an editor decided on a pair: a draft and an earlier document. The newest that is not undone counts.

    `draft` and `earlier_fingerprint` name both texts by what they say (see `text.fingerprint`), `earlier` is the
    document's id and `earlier_title` its title now, empty where it is gone. `relation` is the editor's word;
    `machine_relation` with its probability 0..1 is what the service had said. `at` and `undone_at` are in UTC.
    """

    id: int
    draft: Text
    title: str
    earlier: Text
    earlier_fingerprint: Text
    earlier_title: str = ""
    verdict: Verdict
    relation: Relation
    machine_relation: Relation
    machine_probability: float
    by: Text
    at: dt.datetime
    undone_at: dt.datetime | None = None
    undone_by: str = ""


class Merging(Record):
    """Documents that an editor merged into one: `members` are shown under `canonical`, and all of them stay stored.

    `at` and `undone_at` are in UTC.
    """

    id: int
    canonical: Text
    members: tuple[Text, ...] = Field(min_length=1)
    by: Text
    at: dt.datetime
    undone_at: dt.datetime | None = None
    undone_by: str = ""


class TopicEdit(Record):
    """What an editor did to a topic.

    `documents` are those of the topic when it was done, or those that were split off; by them the topic is found again
    should its id be gone. A merged topic is part of `into`, whose documents were `into_documents`. `name` is what it is
    called by `rename`, or what a merged topic was called, should it be undone. `at` and `undone_at` are in UTC.
    """

    id: int
    action: TopicAction
    topic: Text
    documents: tuple[Text, ...]
    into: str = ""
    into_documents: tuple[Text, ...] = ()
    name: str = ""
    by: Text
    at: dt.datetime
    undone_at: dt.datetime | None = None
    undone_by: str = ""


class Filter(Record):
    """Which documents an answer may use; empty means all that are active."""

    kinds: tuple[Kind, ...] = ()
    years: tuple[int, ...] = ()
    units: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything is filtered at all."""
        return bool(self.kinds or self.years or self.units)
