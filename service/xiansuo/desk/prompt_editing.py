"""What an editor does to a writing prompt: approve, edit, publish, withdraw, and take the last of it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from xiansuo.desk.desk import Desk
from xiansuo.desk.editors import editor_name
from xiansuo.desk.prompt_acts import Change, Seen, act
from xiansuo.desk.prompt_lines import PromptLine
from xiansuo.errors import ChangedSince, InputError
from xiansuo.ingest.characters import clean, one_line
from xiansuo.ingest.redact import redact
from xiansuo.recommend import life
from xiansuo.records.prompts import Claim, PromptAction, PromptState
from xiansuo.store import prompt_events, prompts

_LONGEST = {"title": 60, "angle": 500, "note": 500}
_NAMES = {"title": "题目", "angle": "角度", "note": "说明"}
_MOST = 200


def approve(desk: Desk, number: int, *, by: str, now: dt.datetime) -> PromptLine:
    """Approve a proposed prompt as it is; raises as `prompt_acts.act`."""

    def make(seen: Seen, _by: str) -> Change:
        life.check_action(PromptAction.APPROVE, seen.prompt)
        return Change(seen.prompt.model_copy(update={"state": PromptState.APPROVED}))

    return act(desk, number, PromptAction.APPROVE, by=by, now=now, make=make)


def edit(
    desk: Desk,
    number: int,
    *,
    by: str,
    now: dt.datetime,
    title: str | None = None,
    angle: str | None = None,
    note: str | None = None,
    deadline: dt.date | None = None,
    commissioned: Sequence[str] | None = None,
    seen_as: str = "",
) -> PromptLine:
    """Put a prompt into other words, or give it another deadline or other informants; None leaves what is.

    Numbers that lead to a person are masked. The card stays as it was proposed.

    :param commissioned: an empty list makes it everybody's.
    :param seen_as: how often it had been changed when the editor saw it; empty changes whatever is there.
    :raises ChangedSince: it was changed since.
    :raises InputError: nothing is changed, a text is empty or too long, or the deadline is past; else as `act`.
    """
    asked: dict[str, Any] = {
        name: _text(name, told)
        for name, told in (("title", title), ("angle", angle), ("note", note))
        if told is not None
    }
    if deadline is not None:
        asked["deadline"] = _ahead(deadline, now)
    if commissioned is not None:
        asked["commissioned"] = _informants(commissioned)

    def make(seen: Seen, _by: str) -> Change:
        if seen_as and seen_as != str(seen.prompt.changes):
            raise ChangedSince(f"第 {number} 号选题刚才被别人改过。", advice="请刷新，看过新的内容再改。")
        life.check_action(PromptAction.EDIT, seen.prompt)
        after = seen.prompt.model_copy(update=asked)
        if after == seen.prompt:
            raise InputError("没有要改的。", advice="请写明新的题目、角度、说明、截止日期或约稿对象。")
        return Change(after)

    return act(desk, number, PromptAction.EDIT, by=by, now=now, make=make)


def publish(
    desk: Desk,
    number: int,
    *,
    by: str,
    now: dt.datetime,
    deadline: dt.date | None = None,
    commissioned: Sequence[str] = (),
    several: bool = False,
) -> PromptLine:
    """Publish an approved prompt, or publish it anew on other terms while nobody has claimed it.

    :param deadline: the last day to report; the one that was set before where none is given.
    :param commissioned: informants or units that it is for (约稿); everybody where none is named.
    :param several: several may claim it at once.
    :raises InputError: the deadline is past; else as `act`.
    """
    terms: dict[str, Any] = {"commissioned": _informants(commissioned), "several": several}
    if deadline is not None:
        terms["deadline"] = _ahead(deadline, now)

    def make(seen: Seen, _by: str) -> Change:
        life.check_action(PromptAction.PUBLISH, seen.prompt)
        if deadline is None and seen.prompt.deadline is not None:
            _ahead(seen.prompt.deadline, now)
        first = {"state": PromptState.PUBLISHED, "published_at": seen.prompt.published_at or now}
        return Change(seen.prompt.model_copy(update={**terms, **first}))

    return act(desk, number, PromptAction.PUBLISH, by=by, now=now, make=make)


def withdraw(desk: Desk, number: int, *, by: str, now: dt.datetime) -> PromptLine:
    """Take a prompt back before anybody has reported on it; raises as `prompt_acts.act`."""

    def make(seen: Seen, _by: str) -> Change:
        life.check_action(PromptAction.WITHDRAW, seen.prompt, seen.claims)
        return Change(seen.prompt.model_copy(update={"state": PromptState.WITHDRAWN}))

    return act(desk, number, PromptAction.WITHDRAW, by=by, now=now, make=make)


def undo(desk: Desk, number: int, *, by: str, now: dt.datetime) -> PromptLine:
    """Take back what an editor did last to a prompt; done again, what was done before it.

    :raises NotNow: the last that was done is a claim or what followed from one; else as `act`.
    """

    def make(seen: Seen, _by: str) -> Change:
        last = life.last_to_undo(prompt_events.of(seen.connection, number))
        prompt = prompts.changed_back(seen.prompt, last.before["prompt"])
        claim = last.before["claim"] and Claim.model_validate(last.before["claim"])
        return Change(prompt, claim or None, last.id)

    return act(desk, number, PromptAction.UNDO, by=by, now=now, make=make)


def _text(name: str, told: str) -> str:
    text = redact(clean(told)[0].strip())[0]
    text = one_line(text) if name == "title" else text
    if name == "title" and not text:
        raise InputError("题目不能为空。")
    if len(text) > _LONGEST[name]:
        raise InputError(f"{_NAMES[name]}有 {len(text)} 字，最多 {_LONGEST[name]} 字。")
    return text


def _ahead(deadline: dt.date, now: dt.datetime) -> dt.date:
    if deadline < now.date():
        raise InputError(f"截止日期 {deadline} 已经过去。", advice="请写今天或以后的日期。")
    return deadline


def _informants(named: Sequence[str]) -> tuple[str, ...]:
    if len(named) > _MOST:
        raise InputError(f"约稿对象有 {len(named)} 个，最多 {_MOST} 个。", advice="面向全部时不用写。")
    return tuple(dict.fromkeys(editor_name(each, "约") for each in named))
