"""What informants say and do bears on what comes next: theirs alone, or everybody's."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.prompts import BY, DEADLINE, NOON, published, put
from xiansuo.desk import claiming, prompt_editing, prompt_lists
from xiansuo.desk.desk import Desk
from xiansuo.desk.feedback import give_feedback, standing_for
from xiansuo.errors import InputError, NotFound
from xiansuo.recommend.standing import Standing
from xiansuo.records.prompts import FeedbackVerdict, PromptState

DAY = NOON.date()
USEFUL, NOT_FOR_ME, KNOWN = FeedbackVerdict


def say(desk: Desk, number: int, verdict: FeedbackVerdict, by: str = "甲", unit: str = "") -> None:
    give_feedback(desk, number, verdict, by=by, unit=unit, now=NOON)


def test_without_prompts_nothing_stands(desk: Desk) -> None:
    assert standing_for(desk, day=DAY, author="甲", unit="第一站") == Standing()


def test_not_for_me_is_theirs_alone_and_known_is_everybodys(desk: Desk) -> None:
    one, other = published(desk, clue="c1", topic="t1"), published(desk, clue="c2", theme="T2")
    say(desk, one, NOT_FOR_ME)
    say(desk, other, KNOWN)
    say(desk, other, KNOWN, by="乙")
    say(desk, one, USEFUL, by="乙")
    mine, theirs, nobodys = (standing_for(desk, day=DAY, author=name) for name in ("甲", "乙", ""))
    assert (mine.not_for_me, mine.useful) == ({"c1", "t1"}, frozenset())
    assert (theirs.not_for_me, theirs.useful) == (frozenset(), {"c1", "t1"})
    assert (nobodys.not_for_me, nobodys.useful, nobodys.themes) == (frozenset(), frozenset(), {})
    assert mine.already_known == theirs.already_known == nobodys.already_known == {"c2": 2}
    assert (mine.themes, theirs.themes) == ({("2026", "T1"): -1}, {("2026", "T1"): 1})


def test_the_last_word_counts(desk: Desk) -> None:
    number = published(desk, clue="c1")
    for verdict in (KNOWN, NOT_FOR_ME, USEFUL):
        say(desk, number, verdict)
    standing = standing_for(desk, day=DAY, author="甲")
    assert (standing.useful, standing.not_for_me, standing.already_known) == ({"c1"}, frozenset(), {})
    assert len(prompt_lists.show_prompt(desk, number, now=NOON).feedback) == 1


@pytest.mark.parametrize(
    ("author", "unit", "theirs"),
    [("甲", "", True), ("甲", "第一站", True), ("甲", "第二站", False), ("乙", "第一站", False), ("", "第一站", False)],
)
def test_two_of_one_name_are_told_apart_by_their_units(desk: Desk, author: str, unit: str, theirs: bool) -> None:
    say(desk, published(desk, clue="c1"), NOT_FOR_ME, unit="第一站")
    assert (standing_for(desk, day=DAY, author=author, unit=unit).not_for_me == {"c1"}) is theirs


def test_a_unit_may_speak_for_itself(desk: Desk) -> None:
    say(desk, published(desk, clue="c1"), NOT_FOR_ME, by="第一站")
    assert standing_for(desk, day=DAY, unit="第一站").not_for_me == {"c1"}


def test_load_is_what_is_claimed_and_not_reported(desk: Desk) -> None:
    numbers = [published(desk, clue=f"c{n}", several=True) for n in range(4)]
    for number in numbers:
        claiming.claim(desk, number, by="甲", unit="第一站", now=NOON)
    claiming.claim(desk, numbers[0], by="乙", unit="第一站", now=NOON)
    claiming.release(desk, numbers[1], by="甲", now=NOON)
    claiming.submit(desk, numbers[2], by="甲", now=NOON)
    prompt_editing.withdraw(desk, numbers[3], by=BY, now=NOON)
    standing = standing_for(desk, day=DAY, author="甲", unit="第一站")
    assert (standing.load, standing.unit_load) == (1, 2)
    assert (standing.loads, standing.unit_loads) == ({"甲": 1, "乙": 1}, {"第一站": 2})
    assert standing.in_work == {"c0": ("甲", "乙")}
    assert standing.reported == {"c2"}
    assert standing.withdrawn == {"c3"}
    assert "c1" in standing.free


def test_load_of_who_is_not_named_is_their_units(desk: Desk) -> None:
    numbers = [published(desk, clue=f"c{n}") for n in range(4)]
    for number, by, unit in zip(numbers, ("甲", "甲", "第一站", "乙"), ("第一站", "第二站", "", "第二站"), strict=True):
        claiming.claim(desk, number, by=by, unit=unit, now=NOON)

    def load(author: str = "", unit: str = "") -> int:
        return standing_for(desk, day=DAY, author=author, unit=unit).load

    assert (load("甲"), load("甲", "第一站"), load("甲", "第二站"), load("甲", "第三站")) == (2, 1, 1, 0)
    assert (load(unit="第一站"), load(unit="第二站"), load(unit="第三站"), load()) == (2, 2, 0, 0)
    standing = standing_for(desk, day=DAY, unit="第一站")
    assert standing.unit_loads == {"第一站": 2, "第二站": 2}
    assert standing.unit_load == 2


def test_free_is_what_this_informant_may_claim_on_this_day(desk: Desk) -> None:
    published(desk, clue="c-all")
    published(desk, clue="c-his", commissioned=["乙"])
    published(desk, clue="c-unit", commissioned=["第一站"], deadline=DEADLINE + dt.timedelta(days=9))
    several = published(desk, clue="c-several", several=True)
    alone = published(desk, clue="c-taken")
    put(desk, clue="c-waiting")
    claiming.claim(desk, several, by="丙", now=NOON)
    claiming.claim(desk, alone, by="丙", now=NOON)
    mine = standing_for(desk, day=DAY, author="甲", unit="第一站")
    assert mine.free == {"c-all", "c-unit", "c-several"}
    assert standing_for(desk, day=DAY, author="乙").free == {"c-all", "c-his", "c-several"}
    assert standing_for(desk, day=DAY).free == {"c-all", "c-his", "c-unit", "c-several"}
    assert mine.waiting == {"c-waiting"}
    assert standing_for(desk, day=DEADLINE + dt.timedelta(days=1), author="甲", unit="第一站").free == {"c-unit"}


def test_feedback_changes_no_state_and_is_masked(desk: Desk) -> None:
    number = published(desk)
    said = give_feedback(desk, number, USEFUL, by="甲", note="可联系13812345678", now=NOON)
    page = prompt_lists.show_prompt(desk, number, now=NOON)
    assert (page.feedback, page.prompt.state) == ((said,), PromptState.PUBLISHED)
    assert "13812345678" not in said.note
    assert len(page.events) == 3


def test_feedback_that_makes_no_sense_is_refused(desk: Desk) -> None:
    with pytest.raises(NotFound, match="没有第 9 号选题"):
        say(desk, 9, USEFUL)
    number = put(desk)
    with pytest.raises(InputError, match="没有写明是谁反馈的"):
        say(desk, number, USEFUL, by=" ")
    with pytest.raises(InputError, match="最多 500 字"):
        give_feedback(desk, number, USEFUL, by="甲", note="长" * 501, now=NOON)
