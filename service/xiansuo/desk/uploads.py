"""Uploaded files: kept beside the database for as long as a job that has not ended names them."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from xiansuo.errors import FileRefused, FileUnreadable
from xiansuo.ingest.limits import MAX_FILE_BYTES
from xiansuo.ingest.reading import shown_name
from xiansuo.records.jobs import ImportArguments, Job, JobKind, KeptFile
from xiansuo.store import jobs
from xiansuo.store.database import Database, reporting

_CHUNK = 1 << 20
_STEM, _ENDING = 60, 10
_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*]')
_COMING = ".coming-"
_STALE = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that was received whole and is not named by any job yet."""

    file: KeptFile
    path: Path


@contextmanager
def receiving() -> Iterator[list[Incoming]]:
    """Gather received files; those that no job has got by the end are forgotten."""
    received: list[Incoming] = []
    try:
        yield received
    finally:
        for each in received:
            each.path.unlink(missing_ok=True)


def receive(home: Path, name: str, content: BinaryIO) -> Incoming:
    """Write a file that somebody sends to a place of its own, from which `put` takes it; see `receiving`.

    :raises FileRefused: it is too large.
    :raises FileUnreadable: it is empty.
    """
    folder = home / "uploads"
    with reporting(home):
        folder.mkdir(parents=True, exist_ok=True)
        handle, path = tempfile.mkstemp(prefix=_COMING, dir=folder)
        coming = Path(path)
        try:
            with os.fdopen(handle, "wb") as kept:
                digest = _copied(content, kept)
            return Incoming(KeptFile(sha256=digest, name=safe_name(name)), coming)
        except BaseException:
            coming.unlink(missing_ok=True)
            raise


def put(home: Path, coming: Sequence[Incoming]) -> None:
    """Put received files where jobs find them; to be called before the job that names them is committed."""
    with reporting(home):
        for each in coming:
            place = where(home, each.file)
            place.parent.mkdir(parents=True, exist_ok=True)
            each.path.replace(place)


def where(home: Path, file: KeptFile) -> Path:
    """Return where a file lies."""
    return home / "uploads" / file.sha256 / file.name


def sweep(home: Path, database: Database, now: dt.datetime) -> None:
    """Remove the files that no unfinished job names, and what was left half received more than a day ago.

    Files are put in place while their job is being committed; nothing is removed at that moment.
    """
    folder = home / "uploads"
    if not folder.is_dir():
        return
    with database.write() as connection, reporting(home):
        jobs.take_turn(connection)
        named = {file.sha256 for job in jobs.unfinished(connection) for file in _files(job)}
        for entry in sorted(folder.iterdir()):
            if not entry.name.startswith(_COMING):
                if entry.name not in named:
                    shutil.rmtree(entry, ignore_errors=True)
            elif entry.stat().st_mtime < (now - _STALE).timestamp():
                entry.unlink(missing_ok=True)


def safe_name(name: str) -> str:
    """Return what a file is called here: without folders or personal numbers, short enough for any file system."""
    given = Path(_UNSAFE.sub("_", name.replace("\\", "/").rsplit("/", 1)[-1]))
    # Cut twice: a number that is cut in two before it is masked would be known by its half.
    told = Path(shown_name(Path(f"{given.stem[: 2 * _STEM]}{given.suffix[:_ENDING]}")))
    stem = told.stem[:_STEM].strip(". ") or "上传的文件"
    return f"{stem}{told.suffix}"


def _files(job: Job) -> tuple[KeptFile, ...]:
    if job.kind is not JobKind.IMPORT:
        return ()
    return ImportArguments.model_validate(job.arguments).files


def _copied(content: BinaryIO, kept: BinaryIO) -> str:
    digest, size = hashlib.sha256(), 0
    while piece := content.read(_CHUNK):
        size += len(piece)
        if size > MAX_FILE_BYTES:
            raise FileRefused(
                f"上传的文件超过 {MAX_FILE_BYTES // 2**20} MB 的上限。", advice="请拆成几个较小的文件再上传。"
            )
        digest.update(piece)
        kept.write(piece)
    if not size:
        raise FileUnreadable("上传的文件是空的。", advice="请检查文件后重新上传。")
    kept.flush()
    os.fsync(kept.fileno())
    return digest.hexdigest()
