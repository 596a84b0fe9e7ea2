"""Import: files in, documents with their vectors and their change rows out, and an account of every row."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from xiansuo.desk.cells import harmless
from xiansuo.desk.desk import Desk
from xiansuo.desk.progress import Progress, silent
from xiansuo.embed.encoder import Encoder
from xiansuo.errors import InputError
from xiansuo.ingest.apart import read_file
from xiansuo.ingest.files import find_files
from xiansuo.ingest.identity import is_derived, with_text
from xiansuo.ingest.reading import Reading, shown_name
from xiansuo.ingest.redact import redact
from xiansuo.records import Document, Kind, Remark
from xiansuo.store import documents, runs, state, vectors
from xiansuo.store.database import Connection, reporting
from xiansuo.store.vectors import StoredVectors
from xiansuo.text.passages import Passages, read_passages

# Documents that are stored in one transaction: all of them or none.
_BATCH = 500


@dataclass
class ImportSummary:
    """What became of an import. Counts are of documents; `remarks` tell file, row and reason."""

    run: str
    dry_run: bool
    files: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    redacted: int = 0
    ignored_columns: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    remarks_file: Path | None = None

    @property
    def rejected(self) -> int:
        """How many rows or files were not taken."""
        return sum(remark.outcome == "rejected" for remark in self.remarks)

    @property
    def noted(self) -> int:
        """How many rows were taken with a remark."""
        return sum(remark.outcome == "noted" for remark in self.remarks)


@dataclass(frozen=True, slots=True)
class _Sorted:
    new: list[Document]
    changed: list[tuple[documents.Known, Document]]
    unchanged: int


def import_path(
    desk: Desk,
    path: Path | Sequence[Path],
    *,
    now: dt.datetime,
    kind: Kind | None = None,
    dry_run: bool = False,
    progress: Progress = silent,
) -> ImportSummary:
    """Import one file, all readable files of a folder, or several of both.

    :param kind: what the documents are where the rows do not say; submissions by default.
    :param dry_run: only tell what would happen.
    :raises InputError: the only file cannot be read at all; in a folder, that becomes a remark.
    """
    files = [file for each in ([path] if isinstance(path, Path) else path) for file in find_files(each)]
    inputs = {"files": [file.name for file in files], "kind": kind, "dry_run": dry_run}
    summary = ImportSummary(runs.run_id("import", inputs, {}, now), dry_run, files=len(files))
    derived: dict[str, str] = {}
    for place, file in enumerate(files):
        progress(f"读取 {file.name}", place, len(files))
        reading = _read(file, kind, now.date(), summary, alone=len(files) == 1)
        if reading is None:
            continue
        summary.redacted += reading.redacted
        summary.remarks.extend(reading.remarks)
        summary.ignored_columns.extend(c for c in reading.ignored_columns if c not in summary.ignored_columns)
        found = _told_apart([each.document for each in reading.found], derived)
        for start in range(0, len(found), _BATCH):
            _take(desk, found[start : start + _BATCH], now, summary)
            progress(f"入库 {file.name}", min(start + _BATCH, len(found)), len(found))
    if summary.remarks:
        summary.remarks_file = _write_remarks(desk, summary)
    if not dry_run and (summary.added or summary.updated):
        progress("更新索引", 0, 1)
        desk.save_indexes()
        progress("更新索引", 1, 1)
    return summary


def _told_apart(found: Sequence[Document], derived: dict[str, str]) -> list[Document]:
    """Give another id to a text whose derived id another text of this import already has, in an earlier file.

    :param derived: the texts' digests by their derived ids, so far.
    """
    apart = []
    for record in found:
        known = derived.setdefault(record.id, record.digest) if is_derived(record.id) else record.digest
        id = record.id if known == record.digest else with_text(record.id, record.text)
        apart.append(record.model_copy(update={"id": id}))
    return apart


def _read(file: Path, kind: Kind | None, today: dt.date, summary: ImportSummary, *, alone: bool) -> Reading | None:
    try:
        return read_file(file, kind=kind, now=today)
    except InputError as error:
        if alone:
            raise
        summary.remarks.append(Remark(file=shown_name(file), reason=redact(str(error))[0]))
        return None


def _take(desk: Desk, batch: Sequence[Document], now: dt.datetime, summary: ImportSummary) -> None:
    """Compare a batch with what is stored; store what is new or changed in one transaction."""
    with desk.database.read() as connection:
        before = _sort(batch, documents.known(connection, (record.id for record in batch)))
    fresh = [*before.new, *(record for _, record in before.changed)]
    if summary.dry_run or not fresh:
        _count(before, summary)
        return
    read = {record.id: read_passages(record.title, record.text) for record in fresh}
    matrices = dict(zip(read, encode_passages(desk.encoder, list(read.values())), strict=True))
    with desk.database.write() as connection:
        desk.check_encoder(connection)
        _remember_encoder(connection, desk)
        # Somebody else may have imported the same rows while these were being read.
        found = _sort(fresh, documents.known(connection, read))
        new = [(record, read[record.id].sections) for record in found.new]
        changed = [(known, record, read[record.id].sections) for known, record in found.changed]
        replaced = documents.replace(connection, changed, summary.run, now)
        # A switch of encoders that was broken off may have read the text as it was before.
        vectors.forget(connection, replaced)
        ids = [record.id for record in found.new] + [record.id for _, record in found.changed]
        numbers = documents.add(connection, new, summary.run) + replaced
        stored = (StoredVectors(n, read[id].spans, matrices[id]) for n, id in zip(numbers, ids, strict=True))
        vectors.put(connection, desk.encoder.id, stored)
    _count(_Sorted(found.new, found.changed, found.unchanged + before.unchanged), summary)


def _count(found: _Sorted, summary: ImportSummary) -> None:
    summary.added += len(found.new)
    summary.updated += len(found.changed)
    summary.unchanged += found.unchanged


def encode_passages(
    encoder: Encoder, read: Sequence[Passages]
) -> Iterator[np.ndarray[tuple[int, int], np.dtype[np.float16]]]:
    """Encode the passages of many documents in one go; float16 (n, dimension) for each."""
    texts = [text for passages in read for text in passages.texts]
    matrix = encoder.encode(texts).astype(np.float16)
    start = 0
    for passages in read:
        yield matrix[start : start + len(passages.texts)]
        start += len(passages.texts)


def _sort(batch: Sequence[Document], stored: dict[str, documents.Known]) -> _Sorted:
    new, changed, unchanged = [], [], 0
    for record in batch:
        before = stored.get(record.id)
        if before is None:
            new.append(record)
        elif before.digest != record.digest:
            changed.append((before, record))
        else:
            unchanged += 1
    return _Sorted(new, changed, unchanged)


def _remember_encoder(connection: Connection, desk: Desk) -> None:
    if state.get(connection, state.ENCODER_ID) is None:
        state.put(connection, state.ENCODER, desk.encoder_name)
        state.put(connection, state.ENCODER_ID, desk.encoder.id)


def _write_remarks(desk: Desk, summary: ImportSummary) -> Path:
    """Write what was rejected or noted as a table that Excel opens, so that it can be mended and given in again."""
    path = desk.settings.home / "imports" / f"{summary.run}.csv"
    labels = {"rejected": "未收录", "noted": "已收录，请留意"}
    with reporting(desk.settings.home):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            table = csv.writer(file)
            table.writerow(["文件", "行", "结果", "原因"])
            for remark in summary.remarks:
                told = (remark.row or "", labels[remark.outcome], harmless(remark.reason))
                table.writerow([harmless(remark.file), *told])
    return path
