"""What is asked of writing prompts, and what is sent along with an action on one."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from xiansuo.desk import proposing
from xiansuo.records import Level, Team
from xiansuo.records.prompts import FeedbackVerdict, PromptState

Unit = Annotated[str, Field(default="", max_length=200, description="信息员的单位")]
Informants = Annotated[list[Annotated[str, Field(max_length=100)]], Field(max_length=200, description="信息员或单位")]


class Listing(BaseModel):
    """Which prompts are listed, and from where on."""

    states: list[PromptState] = Field(default=[], alias="state", description="只看这些状态")
    informant: str = Field(default="", max_length=100, description="只看他认领的和约他写的")
    unit: str = Field(default="", max_length=200, description="只看它认领的和约它写的")
    theme: str = Field(default="", max_length=200, description="中心工作的编号或名称")
    overdue: bool = Field(default=False, description="只看过了截止日期还没有报送的")
    cursor: str = Field(default="", max_length=1500, description="接着上一页：它给的 next")
    limit: int = Field(default=50, ge=1, le=100, description="最多几条")


class Proposing(BaseModel):
    """For whom and on what a batch is proposed; all may be left out."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"wish": "老年食堂", "unit": "青屿县政协", "limit": 10}]})

    wish: str = Field(default="", max_length=500, description="想写什么")
    unit: str = Field(default="", max_length=200)
    team: Team | None = None
    region: str = Field(default="", max_length=200)
    author: str = Field(default="", max_length=200)
    theme: str = Field(default="", max_length=200, description="中心工作的编号或名称")
    limit: int = Field(default=10, ge=1, le=100)
    rest: int = Field(default=proposing.REST, ge=0, le=3650, description="撤回或有了结果的，多少天以内不再提")


class Editing(BaseModel):
    """What is to be changed; what is left out stays."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"title": "关于解决老年食堂亏损的建议", "note": "请写清补贴欠了几个月。"}]}
    )

    title: str | None = Field(default=None, max_length=200)
    angle: str | None = Field(default=None, max_length=2000)
    note: str | None = Field(default=None, max_length=2000, description="给信息员的说明")
    deadline: dt.date | None = None
    commissioned: Informants | None = Field(default=None, description="约稿对象；空的列表即面向全部")


class Publishing(BaseModel):
    """On which terms it is published."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"deadline": "2026-11-20", "commissioned": ["青屿县政协"], "several": False}]}
    )

    deadline: dt.date | None = None
    commissioned: Informants = Field(default=[], description="约稿对象；不写即面向全部")
    several: bool = Field(default=False, description="可以几个人同时认领")


class Working(BaseModel):
    """Whose claim it is about, where an editor acts for them."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"author": ""}]})

    author: str = Field(default="", max_length=100, description="信息员")


class Claiming(Working):
    """Who claims it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"author": "", "unit": "青屿县政协"}]})

    unit: Unit


class Drafting(Working):
    """A draft to be checked; it is not kept with the prompt."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "title": "关于破解社区老年食堂运营难题的建议",
                    "text": "社区老年食堂开得多、关得也不少。建议：按就餐人次补贴。",
                }
            ]
        }
    )

    title: str = Field(default="", max_length=500, description="稿件标题")
    text: str = Field(max_length=200_000, description="稿件正文")


class Submitting(Working):
    """What was reported."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"document": "S2024-001"}]})

    document: str = Field(default="", max_length=200, description="材料在档案里的编号，可以以后再补")


class Ending(Working):
    """What became of it; the archive is asked where nothing is said."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"adopted": True, "level": "city", "date": "2026-11-01"}]}
    )

    adopted: bool | None = None
    level: Level | None = None
    date: dt.date | None = None


class Saying(BaseModel):
    """What an informant says."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"verdict": "useful", "note": "正好在调研这件事。"}]})

    verdict: FeedbackVerdict
    unit: Unit
    note: str = Field(default="", max_length=2000)
