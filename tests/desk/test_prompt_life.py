"""Whatever people do to a prompt, in whatever order: nobody holds it twice, all is told once, undoing restores."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.prompts import BY, DEADLINE, NOON, published, put, state
from xiansuo.desk import claiming, prompt_editing, prompt_lists, prompt_outcomes
from xiansuo.desk.desk import Desk
from xiansuo.desk.prompt_lines import PromptLine
from xiansuo.desk.prompt_lists import PromptPage
from xiansuo.errors import InputError, NotFound, NotNow
from xiansuo.recommend import life
from xiansuo.records import Level
from xiansuo.records.prompts import PromptAction, PromptState
from xiansuo.settings import Settings
from xiansuo.store import prompts

LATE = NOON + dt.timedelta(days=40)
PEOPLE = ("甲", "乙", "丙")
Act = Callable[[], PromptLine]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One home for all sequences, each on a prompt of its own."""
    with Desk(Settings(home=tmp_path_factory.mktemp("office"))) as desk:
        yield desk


def tried(desk: Desk, number: int, page: PromptPage, draw: st.DataObject) -> tuple[PromptAction, Act]:
    """Something that somebody tries: mostly what may be done now, by those who hold a claim if it needs one."""
    sensible = draw.draw(st.integers(0, 3)) > 0
    open_to = [each for each in page.line.actions if each is not PromptAction.CHECK]
    onwards = [each for each in open_to if each not in (PromptAction.WITHDRAW, PromptAction.EDIT)] * 4
    claims = [PromptAction.CLAIM] * (8 if PromptAction.CLAIM in open_to else 0)
    every = [each for each in PromptAction if each not in (PromptAction.CHECK, PromptAction.PROPOSE)]
    pool = [*claims, *onwards, *open_to, PromptAction.UNDO] if sensible else every
    action = draw.draw(st.sampled_from(pool))
    holders = [each.author for each in life.standing(page.claims)]
    who = draw.draw(st.sampled_from(holders if sensible and holders and action in life.CLAIMANTS else PEOPLE))
    now = LATE if draw.draw(st.integers(0, 9)) == 9 else NOON
    match action:
        case PromptAction.APPROVE:
            return action, lambda: prompt_editing.approve(desk, number, by=BY, now=now)
        case PromptAction.EDIT:
            title = draw.draw(st.sampled_from(["题目一", "题目二", ""]))
            return action, lambda: prompt_editing.edit(desk, number, by=BY, now=now, title=title)
        case PromptAction.PUBLISH:
            terms: dict[str, Any] = {"several": draw.draw(st.booleans()), "deadline": DEADLINE}
            terms["commissioned"] = draw.draw(st.sampled_from([[], [], ["甲", "乙"]]))
            return action, lambda: prompt_editing.publish(desk, number, by=BY, now=now, **terms)
        case PromptAction.WITHDRAW:
            return action, lambda: prompt_editing.withdraw(desk, number, by=BY, now=now)
        case PromptAction.CLAIM:
            return action, lambda: claiming.claim(desk, number, by=who, now=now)
        case PromptAction.RELEASE:
            return action, lambda: claiming.release(desk, number, by=who, author=who, now=now)
        case PromptAction.SUBMIT:
            return action, lambda: claiming.submit(desk, number, by=who, author=who, now=now)
        case PromptAction.OUTCOME:
            level = draw.draw(st.sampled_from([None, Level.CITY, Level.NATION]))
            said: dict[str, Any] = {"author": who, "adopted": level is not None, "level": level}
            return action, lambda: prompt_outcomes.outcome(desk, number, by=BY, now=now, **said)
        case _:
            return action, lambda: prompt_editing.undo(desk, number, by=BY, now=now)


def told(page: PromptPage) -> tuple[Any, ...]:
    """What an undo must bring back."""
    return prompts.changing(page.prompt), page.claims


