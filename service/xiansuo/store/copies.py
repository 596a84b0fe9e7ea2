"""Copies of an archive on SQLite as one file each: made while others write, and looked into before they are trusted.

What lies beside the database and must not be lost, such as the office's own models, travels inside the copy.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from xiansuo.errors import DiskFull, HomeError
from xiansuo.store.database import HEAD

_SQLITE = "sqlite:///"
_KEPT = "backup_file"
# Steps of the database's machine between two looks at how far it is: some thousands of rows.
_STEPS = 10_000
_BUSY_SECONDS = 30
_CANNOT_READ = "不是本系统的备份，或已经损坏"


def file_of(url: str) -> Path | None:
    """Return the file of a database on SQLite; None for another kind of database."""
    return Path(url.removeprefix(_SQLITE)) if url.startswith(_SQLITE) else None


def copy(
    source: Path,
    target: Path,
    files: Mapping[str, Path],
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> None:
    """Copy a database as of one moment into a new file, with further files inside.

    Others go on reading and writing meanwhile.

    :param files: by the names that they are given back under.
    :param progress: told how many pages are written, of how many; what it raises ends the copying.
    :raises DiskFull: there is no room left; HomeError: the source is damaged.
    """
    try:
        _copy(source, target, files, progress)
    except sqlite3.Error as error:
        if "full" in str(error):
            raise DiskFull("磁盘已满，备份没有做成。", advice="请腾出空间，或把备份写到别的盘。") from error
        raise HomeError(
            f"备份没有做成：数据库读不出来（{error}）。", advice="请运行 xiansuo doctor 检查，并保留原来的备份。"
        ) from error


def _copy(source: Path, target: Path, files: Mapping[str, Path], progress: Callable[[int, int], None]) -> None:
    with closing(sqlite3.connect(source, timeout=_BUSY_SECONDS, isolation_level=None)) as connection:
        size, pages, free = (int(_pragma(connection, each)) for each in ("page_size", "page_count", "freelist_count"))
        total = max(1, pages - free)

        def look() -> None:
            progress(min(target.stat().st_size // size if target.exists() else 0, total), total)

        with watched(connection, look):
            connection.execute("VACUUM INTO ?", (str(target),))
        progress(total, total)
    with closing(sqlite3.connect(target, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("BEGIN")
        connection.execute(f"CREATE TABLE {_KEPT} (name TEXT PRIMARY KEY, sha256 TEXT NOT NULL, content BLOB NOT NULL)")
        for name, path in files.items():
            content = path.read_bytes()
            values = (name, hashlib.sha256(content).hexdigest(), content)
            connection.execute(f"INSERT INTO {_KEPT} VALUES (?, ?, ?)", values)
        connection.execute("COMMIT")


@contextmanager
def watched(connection: sqlite3.Connection, look: Callable[[], None]) -> Iterator[None]:
    """Look every now and then while the database works; what `look` raises ends the work and is raised again."""
    raised: list[BaseException] = []

    def looked() -> int:
        try:
            look()
        except BaseException as error:
            raised.append(error)
        return len(raised)

    connection.set_progress_handler(looked, _STEPS)
    try:
        yield
    except sqlite3.OperationalError:
        if not raised:
            raise
        raise raised[0] from None
    finally:
        connection.set_progress_handler(None, 0)


def _pragma(connection: sqlite3.Connection, name: str) -> str:
    return str(connection.execute(f"PRAGMA {name}").fetchone()[0])


def faults(path: Path, look: Callable[[], None] = lambda: None) -> list[str]:
    """Say in Chinese what is wrong with a database file; empty when it is whole and ours.

    :param look: as of `watched`, while it is read through.
    """
    try:
        with (
            closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection,
            watched(connection, look),
        ):
            told = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(10)")]
            if told != ["ok"]:
                return [f"数据库文件有 {len(told)} 处不完整"]
            if connection.execute("PRAGMA foreign_key_check").fetchone():
                return ["数据库里有对不上的引用"]
            found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error:
        return [_CANNOT_READ]
    if found is None:
        return [_CANNOT_READ]
    # Migrations are numbered upwards.
    return [f"来自更新的版本（{found[0]}，本程序到 {HEAD}）"] if str(found[0]) > HEAD else []


def kept_files(path: Path) -> Iterator[tuple[str, bytes]]:
    """Read the further files out of a copy, each against its digest.

    :raises ValueError: one has changed.
    """
    with closing(sqlite3.connect(path)) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (_KEPT,)).fetchone():
            return
        for name, digest, content in connection.execute(f"SELECT name, sha256, content FROM {_KEPT} ORDER BY name"):
            if hashlib.sha256(content).hexdigest() != digest:
                raise ValueError(name)
            yield str(name), bytes(content)


def drop_kept(path: Path) -> None:
    """Make a database of a copy: without the further files, nor the room that they took."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"DROP TABLE IF EXISTS {_KEPT}")
        connection.execute("VACUUM")


def in_use(path: Path) -> bool:
    """Tell whether any program has the database open; where none has, its journal is folded into the file."""
    try:
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
            return str(connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]) != "delete"
    except sqlite3.OperationalError as error:
        return "locked" in str(error) or "busy" in str(error)
    except sqlite3.DatabaseError:
        return False  # a damaged one, which nobody can use
