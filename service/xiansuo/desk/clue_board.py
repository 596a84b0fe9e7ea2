"""The editors' board of writing prompts: how many stand where, and those of one state with their cards."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from xiansuo.desk.desk import Desk
from xiansuo.desk.prompt_lines import PromptLine, line_of
from xiansuo.records.prompts import Claim, PromptState, WritingPrompt
from xiansuo.store import claims, prompts


@dataclass(frozen=True, slots=True)
class Shown:
    """A prompt at a glance and as it is stored."""

    line: PromptLine
    prompt: WritingPrompt


@dataclass(frozen=True, slots=True)
class ClueBoard:
    """The number of prompts in each state, how many are overdue, and those asked for: the next deadline first."""

    counts: dict[PromptState, int]
    overdue: int
    shown: tuple[Shown, ...]


def clue_board(
    desk: Desk, state: PromptState, *, now: dt.datetime, overdue: bool = False, limit: int = 200
) -> ClueBoard:
    """Show the prompts of a state.

    :param overdue: instead, those that should have been reported by now.
    """
    with desk.database.read() as connection:
        every = prompts.listed(connection, (), cards=True)
        held: dict[int, list[Claim]] = defaultdict(list)
        for claim in claims.standing(connection):
            held[claim.prompt].append(claim)
    found = [Shown(line_of(each, held[each.number], now.date()), each) for each in every]
    late = [each for each in found if each.line.overdue]
    wanted = late if overdue else [each for each in found if each.line.state is state]
    wanted.sort(key=lambda each: (each.line.deadline or dt.date.max, -each.line.number))
    counts = {each: sum(one.line.state is each for one in found) for each in PromptState}
    return ClueBoard(counts, len(late), tuple(wanted[:limit]))
