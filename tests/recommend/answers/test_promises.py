from __future__ import annotations

import datetime as dt

import pytest

from xiansuo.recommend.answers.promises import promises

_DAY = dt.date(2025, 6, 20)


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("年内报批。", "2025-12-31"),
        ("计划今年四季度投入使用。", "2025-12-31"),
        ("拟于2026年5月底前完成移交。", "2026-05-31"),
        ("自9月1日起执行。", "2025-09-30"),
        ("明年上半年启动改造。", "2026-06-30"),
        ("预计2026年3季度建成。", "2026-09-30"),
    ],
)
def test_a_time_after_the_reply_is_a_promise(said: str, due: str) -> None:
    (found,) = promises(f"您好。{said}", _DAY)
    assert found.due == dt.date.fromisoformat(due)
    assert f"您好。{said}"[found.start : found.end] == said


@pytest.mark.parametrize(
    "said",
    [
        "已于5月完成。",
        "截至6月中旬已受理87件。",
        "暂未列入今年计划。",
        "2024年安排80万元。",
        "我局将积极争取。",
        "13月前完成。",
    ],
)
def test_what_is_over_put_off_or_without_a_time_is_none(said: str) -> None:
    assert promises(said, _DAY) == []
