"""Writing prompts in pages, as somebody may see them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import TypeAlias

from pydantic import TypeAdapter

from xiansuo.desk import sight
from xiansuo.desk.desk import Desk
from xiansuo.desk.paging import Number, Page, paged
from xiansuo.desk.prompt_lines import PromptLine
from xiansuo.desk.prompt_lists import list_prompts
from xiansuo.records.accounts import Viewer
from xiansuo.records.prompts import PromptState

_Place: TypeAlias = tuple[dt.date | None, Number]
_PLACE: TypeAdapter[_Place] = TypeAdapter(_Place)


def prompts_seen(
    desk: Desk,
    viewer: Viewer,
    *,
    now: dt.datetime,
    states: Collection[PromptState] = (),
    informant: str = "",
    unit: str = "",
    theme: str = "",
    overdue: bool = False,
    cursor: str = "",
    limit: int = 50,
) -> Page[PromptLine]:
    """List prompts that somebody may see, the next deadline first; what narrows the list is told at `list_prompts`.

    :param cursor: what the page in front said.
    :raises InputError: the cursor is none of this list's.
    """

    def read(after: _Place | None, most: int) -> Sequence[PromptLine]:
        return list_prompts(
            desk,
            now=now,
            states=states,
            informant=informant,
            unit=unit,
            theme=theme,
            overdue=overdue,
            shown=lambda line: sight.sees_prompt(viewer, line),
            after=after,
            limit=most,
        )

    found = paged("prompts", cursor, limit, _PLACE, read, lambda line: (line.deadline, line.number))
    return Page(sight.prompt_lines(viewer, found.items), found.next)
