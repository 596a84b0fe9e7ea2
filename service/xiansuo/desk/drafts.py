"""Gather the drafts of a folder, a ledger or a list, in an order of their own; what cannot be read is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from xiansuo.desk.checking import draft_of
from xiansuo.desk.comparing import Text
from xiansuo.desk.decided import draft_fingerprint
from xiansuo.errors import FileRefused, InputError, TextUnusable
from xiansuo.ingest.apart import read_file
from xiansuo.ingest.files import find_files
from xiansuo.ingest.reading import shown_name
from xiansuo.ingest.redact import redact
from xiansuo.records import Document, Remark


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft with the file and row it came from, counted from 1; empty and None where there is none."""

    document: Document
    file: str = ""
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Drafts:
    """All drafts in order of file and row, and remarks on what is not among them or not quite as it was written."""

    found: tuple[Draft, ...]
    remarks: tuple[Remark, ...] = ()


def drafts_in(path: Path, *, now: dt.date, most: int | None = None) -> Drafts:
    """Read a file or all readable files of a folder; a bad one never stops the others.

    :param most: how many drafts are taken at once.
    :raises FileRefused: there are more.
    :raises InputError: the path leads nowhere, the only file cannot be read, or there is no draft at all.
    """
    files = find_files(path)
    found: list[Draft] = []
    remarks: list[Remark] = []
    for file in files:
        try:
            read = read_file(file, kind=None, now=now)
        except InputError as error:
            if path == file:
                raise
            remarks.append(Remark(file=shown_name(file), reason=redact(str(error))[0]))
            continue
        found += [Draft(each.document, shown_name(file), each.row) for each in read.found]
        remarks += read.remarks
    if not found:
        reasons = "；".join(f"{remark.file}：{remark.reason}" for remark in remarks[:3])
        raise TextUnusable(f"“{path.name}”里没有可以查重的稿件。", advice=reasons)
    if most is not None and len(found) > most:
        raise FileRefused(f"“{path.name}”里有 {len(found)} 篇，一次最多查 {most} 篇。", advice="请分成几份来查。")
    return Drafts(tuple(sorted(found, key=_place)), tuple(remarks))


def drafts_of(texts: Sequence[tuple[Text, str]]) -> Drafts:
    """Take drafts, each with its author, that come without a file; one that says nothing is told by its place.

    :raises TextUnusable: none of them can be compared.
    """
    found, remarks = [], []
    for place, (text, author) in enumerate(texts, 1):
        try:
            title, body = (redact(piece)[0] for piece in draft_of(text.title, text.body))
        except TextUnusable as error:
            remarks.append(Remark(file="稿件", row=place, reason=error.message))
            continue
        named = {"title": title, "text": body, "unit": redact(text.unit)[0], "author": redact(author)[0]}
        # Nobody numbered it: it is called by what it says.
        id = f"d{draft_fingerprint(title, body)[:16]}"
        found.append(Draft(Document(id=id, kind=text.kind, date=text.date, **named), row=place))
    if not found:
        raise TextUnusable("没有可以查重的稿件。", advice="；".join(remark.reason for remark in remarks[:3]))
    return Drafts(tuple(found), tuple(remarks))


def _place(draft: Draft) -> tuple[str, int, str, str]:
    return (draft.file, draft.row or 0, draft.document.id, draft.document.digest)


def in_order(drafts: Iterable[Draft]) -> list[Draft]:
    """Put drafts in order of file and row, whatever order they came in."""
    return sorted(drafts, key=_place)
