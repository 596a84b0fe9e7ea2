"""The one way into the package: a file becomes documents, and remarks on what did not or not quite.

A problem of the whole file raises; a problem of a row is a remark and never stops the other rows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from xiansuo.errors import FileUnreadable, FormatUnsupported
from xiansuo.ingest.build import Draft, RowRejected, draft
from xiansuo.ingest.characters import shown
from xiansuo.ingest.docx import read_docx
from xiansuo.ingest.identity import find_ids
from xiansuo.ingest.jsonl import read_jsonl
from xiansuo.ingest.legacy import read_legacy
from xiansuo.ingest.limits import check_size, macros
from xiansuo.ingest.pdf import read_pdf
from xiansuo.ingest.plain import read_plain
from xiansuo.ingest.redact import redact
from xiansuo.ingest.rows import RawFile, RawRow
from xiansuo.ingest.tables import read_csv
from xiansuo.ingest.xlsx import read_xlsx
from xiansuo.records import Document, Kind, Remark

READERS: dict[str, Callable[[Path], RawFile]] = {
    ".docx": read_docx,
    ".xlsx": read_xlsx,
    ".csv": read_csv,
    ".jsonl": read_jsonl,
    ".json": read_jsonl,
    ".txt": read_plain,
    ".pdf": read_pdf,
    ".doc": read_legacy,
    ".wps": read_legacy,
    ".xls": read_legacy,
    ".et": read_legacy,
}
WITH_MACROS = frozenset({".docm", ".dotm", ".xlsm", ".xltm", ".xlsb", ".xlam"})
_TOLD_SINGLY = 5
"""Rows with the very same note that are named one by one; more are told once, with their number."""
_LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Found:
    """A document and its row or number, counted from 1; None where the file is one text."""

    document: Document
    row: int | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds; `redacted` counts the numbers masked in the documents kept."""

    found: tuple[Found, ...]
    remarks: tuple[Remark, ...] = ()
    ignored_columns: tuple[str, ...] = ()
    redacted: int = 0


def read_file(path: Path, *, kind: Kind | None, now: dt.date) -> Reading:
    """Read one file.

    :param kind: what its texts are where they do not say so themselves; None means submissions.
    :param now: today; texts dated later than tomorrow are rejected.
    :return: documents in the file's order, and remarks in the order of their rows.
    :raises FileUnreadable: if it is missing, empty, damaged, locked or not what its name says.
    :raises FormatUnsupported: if there is no reader for it here.
    :raises FileRefused: if it is dangerous or far too large.
    """
    check_size(path)
    suffix = path.suffix.lower()
    if suffix in WITH_MACROS:
        raise macros(path.name)
    reader = READERS.get(suffix)
    if reader is None:
        raise FormatUnsupported(
            f"不支持“{path.name}”这种文件。",
            advice="可以导入 .docx、.xlsx、.csv、.jsonl、.txt、.pdf（以及 .doc、.wps）。",
        )
    raw = reader(path)
    if not raw.rows:
        raise FileUnreadable(f"“{path.name}”里没有内容。", advice="请检查文件是否保存完整。")
    return _judge(raw, name=shown_name(path), kind=kind, now=now)


def shown_name(path: Path) -> str:
    """Return a file's name as it may be stored and shown: on one line, without personal numbers."""
    return shown(redact(path.stem)[0] + path.suffix, 255)


def _judge(raw: RawFile, *, name: str, kind: Kind | None, now: dt.date) -> Reading:
    told = _Told(name)
    for note in raw.notes:
        told.note(None, note)
    kept: list[tuple[RawRow, Draft]] = []
    for row in raw.rows:
        try:
            kept.append((row, draft(row, kind=kind, source=name, now=now)))
        except RowRejected as reason:
            told.reject(row, str(reason))
    # What no row tells of: the header, columns nobody uses, rows that were not taken.
    elsewhere = raw.lost - sum(one.lost for _, one in kept)
    if elsewhere > 0:
        told.note(None, f"有 {elsewhere} 处文字读不出来，在表头、没有采用的列或没有收进来的行里")
    found: list[Found] = []
    redacted = 0
    earlier: dict[str, tuple[RawRow, Document]] = {}
    ids = find_ids([one for _, one in kept])
    for (row, one), id_ in zip(kept, ids, strict=True):
        document = Document(id=id_, **one.values)
        if id_ in earlier:
            first, same = earlier[id_]
            if document != same:
                told.reject(row, _clash(one, first))
            else:
                told.note(row, f"与{_where(first)}完全相同，只算一次")
            continue
        earlier[id_] = (row, document)
        found.append(Found(document, row.row))
        redacted += one.redacted
        for note in one.notes:
            told.note(row, note)
    ignored = tuple(dict.fromkeys(redact(shown(column))[0] for column in raw.ignored))
    return Reading(tuple(found), told.remarks(raw.rows), ignored, redacted)


def _clash(one: Draft, first: RawRow) -> str:
    if one.own_id:
        return f"编号“{shown(one.own_id)}”与{_where(first)}重复，而内容不同"
    return f"标题、作者、单位、日期和正文都与{_where(first)}相同，而其他内容不同"


def _where(first: RawRow) -> str:
    return f"{first.place}第 {first.row} 行" if first.row else "前面一篇"


class _Told:
    """Remarks being gathered; many equal notes become one."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._rejected: list[tuple[RawRow, str]] = []
        self._noted: dict[tuple[str, str], list[RawRow | None]] = {}

    def reject(self, row: RawRow, reason: str) -> None:
        self._rejected.append((row, reason))

    def note(self, row: RawRow | None, reason: str) -> None:
        self._noted.setdefault((row.place if row else "", reason), []).append(row)

    def remarks(self, order: Sequence[RawRow]) -> tuple[Remark, ...]:
        places = {id(row): i for i, row in enumerate(order)}
        made = [(places[id(row)], self._remark("rejected", row, reason)) for row, reason in self._rejected]
        for (_, reason), rows in self._noted.items():
            if len(rows) > _TOLD_SINGLY:
                rows, reason = rows[:1], f"{reason}（共 {len(rows)} 行，这是第一行）"
            made += [(places[id(row)] if row else -1, self._remark("noted", row, reason)) for row in rows]
        return tuple(remark for _, remark in sorted(made, key=lambda pair: pair[0]))

    def _remark(self, outcome: Literal["rejected", "noted"], row: RawRow | None, reason: str) -> Remark:
        said = f"{row.place}：{reason}" if row and row.place else reason
        return Remark(
            file=self._name,
            row=row.row if row else None,
            outcome=outcome,
            reason=redact(shown(said, _LONGEST_REASON))[0],
        )
