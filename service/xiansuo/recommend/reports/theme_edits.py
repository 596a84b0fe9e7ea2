"""Work themes as editors left them: a list as it was imported, and every standing edit done to it again, in order.

An edit whose theme is not in the list changes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

from xiansuo.records import ThemeAction, ThemeEdit, WorkTheme


def edited(themes: Sequence[WorkTheme], edits: Iterable[ThemeEdit]) -> list[WorkTheme]:
    """Do edits to the themes of one version; retired and merged ones stay in their place, marked.

    :param edits: those that stand, oldest first; edits of other versions must not be among them.
    """
    now = {theme.id: theme for theme in themes}
    for edit in edits:
        theme = now.get(edit.theme)
        if theme is None:
            continue
        if edit.action is ThemeAction.MERGE:
            members = [now[id] for id in edit.merged if id in now]
            now[theme.id] = _merged(theme, members)
            now.update({each.id: each.model_copy(update={"retired": True, "into": theme.id}) for each in members})
        elif edit.action is ThemeAction.RETIRE:
            now[theme.id] = theme.model_copy(update={"retired": True})
        else:
            changed = edit.change.model_dump(exclude_none=True)
            now[theme.id] = theme.model_copy(update=changed)
    return list(now.values())


def fits(edit: ThemeEdit, themes: Iterable[WorkTheme]) -> bool:
    """Tell whether an edit means the same tasks in another list: all that it names are there, under the same names."""
    names = {theme.id: theme.name for theme in themes}
    return all(names.get(id) == name for id, name in zip((edit.theme, *edit.merged), edit.names, strict=True))


def _merged(theme: WorkTheme, members: Sequence[WorkTheme]) -> WorkTheme:
    all = (theme, *members)
    return theme.model_copy(
        update={
            "keywords": tuple(dict.fromkeys(word for each in all for word in each.keywords)),
            "weight": max(each.weight for each in all),
            "clause": "\n".join(dict.fromkeys(each.clause for each in all if each.clause)),
            "since": _bound([each.since for each in all], min),
            "until": _bound([each.until for each in all], max),
        }
    )


def _bound(days: Sequence[dt.date | None], choose: Callable[[Iterable[dt.date]], dt.date]) -> dt.date | None:
    """Choose the first or last of some days; a theme without a day has no bound, and so has what it is merged with."""
    known = [day for day in days if day is not None]
    return choose(known) if len(known) == len(days) else None
