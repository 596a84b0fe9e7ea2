"""A work report's tasks: each with its very words, its place, and nothing that is no task."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable

import pytest

from tests.conftest import shipped
from tests.reports import REVIEW, TITLE, YEAR, report
from xiansuo.recommend.reports.task_words import TaskWords
from xiansuo.recommend.reports.tasks import Task, split_tasks
from xiansuo.recommend.reports.work_report import find_tasks_part
from xiansuo.records import Focus
from xiansuo.text.segment import segmenter

WORDS = TaskWords.read()
WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x30, 0x3A)} | {"%": "％"})


def tasks(text: str) -> list[Task]:
    return split_tasks(text, find_tasks_part(text), WORDS, segmenter().words)


def of(*sentences: str) -> list[Task]:
    """Split sentences of one paragraph, which begins with what it is about."""
    return tasks(report(TITLE, ["三、2026年重点工作", "（一）做好各项工作", "".join(("办好实事。", *sentences))]))


def clauses(found: list[Task]) -> list[str]:
    return [task.clause for task in found]


def demo() -> str:
    return shipped("work-report-2026.txt").read_text(encoding="utf-8")


def test_clauses_are_cut_out_of_the_text_by_their_offsets() -> None:
    for text in (demo(), report(), report().replace("\n", "\r\n"), report().translate(WIDE)):
        found = tasks(text)
        assert len(found) > 6
        assert all(text[task.start : task.end] == task.clause for task in found)
        assert all(task.end <= after.start for task, after in zip(found, found[1:], strict=False))


def test_no_clause_is_from_the_review_or_the_government_itself() -> None:
    text = demo()
    ahead, itself = text.index("三、2026年重点工作"), text.index("四、加强政府自身建设")
    assert all(ahead < task.start < itself for task in tasks(text))


@pytest.mark.parametrize(
    "changed",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\n\n\u3000\u3000"),
        lambda text: text.translate(WIDE),
        lambda text: text.replace("（", "(").replace("）", ")").replace("，", ",").replace("：", ":"),
        lambda text: text.replace("\n", "\r"),
    ],
    ids=["windows", "indented", "full width", "half width", "old mac"],
)
def test_how_a_report_was_saved_changes_no_task(changed: Callable[[str], str]) -> None:
    plain, other = tasks(report()), tasks(changed(report()).replace("\r", "\n"))
    assert [task.name for task in other] == [task.name for task in plain]
    assert [(task.keywords, task.focus, task.weight) for task in other] == [
        (task.keywords, task.focus, task.weight) for task in plain
    ]


def test_paragraphs_in_another_order_set_the_same_tasks() -> None:
    lines = demo().split("\n")
    first = next(place for place, line in enumerate(lines) if line.startswith("三、"))
    last = next(place for place, line in enumerate(lines) if line.startswith("四、"))
    body = [line for line in lines[first + 1 : last] if line and not line.startswith("（")]
    shuffled = [*lines[: first + 1], "（一）全部工作", *random.Random(7).sample(body, len(body)), *lines[last:]]
    assert {task.name for task in tasks("\n".join(shuffled))} == {task.name for task in tasks(demo())}


def test_measures_on_one_thing_are_one_task_and_others_are_not() -> None:
    found = of("新建社区老年食堂20家，健全社区老年食堂运营补贴机制，推进长期护理保险试点；关爱困境儿童。")
    assert clauses(found) == [
        "新建社区老年食堂20家，健全社区老年食堂运营补贴机制",
        "推进长期护理保险试点",
        "关爱困境儿童",
    ]


def test_what_comes_of_a_task_stays_with_it() -> None:
    found = of("推动老街夜市改造，力争带动消费3亿元。完善集疏运体系，集装箱吞吐量突破30万标箱。")
    assert clauses(found) == ["推动老街夜市改造，力争带动消费3亿元", "完善集疏运体系，集装箱吞吐量突破30万标箱"]


def test_a_list_of_tasks_is_cut_and_a_list_of_things_is_not() -> None:
    assert clauses(of("支持居民自主加装电梯、更新老化燃气管网、规范小区物业服务。")) == [
        "支持居民自主加装电梯",
        "更新老化燃气管网",
        "规范小区物业服务",
    ]
    assert clauses(of("改造提升望江路、学院路、人民路照明设施。")) == ["改造提升望江路、学院路、人民路照明设施"]


@pytest.mark.parametrize(
    "sentence",
    [
        "坚持人民至上、生命至上。",
        "去年建成食堂20家。",
        "民生无小事，枝叶总关情。",
        "我们将以更大力度办好民生实事。",
        "不断提升人民群众获得感。",
        "就业是最大的民生。",
        "推动消费热起来、市场活起来。",
        "以高质量发展保障高水平安全。",
    ],
)
def test_what_sets_no_task_is_none(sentence: str) -> None:
    assert clauses(of("新建公厕20座。", sentence)) == ["新建公厕20座"]


def test_numbering_and_whose_task_it_is_are_left_out() -> None:
    text = report(TITLE, ["2026年民生实事", "1.新建社区食堂20家（牵头单位：民政局）。", "2.二是改造公厕15座。"])
    assert clauses(tasks(text)) == ["新建社区食堂20家", "改造公厕15座"]
    assert clauses(of("我们要新建公厕20座。")) == ["新建公厕20座"]


def test_a_task_that_is_set_twice_is_listed_once_with_the_greater_weight() -> None:
    found = [task for task in tasks(report()) if "老年食堂" in task.clause]
    assert len(found) == 1
    assert found[0].again
    assert found[0].weight == max(task.weight for task in tasks(report()))


def test_names_are_short_and_begin_with_what_is_to_be_done() -> None:
    for task in tasks(demo()):
        assert 4 <= len(task.name) <= 20
        assert WORDS.verb.match(task.name)
        assert all(2 <= len(word) <= 12 for word in task.keywords)


def test_focus_is_told_by_words() -> None:
    told = {task.name: task.focus for task in of("新建社区老年食堂20家。建设深水网箱150口。实施零基预算改革。")}
    assert list(told.values()) == [Focus.PUBLIC_CONCERN, Focus.LOCAL_STRENGTH, Focus.CENTRAL_WORK]


def test_weight_counts_stress_figures_the_first_place_and_promises() -> None:
    weights = [task.weight for task in of("推广集卡预约。发展研学旅行。重点整治违规收费。打通断头路6条。")]
    assert weights == [2.0, 1.0, 2.0, 2.0]
    promised = tasks(report(TITLE, ["2026年民生实事", "1.发展研学旅行。"]))
    assert [task.weight for task in promised] == [3.0]


def test_the_tasks_of_the_shipped_report_cover_its_themes() -> None:
    text = demo()
    found = tasks(text)
    assert 60 <= len(found) <= 200
    with shipped("themes-2026.csv").open(encoding="utf-8-sig", newline="") as file:
        for theme in csv.DictReader(file):
            clause = theme["原文条款"].rstrip("。")
            start = text.index(clause)
            inside = [task for task in found if start <= task.start < start + len(clause)]
            assert sum(task.end - task.start for task in inside) > 0.5 * len(clause), theme["名称"]
            words = theme["关键词"].split("、")
            assert sum(any(word in task.clause for task in inside) for word in words) >= 2, theme["名称"]


def test_a_table_of_tasks_is_read_cell_by_cell() -> None:
    text = report(
        TITLE, ["2026年民生实事", "序号\t内容\t牵头单位", "1\t新建社区食堂20家\t民政局", "2\t改造公厕15座\t住建局"]
    )
    found = tasks(text)
    assert clauses(found) == ["新建社区食堂20家", "改造公厕15座"]
    assert [task.paragraph for task in found] == [6, 7]


@pytest.mark.parametrize("text", ["", "\n\n", report(REVIEW), report(TITLE), "，。、；", report(YEAR[:3])])
def test_nothing_comes_of_nothing(text: str) -> None:
    assert tasks(text) == []


def test_an_office_has_its_own_words_for_what_its_place_is_known_for(tmp_path_factory: pytest.TempPathFactory) -> None:
    own = tmp_path_factory.mktemp("own") / "words.toml"
    own.write_text('local_strength = "陶瓷 窑址"\n', encoding="utf-8")
    words = TaskWords.read(own)
    text = report(TITLE, ["三、2026年重点工作", "（一）特色", "办好实事。保护古代窑址。建设深水网箱。改造老旧公厕。"])
    found = split_tasks(text, find_tasks_part(text), words, segmenter().words)
    assert [task.focus is Focus.LOCAL_STRENGTH for task in found] == [True, False, False]
    assert words.verbs == WORDS.verbs
