"""A checked batch as a ledger: the drafts, with columns added that say what was found."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from xiansuo.desk.batch import BatchReport, CheckedDraft, DraftPair
from xiansuo.desk.cells import harmless
from xiansuo.errors import FormatUnsupported
from xiansuo.export.saving import save
from xiansuo.export.workbook import workbook

FORMATS = ("xlsx", "csv")

COLUMNS = (
    "序号", "文件", "行", "编号", "标题", "作者", "报送单位", "日期", "正文",
    "关系", "把握", "标记", "最相近的材料", "材料编号", "材料单位", "材料日期", "材料结果",
    "与本批哪篇相同", "本批情况", "已在档案",
)  # fmt: skip
"""What was given, and behind it what was found."""

MARKS = {"confirmed": "高", "suggested": "请看", "none": ""}
_WIDTHS = {"标题": 36, "正文": 50, "最相近的材料": 36, "报送单位": 18, "材料单位": 18, "本批情况": 24}
_LONGEST_CELL = 32_767


def check_ledger_name(path: Path) -> None:
    """Refuse a file name whose format cannot be written, before any work is done.

    :raises FormatUnsupported: it ends in neither `.xlsx` nor `.csv`.
    """
    if path.suffix.lower().removeprefix(".") not in FORMATS:
        raise FormatUnsupported(
            f"成批查重的结果不能存成“{path.suffix}”。", advice="可用 .xlsx 或 .csv，例如 结果.xlsx。"
        )


def write_ledger(report: BatchReport, path: Path) -> None:
    """Write a checked batch to a file whose name says the format.

    :raises FormatUnsupported: it ends in neither `.xlsx` nor `.csv`.
    :raises HomeError: the file cannot be written.
    """
    check_ledger_name(path)
    data = _xlsx(report) if path.suffix.lower() == ".xlsx" else _csv(report)
    save(data, path, "结果")


def rows(report: BatchReport) -> Iterator[tuple[str, ...]]:
    """Give the ledger's rows, without the header, as a spreadsheet may hold them."""
    pairs: dict[int, dict[int, DraftPair]] = {draft.number: {} for draft in report.drafts}
    for pair in report.pairs:
        pairs[pair.later][pair.earlier] = pairs[pair.earlier][pair.later] = pair
    for draft in report.drafts:
        yield tuple(_cell(value) for value in _row(draft, pairs[draft.number]))


def _row(draft: CheckedDraft, pairs: Mapping[int, DraftPair]) -> Iterator[str]:
    own = (draft.number, draft.file, draft.row, draft.id, draft.title, draft.author, draft.unit, draft.date, draft.text)
    yield from ("" if value is None else str(value) for value in own)
    if draft.matches:
        best = draft.matches[0]
        facts = best.facts
        yield from (best.relation.label, f"{best.probability:.0%}", MARKS[best.status])
        yield from (facts.title, facts.id, facts.unit or facts.author, str(facts.date or ""), facts.status)
    else:
        yield from ("不重复", *[""] * 7)
    yield "、".join(str(number) for number in draft.like)
    yield "；".join(
        f"与第 {number} 篇{pairs[number].relation.label}（{pairs[number].overlap.label}）" for number in draft.like
    )
    yield draft.stored


def _cell(text: str) -> str:
    return harmless(text)[:_LONGEST_CELL]


def _csv(report: BatchReport) -> bytes:
    made = io.StringIO()
    table = csv.writer(made)
    table.writerow(COLUMNS)
    table.writerows(rows(report))
    return made.getvalue().encode("utf-8-sig", "replace")


def _xlsx(report: BatchReport) -> bytes:
    return workbook("查重结果", COLUMNS, list(rows(report)), day=report.day, widths=_WIDTHS)
