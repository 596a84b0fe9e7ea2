from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from xiansuo.errors import FileUnreadable
from xiansuo.ingest.columns import assign, field_of
from xiansuo.ingest.reading import Reading
from xiansuo.records import Adoption, Grade, Level

from .conftest import BODY

Read = Callable[..., Reading]
HEADER = ["编号", "标题", "正文", "日期"]


def book(path: Path, *rows: list[object]) -> Path:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    made.save(path)
    return path


@pytest.mark.parametrize(
    ("name", "field"),
    [
        *(
            ("标 题", "title"),
            ("*正文（1500字以内）", "text"),
            ("报送\n单位：", "unit"),
            ("留言详情", "text"),
        ),
        *(
            ("提案号", "id"),
            ("界别", "sector"),
            ("区县", "region"),
            ("一级标签", "category"),
            ("答复意见", "reply"),
        ),
        *(
            ("ＴＩＴＬＥ", "title"),
            ("委员姓名", "author"),
            ("承办单位", "reply_department"),
            ("采用级别", "adoptions"),
        ),
        *(("序号", None), ("备注", None), ("", None), ("长" * 300, None)),
    ],
)
def test_names_of_columns(name: str, field: str | None) -> None:
    assert field_of(name) == field


def test_the_better_of_two_names_wins() -> None:
    assert assign(["主题", "标题", "内容", "留言详情"]).fields == ("theme", "title", None, "text")
    assert assign(["主题", "内容"]).fields == ("title", "text")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_every_dress(tmp_path: Path, read: Read, encoding: str, delimiter: str) -> None:
    made = io.StringIO(newline="")
    writer = csv.writer(made, delimiter=delimiter)
    writer.writerows([HEADER, ["1", "一", f"{BODY}\n第二段，“引号”;\t", "2024.3.5"], [], ["2", "二", BODY, ""]])
    path = tmp_path / "a.csv"
    path.write_bytes(made.getvalue().encode(encoding))
    reading = read(path)
    assert [(found.document.id, found.row) for found in reading.found] == [("1", 2), ("2", 4)]
    assert reading.found[0].document.text == f"{BODY}\n第二段，“引号”;"
    assert reading.found[0].document.date == dt.date(2024, 3, 5)


def test_csv_with_a_field_beyond_the_modules_limit(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"标题,正文\n一,{'长' * 200_000}\n二,{BODY}\n", "utf-8")
    reading = read(path)
    assert [found.row for found in reading.found] == [3]
    assert "拆成" in reading.remarks[0].reason


def test_an_open_quote_is_told(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'标题,正文\n一,"{BODY}\n二,{BODY}\n', "utf-8")
    assert any("引号不成对" in remark.reason for remark in read(path).remarks)


