"""The rules of a prompt's life, without a database."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from tests.prompts import DEADLINE, NOON, claim, prompt
from xiansuo.errors import NotNow
from xiansuo.recommend import life
from xiansuo.records.prompts import PromptAction, PromptEvent, PromptState

DAY = NOON.date()
EDITORS = [action for action in life.ALLOWED if action not in (*life.CLAIMANTS, PromptAction.CLAIM)]


@pytest.mark.parametrize(("action", "state"), list(itertools.product(EDITORS, PromptState)))
def test_what_is_refused_says_the_state_the_action_and_the_way_out(action: PromptAction, state: PromptState) -> None:
    one = prompt(state=state)
    if state in life.ALLOWED[action]:
        life.check_action(action, one)
        assert action in life.possible(one, (), DAY)
        return
    assert action not in life.possible(one, (), DAY)
    with pytest.raises(NotNow, match=f"“{state.label}”，不能{action.label}") as refused:
        life.check_action(action, one)
    assert refused.value.advice


def test_every_life_can_be_lived_to_its_end() -> None:
    reached, frontier = set[PromptState](), {PromptState.PROPOSED}
    leads = {
        PromptAction.APPROVE: PromptState.APPROVED,
        PromptAction.PUBLISH: PromptState.PUBLISHED,
        PromptAction.CLAIM: PromptState.CLAIMED,
        PromptAction.CHECK: PromptState.DRAFTED,
        PromptAction.SUBMIT: PromptState.SUBMITTED,
        PromptAction.OUTCOME: PromptState.CLOSED,
        PromptAction.WITHDRAW: PromptState.WITHDRAWN,
    }
    while frontier:
        reached |= frontier
        found = {to for action, to in leads.items() if set(life.ALLOWED[action]) & reached}
        frontier = found - reached
    assert reached == set(PromptState)


def test_one_claim_keeps_others_out_and_names_who_holds_it() -> None:
    held = claim(author="乙", id=1)
    one = prompt(state=PromptState.CLAIMED)
    with pytest.raises(NotNow, match="“乙”在 2026-11-01 认领"):
        life.check_claim(one, [held], "甲", "", DAY)
    life.check_claim(prompt(state=PromptState.CLAIMED, several=True), [held], "甲", "", DAY)
    with pytest.raises(NotNow, match="不用再认领"):
        life.check_claim(prompt(state=PromptState.CLAIMED, several=True), [held], "乙", "", DAY)
    gone = held.model_copy(update={"released_at": NOON})
    life.check_claim(prompt(state=PromptState.PUBLISHED), [gone], "乙", "", DAY)


@pytest.mark.parametrize("name", ["丙", "第一站"])
def test_a_commission_is_for_those_it_names(name: str) -> None:
    one = prompt(state=PromptState.PUBLISHED, commissioned=("丙", "第一站"))
    author, unit = (name, "") if name == "丙" else ("丁", name)
    life.check_claim(one, [], author, unit, DAY)
    with pytest.raises(NotNow, match="约的是丙、第一站，没有约“丁”"):
        life.check_claim(one, [], "丁", "第二站", DAY)


def test_the_last_day_still_counts() -> None:
    one = prompt(state=PromptState.PUBLISHED, deadline=DEADLINE)
    life.check_claim(one, [], "甲", "", DEADLINE)
    assert not life.overdue(one, DEADLINE)
    late = DEADLINE + dt.timedelta(days=1)
    with pytest.raises(NotNow, match="截止日期 2026-11-20 已过"):
        life.check_claim(one, [], "甲", "", late)
    assert life.overdue(one, late)
    assert PromptAction.CLAIM not in life.possible(one, [], late)
    for state in (PromptState.SUBMITTED, PromptState.CLOSED, PromptState.WITHDRAWN, PromptState.APPROVED):
        assert not life.overdue(prompt(state=state, deadline=DEADLINE), late)
    assert not life.overdue(prompt(state=PromptState.PUBLISHED), late)


def test_a_prompt_of_several_is_as_far_as_the_last_of_them() -> None:
    states = (PromptState.SUBMITTED, PromptState.CLAIMED, PromptState.CLOSED)
    held = [claim(id=n, author=f"甲{n}", state=state) for n, state in enumerate(states, 1)]
    assert life.state_of([]) is PromptState.PUBLISHED
    assert life.state_of(held) is PromptState.CLAIMED
    assert life.state_of([held[0], held[2]]) is PromptState.SUBMITTED
    assert life.state_of([held[2]]) is PromptState.CLOSED
    assert life.state_of([held[1].model_copy(update={"released_at": NOON})]) is PromptState.PUBLISHED
    with pytest.raises(NotNow, match="已经报送"):
        life.check_action(PromptAction.WITHDRAW, prompt(state=PromptState.CLAIMED), held)
    assert PromptAction.WITHDRAW not in life.possible(prompt(state=PromptState.CLAIMED), held, DAY)


def test_work_is_the_authors_own_or_the_only_one() -> None:
    one = prompt(state=PromptState.CLAIMED, several=True)
    held = [claim(id=1, author="甲"), claim(id=2, author="乙")]
    assert life.check_work(PromptAction.CHECK, one, held, "乙").id == 2
    assert life.check_work(PromptAction.CHECK, one, held[:1], "").id == 1
    for claims, author, reason in (
        (held, "", "有几个人认领：甲、乙"),
        (held, "丙", "“丙”没有认领"),
        ([], "", "还没有人认领"),
    ):
        with pytest.raises(NotNow, match=reason):
            life.check_work(PromptAction.CHECK, one, claims, author)
    with pytest.raises(NotNow, match="不能登记结果"):
        life.check_work(PromptAction.OUTCOME, one, held, "甲")
    with pytest.raises(NotNow, match="撤回"):
        life.check_work(PromptAction.CHECK, prompt(state=PromptState.WITHDRAWN), held[:1], "")


def test_only_the_last_step_that_stands_is_undone() -> None:
    def event(id: int, action: PromptAction, undoes: int | None = None) -> PromptEvent:
        return PromptEvent(id=id, prompt=1, action=action, by="甲", at=NOON, before={}, after={}, undoes=undoes)

    steps = [event(1, PromptAction.PROPOSE), event(2, PromptAction.APPROVE), event(3, PromptAction.EDIT)]
    assert life.last_to_undo(steps).id == 3
    steps.append(event(4, PromptAction.UNDO, 3))
    assert life.last_to_undo(steps).id == 2
    steps.append(event(5, PromptAction.UNDO, 2))
    with pytest.raises(NotNow, match="提出"):
        life.last_to_undo(steps)
    with pytest.raises(NotNow, match="认领"):
        life.last_to_undo([*steps, event(6, PromptAction.PUBLISH), event(7, PromptAction.CLAIM)])
