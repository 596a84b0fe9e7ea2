"""What waits for an editor (待办): prompts to review, claims that are late, and how much was checked today."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xiansuo.desk.desk import Desk
from xiansuo.desk.prompt_lines import PromptLine
from xiansuo.desk.prompt_lists import list_prompts
from xiansuo.records.prompts import PromptState
from xiansuo.store import runs

_ALL = 100_000


@dataclass(frozen=True, slots=True)
class Waiting:
    """Prompts by what they wait for; `checks` are those that were kept on the day of the answer.

    `proposed` wait for a review, `approved` for being published, `overdue` for those who claimed them, the longest
    overdue first, `reported` for an outcome.
    """

    proposed: tuple[PromptLine, ...]
    approved: tuple[PromptLine, ...]
    overdue: tuple[PromptLine, ...]
    reported: tuple[PromptLine, ...]
    checks: int


def waiting(desk: Desk, *, now: dt.datetime) -> Waiting:
    """Gather what waits for editors."""
    lines = list_prompts(desk, now=now, limit=_ALL)
    with desk.database.read() as connection:
        checks = runs.counted(connection, "check", since=now.replace(hour=0, minute=0, second=0, microsecond=0))

    def of(state: PromptState) -> tuple[PromptLine, ...]:
        return tuple(line for line in lines if line.state is state)

    late = tuple(line for line in lines if line.overdue)
    return Waiting(of(PromptState.PROPOSED), of(PromptState.APPROVED), late, of(PromptState.SUBMITTED), checks)
