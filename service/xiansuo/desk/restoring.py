"""Put a backup back (恢复): checked first, never over a running service, and what was there before stays beside it."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from xiansuo.desk.backup import noted, source
from xiansuo.desk.backup_files import put_files
from xiansuo.embed.manifest import sha256
from xiansuo.errors import FileUnreadable, NotNow
from xiansuo.records.jobs import JobState
from xiansuo.settings import Settings
from xiansuo.store import audit, copies, documents, jobs, restored
from xiansuo.store.database import open_database, reporting


@dataclass(frozen=True, slots=True)
class Restored:
    """What is in place now; `before` holds what was there, None where there was nothing."""

    documents: int
    models: tuple[str, ...]
    cancelled: int
    before: Path | None


def restore(settings: Settings, file: Path, *, by: str, now: dt.datetime, force: bool = False) -> Restored:
    """Make the home's archive what a backup holds.

    Everybody has to sign in again, and jobs that had not ended are cancelled. The indexes notice that another history
    leads to what they see, and are built anew when they are next asked.

    :param force: there is an archive already, which is put aside.
    :raises FileUnreadable: the backup is damaged, is none, or was made by a newer version.
    :raises NotNow: the service or another program is running, or there is an archive and `force` is not set.
    """
    target = source(settings)
    _check(file)
    there = target.is_file()
    if there and not force:
        raise NotNow(
            f"数据目录里已有档案：{target}。",
            advice="确定要换成备份里的，请加 --force；原来的移到旁边保留。",
        )
    home = target.parent
    with reporting(home):
        home.mkdir(parents=True, exist_ok=True)
        if there and copies.in_use(target):
            raise NotNow("档案正被使用。", advice="请先停止网页服务和其他 xiansuo 命令，再恢复。")
        with tempfile.TemporaryDirectory(prefix=".restoring-", dir=home) as made:
            coming = Path(made) / target.name
            shutil.copyfile(file, coming)
            models = put_files(copies.kept_files(coming), Path(made))
            copies.drop_kept(coming)
            number, cancelled = _settled(coming, by, now, file.name)
            before = _aside(settings.home, target, models, now)
            for name in models:
                (settings.home / "models").mkdir(exist_ok=True)
                (Path(made) / "models" / name).replace(settings.home / "models" / name)
            coming.replace(target)
    return Restored(number, tuple(models), cancelled, before)


def _check(file: Path) -> None:
    if not file.is_file():
        raise FileUnreadable(f"没有这个文件：{file}。")
    known = noted(file)
    if known and sha256(file) != known:
        raise FileUnreadable(f"{file.name} 与旁边的校验和不符，可能没有复制完整。", advice="请重新复制，或换一份备份。")
    if wrong := copies.faults(file):
        raise FileUnreadable(f"{file.name} 不能用来恢复：{'；'.join(wrong)}。", advice="请换一份备份，或先升级本程序。")


def _settled(coming: Path, by: str, now: dt.datetime, name: str) -> tuple[int, int]:
    """Bring the copy up to this version, and let nothing go on by itself that was under way when it was made."""
    database = open_database(f"sqlite:///{coming.as_posix()}")
    try:
        with database.write() as connection:
            left = jobs.unfinished(connection)
            for job in left:
                if job.state is JobState.RUNNING:
                    jobs.give_back(connection, job.id, job.holder)
                jobs.ask_to_cancel(connection, job.id, now)
            restored.end_sessions(connection)
            number = sum(documents.count(connection).values())
            audit.add(connection, at=now, account=None, name=by, action="backup.restore", target=name)
    finally:
        database.close()
    copies.in_use(coming)  # folds its journal into the file
    with coming.open("rb+") as written:
        os.fsync(written.fileno())
    return number, len(left)


def _aside(home: Path, target: Path, models: list[str], now: dt.datetime) -> Path | None:
    """Put what is there beside, so that a wrong backup costs nothing."""
    there = [path for name in models if (path := home / "models" / name).exists()]
    # A journal that was left by a damaged database must never be read into the one that takes its place.
    journals = [path for end in ("-wal", "-shm") if (path := target.with_name(f"{target.name}{end}")).exists()]
    if not there and not journals and not target.exists():
        return None
    stem, number = f"before-{now:%Y%m%d-%H%M%S}", 1
    while (folder := home / f"{stem}{f'-{number}' if number > 1 else ''}").exists():
        number += 1
    (folder / "models").mkdir(parents=True)
    for path in there:
        path.replace(folder / "models" / path.name)
    for path in journals:
        path.replace(folder / path.name)
    if target.exists():
        _also_at(target, folder / target.name)
    return folder


def _also_at(path: Path, other: Path) -> None:
    try:
        os.link(path, other)  # until the new one takes its place, the old one is there
    except OSError:
        path.replace(other)
