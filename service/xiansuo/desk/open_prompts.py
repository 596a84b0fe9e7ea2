"""The published prompts that somebody may claim, with their cards, and one prompt as somebody may see it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from xiansuo.desk import sight
from xiansuo.desk.desk import Desk
from xiansuo.desk.office import office
from xiansuo.desk.own_work import is_free
from xiansuo.desk.prompt_lists import PromptPage, list_prompts, show_prompt
from xiansuo.recommend import life
from xiansuo.records.accounts import Viewer
from xiansuo.records.prompts import PromptAction
from xiansuo.text.normalise import normalise

_ALL = 100_000
_HALF = 0.5


def open_prompts(
    desk: Desk, viewer: Viewer, *, now: dt.datetime, wish: str = "", theme: str = "", limit: int = 50
) -> tuple[PromptPage, ...]:
    """List what somebody may claim, the next deadline first.

    :param wish: only prompts in whose words at least half of its pairs of letters stand.
    :param theme: only prompts under this work theme, by id or name.
    """
    lines = sight.prompt_lines(
        viewer, list_prompts(desk, now=now, states=(*life.UNREPORTED, *life.REPORTED), theme=theme, limit=_ALL)
    )
    settled = office(desk)
    found = []
    for line in lines:
        if PromptAction.CLAIM in line.actions and is_free(viewer, line):
            page = show_prompt(desk, line.number, now=now)
            if not wish.strip() or _about(wish, page):
                found.append(sight.prompt_page(viewer, page, settled))
        if len(found) == limit:
            break
    return tuple(found)


def prompt_seen(desk: Desk, viewer: Viewer, number: int, *, now: dt.datetime) -> PromptPage:
    """Show one prompt as somebody may see it.

    :raises NotFound: there is none of this number, or not for them.
    """
    return sight.prompt_page(viewer, show_prompt(desk, number, now=now), office(desk))


def _about(wish: str, page: PromptPage) -> bool:
    pairs = list(_pairs(wish))
    theme = page.prompt.card.get("theme") or {}
    own = [page.prompt.title, page.prompt.name, page.prompt.angle, page.prompt.note, theme.get("name", "")]
    known = set(_pairs(" ".join([*own, *page.prompt.card.get("titles", ()), *theme.get("keywords", ())])))
    return bool(pairs) and sum(pair in known for pair in pairs) >= _HALF * len(pairs)


def _pairs(text: str) -> Iterator[str]:
    plain = "".join(char if char.isalnum() else " " for char in normalise(text).text)
    return (a + b for a, b in zip(plain, plain[1:], strict=False) if a != " " != b)
