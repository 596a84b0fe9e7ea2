"""Read writing prompts: lists by state, informant, unit and theme, one with all about it, and what was done."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from xiansuo.desk.desk import Desk
from xiansuo.desk.prompt_acts import prompt_named
from xiansuo.desk.prompt_lines import PromptLine, line_of
from xiansuo.desk.themes import list_themes, themes_in_force
from xiansuo.errors import NotNow
from xiansuo.recommend import life
from xiansuo.records.prompts import Claim, PromptEvent, PromptFeedback, PromptState, WritingPrompt
from xiansuo.store import claims, prompt_events, prompt_feedback, prompts
from xiansuo.store.database import Connection

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class PromptPage:
    """All about one prompt: at a glance, with its card, every claim, what informants said and what was done to it."""

    line: PromptLine
    prompt: WritingPrompt
    claims: tuple[Claim, ...]
    feedback: tuple[PromptFeedback, ...]
    events: tuple[PromptEvent, ...]


@dataclass(frozen=True, slots=True)
class ClueList:
    """Prompts for a list that is given out, in the order of their numbers; `month` is its first day."""

    day: dt.date
    month: dt.date
    prompts: tuple[WritingPrompt, ...]
    lines: tuple[PromptLine, ...]


def list_prompts(
    desk: Desk,
    *,
    now: dt.datetime,
    states: Collection[PromptState] = (),
    informant: str = "",
    unit: str = "",
    theme: str = "",
    overdue: bool = False,
    shown: Callable[[PromptLine], bool] | None = None,
    after: tuple[dt.date | None, int] | None = None,
    limit: int = 100,
) -> tuple[PromptLine, ...]:
    """List prompts, the next deadline first, then the newest.

    :param informant: only what they have claimed or what they are asked for by name; `unit` likewise.
    :param theme: only those of a work theme, by id or by name as the list in force has it; what that list has not means
        the themes of any list.
    :param overdue: only those that should have been reported by now.
    :param shown: only lines of which it says yes.
    :param after: deadline and number of the prompt behind which to begin.
    """
    found = []
    meant = _meant(desk, theme, now.date())
    with desk.database.read() as connection:
        for prompt, held in _by_deadline(connection, states, after):
            line = line_of(prompt, held, now.date())
            if theme and not _about(line, theme, meant):
                continue
            if overdue and not line.overdue:
                continue
            if _concerns(line, informant, unit) and (shown is None or shown(line)):
                found.append(line)
            if len(found) >= limit:
                break
    return tuple(found)


def show_prompt(desk: Desk, number: int, *, now: dt.datetime) -> PromptPage:
    """Show one prompt with all about it.

    :raises NotFound: there is none of this number.
    """
    with desk.database.read() as connection:
        prompt = prompt_named(connection, number)
        held = claims.of(connection, number)
        said = prompt_feedback.last_words(connection, number)
        done = prompt_events.of(connection, number)
    return PromptPage(line_of(prompt, held, now.date()), prompt, tuple(held), tuple(said), tuple(done))


def log(
    desk: Desk, number: int | None = None, *, limit: int = 50, before: int | None = None
) -> tuple[PromptEvent, ...]:
    """List what was done to all prompts or to one, newest first.

    :param before: of all prompts, only events with a smaller id.
    :raises NotFound: there is none of this number.
    """
    with desk.database.read() as connection:
        if number is None:
            return tuple(prompt_events.latest(connection, limit, before=before))
        prompt_named(connection, number)
        return tuple(reversed(prompt_events.of(connection, number)))[:limit]


def clue_list(desk: Desk, *, now: dt.datetime, month: dt.date | None = None, numbers: Sequence[int] = ()) -> ClueList:
    """Gather prompts for a list that is given out: those that are open and not overdue, unless others are named.

    :param month: instead, all that were published in the month of this day and not withdrawn since.
    :param numbers: instead, these.
    :raises NotFound: a number is nobody's.
    :raises NotNow: there is nothing to list.
    """
    day = now.date()
    if numbers:
        with desk.database.read() as connection:
            found = [
                (prompt_named(connection, number), claims.of(connection, number)) for number in sorted(set(numbers))
            ]
    elif month is not None:
        found = [
            (prompt, held)
            for prompt, held in _with_claims(
                desk, [state for state in PromptState if state is not PromptState.WITHDRAWN]
            )
            # Kept in UTC; a month begins where the office is.
            if prompt.published_at
            and prompt.published_at.astimezone(now.tzinfo).date().replace(day=1) == month.replace(day=1)
        ]
    else:
        found = [
            (prompt, held)
            for prompt, held in _with_claims(desk, life.UNREPORTED)
            if not line_of(prompt, held, day).overdue
        ]
    if not found:
        raise NotNow("没有可以列入清单的选题。", advice="请先审定并发布，或用编号指定要列入的选题。")
    lines = tuple(line_of(prompt, held, day) for prompt, held in found)
    return ClueList(day, (month or day).replace(day=1), tuple(prompt for prompt, _ in found), lines)


def _meant(desk: Desk, named: str, day: dt.date) -> set[tuple[str, str]]:
    """Tell which themes of the list in force an id or a name means, retired ones too: versions and ids."""
    in_force = themes_in_force(desk, day) if named else []
    listed = list_themes(desk, in_force[0].version, retired=True) if in_force else []
    return {(theme.version, theme.id) for theme in listed if named in (theme.id, theme.name)}


def _about(line: PromptLine, named: str, meant: set[tuple[str, str]]) -> bool:
    if meant and (line.theme_version, line.theme) in meant:
        return True
    # The same id in another list is another theme.
    return named == line.theme_name or (not meant and named == line.theme)


def _by_deadline(
    connection: Connection, states: Collection[PromptState], after: tuple[dt.date | None, int] | None
) -> Iterator[tuple[WritingPrompt, list[Claim]]]:
    """Read prompts with the claims on them, some at a time, as far as somebody asks."""
    while some := prompts.by_deadline(connection, states, after=after, limit=_AT_ONCE):
        held = defaultdict(list)
        for claim in claims.standing(connection, [prompt.number for prompt in some]):
            held[claim.prompt].append(claim)
        yield from ((prompt, held[prompt.number]) for prompt in some)
        after = some[-1].deadline, some[-1].number


def _with_claims(desk: Desk, states: Collection[PromptState]) -> list[tuple[WritingPrompt, list[Claim]]]:
    with desk.database.read() as connection:
        found = prompts.listed(connection, states, cards=True)
        held = defaultdict(list)
        for claim in claims.standing(connection):
            held[claim.prompt].append(claim)
    return [(prompt, held[prompt.number]) for prompt in found]


def _concerns(line: PromptLine, informant: str, unit: str) -> bool:
    for name, of in ((informant, "author"), (unit, "unit")):
        if name and name not in line.commissioned and name not in {getattr(claim, of) for claim in line.claims}:
            return False
    return True
