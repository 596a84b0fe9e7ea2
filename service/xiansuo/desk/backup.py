"""Backups (备份): the archive as one file with its checksum, made while others write; indexes are never part of it."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from xiansuo.desk.backup_files import own_files
from xiansuo.desk.desk import Desk
from xiansuo.desk.progress import Progress, silent
from xiansuo.embed.manifest import sha256
from xiansuo.errors import HomeError, InputError, NotFound
from xiansuo.index.turns import in_turn
from xiansuo.settings import Settings
from xiansuo.store import audit, copies
from xiansuo.store.database import reporting

FOLDER = "backups"
_NAME = re.compile(r"xiansuo-(\d{8}-\d{6})(-\d+)?\.db")
_COMING = ".coming-"
_ACT = "backup.make"


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished backup. `at` is in the time of the machine that made it, `size` in bytes."""

    name: str
    at: dt.datetime
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Made:
    """A backup just made, the models inside it, and what was left out with the reason."""

    backup: Backup
    path: Path
    models: tuple[str, ...]
    left_out: tuple[str, ...]


def on_sqlite(settings: Settings) -> bool:
    """Tell whether the archive is a file that is backed up here."""
    return copies.file_of(settings.database_url) is not None


def source(settings: Settings) -> Path:
    """Return the file of the database.

    :raises InputError: it is on a server, which has its own backups.
    """
    path = copies.file_of(settings.database_url)
    if path is None:
        raise InputError(
            "档案在 PostgreSQL 里，请用它自己的工具备份和恢复。",
            advice="备份：pg_dump -Fc 数据库 > 备份.dump；恢复：pg_restore -d 数据库 备份.dump；另复制 models 文件夹。",
        )
    return path


def make(
    desk: Desk,
    *,
    by: str,
    now: dt.datetime,
    into: Path | None = None,
    job: int | None = None,
    progress: Progress = silent,
) -> Made:
    """Back the archive up, as of one moment; a backup that was broken off leaves nothing that looks like one.

    :param now: by the clock; names the backup.
    :param into: the file to write; else a new one among the home's backups.
    :param job: the job that asks for it: made already for this one at this moment, it is the backup that is there.
    :raises InputError: the archive is not on SQLite, or the file is there already.
    :raises DiskFull: there is no room left.
    """
    database = source(desk.settings)
    folder = into.expanduser().absolute().parent if into else desk.settings.home / FOLDER
    own = own_files(desk.settings.home)
    with reporting(folder), in_turn(desk.settings.home / f".{FOLDER}.lock"):
        _sweep(desk.settings.home / FOLDER)
        target = folder / into.name if into else _free(folder, now) if job is None else folder / _called(now, job)
        made = job is not None and target.exists()
        if target.exists() and not made:
            raise InputError(f"{target} 已经有了，不会覆盖。", advice="请换一个文件名。")
        if not made:
            folder.mkdir(parents=True, exist_ok=True)
            _write(database, target, own.files, progress)
    done = Backup(target.name, now.replace(tzinfo=None, microsecond=0), target.stat().st_size, noted(target))
    with desk.database.write() as connection:
        if not (made and audit.has(connection, _ACT, target.name)):
            told = {"sha256": done.sha256, "size": done.size}
            audit.add(connection, at=now, account=None, name=by, action=_ACT, target=target.name, details=told)
    models = tuple(dict.fromkeys(name.split("/")[1] for name in own.files))
    return Made(done, target, models, own.left_out)


def _write(database: Path, target: Path, files: Mapping[str, Path], progress: Progress) -> None:
    """Write a backup beside its place, look whether it is whole, and put it there with its checksum."""
    folder = target.parent
    with tempfile.TemporaryDirectory(prefix=_COMING, dir=folder) as made:
        coming = Path(made) / target.name
        copies.copy(database, coming, files, lambda done, pages: progress("复制数据库（页）", done, pages))
        progress("检查副本", 0, 1)
        if wrong := copies.faults(coming, lambda: progress("检查副本", 0, 1)):
            raise HomeError(f"备份没有做成：{'；'.join(wrong)}。", advice="请运行 xiansuo doctor 检查数据库。")
        progress("检查副本", 1, 1)
        progress("写到磁盘", 0, 1)
        mark = _mark_of(coming)
        mark.write_text(f"{sha256(coming)}  {target.name}\n", encoding="utf-8")
        for path in (mark, coming):
            _sync(path)
        # The checksum first: whatever is called a backup has one.
        mark.replace(_mark_of(target))
        coming.replace(target)
        _sync(folder)
    progress("写到磁盘", 1, 1)


def listed(settings: Settings) -> list[Backup]:
    """List the home's backups, newest first."""
    found = []
    for path in (settings.home / FOLDER).glob("*.db"):
        if (named := _NAME.fullmatch(path.name)) and (digest := noted(path)):
            at = dt.datetime.strptime(named[1], "%Y%m%d-%H%M%S")
            found.append(Backup(path.name, at, path.stat().st_size, digest))
    return sorted(found, key=lambda each: (each.at, len(each.name), each.name), reverse=True)


def place(settings: Settings, name: str) -> Path:
    """Return where one of the home's backups lies.

    :raises NotFound: there is none of this name.
    """
    path = settings.home / FOLDER / name
    if not _NAME.fullmatch(name) or not path.is_file():
        raise NotFound("没有这份备份。", advice="备份可能已被移走；请刷新后再看。")
    return path


def noted(path: Path) -> str:
    """Return the checksum that stands beside a backup; empty where there is none."""
    try:
        told = _mark_of(path).read_text(encoding="utf-8").split()
    except (OSError, ValueError):
        return ""
    return told[0] if told and re.fullmatch("[0-9a-f]{64}", told[0]) else ""


def _mark_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.sha256")


def _free(folder: Path, now: dt.datetime) -> Path:
    number = 1
    while (path := folder / _called(now, number)).exists():
        number += 1
    return path


def _called(now: dt.datetime, number: int) -> str:
    return f"xiansuo-{now:%Y%m%d-%H%M%S}{f'-{number}' if number > 1 else ''}.db"


def _sweep(folder: Path) -> None:
    for left in folder.glob(f"{_COMING}*"):
        shutil.rmtree(left, ignore_errors=True)


def _sync(path: Path) -> None:
    if os.name == "nt" and path.is_dir():  # Windows cannot open a folder
        return
    handle = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