@settings(max_examples=50)
@given(st.integers(4, 25), st.data())
def test_every_sequence_keeps_the_promises(office: Desk, steps: int, draw: st.DataObject) -> None:
    number, before = put(office), dict[int, tuple[Any, ...]]()
    page = prompt_lists.show_prompt(office, number, now=NOON)
    for _ in range(steps):
        seen, line = page, None
        action, do = tried(office, number, seen, draw)
        with contextlib.suppress(InputError):
            line = do()
        page = prompt_lists.show_prompt(office, number, now=NOON)
        if line is None:
            assert page == seen, f"{action} was refused and changed something"
            continue
        assert line.state == page.prompt.state
        held = life.standing(page.claims)
        assert len(held) <= 1 or page.prompt.several
        assert len({(each.author, each.unit) for each in held}) == len(held)
        if page.prompt.state is not PromptState.WITHDRAWN and page.prompt.published_at:
            assert page.prompt.state in (life.state_of(page.claims), PromptState.APPROVED)
        *earlier, event = page.events
        assert tuple(earlier) == seen.events, "each success is one event, and history is never rewritten"
        assert event.action is action
        assert event.before["prompt"] == prompts.changing(seen.prompt)
        assert event.after["prompt"] == prompts.changing(page.prompt)
        assert page.prompt.changes == len(page.events)
        assert len(page.claims) == len({each.id for each in (*seen.claims, *page.claims)})
        if action is PromptAction.UNDO:
            assert event.undoes is not None
            assert told(page) == before[event.undoes]
        elif action in life.ALLOWED and action is not PromptAction.CLAIM:
            assert action in seen.line.actions
        before[event.id] = told(seen)


@settings(max_examples=25)
@given(st.integers(2, 15), st.data())
def test_undoing_as_long_as_one_may_leads_back_to_what_somebody_else_did(
    office: Desk, steps: int, draw: st.DataObject
) -> None:
    number = put(office)
    for _ in range(steps):
        page = prompt_lists.show_prompt(office, number, now=NOON)
        with contextlib.suppress(InputError):
            tried(office, number, page, draw)[1]()
    with pytest.raises(NotNow, match="不能撤销"):
        for _ in range(steps + 1):
            prompt_editing.undo(office, number, by=BY, now=NOON)
    page = prompt_lists.show_prompt(office, number, now=NOON)
    undone = {event.undoes for event in page.events}
    last = [each for each in page.events if each.action is not PromptAction.UNDO and each.id not in undone][-1]
    assert last.action not in life.UNDOABLE
    assert prompts.changing(page.prompt) == last.after["prompt"]


def test_a_life_from_proposal_to_outcome(office: Desk) -> None:
    number = put(office)
    assert prompt_editing.approve(office, number, by=BY, now=NOON).state_label == "已审"
    edited = prompt_editing.edit(office, number, by=BY, now=NOON, title=" 老年食堂\n怎么办 ", note="请走访13812345678")
    assert edited.title == "老年食堂 怎么办"
    line = prompt_editing.publish(office, number, by=BY, now=NOON, deadline=DEADLINE)
    assert (line.state_label, line.days_left) == ("已发布", 19)
    assert claiming.claim(office, number, by=BY, author="甲", unit="第一站", now=NOON).claims[0].by == BY
    assert claiming.submit(office, number, by="甲", now=NOON).state_label == "已报送"
    done = prompt_outcomes.outcome(office, number, by=BY, now=NOON, level=Level.CITY, date=NOON.date())
    assert (done.state_label, done.claims[0].adopted, done.claims[0].level) == ("已有结果", True, Level.CITY)
    better = prompt_outcomes.outcome(office, number, by=BY, now=NOON, level=Level.PROVINCE)
    assert better.claims[0].level is Level.PROVINCE
    page = prompt_lists.show_prompt(office, number, now=NOON)
    assert "13812345678" not in page.prompt.note
    assert page.prompt.card["titles"][0] != page.prompt.title
    assert [event.action.label for event in page.events] == [
        *("提出", "审定", "修改", "发布", "认领", "报送", "登记结果", "登记结果")
    ]


def test_all_are_claimed(office: Desk) -> None:
    numbers = [published(office) for _ in range(3)]
    for number in numbers:
        claiming.claim(office, number, by="甲", now=NOON)
    for number in numbers:
        with pytest.raises(NotNow, match="已由“甲”"):
            claiming.claim(office, number, by="乙", now=NOON)
    claiming.release(office, numbers[0], by="甲", now=NOON)
    assert claiming.claim(office, numbers[0], by="乙", now=NOON).claims[0].author == "乙"


