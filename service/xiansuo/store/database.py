"""Open the database: create or migrate it, set SQLite to WAL, turn its failures into errors people understand.

Both databases keep to one rule: a reader sees one state, and writers take turns. So changes are numbered in the order
in which they are seen, and what was read in a transaction is still so when it is written.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError

from xiansuo.errors import DiskFull, HomeError, HomeReadOnly

__all__ = ["HEAD", "Connection", "Database", "open_database", "reporting"]

HEAD = "0010"
"""The newest migration; compared here so that opening an up-to-date database does not load Alembic."""

_SQLITE = "sqlite:///"
_BUSY_SECONDS = 30
# Any number, as long as every program that writes to an archive takes the same.
_TURN = 7_240_119


class Database:
    """An open database. `read` and `write` give a connection for one transaction."""

    def __init__(self, engine: Engine, where: str) -> None:
        self._engine = engine
        self._where = where

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Read within one consistent view."""
        with reporting(self._where), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Write in one transaction: all of it is kept, or none."""
        with reporting(self._where), self._engine.connect() as connection:
            connection = connection.execution_options(writes=True)
            with connection.begin():
                yield connection

    def close(self) -> None:
        """Give back all connections."""
        self._engine.dispose()


def open_database(url: str) -> Database:
    """Open the database, creating or migrating it first where needed.

    :raises HomeReadOnly: there is no right to write there.
    :raises DiskFull: there is no room left.
    :raises HomeError: it cannot be opened or is not one of ours.
    """
    where = _told(url)
    with reporting(where):
        if url.startswith(_SQLITE):
            Path(where).parent.mkdir(parents=True, exist_ok=True)
        engine = _engine(url)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
        else:
            event.listen(engine, "begin", _begin_postgresql)
        if _revision(engine) != HEAD:
            _migrate(engine)
    return Database(engine, where)


def _told(url: str) -> str:
    """Say where a database lies, without the password."""
    if url.startswith(_SQLITE):
        return url.removeprefix(_SQLITE)
    try:
        return make_url(url).render_as_string()
    except ArgumentError:
        return "XIANSUO_DATABASE"


def _engine(url: str) -> Engine:
    try:
        return create_engine(url, hide_parameters=True)
    except (ArgumentError, ImportError) as error:
        raise HomeError(
            "数据库地址不能用（环境变量 XIANSUO_DATABASE）。",
            advice="留空即用数据目录里的 SQLite；其他数据库需先安装驱动。",
        ) from error


@contextmanager
def reporting(where: str | Path) -> Iterator[None]:
    """Turn the failures of a disk or database into errors with a way out."""
    try:
        yield
    except DBAPIError as error:
        raise _explained(str(error.orig), where) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise _explained("full", where) from error
        if error.errno in (errno.EACCES, errno.EROFS, errno.EPERM):
            raise _explained("readonly", where) from error
        if error.errno in (errno.EEXIST, errno.ENOTDIR):
            raise _explained("no folder", where) from error
        raise


def _explained(problem: str, where: str | Path) -> HomeError:
    if "full" in problem:
        return DiskFull(f"磁盘已满，无法写入：{where}。", advice="请腾出空间后重做这一步；已存入的内容不受影响。")
    if "readonly" in problem or "unable to open" in problem:
        return HomeReadOnly(
            f"没有写入权限：{where}。",
            advice="请换一个可写的数据目录（设置环境变量 XIANSUO_HOME），或修改目录权限。",
        )
    if problem == "no folder":
        return HomeError(
            f"数据目录不是文件夹：{where}。",
            advice="同名的是一个文件；请把它移开，或换一个数据目录（设置环境变量 XIANSUO_HOME）。",
        )
    if "locked" in problem or "lock timeout" in problem:
        return HomeError(f"数据库正被另一个程序占用：{where}。", advice="请稍候再试，或关闭正在导入的窗口。")
    if "not a database" in problem or "malformed" in problem:
        return HomeError(f"数据库文件已损坏：{where}。", advice="请用最近的备份恢复。")
    return HomeError(f"数据库出错：{where}（{problem.splitlines()[0]}）。", advice="请保留现场并联系管理员。")


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # FULL: an accepted submission must survive a power cut, not only a crash of the program.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {_BUSY_SECONDS * 1000}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # pysqlite would begin only at the first write and then see two different states in one transaction. A writer
    # asks for its turn at once: a reader that starts to write later would be refused, not made to wait.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    # Left alone, every statement would see a state of its own, and of two changes the later number could be seen first.
    if connection.get_execution_options().get("writes", False):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_BUSY_SECONDS}s'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_TURN})")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _migrate(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.connect() as connection:
        # Two programs that open a new home at once take turns; the second finds nothing left to do.
        writing = connection.execution_options(writes=True)
        with writing.begin():
            config.attributes["connection"] = writing
            command.upgrade(config, "head")
