"""A checked batch as a ledger that a spreadsheet opens and that can be read in again."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests import matters
from tests.conftest import NOON, GramEncoder
from xiansuo.desk.batch import BatchReport, check_many
from xiansuo.desk.desk import Desk
from xiansuo.desk.drafts import drafts_in
from xiansuo.desk.importing import import_path
from xiansuo.errors import FormatUnsupported, HomeError
from xiansuo.export.ledger import COLUMNS, check_ledger_name, rows, write_ledger

FORMULA = {**matters.TREES, "id": "新-2", "title": "=HYPERLINK(1)", "author": "", "unit": ""}


@pytest.fixture
def made(desk: Desk, grams: GramEncoder, tmp_path: Path) -> BatchReport:
    desk._encoder = grams
    import_path(desk, matters.write(tmp_path / "来稿.jsonl", matters.ALL[:5]), now=NOON)
    drafts = [{**matters.LIFT, "id": "新-1", "unit": "市政协"}, FORMULA, {**matters.LIFT, "id": "新-3"}]
    found = drafts_in(matters.write(tmp_path / "待查.jsonl", drafts), now=NOON.date())
    return check_many(desk, found.found, now=NOON)


def test_what_was_found_stands_behind_what_was_given(made: BatchReport) -> None:
    first, *_, last = (dict(zip(COLUMNS, row, strict=True)) for row in rows(made))
    assert (first["编号"], first["正文"], first["行"]) == ("新-1", matters.LIFT["text"], "1")
    assert (first["关系"], first["材料编号"], first["材料单位"], first["材料日期"]) == (
        "文字重复",
        "甲-01",
        matters.LIFT["unit"],
        matters.LIFT["date"],
    )
    assert first["与本批哪篇相同"] == "3"
    assert "一稿多投" in first["本批情况"]
    assert last["已在档案"] == "甲-01"


def test_both_formats_hold_the_same(made: BatchReport, tmp_path: Path) -> None:
    write_ledger(made, tmp_path / "新的" / "结果.csv")
    write_ledger(made, tmp_path / "结果.xlsx")
    data = (tmp_path / "新的" / "结果.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf"), "Excel takes a table without a mark for GBK"
    table = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    sheet = openpyxl.load_workbook(tmp_path / "结果.xlsx").active
    assert table == [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
    assert tuple(table[0]) == COLUMNS


def test_no_moment_of_writing_is_in_the_file(made: BatchReport, tmp_path: Path) -> None:
    write_ledger(made, tmp_path / "结果.xlsx")
    with zipfile.ZipFile(tmp_path / "结果.xlsx") as file:
        assert {entry.date_time[0] for entry in file.infolist()} == {1980}
        assert set(re.findall(rb"\d{4}-\d\d-\d\dT", file.read("docProps/core.xml"))) == {b"2026-11-01T"}


def test_no_cell_is_a_formula(made: BatchReport, tmp_path: Path) -> None:
    write_ledger(made, tmp_path / "结果.xlsx")
    cells = [cell for row in openpyxl.load_workbook(tmp_path / "结果.xlsx").active.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    assert any(cell.value == "'=HYPERLINK(1)" for cell in cells)


def test_the_ledger_can_be_read_in_again(made: BatchReport, tmp_path: Path) -> None:
    write_ledger(made, tmp_path / "结果.csv")
    again = drafts_in(tmp_path / "结果.csv", now=NOON.date()).found
    assert [each.document.id for each in again] == [each.id for each in made.drafts]
    assert [each.document.text for each in again] == [each.text for each in made.drafts]
    assert [each.document.unit for each in again] == [each.unit for each in made.drafts]


def test_what_cannot_be_written_is_told(made: BatchReport, tmp_path: Path) -> None:
    for name in ("结果.docx", "结果"):
        with pytest.raises(FormatUnsupported, match="不能存成"):
            check_ledger_name(Path(name))
    (tmp_path / "文件").write_text("", encoding="utf-8")
    with pytest.raises(HomeError, match="写不到"):
        write_ledger(made, tmp_path / "文件" / "结果.csv")
