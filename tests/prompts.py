"""Writing prompts for tests: put into a real database without making clues first."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from xiansuo.desk.desk import Desk
from xiansuo.records import Focus
from xiansuo.records.prompts import Claim, PromptAction, PromptEvent, PromptState, WritingPrompt
from xiansuo.store import prompt_events, prompts

NOON = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
DEADLINE = dt.date(2026, 11, 20)
BY = "编辑甲"
_clues = itertools.count(1)

CARD = {
    "titles": ["关于解决老年食堂亏损的建议", "老年食堂亏损应引起重视"],
    "angle": {"text": "可写新情况。", "because": ["rule:growing"]},
    "why_now": [{"text": "近一年有 4 个人反映。", "because": ["rule:heat"]}],
    "theme": {"id": "T1", "name": "养老服务", "clause": "办好社区老年食堂。", "version": "2026"},
    "clause": {"text": "办好社区老年食堂。", "because": ["theme:T1"]},
    "covered": [
        {"facts": {"id": "D1", "kind": "submission", "title": "食堂难", "unit": "第一站", "date": "2026-10-02"}},
        {"facts": {"id": "D2", "kind": "proposal", "title": "食堂补贴", "unit": "", "author": "委员二", "date": None}},
    ],
    "missing": [{"text": "没有写原因。", "because": ["rule:parts"]}],
    "find_out": [{"text": "补贴几个月没有到位。", "because": ["doc:D1"]}],
    "evidence": [{"id": "D1", "kind": "submission", "title": "食堂难", "unit": "第一站", "date": "2026-10-02"}],
}


def prompt(**changed: Any) -> WritingPrompt:
    """A proposed prompt on a clue of its own."""
    values: dict[str, Any] = {
        "number": 0,
        "clue": f"c{next(_clues)}",
        "run": "suggest-20261101-0123456789",
        "card": CARD,
        "name": "老年食堂亏损",
        "topic": "",
        "theme": "T1",
        "theme_version": "2026",
        "focus": Focus.PUBLIC_CONCERN,
        "title": CARD["titles"][0],
        "angle": "可写新情况。",
        "by": BY,
        "at": NOON,
    }
    return WritingPrompt.model_validate(values | changed)


def put(desk: Desk, **changed: Any) -> int:
    """Store a proposed prompt with the event that says so."""
    made = prompt(**changed)
    with desk.database.write() as connection:
        number = prompts.add(connection, made)
        assert number is not None
        told = {"prompt": prompts.changing(made)}
        event = PromptEvent(id=0, prompt=number, action=PromptAction.PROPOSE, by=BY, at=NOON, before={}, after=told)
        prompt_events.add(connection, event)
    return number


def published(desk: Desk, **terms: Any) -> int:
    """Store a prompt and publish it."""
    from xiansuo.desk import prompt_editing

    about = {name: terms.pop(name) for name in ("clue", "topic", "theme") if name in terms}
    number = put(desk, **about)
    prompt_editing.approve(desk, number, by=BY, now=NOON)
    prompt_editing.publish(desk, number, by=BY, now=NOON, **{"deadline": DEADLINE, **terms})
    return number


def claim(**changed: Any) -> Claim:
    """A claim."""
    return Claim.model_validate({"id": 0, "prompt": 1, "author": "甲", "by": "甲", "at": NOON, **changed})


def state(desk: Desk, number: int) -> PromptState:
    """Read how far a prompt is."""
    with desk.database.read() as connection:
        found = prompts.get(connection, number)
    assert found is not None
    return found.state