def test_a_deadline_that_has_passed_can_be_put_off(office: Desk) -> None:
    number = published(office)
    assert any(line.number == number for line in prompt_lists.list_prompts(office, now=LATE, overdue=True, limit=999))
    with pytest.raises(NotNow, match="已过"):
        claiming.claim(office, number, by="甲", now=LATE)
    with pytest.raises(InputError, match="已经过去"):
        prompt_editing.publish(office, number, by=BY, now=LATE)
    later = LATE.date() + dt.timedelta(days=3)
    assert not prompt_editing.edit(office, number, by=BY, now=LATE, deadline=later).overdue
    assert claiming.claim(office, number, by="甲", now=LATE).state is PromptState.CLAIMED
    assert claiming.submit(office, number, by="甲", now=LATE + dt.timedelta(days=9)).state is PromptState.SUBMITTED


def test_the_same_clue_comes_back_only_once(office: Desk) -> None:
    number = put(office, clue="c-again")
    prompt_editing.withdraw(office, number, by=BY, now=NOON)
    put(office, clue="c-again")
    with pytest.raises(NotNow, match="同一条线索"):
        prompt_editing.undo(office, number, by=BY, now=NOON)
    assert state(office, number) is PromptState.WITHDRAWN


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"by": " "}, "没有写明是谁修改的"),
        ({}, "没有要改的"),
        ({"title": "  "}, "题目不能为空"),
        ({"title": "长" * 61}, "最多 60 字"),
        ({"note": "长" * 501}, "最多 500 字"),
        ({"deadline": dt.date(2026, 10, 31)}, "已经过去"),
        ({"commissioned": ["甲"] * 201}, "最多 200 个"),
        ({"commissioned": [" "]}, "没有写明是谁约的"),
    ],
)
def test_edits_that_make_no_sense_are_refused(office: Desk, asked: dict[str, Any], reason: str) -> None:
    number = put(office)
    with pytest.raises(InputError, match=reason):
        prompt_editing.edit(office, number, **{"by": BY, "now": NOON, **asked})
    assert len(prompt_lists.show_prompt(office, number, now=NOON).events) == 1


def test_what_is_not_there_is_not_found(office: Desk) -> None:
    for ask in (
        lambda: prompt_editing.approve(office, 99_999, by=BY, now=NOON),
        lambda: prompt_lists.show_prompt(office, 99_999, now=NOON),
        lambda: prompt_lists.log(office, 99_999),
        lambda: prompt_lists.clue_list(office, now=NOON, numbers=[99_999]),
    ):
        with pytest.raises(NotFound, match="没有第 99999 号选题"):
            ask()


def test_a_month_begins_where_the_office_is(desk: Desk) -> None:
    number = put(desk)
    seven = dt.datetime(2026, 12, 1, 7, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    prompt_editing.approve(desk, number, by=BY, now=seven)
    prompt_editing.publish(desk, number, by=BY, now=seven)
    made = prompt_lists.clue_list(desk, now=seven, month=dt.date(2026, 12, 1))
    assert [line.number for line in made.lines] == [number]
    with pytest.raises(NotNow):
        prompt_lists.clue_list(desk, now=seven, month=dt.date(2026, 11, 1))


def test_lists_are_narrowed_and_ordered(desk: Desk) -> None:
    first = published(desk, deadline=DEADLINE + dt.timedelta(days=5))
    second = published(desk, commissioned=["乙", "第一站"], theme="T2")
    third, waiting = published(desk, several=True), put(desk)
    claiming.claim(desk, third, by="甲", unit="第二站", now=NOON)

    def listed(**asked: Any) -> list[int]:
        return [line.number for line in prompt_lists.list_prompts(desk, now=NOON, **asked)]

    assert listed() == [third, second, first, waiting]
    assert listed(states=[PromptState.PROPOSED, PromptState.CLAIMED]) == [third, waiting]
    assert listed(informant="甲") == [third]
    assert listed(informant="乙") == listed(unit="第一站") == [second]
    assert listed(unit="第二站") == [third]
    assert listed(theme="T2") == [second]
    assert listed(theme="养老服务", limit=2) == [third, second]
    assert listed(overdue=True) == []
    claiming.release(desk, third, by="甲", now=NOON)
    assert listed(informant="甲") == []
    assert [event.action for event in prompt_lists.log(desk, third)][:2] == [PromptAction.RELEASE, PromptAction.CLAIM]
    assert prompt_lists.log(desk, limit=1)[0].prompt == third
