"""What was exchanged between a text and its copy is named; two documents stand beside each other as in a check."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import matters
from tests.conftest import NOON
from xiansuo.desk.beside import beside
from xiansuo.desk.checking import check
from xiansuo.desk.desk import Desk
from xiansuo.desk.importing import import_path
from xiansuo.desk.swaps import SwapKind, swaps
from xiansuo.errors import InputError, NotFound

LIFT = matters.LIFT


@pytest.fixture
def filled(desk: Desk, tmp_path: Path) -> Desk:
    import_path(desk, matters.write(tmp_path / "来稿.jsonl", matters.ALL), now=NOON)
    return desk


def exchanged(desk: Desk, text: str) -> set[tuple[SwapKind, str, str, int]]:
    report = check(desk, LIFT["title"], text, now=NOON)
    match = next(each for each in report.matches if each.facts.id == LIFT["id"])
    return {(each.kind, each.earlier, each.draft, each.times) for each in swaps(report.text, match)}


def test_names_and_figures_that_were_put_in_are_told(filled: Desk) -> None:
    copied = LIFT["text"].replace("春江里", "枫林苑").replace("十一部", "二十六部").replace("两个多月", "２０天")
    found = exchanged(filled, copied)
    assert {(old, new) for kind, old, new, _ in found if kind is SwapKind.NUMBER} == {("十一", "二十六")}
    assert any((old[:3], new[:3]) == ("春江里", "枫林苑") for _, old, new, _ in found)


def test_a_mended_copy_exchanged_nothing(filled: Desk) -> None:
    assert exchanged(filled, LIFT["text"]) == set()
    assert exchanged(filled, LIFT["text"].replace("，", ",").replace("厂家质保", "厂家的质保")) == set()


def test_two_documents_stand_as_a_check_would_show_them(filled: Desk, tmp_path: Path) -> None:
    later = {**LIFT, "id": "甲-07", "text": f"{LIFT['text']}另外，楼道里的灯也坏了。", "date": "2026-02-01"}
    import_path(filled, matters.write(tmp_path / "又一篇.jsonl", [later]), now=NOON)
    made = beside(filled, "甲-07", "甲-01", now=NOON)
    assert made == beside(filled, "甲-01", "甲-07", now=NOON), "the earlier is the match in either order"
    report = check(
        filled, later["title"], later["text"], now=NOON, leave_out=("甲-07",), unit=later["unit"], date=made.day
    )
    seen, known = made.matches[0], next(each for each in report.matches if each.facts.id == "甲-01")
    assert (seen.judgement, seen.evidence, seen.facts) == (known.judgement, known.evidence, known.facts)
    assert seen.same_author
    assert made.new
    assert made.advice


@pytest.mark.parametrize(("other", "error"), [("甲-01", InputError), ("没有的", NotFound)])
def test_what_cannot_be_compared_is_told(filled: Desk, other: str, error: type[Exception]) -> None:
    with pytest.raises(error, match=r"同一份|没有编号为“没有的”"):
        beside(filled, "甲-01", other, now=NOON)
