"""Options that several commands share, and the words people type for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeVar, overload

import typer

if TYPE_CHECKING:
    from xiansuo.records import Filter, Focus, Kind, Labelled, Level, Relation, Team
    from xiansuo.records.prompts import FeedbackVerdict, PromptState

_Word = TypeVar("_Word", bound="Labelled")

Json = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序使用")]
By = Annotated[str, typer.Option("--by", help="谁做的：编辑的姓名或代号")]
Day = Annotated[str | None, typer.Option("--now", help="按哪一天处理（默认今天）")]
Kinds = Annotated[
    list[str] | None,
    typer.Option("--kind", help="只看某类：submission 来稿，proposal 提案，report 专报，reference 参照材料"),
]
Years = Annotated[list[int] | None, typer.Option("--year", min=1900, max=2200, help="只看某年")]
Units = Annotated[list[str] | None, typer.Option("--unit", help="只看某报送单位")]
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, max=200, help="最多几条")]


def kind_named(name: str | None) -> Kind | None:
    """Return the kind of a word or label, None for None."""
    from xiansuo.records import Kind

    return _named(name, Kind, "这一类")


def team_named(name: str | None) -> Team | None:
    """Return the team of a word or label, None for None."""
    from xiansuo.records import Team

    return _named(name, Team, "这支队伍")


def relation_named(name: str | None) -> Relation | None:
    """Return the relation of a word or label, None for None."""
    from xiansuo.records import Relation

    return _named(name, Relation, "这种关系")


def level_named(name: str | None) -> Level | None:
    """Return the level of a word or label, None for None."""
    from xiansuo.records import Level

    return _named(name, Level, "这一级")


def state_named(name: str | None) -> PromptState | None:
    """Return the state of a prompt of a word or label, None for None."""
    from xiansuo.records.prompts import PromptState

    return _named(name, PromptState, "这种状态")


def feedback_named(name: str) -> FeedbackVerdict:
    """Return the feedback of a word or label."""
    from xiansuo.records.prompts import FeedbackVerdict

    return _named(name, FeedbackVerdict, "这种反馈")


def focus_named(name: str | None) -> Focus | None:
    """Return the focus of a word or label, None for None."""
    from xiansuo.records import Focus

    return _named(name, Focus, "这种聚焦")


@overload
def _named(name: str, words: type[_Word], sort: str) -> _Word: ...
@overload
def _named(name: str | None, words: type[_Word], sort: str) -> _Word | None: ...
def _named(name: str | None, words: type[_Word], sort: str) -> _Word | None:
    if name is None:
        return None
    for word in words:
        if name in (word.value, word.label):
            return word
    raise typer.BadParameter(f"没有“{name}”{sort}，可用：" + "、".join(f"{each.value} {each.label}" for each in words))


def filter_of(kinds: list[str] | None, years: list[int] | None, units: list[str] | None) -> Filter:
    """Gather the options that narrow an answer."""
    from xiansuo.records import Filter

    return Filter(
        kinds=tuple(kind for kind in map(kind_named, kinds or ()) if kind),
        years=tuple(years or ()),
        units=tuple(units or ()),
    )
