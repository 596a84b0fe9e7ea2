"""The part of a work report that sets tasks is found, however the report is laid out."""

from __future__ import annotations

import pytest

from tests.conftest import shipped
from tests.reports import CHROME, GLOSSARY, PLAN, PROMISES, REVIEW, TITLE, YEAR, report
from xiansuo.recommend.reports.work_report import find_tasks_part


def paragraphs(text: str) -> list[str]:
    found = find_tasks_part(text)
    return [found.read.text[each.start : each.end] for each in found.paragraphs]


def told(text: str) -> str:
    return "\n".join(paragraphs(text))


def test_only_the_paragraphs_that_set_tasks_are_found() -> None:
    found = told(report())
    for inside in ("首届江鲜节", "社区老年食堂20家", "断头路6条", "免费体检"):
        assert inside in found
    for outside in ("字号", "县医院新院区", "2030年", "总体要求", "预期目标", "自身建设", "政务公开", "谱写", "微公交"):
        assert outside not in found


def test_what_is_promised_to_the_people_is_marked() -> None:
    found = find_tasks_part(report())
    marked = [found.read.text[each.start : each.end] for each in found.paragraphs if each.livelihood]
    assert [text[:2] for text in marked] == ["1.", "2."]


def test_paragraphs_are_numbered_as_a_person_counts_them() -> None:
    text = report()
    lines = [line for line in text.split("\n") if line.strip()]
    for each in find_tasks_part(text.replace("\n", "\n\n")).paragraphs:
        place = lines[each.number - 1].replace("，", ",")[:6]
        assert find_tasks_part(text).read.text[each.start : each.end].startswith(place.replace("（", "("))


@pytest.mark.parametrize("parts", [[REVIEW], [CHROME, TITLE, REVIEW], [[""]], [REVIEW, GLOSSARY]])
def test_a_report_without_tasks_has_none(parts: list[list[str]]) -> None:
    assert paragraphs(report(*parts)) == []


def test_aims_of_five_years_count_only_where_the_year_has_no_part() -> None:
    assert "生态县" in told(report(TITLE, REVIEW, PLAN))
    assert "生态县" not in told(report(TITLE, PLAN, YEAR))
    assert "生态县" not in told(report(TITLE, YEAR, PLAN))


def test_a_text_without_headings_is_read_by_how_its_paragraphs_begin() -> None:
    text = "过去一年，新建公路20公里。\n今年是开局之年。今年要新建公路30公里，改造桥梁5座。"
    assert "30公里" in told(text)
    assert "20公里" not in told(text)
    assert "改造桥梁" in told("改造桥梁5座。\n新建公路30公里。")


@pytest.mark.parametrize(
    "heading",
    ["二、下一步工作打算", "第二部分 2026年重点工作", "二、对2026年工作的建议", "2026年工作安排", "二、明年任务"],
)
def test_headings_differ_from_office_to_office(heading: str) -> None:
    text = report(TITLE, ["第一部分 2025年工作回顾", "建成公路20公里。"], [heading, "改造桥梁5座。", "修好江堤。"])
    assert paragraphs(text) == ["改造桥梁5座。", "修好江堤。"]


def test_five_years_and_the_year_under_one_heading_are_told_apart() -> None:
    text = report(
        TITLE,
        REVIEW,
        [
            "二、“十五五”时期目标任务和2026年工作安排",
            "到2030年，建成省级生态县。",
            "今年是开局之年，要干出新气象。",
            "（一）扩大内需",
            "办好首届江鲜节。",
            "开展以旧换新。",
        ],
    )
    assert paragraphs(text) == ["办好首届江鲜节。", "开展以旧换新。"]


def test_a_chapter_of_self_government_ends_the_tasks() -> None:
    text = report(YEAR[:8], ["四、加强政府自身建设", "坚持依法行政。推进政务公开，建设数字政府平台。", *PROMISES])
    assert "政务公开" not in told(text)
    assert "免费体检" in told(text)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        (report(), 2026),
        (report(REVIEW, ["二、今年重点工作", "（一）扩大内需", "办好江鲜节。"]), 2026),
        (report(YEAR), 2026),
        ("今年要办好江鲜节。", None),
        ("2025年重点任务\n办好江鲜节。\n修好江堤。", 2025),
    ],
)
def test_the_year_is_the_one_that_the_report_tells(text: str, year: int | None) -> None:
    assert find_tasks_part(text).year == year


def test_the_shipped_report_is_read_from_its_third_chapter_to_its_fourth() -> None:
    text = shipped("work-report-2026.txt").read_text(encoding="utf-8")
    found = paragraphs(text)
    assert found[0].startswith("精准扩大有效投资")
    assert found[-1].startswith("创新基层社会治理")
