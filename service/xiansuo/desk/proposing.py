"""Propose writing prompts: clues that `suggest` makes are stored for an editor, each matter once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pydantic import TypeAdapter

from xiansuo.desk.desk import Desk
from xiansuo.desk.editors import editor_name
from xiansuo.desk.prompt_lines import PromptLine, line_of
from xiansuo.desk.prompts import Prompt
from xiansuo.desk.suggesting import suggest
from xiansuo.ingest.characters import clean
from xiansuo.recommend.alike import Kept, alike
from xiansuo.records import Focus, Team
from xiansuo.records.prompts import PromptAction, PromptEvent, PromptState, WritingPrompt
from xiansuo.store import prompt_events, prompts, state
from xiansuo.store.database import Connection

REST = 90
"""Days that a matter rests once its prompt was withdrawn or has its outcome, before it is proposed again."""

_MOST = 200
_ASKED = "prompts.batch"
_CARD = TypeAdapter(Prompt)
_ENDED = (PromptState.WITHDRAWN, PromptState.CLOSED)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A clue that was not stored, and the prompt that it is like."""

    name: str
    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a batch added; `notes` are those of `suggest`, `run` is its name."""

    run: str
    prompts: tuple[PromptLine, ...]
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...]


def propose(
    desk: Desk,
    *,
    by: str,
    now: dt.datetime,
    wish: str = "",
    unit: str = "",
    team: Team | None = None,
    region: str = "",
    author: str = "",
    theme: str = "",
    limit: int = 10,
    rest: int = REST,
    asked: str = "",
) -> Proposed:
    """Store the best clues as proposed prompts, up to `limit` that are not there yet.

    A clue is left out where an open prompt is on the same matter, or one that ended less than `rest` days ago.

    :param wish: this and the others as for `suggesting.suggest`.
    :param asked: what this batch is called by who asks for it; asked for again right away, nothing more is added.
    :raises NotFound: there is no such theme.
    :raises InputError: nobody's name is given.
    """
    by = editor_name(by, PromptAction.PROPOSE.label)
    with desk.database.read() as connection:
        known = len(prompts.listed(connection))
        before = _made_before(connection, asked, now)
    if before is not None:
        return before
    made = suggest(
        desk,
        now=now.date(),
        wish=clean(wish)[0],
        unit=unit,
        team=team,
        region=region,
        author=author,
        theme=theme,
        limit=min(limit + known, max(limit, _MOST)),
    )
    added: list[PromptLine] = []
    left_out: list[LeftOut] = []
    with desk.database.write() as connection:
        before = _made_before(connection, asked, now)  # meanwhile, by somebody who took the work over
        if before is not None:
            return before
        if asked:
            state.put(connection, _ASKED, f"{asked} {made.run}")
        there = _kept(connection, now, rest)
        for clue in made.prompts:
            if len(added) == limit:
                break
            own = _of(clue)
            like = next(((number, why) for number, kept in there if (why := alike(own, kept))), None)
            if like is not None:
                left_out.append(LeftOut(clue.name, like[0], f"与第 {like[0]} 号选题是{like[1]}"))
                continue
            stored = _stored(connection, clue, made.run, by, now)
            if stored is not None:
                there.append((stored.number, own))
                added.append(line_of(stored, (), now.date()))
    return Proposed(made.run, tuple(added), tuple(left_out), made.notes)


def _made_before(connection: Connection, asked: str, now: dt.datetime) -> Proposed | None:
    last, _, run = (state.get(connection, _ASKED) or "").partition(" ")
    if not asked or last != asked:
        return None
    made = (prompt for prompt in prompts.listed(connection) if prompt.run == run)
    return Proposed(run, tuple(line_of(prompt, (), now.date()) for prompt in made), (), ())


def _kept(connection: Connection, now: dt.datetime, rest: int) -> list[tuple[int, Kept]]:
    ended = prompt_events.last_moments(connection)
    return [
        (each.number, Kept(each.clue, each.topic, each.name, _evidence(each)))
        for each in prompts.listed(connection, cards=True)
        if each.state not in _ENDED or now - ended[each.number] < dt.timedelta(days=rest)
    ]


def _evidence(prompt: WritingPrompt) -> frozenset[str]:
    return frozenset(each["id"] for each in prompt.card.get("evidence", ()))


def _of(clue: Prompt) -> Kept:
    return Kept(clue.id, clue.topic, clue.name, frozenset(each.id for each in clue.evidence))


def _stored(connection: Connection, clue: Prompt, run: str, by: str, now: dt.datetime) -> WritingPrompt | None:
    prompt = WritingPrompt(
        number=0,
        clue=clue.id,
        run=run,
        card=_CARD.dump_python(clue, mode="json"),
        name=clue.name,
        topic=clue.topic,
        theme=clue.theme.id if clue.theme else "",
        theme_version=clue.theme.version if clue.theme else "",
        focus=next(focus for focus in Focus if focus.value == clue.focus),
        title=clue.titles[0] if clue.titles else clue.name,
        angle=clue.angle.text,
        by=by,
        at=now,
    )
    number = prompts.add(connection, prompt)
    if number is None:
        return None
    made = prompt.model_copy(update={"number": number})
    event = PromptEvent(
        id=0,
        prompt=number,
        action=PromptAction.PROPOSE,
        by=by,
        at=now,
        before={},
        after={"prompt": prompts.changing(made)},
    )
    prompt_events.add(connection, event)
    return made
