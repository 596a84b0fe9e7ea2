"""Sentences are compared with the nearest of the other text, part by part, in both directions."""

from __future__ import annotations

import numpy as np
import pytest

from xiansuo.dedup.meaning import meaning

from .readings import GROUND, reading

TITLE = "老旧小区电梯停运"
PROBLEM = "春江里小区电梯停运三周，老人被困在楼上。"
FIRST, SECOND, THIRD = "一是尽快修复电梯。", "二是设立维修资金绿色通道。", "三是每季度公示检验结果。"


def told(draft: str, earlier: str) -> dict[str, float]:
    return meaning(reading(TITLE, draft), reading(TITLE, earlier), GROUND.centre)


def test_a_new_suggestion_is_seen_however_many_are_known() -> None:
    known = f"{PROBLEM}建议：{FIRST}{SECOND}"
    found, same = told(known + THIRD, known), told(known, known)
    assert same["newest_suggestions"] == pytest.approx(same["kept_suggestions"]) == pytest.approx(1)
    assert found["newest_suggestions"] < same["newest_suggestions"]
    assert found["kept_suggestions"] == pytest.approx(1), "what was suggested before is all kept"
    back = told(known, known + THIRD)
    assert back["newest_suggestions"] == pytest.approx(1)
    assert back["kept_suggestions"] < 1


def test_known_and_kept_are_two_directions_of_one_thing() -> None:
    more = f"{PROBLEM}物业公司已经撤离，无人负责。建议：{FIRST}"
    less = f"{PROBLEM}建议：{FIRST}"
    assert told(less, more)["problem_known"] == pytest.approx(1)
    assert told(less, more)["problem_kept"] < 1
    assert told(more, less)["problem_kept"] == pytest.approx(1)
    assert told(more, less)["problem_known"] == pytest.approx(told(less, more)["problem_kept"], abs=1e-6)


def test_what_was_suggested_and_now_is_the_problem_is_seen() -> None:
    earlier = f"{PROBLEM}建议：{SECOND}"
    draft = "设立维修资金绿色通道。居民仍拿不到钱。建议：请审计部门核查。"
    here = told(draft, earlier)
    assert here["problem_was_suggested"] > told(earlier, draft)["problem_was_suggested"]
    assert told(earlier, draft)["suggested_was_problem"] > here["suggested_was_problem"]


def test_a_text_without_suggestions_has_none_in_common() -> None:
    found = told(PROBLEM, f"{PROBLEM}建议：{FIRST}")
    for name in ("meaning_suggestions", "sentences_suggestions", "newest_suggestions", "kept_suggestions"):
        assert found[name] == 0, name
    assert found["suggests_more"] < 0
    assert all(np.isfinite(value) for value in found.values())
