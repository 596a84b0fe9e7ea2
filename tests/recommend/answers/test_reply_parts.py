from __future__ import annotations

import numpy as np

from xiansuo.recommend.answers.reply_parts import points, settled
from xiansuo.records import Grade, Reply

_SUGGESTIONS = [
    "更换菜场雨水箅子，疏通下水道。",
    "给菜场摊主减免三个月摊位费。",
    "在菜场北门增设公交站。",
]
_REPLY = (
    "您的提案收悉。关于疏通下水道，已于6月3日完成疏通，更换雨水箅子12个。"
    "关于摊位费减免，涉及财政资金，暂无法实施，留作参考。感谢您的关心。"
)


def test_each_point_is_laid_against_its_suggestion() -> None:
    first, second, third = settled(_SUGGESTIONS, Reply(text=_REPLY, grade=Grade.PLANNED))
    assert first.answered
    assert first.point is not None
    assert "雨水箅子" in first.point.text
    assert not second.answered
    assert second.point is not None
    assert "摊位费" in second.point.text
    assert third.point is None
    assert not third.answered


def test_what_no_point_speaks_to_is_as_settled_as_the_grade_says() -> None:
    assert settled(_SUGGESTIONS, Reply(text=_REPLY, grade=Grade.DONE))[2].answered
    assert not settled(_SUGGESTIONS, Reply(text=_REPLY))[2].answered


def test_a_reply_of_one_sentence_is_on_all_suggestions() -> None:
    found = settled(_SUGGESTIONS, Reply(text="您的建议留作参考，待条件成熟后研究。", grade=Grade.NOTED))
    assert [each.answered for each in found] == [False] * 3
    assert all(each.point is not None for each in found)


def test_the_rest_is_spoken_of_together() -> None:
    found = settled(_SUGGESTIONS, Reply(text="关于疏通下水道，已完成疏通12处。其余建议将在修订办法时研究。"))
    assert found[2].point is not None
    assert found[2].point.text.startswith("其余")


def test_points_lie_in_the_reply() -> None:
    found = points(_REPLY)
    assert [_REPLY[each.start : each.end][:5] for each in found] == ["关于疏通下", "关于摊位费"]


def test_meaning_finds_a_point_that_shares_no_words() -> None:
    likeness = np.array([[0.0, 0.0], [0.0, 0.0], [0.9, 0.0]], np.float32)
    found = settled(_SUGGESTIONS, Reply(text=_REPLY), likeness)
    assert found[2].point == points(_REPLY)[0]


def test_no_suggestions_are_settled_by_nothing() -> None:
    assert settled([], Reply(text=_REPLY)) == []
