"""One act on a writing prompt: read, judged by the rules and written with its history in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from xiansuo.desk.desk import Desk
from xiansuo.desk.editors import editor_name
from xiansuo.desk.prompt_lines import PromptLine, line_of
from xiansuo.errors import NotFound, NotNow
from xiansuo.recommend import life
from xiansuo.records.prompts import Claim, PromptAction, PromptEvent, WritingPrompt
from xiansuo.store import claims, prompt_events, prompts
from xiansuo.store.database import Connection

_TRIES = 20


@dataclass(frozen=True, slots=True)
class Seen:
    """A prompt with all claims on it, as the transaction sees them."""

    connection: Connection
    prompt: WritingPrompt
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of the prompt and, where one is concerned, of a claim; a claim with id 0 is a new one."""

    prompt: WritingPrompt
    claim: Claim | None = None
    undoes: int | None = None


def act(
    desk: Desk,
    number: int,
    action: PromptAction,
    *,
    by: str,
    now: dt.datetime,
    make: Callable[[Seen, str], Change],
) -> PromptLine:
    """Do something to a prompt; whoever comes second at the same moment is judged by what the first has done.

    :param make: from what is seen and the cleaned name of who acts to what becomes of it; raises where it is forbidden.
    :raises NotFound: there is no such prompt.
    :raises NotNow: it cannot be done now.
    :raises InputError: nobody's name is given.
    """
    by = editor_name(by, action.label)
    for _ in range(_TRIES):
        with desk.database.write() as connection:
            prompt = prompt_named(connection, number)
            seen = Seen(connection, prompt, tuple(claims.of(connection, number)))
            made = make(seen, by)
            after = prompts.change(connection, prompt, made.prompt)
            if after is None:
                continue
            before = next((each for each in seen.claims if made.claim and each.id == made.claim.id), None)
            claim = _written(connection, made.claim)
            event = PromptEvent(
                id=0,
                prompt=number,
                claim=claim.id if claim else None,
                action=action,
                by=by,
                at=now,
                before={"prompt": prompts.changing(prompt), "claim": before and before.model_dump(mode="json")},
                after={"prompt": prompts.changing(after), "claim": claim and claim.model_dump(mode="json")},
                undoes=made.undoes,
            )
            prompt_events.add(connection, event)
            return line_of(after, claims.of(connection, number), now.date())
    raise NotNow("别人正在改这条选题。", advice="请稍候再试。")


def prompt_named(connection: Connection, number: int) -> WritingPrompt:
    """Read a prompt.

    :raises NotFound: there is none of this number.
    """
    prompt = prompts.get(connection, number)
    if prompt is None:
        raise no_prompt(number)
    return prompt


def no_prompt(number: int) -> NotFound:
    """Say that there is no such prompt, or none for who asks: the same words, so that neither can be told."""
    return NotFound(f"没有第 {number} 号选题。", advice="请在选题列表里查看，编号在选题页上。")


def led_on(seen: Seen, claim: Claim) -> Change:
    """Let a claim become another and the prompt follow."""
    others = [each for each in seen.claims if each.id != claim.id]
    state = life.state_of([*others, claim])
    return Change(seen.prompt.model_copy(update={"state": state}), claim)


def _written(connection: Connection, claim: Claim | None) -> Claim | None:
    if claim is None:
        return None
    if claim.id:
        claims.change(connection, claim)
        return claim
    return claim.model_copy(update={"id": claims.add(connection, claim)})
