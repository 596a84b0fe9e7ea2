"""Drafts in files that somebody sends to be checked: read within limits, not kept."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from xiansuo.desk.drafts import Draft, Drafts, drafts_in
from xiansuo.desk.uploads import safe_name
from xiansuo.errors import FileRefused, InputError, TextUnusable
from xiansuo.ingest.identity import is_derived
from xiansuo.records import Remark


def uploaded_drafts(files: Sequence[tuple[str, BinaryIO]], *, now: dt.date, most: int) -> Drafts:
    """Read the drafts of all files, in order of the files and their rows; a bad file does not stop the others.

    :param files: what each is called, and what it holds.
    :param most: how many drafts are taken at once.
    :raises FileRefused: there are more.
    :raises InputError: the only file cannot be read, or there is no draft in any.
    """
    found: list[Draft] = []
    remarks: list[Remark] = []
    for called, content in files:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / safe_name(called)
            with path.open("wb") as kept:
                shutil.copyfileobj(content, kept)
            try:
                read = drafts_in(path, now=now, most=most)
            except InputError as error:
                if len(files) == 1:
                    raise
                remarks.append(Remark(file=path.name, reason=f"{error.message}{error.advice}"))
                continue
        found += read.found
        remarks += read.remarks
    if not found:
        raise TextUnusable("这些文件里没有可以查重的稿件。", advice="；".join(each.reason for each in remarks[:3]))
    if len(found) > most:
        raise FileRefused(f"这些文件里有 {len(found)} 篇，一次最多查 {most} 篇。", advice="请分成几次来查。")
    return Drafts(tuple(found), tuple(remarks))


def own_id(draft: Draft) -> str:
    """Return the id under which the archive may hold the draft itself, which it must not match; empty without one."""
    return "" if is_derived(draft.document.id) else draft.document.id
