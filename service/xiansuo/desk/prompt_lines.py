"""A writing prompt at a glance, the same in every list and answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from xiansuo.recommend import life
from xiansuo.records.prompts import Claim, PromptAction, PromptState, WritingPrompt


@dataclass(frozen=True, slots=True)
class PromptLine:
    """A prompt with the claims that stand on it and what may be done to it on the day of the answer.

    `theme` is the work theme's id in the list `theme_version`, `theme_name` its name when the prompt was proposed, all
    empty where there is none. `days_left` to the deadline is 0 on its day and below 0 behind it, None without one.
    `overdue`: it should have been reported by then.
    """

    number: int
    title: str
    state: PromptState
    state_label: str
    focus_label: str
    theme: str
    theme_name: str
    theme_version: str
    deadline: dt.date | None
    days_left: int | None
    overdue: bool
    commissioned: tuple[str, ...]
    several: bool
    claims: tuple[Claim, ...]
    actions: tuple[PromptAction, ...]


def line_of(prompt: WritingPrompt, claims: Sequence[Claim], day: dt.date) -> PromptLine:
    """Put a prompt into a line.

    :param claims: all claims on it, released ones too.
    """
    return PromptLine(
        prompt.number,
        prompt.title,
        prompt.state,
        prompt.state.label,
        prompt.focus.label,
        prompt.theme,
        (prompt.card.get("theme") or {}).get("name", ""),
        prompt.theme_version,
        prompt.deadline,
        None if prompt.deadline is None else (prompt.deadline - day).days,
        life.overdue(prompt, day),
        prompt.commissioned,
        prompt.several,
        tuple(life.standing(claims)),
        life.possible(prompt, claims, day),
    )
