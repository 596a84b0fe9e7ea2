from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from xiansuo import artefacts
from xiansuo.desk.desk import Desk
from xiansuo.desk.themes import import_themes, list_themes
from xiansuo.errors import FileUnreadable, FormatUnsupported, InputError, NotFound
from xiansuo.records import Focus

HEADER = "编号,名称,聚焦,权重,关键词,原文条款,起始日期,截止日期\n"


def _file(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
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


def test_a_report_is_no_list(desk: Desk) -> None:
    with pytest.raises(FileUnreadable, match="工作报告"):
        import_themes(desk, artefacts.corpus() / "work-report-2026.txt")


def test_what_cannot_be_read(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(FormatUnsupported):
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
