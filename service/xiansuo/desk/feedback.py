"""What informants say to prompts (有用、不适合我、已知道), and how all that was done bears on the next ones."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict

from xiansuo.desk.claiming import unit_name
from xiansuo.desk.desk import Desk
from xiansuo.desk.editors import editor_name
from xiansuo.desk.prompt_acts import prompt_named
from xiansuo.errors import InputError
from xiansuo.ingest.characters import clean
from xiansuo.ingest.redact import redact
from xiansuo.recommend import life
from xiansuo.recommend.standing import Standing
from xiansuo.records.prompts import (
    Claim,
    FeedbackVerdict,
    PromptAction,
    PromptFeedback,
    PromptState,
    WritingPrompt,
)
from xiansuo.store import claims, prompt_feedback, prompts

_LONGEST_NOTE = 500
_WAITING = (PromptState.PROPOSED, PromptState.APPROVED)


def give_feedback(
    desk: Desk, number: int, verdict: FeedbackVerdict, *, by: str, now: dt.datetime, unit: str = "", note: str = ""
) -> PromptFeedback:
    """Keep what an informant says to a prompt; their last word on it counts.

    :param by: the informant.
    :raises NotFound: there is none of this number.
    :raises InputError: nobody's name is given, or the note is too long.
    """
    note = redact(clean(note)[0].strip())[0]
    if len(note) > _LONGEST_NOTE:
        raise InputError(f"说明有 {len(note)} 字，最多 {_LONGEST_NOTE} 字。")
    author = editor_name(by, "反馈")
    said = PromptFeedback(id=0, prompt=number, verdict=verdict, author=author, unit=unit_name(unit), note=note, at=now)
    with desk.database.write() as connection:
        prompt_named(connection, number)
        return said.model_copy(update={"id": prompt_feedback.add(connection, said)})


def standing_for(desk: Desk, *, day: dt.date, author: str = "", unit: str = "") -> Standing:
    """Tell how earlier prompts stand for an informant on a day; for nobody in particular where no name is given.

    :param author: the informant; where it is empty, feedback given in the name of `unit` counts as theirs.
    """
    with desk.database.read() as connection:
        every = {prompt.number: prompt for prompt in prompts.listed(connection)}
        held: dict[int, list[Claim]] = defaultdict(list)
        for claim in claims.standing(connection):
            held[claim.prompt].append(claim)
        said = prompt_feedback.last_words(connection)
    own = [each for each in said if _theirs(each, author, unit)]
    themes = Counter[tuple[str, str]]()
    for each in own:
        prompt = every[each.prompt]
        if prompt.theme:
            themes[prompt.theme_version, prompt.theme] += _STEP[each.verdict]
    known: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for each in said:
        if each.verdict is FeedbackVerdict.ALREADY_KNOWN:
            for matter in _matters(every[each.prompt]):
                known[matter].add((each.author, each.unit))
    working = {
        number: tuple(claim for claim in held[number] if claim.state in life.IN_WORK)
        for number, prompt in every.items()
        if prompt.state is not PromptState.WITHDRAWN
    }
    in_work: dict[str, tuple[str, ...]] = {}
    for number, by in working.items():
        for matter in _matters(every[number]) if by else ():
            in_work[matter] = (*in_work.get(matter, ()), *(claim.author for claim in by))
    open_claims = [claim for by in working.values() for claim in by]
    loads = Counter(claim.author for claim in open_claims)
    # A unit may claim in its own name.
    unit_loads = Counter(claim.unit or claim.author for claim in open_claims)
    load = sum(_theirs(claim, author, unit) for claim in open_claims)

    def of(*states: PromptState) -> frozenset[str]:
        return frozenset(matter for prompt in every.values() if prompt.state in states for matter in _matters(prompt))

    free = [prompt for prompt in every.values() if _free(prompt, held[prompt.number], day, author, unit)]
    return Standing(
        not_for_me=_said(own, every, FeedbackVerdict.NOT_FOR_ME),
        useful=_said(own, every, FeedbackVerdict.USEFUL),
        themes={theme: count for theme, count in sorted(themes.items()) if count},
        already_known={matter: len(by) for matter, by in sorted(known.items())},
        in_work=dict(sorted(in_work.items())),
        free=frozenset(matter for prompt in free for matter in _matters(prompt)),
        waiting=of(*_WAITING),
        reported=of(*life.REPORTED),
        withdrawn=of(PromptState.WITHDRAWN),
        load=load if author else unit_loads[unit] if unit else 0,
        unit_load=unit_loads[unit] if unit else 0,
        loads=dict(sorted(loads.items())),
        unit_loads=dict(sorted(unit_loads.items())),
    )


_STEP = {FeedbackVerdict.USEFUL: 1, FeedbackVerdict.NOT_FOR_ME: -1, FeedbackVerdict.ALREADY_KNOWN: 0}


def _theirs(said: PromptFeedback | Claim, author: str, unit: str) -> bool:
    if author:
        return said.author == author and (not (unit and said.unit) or said.unit == unit)
    return bool(unit) and said.author == unit


def _free(prompt: WritingPrompt, held: list[Claim], day: dt.date, author: str, unit: str) -> bool:
    if PromptAction.CLAIM not in life.possible(prompt, held, day):
        return False
    return not prompt.commissioned or not (author or unit) or bool({author, unit} & set(prompt.commissioned))


def _said(own: list[PromptFeedback], every: dict[int, WritingPrompt], verdict: FeedbackVerdict) -> frozenset[str]:
    return frozenset(matter for each in own if each.verdict is verdict for matter in _matters(every[each.prompt]))


def _matters(prompt: WritingPrompt) -> tuple[str, ...]:
    """Name what a prompt is about: its clue and, where there is one, its topic."""
    return (prompt.clue, prompt.topic) if prompt.topic else (prompt.clue,)
