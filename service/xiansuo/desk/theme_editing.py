"""What an editor does to work themes: change, weigh, merge, retire; remembered, done again when read, undone."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence

from xiansuo.desk.desk import Desk
from xiansuo.desk.editors import editor_name, masked_line
from xiansuo.desk.themes import state_of, version_named
from xiansuo.errors import ChangedSince, InputError, NotFound
from xiansuo.recommend.reports.theme_edits import edited
from xiansuo.records import ThemeAction, ThemeChange, ThemeEdit, WorkTheme
from xiansuo.store import theme_edits, themes

_SHORTEST, _LONGEST = 2, 60
_MOST_KEYWORDS, _LONGEST_KEYWORD = 30, 30


def edit(
    desk: Desk,
    theme: str,
    change: ThemeChange,
    *,
    by: str,
    now: dt.datetime,
    version: str | None = None,
    seen_as: str = "",
) -> ThemeEdit:
    """Change what is said of a theme.

    :param version: which list; the newest by default.
    :param seen_as: the state of the list that the editor saw, as `themes.state_of` names it; empty for any.
    :raises NotFound: there is no such theme or version.
    :raises ChangedSince: the list was changed since.
    :raises InputError: nobody's name is given, nothing is changed, the theme is retired, or it makes no sense.
    """
    change = _checked(change)
    return _do(desk, ThemeAction.EDIT, theme, by, now, version, seen_as, change=change)


def weigh(
    desk: Desk,
    theme: str,
    weight: float,
    *,
    by: str,
    now: dt.datetime,
    version: str | None = None,
    seen_as: str = "",
) -> ThemeEdit:
    """Weigh a theme; raises as `edit`."""
    if not (math.isfinite(weight) and weight > 0):
        raise InputError("权重应是大于 0 的数。", advice="例如：3。")
    return _do(desk, ThemeAction.WEIGH, theme, by, now, version, seen_as, change=ThemeChange(weight=weight))


def merge(
    desk: Desk,
    theme: str,
    others: Sequence[str],
    *,
    by: str,
    now: dt.datetime,
    version: str | None = None,
    seen_as: str = "",
) -> ThemeEdit:
    """Make other themes part of one: it has the words and clauses of all and the greatest weight. Raises as `edit`."""
    merged = tuple(dict.fromkeys(others))
    if not merged or theme in merged:
        raise InputError("合并要至少两项不同的中心工作。", advice="保留的编号写在最前，并入的写在后面。")
    return _do(desk, ThemeAction.MERGE, theme, by, now, version, seen_as, merged=merged)


def retire(
    desk: Desk, theme: str, *, by: str, now: dt.datetime, version: str | None = None, seen_as: str = ""
) -> ThemeEdit:
    """Take a theme out of suggestions; it stays in its version. Raises as `edit`."""
    return _do(desk, ThemeAction.RETIRE, theme, by, now, version, seen_as)


def undo(desk: Desk, id: int, *, by: str, now: dt.datetime) -> ThemeEdit:
    """Undo an edit; it stays as history.

    :raises NotFound: there is no such edit.
    :raises InputError: nobody's name is given.
    """
    by = editor_name(by, "修改")
    with desk.database.write() as connection:
        theme_edits.undo(connection, id, by, now)
        made = theme_edits.get(connection, id)
    if made is None:
        raise NotFound(f"没有第 {id} 号修改。", advice="请用 xiansuo themes log 查看编号。")
    return made


def edits(desk: Desk, version: str | None = None) -> tuple[ThemeEdit, ...]:
    """List what editors did to themes, newest first, the undone edits too; of all versions if none is named."""
    with desk.database.read() as connection:
        return tuple(reversed(theme_edits.every(connection, version)))


def latest_edits(
    desk: Desk, limit: int, *, version: str | None = None, before: int | None = None
) -> tuple[ThemeEdit, ...]:
    """List the newest of `edits`; only those with ids below `before`, where given."""
    with desk.database.read() as connection:
        return tuple(theme_edits.latest(connection, limit, version=version, before=before))


def _do(
    desk: Desk,
    action: ThemeAction,
    theme: str,
    by: str,
    now: dt.datetime,
    version: str | None,
    seen_as: str,
    *,
    merged: tuple[str, ...] = (),
    change: ThemeChange | None = None,
) -> ThemeEdit:
    by = editor_name(by, "修改")
    with desk.database.write() as connection:
        version = version_named(connection, version)
        imported = {each.id: each for each in themes.read(connection, version)}
        now_stands = {each.id: each for each in edited([*imported.values()], theme_edits.standing(connection, version))}
        if seen_as and seen_as != state_of([*now_stands.values()]):
            raise ChangedSince("中心工作清单刚才被别人改过。", advice="请刷新，看过新的清单再改。")
        for id in (theme, *merged):
            _check_standing(now_stands, id, version)
        made = ThemeEdit(
            id=0,
            version=version,
            action=action,
            theme=theme,
            merged=merged,
            names=tuple(imported[id].name for id in (theme, *merged)),
            change=change or ThemeChange(),
            by=by,
            at=now,
        )
        _check_outcome(made, now_stands)
        return made.model_copy(update={"id": theme_edits.add(connection, made)})


def _check_standing(known: dict[str, WorkTheme], id: str, version: str) -> None:
    if id not in known:
        raise NotFound(f"版本“{version}”里没有编号为“{id}”的中心工作。", advice="请用 xiansuo themes list 查看编号。")
    if known[id].retired:
        became = f"已并入 {known[id].into}" if known[id].into else "已停用"
        raise InputError(f"“{known[id].name}”{became}。", advice="要恢复它，请用 xiansuo themes undo 撤销那次修改。")


def _check_outcome(made: ThemeEdit, known: dict[str, WorkTheme]) -> None:
    after = next(each for each in edited(list(known.values()), [made]) if each.id == made.theme)
    if after.since and after.until and after.until < after.since:
        raise InputError(f"截止日期 {after.until} 早于起始日期 {after.since}。")
    if same := next((e for e in known.values() if e.name == made.change.name and e.id != after.id), None):
        raise InputError(f"已有叫“{same.name}”的中心工作（{same.id}）。", advice="请换一个名称，或把两项合并。")


def _checked(change: ThemeChange) -> ThemeChange:
    if change == ThemeChange():
        raise InputError("没有写要改什么。", advice="可改名称、聚焦、关键词、起止日期、权重。")
    name = None if change.name is None else masked_line(change.name)
    if name is not None and not _SHORTEST <= len(name) <= _LONGEST:
        raise InputError(f"名称要有 {_SHORTEST} 到 {_LONGEST} 个字。")
    keywords = change.keywords
    if keywords is not None:
        keywords = tuple(dict.fromkeys(filter(None, map(masked_line, keywords))))
        if len(keywords) > _MOST_KEYWORDS or any(len(word) > _LONGEST_KEYWORD for word in keywords):
            raise InputError(f"关键词最多 {_MOST_KEYWORDS} 个，每个最多 {_LONGEST_KEYWORD} 字。")
    return change.model_copy(update={"name": name, "keywords": keywords})
