"""Options that several commands share, and the words people type for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from xiansuo.records import Filter, Kind, Team

Json = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序使用")]
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

    if name is None:
        return None
    for kind in Kind:
        if name in (kind.value, kind.label):
            return kind
    raise typer.BadParameter(f"没有“{name}”这一类，可用：" + "、".join(f"{k.value} {k.label}" for k in Kind))


def team_named(name: str | None) -> Team | None:
    """Return the team of a word or label, None for None."""
    from xiansuo.records import Team

    if name is None:
        return None
    for team in Team:
        if name in (team.value, team.label):
            return team
    raise typer.BadParameter(f"没有“{name}”这支队伍，可用：" + "、".join(f"{t.value} {t.label}" for t in Team))


def filter_of(kinds: list[str] | None, years: list[int] | None, units: list[str] | None) -> Filter:
    """Gather the options that narrow an answer."""
    from xiansuo.records import Filter

    return Filter(
        kinds=tuple(kind for kind in map(kind_named, kinds or ()) if kind),
        years=tuple(years or ()),
        units=tuple(units or ()),
    )
