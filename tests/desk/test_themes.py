from __future__ import annotations

import datetime as dt
from pathlib import Path

import docx
import openpyxl
import pytest

from tests.conftest import shipped
from tests.ingest.test_texts import pdf
from tests.reports import REVIEW, TITLE, YEAR, report
from xiansuo.desk.desk import Desk
from xiansuo.desk.theme_reports import heaviest
from xiansuo.desk.themes import import_themes, list_themes, list_versions, take_themes, themes_in_force
from xiansuo.errors import FileUnreadable, FormatUnsupported, InputError, NotFound
from xiansuo.records import Focus, WorkTheme

HEADER = "编号,名称,聚焦,权重,关键词,原文条款,起始日期,截止日期\n"


def _file(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def _demo(folder: Path) -> Path:
    """The shipped report under a name that tells no year."""
    path = folder / "报告.txt"
    path.write_bytes(shipped("work-report-2026.txt").read_bytes())
    return path


def test_a_table_is_read_with_every_column(desk: Desk, tmp_path: Path) -> None:
    row = "T01,养老服务,群众关切,5,老年食堂、长护险,办好老年食堂。,2026-01-01,2026年12月31日\n"
    (theme,) = import_themes(desk, _file(tmp_path, "2026.csv", HEADER + row))
    assert (theme.id, theme.focus, theme.weight) == ("T01", Focus.PUBLIC_CONCERN, 5.0)
    assert theme.keywords == ("老年食堂", "长护险")
    assert (theme.until, theme.version) == (dt.date(2026, 12, 31), "2026")
    assert list_themes(desk) == [theme]


def test_other_names_other_encoding_and_a_title_line(desk: Desk, tmp_path: Path) -> None:
    text = "某市重点任务,,\n序号,重点任务,关键字\n1,海上风电,风电；用海\n"
    (theme,) = import_themes(desk, _file(tmp_path, "a.csv", text, "gb18030"))
    assert (theme.id, theme.name, theme.keywords) == ("1", "海上风电", ("风电", "用海"))


def test_a_workbook(desk: Desk, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["编号", "名称", "权重", "起始日期"])
    book.active.append([7, "养老服务", 3, dt.datetime(2026, 1, 1)])
    book.save(tmp_path / "a.xlsx")
    (theme,) = import_themes(desk, tmp_path / "a.xlsx")
    assert (theme.id, theme.weight, theme.since) == ("7", 3.0, dt.date(2026, 1, 1))


def test_toml_and_plain_lines(desk: Desk, tmp_path: Path) -> None:
    toml = '[[theme]]\nname = "养老服务"\nkeywords = ["食堂"]\nuntil = 2026-12-31\n'
    (theme,) = import_themes(desk, _file(tmp_path, "a.toml", toml))
    assert (theme.keywords, theme.until) == (("食堂",), dt.date(2026, 12, 31))
    named = import_themes(desk, _file(tmp_path, "b.txt", "1. 养老服务\n\n（二）海上风电\n"))
    assert [each.name for each in named] == ["养老服务", "海上风电"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("T1,,,,,,,\nT2,养老,,,,,,\n", "第 2 行：没有名称"),
        ("T1,养老,,很大,,,,\n", "第 2 行：权重"),
        ("T1,养老,别的,,,,,\n", "第 2 行：聚焦"),
        ("T1,养老,,,,,不知道,\n", "第 2 行：起始日期"),
        ("T1,养老,,,,,2026-12-31,2026-01-01\n", "第 2 行：截止日期"),
        ("T1,养老,,,,,,\nT1,托育,,,,,,\n", "第 3 行：编号“T1”与第 2 行重复"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_kept(desk: Desk, tmp_path: Path, rows: str, said: str) -> None:
    with pytest.raises(InputError, match=r"x\.csv " + said):
        import_themes(desk, _file(tmp_path, "x.csv", HEADER + rows))
    assert list_themes(desk) == []


def test_a_report_gives_its_tasks_with_their_places(office: Desk) -> None:
    path = shipped("work-report-2026.txt")
    taken = take_themes(office, path, version="2026")
    text = path.read_text(encoding="utf-8")
    assert taken.kind == "report"
    assert list_themes(office) == list(taken.themes)
    for place, theme in enumerate(taken.themes, start=1):
        assert theme.id == f"{place:03d}"
        assert text[theme.start : theme.end] == theme.clause
        assert theme.source == path.name
        assert (theme.since, theme.until) == (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    lines = [line for line in text.split("\n") if line.strip()]
    assert all(theme.paragraph and theme.clause in lines[theme.paragraph - 1] for theme in taken.themes)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_encodings_of_a_report_make_no_difference(office: Desk, tmp_path: Path, encoding: str) -> None:
    text = shipped("work-report-2026.txt").read_text(encoding="utf-8")
    path = tmp_path / "报告.txt"
    path.write_bytes(text.replace("\n", "\r\n").encode(encoding))
    told = [(theme.name, theme.start, theme.end) for theme in take_themes(office, path).themes]
    assert told == [(theme.name, theme.start, theme.end) for theme in import_themes(office, _demo(tmp_path))]


def test_a_report_in_word_with_a_table_and_in_pdf(office: Desk, tmp_path: Path) -> None:
    document = docx.Document()
    for line in report(TITLE, REVIEW, YEAR).split("\n"):
        document.add_paragraph(line, style="Heading 1" if line[1:2] == "、" else None)
    document.add_paragraph("2026年民生实事")
    table = document.add_table(rows=0, cols=3)
    for cells in (
        ("序号", "内容", "单位"),
        ("1", "改造农村公厕15座", "住建局"),
        ("2", "新建社区老年食堂20家", "民政局"),
    ):
        for cell, told in zip(table.add_row().cells, cells, strict=True):
            cell.text = told
    document.save(str(tmp_path / "报告.docx"))
    names = [theme.name for theme in import_themes(office, tmp_path / "报告.docx", version="word")]
    assert "改造农村公厕15座" in names
    assert "办好首届江鲜节" in names
    assert names.count("新建社区老年食堂20家") == 1
    assert not any("新院区" in name for name in names)
    printed = pdf(tmp_path / "报告.pdf", [report(TITLE, YEAR).split("\n")])
    assert "办好首届江鲜节" in [theme.name for theme in import_themes(office, printed, version="pdf")]


def test_only_the_heaviest_are_kept_where_so_many_are_asked_for(office: Desk, tmp_path: Path) -> None:
    everything = import_themes(office, _demo(tmp_path), version="all")
    taken = take_themes(office, _demo(tmp_path), version="few", most=10)
    assert len(taken.themes) == 10
    assert taken.left_out == len(everything) - 10
    assert [theme.id for theme in taken.themes] == sorted(theme.id for theme in taken.themes)
    lightest = min(theme.weight for theme in taken.themes)
    assert sum(theme.weight > lightest for theme in everything) < 10
    by_id = {theme.id: theme for theme in everything}
    assert all(theme.model_copy(update={"version": "all"}) == by_id[theme.id] for theme in taken.themes)


def test_of_equal_weight_each_paragraph_has_its_turn() -> None:
    tasks = [WorkTheme(id=f"{n}", name=f"第{n}项", paragraph=paragraph) for n, paragraph in enumerate("1112233")]
    assert [task.id for task in heaviest(tasks, 3)] == ["0", "3", "5"]
    heavy = [*tasks, WorkTheme(id="h", name="重", weight=2, paragraph=1)]
    assert [task.id for task in heaviest(heavy, 4)] == ["0", "3", "5", "h"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "回顾.txt",
            report(TITLE, REVIEW, ["过去一年，" + "我们完成了各项目标任务，" * 9 + "成绩来之不易。"] * 9),
            "没有找到今后",
        ),
        ("空.txt", " \n\n", "没有内容"),
    ],
)
def test_a_report_without_tasks_is_told(office: Desk, tmp_path: Path, name: str, text: str, said: str) -> None:
    with pytest.raises(FileUnreadable, match=said):
        import_themes(office, _file(tmp_path, name, text))
    assert list_themes(office) == []


def test_a_scan_is_told(office: Desk, tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match="扫描"):
        import_themes(office, pdf(tmp_path / "scan.pdf", [[], []]))


def test_lists_and_reports_are_told_apart_by_what_is_in_them(office: Desk, tmp_path: Path) -> None:
    document = docx.Document()
    for line in ("1. 养老服务", "2. 海上风电"):
        document.add_paragraph(line)
    document.save(str(tmp_path / "清单.docx"))
    assert [theme.name for theme in import_themes(office, tmp_path / "清单.docx")] == ["养老服务", "海上风电"]
    text = "各位代表：\n今年重点工作\n" + "".join(f"新建{thing}驿站20座。\n" for thing in ("骑手", "司机", "渔民"))
    taken = take_themes(office, _file(tmp_path, "短句.txt", text))
    assert taken.kind == "report"
    assert len(taken.themes) == 3


def test_what_cannot_be_read(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(FormatUnsupported):
        import_themes(desk, _file(tmp_path, "a.pptx", "x"))
    with pytest.raises(FileUnreadable):
        import_themes(desk, _file(tmp_path, "a.pdf", "x"))
    with pytest.raises(FileUnreadable, match="名称"):
        import_themes(desk, _file(tmp_path, "a.csv", "甲,乙\n1,2\n"))
    with pytest.raises(FileUnreadable):
        import_themes(desk, _file(tmp_path, "a.toml", "x = "))


def test_versions_stay_apart(desk: Desk, tmp_path: Path) -> None:
    old, new = (HEADER + f"T1,{name},,,,,{year}-01-01,\n" for name, year in (("旧事", 2025), ("新事", 2026)))
    import_themes(desk, _file(tmp_path, "b.csv", new), version="2026")
    import_themes(desk, _file(tmp_path, "a.csv", old), version="2025")
    assert [theme.name for theme in list_themes(desk)] == ["新事"]
    assert [theme.name for theme in list_themes(desk, "2025")] == ["旧事"]
    with pytest.raises(NotFound, match="2024"):
        list_themes(desk, "2024")


def test_a_version_holds_until_the_next_one_has_begun(office: Desk, tmp_path: Path) -> None:
    old = HEADER + "T1,旧事,,,,,2025-01-01,2025-12-31\n"
    import_themes(office, _file(tmp_path, "2025.csv", old))
    import_themes(office, _demo(tmp_path), version="2026")
    assert [theme.name for theme in themes_in_force(office, dt.date(2025, 12, 31))] == ["旧事"]
    assert {theme.version for theme in themes_in_force(office, dt.date(2026, 1, 1))} == {"2026"}
    assert themes_in_force(office, dt.date(2024, 12, 31)) == []
    newest, oldest = list_versions(office)
    assert (newest.version, newest.source, newest.edits, newest.retired) == ("2026", "报告.txt", 0, 0)
    assert (oldest.themes, oldest.since, oldest.until) == (1, dt.date(2025, 1, 1), dt.date(2025, 12, 31))


def test_a_list_without_keywords_takes_those_of_its_clause_or_name(desk: Desk, tmp_path: Path) -> None:
    row = "养老服务,,健全助餐网络，推进老年食堂建设。\n海上风电,风电,发展海上风电。\n"
    care, wind = import_themes(desk, _file(tmp_path, "2027.csv", "名称,关键词,原文条款\n" + row))
    assert "老年食堂" in care.keywords
    assert wind.keywords == ("风电",)
    (line,) = import_themes(desk, _file(tmp_path, "2028.txt", "健全海岛急救转运体系\n"))
    assert line.keywords
    assert all(word in line.name for word in line.keywords)