@pytest.mark.parametrize("text", ["标题,正文\n", "标题,正文\n,\n , \n", "甲,乙\n1,2\n", "随便写的一句话，没有表头。\n"])
def test_tables_without_content_or_header(tmp_path: Path, read: Read, text: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(FileUnreadable, match="表头"):
        read(path)


def test_a_ledger_with_banner_merged_cells_and_dates(tmp_path: Path, read: Read) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.append(["2024年社情民意信息台账"])
    sheet.append([])
    sheet.append(
        [
            "序号",
            "编号",
            "标题",
            "信息内容",
            "报送单位",
            "报送时间",
            "采用情况",
            "答复意见",
            "承办单位",
            "答复时间",
            "答复等级",
        ]
    )
    day = dt.datetime(2024, 3, 5, 9, 30)
    sheet.append(
        [
            1,
            7,
            "一",
            BODY,
            "民盟市委",
            day,
            "市级 2024-03-02；省级",
            "已经办理。",
            "住建局",
            45400,
            "B类",
        ]
    )
    sheet.append([2, 8, "二", BODY, None, 45356, "未采用"])
    sheet.append(["第二季度"])
    sheet.append([3, 9.0, "三", BODY, "致公党市委", "二〇二四年三月五日", "是"])
    sheet.merge_cells("A1:K1")
    sheet.merge_cells("E4:E5")
    sheet.merge_cells("A6:K6")
    path = tmp_path / "a.xlsx"
    made.save(path)
    reading = read(path)
    found = [one.document for one in reading.found]
    assert [(one.document.id, one.row) for one in reading.found] == [("7", 4), ("8", 5), ("9", 7)]
    assert [document.unit for document in found] == ["民盟市委", "民盟市委", "致公党市委"]
    assert {document.date for document in found} == {dt.date(2024, 3, 5)}
    assert found[0].adoptions == (
        Adoption(level=Level.CITY, date=dt.date(2024, 3, 2)),
        Adoption(level=Level.PROVINCE),
    )
    (reply,) = found[0].replies
    assert (reply.department, reply.date, reply.grade) == (
        "住建局",
        dt.date(2024, 4, 18),
        Grade.PLANNED,
    )
    assert found[1].adoptions == found[1].replies == ()
    assert reading.ignored_columns == ("序号",)
    assert [(remark.row, remark.outcome) for remark in reading.remarks] == [(7, "noted")]


def test_all_sheets_are_read_and_named(tmp_path: Path, read: Read) -> None:
    made = openpyxl.Workbook()
    made.active.title = "说明"
    made.active.append(["请按表头填写"])
    for name in ("一月", "二月"):
        sheet = made.create_sheet(name)
        sheet.append(HEADER)
        sheet.append([name, name, BODY, None])
        sheet.append([f"{name}坏", "坏", None, None])
    made.create_sheet("空")
    path = tmp_path / "a.xlsx"
    made.save(path)
    reading = read(path)
    assert [one.document.id for one in reading.found] == ["一月", "二月"]
    reasons = [remark.reason for remark in reading.remarks]
    assert reasons == [
        "工作表“说明”没有表头，已跳过",
        "工作表“一月”：正文为空",
        "工作表“二月”：正文为空",
    ]


def test_formulas_without_a_value_are_told(tmp_path: Path, read: Read) -> None:
    path = book(
        tmp_path / "a.xlsx",
        [*HEADER, "作者"],
        ["1", "一", '="甲"&"乙"', None, None],
        ["2", "二", BODY, None, "=A1"],
        ["3", "三", BODY, "=TODAY()", None],
    )
    reading = read(path)
    assert [found.row for found in reading.found] == [3, 4]
    assert [(remark.row, remark.outcome, remark.reason[:5]) for remark in reading.remarks] == [
        (2, "rejected", "正文是公式"),
        (3, "noted", "作者是公式"),
        (4, "noted", "日期是公式"),
    ]


def test_errors_in_cells_are_told(tmp_path: Path, read: Read) -> None:
    path = book(tmp_path / "a.xlsx", [*HEADER, "作者"], ["1", "一", BODY, None, "#N/A"])
    reading = read(path)
    assert reading.found[0].document.author == ""
    assert "公式出错" in reading.remarks[0].reason


def test_a_stray_cell_at_the_bottom_costs_nothing(tmp_path: Path, read: Read) -> None:
    made = openpyxl.Workbook()
    made.active.append(HEADER)
    made.active.append(["1", "一", BODY, None])
    made.active.cell(1_048_576, 1, "  ")
    path = tmp_path / "a.xlsx"
    made.save(path)
    assert len(read(path).found) == 1


@pytest.mark.parametrize("rows", [[HEADER], [["甲", "乙"], [1, 2]], []])
def test_workbooks_without_content(tmp_path: Path, read: Read, rows: list[list[object]]) -> None:
    with pytest.raises(FileUnreadable, match="表头"):
        read(book(tmp_path / "a.xlsx", *rows))


def test_the_same_rows_in_three_formats_are_the_same_documents(tmp_path: Path, read: Read) -> None:
    import json

    rows = [[str(i), f"题目{i}", f"{BODY}\n第{i}段", "2024-03-05"] for i in range(20)]
    sheet = book(tmp_path / "a.xlsx", HEADER, *rows)
    table = tmp_path / "a.csv"
    with table.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows])
    lines = tmp_path / "a.jsonl"
    lines.write_text("\n".join(json.dumps(dict(zip(HEADER, row, strict=True))) for row in rows), "utf-8")
    digests = [[found.document.digest for found in read(path).found] for path in (sheet, table, lines)]
    assert digests[0] == digests[1] == digests[2]
