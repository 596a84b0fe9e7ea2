"""Advice to somebody who is still writing."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from tests.desk.archives import fill, rows
from xiansuo.desk.desk import Desk
from xiansuo.desk.reopening import history
from xiansuo.desk.writing import ENOUGH, LONGEST, advice_of, while_writing
from xiansuo.records import Relation

NOON = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
OWN = "食堂的厨余处理机没有人维护，夏天气味扰民，居民投诉后停业两周。"


@pytest.fixture
def archive(desk: Desk, tmp_path: Path) -> Desk:
    return fill(desk, tmp_path, rows())


def test_a_draft_too_short_to_compare_is_not_checked(archive: Desk) -> None:
    told = while_writing(archive, "食堂", "字" * (ENOUGH - 1) + "。\n ", now=NOON)
    assert (told.report, told.letters, told.warnings) == (None, ENOUGH, ())
    assert while_writing(archive, "食堂", "字" * ENOUGH, now=NOON).report is not None


def test_what_is_new_is_told_in_the_drafts_own_words_and_nothing_is_kept(archive: Desk) -> None:
    told = while_writing(archive, "老年食堂", f"{rows()[0]['text']}{OWN}", now=NOON)
    assert told.report is not None
    assert told.report.matches[0].facts.id == "D00"
    assert any("厨余处理机" in sentence for sentence in told.new)
    assert not any("承办企业亏损" in sentence for sentence in told.new)
    assert history(archive) == ()


def test_length_and_missing_parts_are_warned_of(archive: Desk) -> None:
    whole = (
        "一、情况问题\n食堂冷清，每天不足三十人。\n二、原因\n补贴按面积发，送餐没有人手。\n三、建议\n建议按人次补贴。"
    )
    said = "".join(while_writing(archive, "食堂冷清", whole, now=NOON).warnings)
    assert "没有看到" not in said
    assert "超过" not in said
    long = while_writing(archive, "食堂冷清", "食堂冷清，每天不足三十人。" * (LONGEST // 10), now=NOON)
    assert f"正文 {long.letters} 字，超过 {LONGEST} 字" in "".join(long.warnings)
    assert "“建议”" in "".join(long.warnings)


def test_a_swapped_template_is_warned_of_with_its_reasons(archive: Desk) -> None:
    report = while_writing(archive, "老年食堂", f"{rows()[0]['text']}{OWN}", now=NOON).report
    assert report is not None
    first = report.matches[0]
    judged = dataclasses.replace(
        first.judgement, relation=Relation.TEMPLATE_SWAP, reasons=("套用原文的句子", "两篇写的地方不同")
    )
    swapped = dataclasses.replace(report, matches=(dataclasses.replace(first, judgement=judged), *report.matches[1:]))
    (said,) = [each for each in advice_of(swapped, 100).warnings if "套用" in each]
    assert first.facts.title in said
    assert "两篇写的地方不同" in said
    assert "请核对地名和数字" in said
