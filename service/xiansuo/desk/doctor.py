"""Whether everything that an archive rests on is in order (体检): each thing looked at, with what to do about it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from xiansuo.desk import auditing, backup
from xiansuo.desk.desk import Desk
from xiansuo.embed import shelf
from xiansuo.errors import XiansuoError
from xiansuo.index.snapshot import open_indexes
from xiansuo.records import Filter
from xiansuo.settings import Settings
from xiansuo.store import copies, documents, state, vectors
from xiansuo.store.database import HEAD

_LEAST_FREE = 1 << 30


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `advice` says what to do where it is not in order."""

    what: str
    good: bool
    said: str
    advice: str = ""


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at one thing after another; nothing is changed but that an older database is migrated when it is opened."""
    path = copies.file_of(settings.database_url)
    if path is not None and not path.is_file():
        yield Finding(
            "数据库", False, f"还没有：{path}", "导入材料时会建立；档案本该在这里时，请检查环境变量 XIANSUO_HOME。"
        )
        yield _room(settings, None)
        return
    yield _room(settings, path)
    wrong = copies.faults(path) if path is not None else []
    if wrong:
        yield Finding(
            "数据库", False, "；".join(wrong), "请停止服务，用最近的备份恢复：xiansuo restore 备份文件 --force"
        )
        return
    with Desk(settings) as desk:
        yield Finding("数据库", True, f"完整，结构版本 {HEAD}" if path is not None else f"连得上，结构版本 {HEAD}")
        for look in (_encoder, _vectors, _index, _trail):
            yield _looked(look, desk)
    yield _backups(settings)


def _looked(look: Callable[[Desk], Finding], desk: Desk) -> Finding:
    try:
        return look(desk)
    except XiansuoError as error:
        return Finding(_NAMES[look], False, error.message, error.advice)


def _room(settings: Settings, database: Path | None) -> Finding:
    place = next(each for each in (settings.home, *settings.home.parents) if each.exists())
    free = shutil.disk_usage(place).free
    needed = max(_LEAST_FREE, 3 * (database.stat().st_size if database else 0))
    said = f"剩余 {free / 1e9:.1f} GB"
    if free >= needed:
        return Finding("磁盘", True, said)
    return Finding("磁盘", False, said, f"至少要有 {needed / 1e9:.1f} GB 才够备份和重算；请腾出空间。")


def _encoder(desk: Desk) -> Finding:
    name = desk.encoder_name
    if wrong := shelf.check(shelf.find(name, desk.settings.home)):
        return Finding("编码器", False, f"{name}：{'；'.join(wrong)}", f"请运行 xiansuo models build {name}。")
    with desk.database.read() as connection:
        desk.check_encoder(connection)
    return Finding("编码器", True, f"{desk.encoder.id}，文件与校验和一致")


def _vectors(desk: Desk) -> Finding:
    with desk.database.read() as connection:
        used = state.get(connection, state.ENCODER_ID)
        missing = len(vectors.missing(connection, used)) if used else 0
    if missing:
        return Finding(
            "向量", False, f"有 {missing} 篇没有向量", f"请运行 xiansuo models use {desk.encoder_name} 补算。"
        )
    return Finding("向量", True, "每篇都有")


def _index(desk: Desk) -> Finding:
    folder = desk.settings.home / "index"
    with desk.database.read() as connection:
        indexes = open_indexes(folder, connection, desk.encoder.id, desk.encoder.dimension, desk.words)
        there = sorted(documents.matching(connection, Filter()))
        held = [sorted(number for number in there if number in index) for index in (indexes.grams, indexes.words)]
        same = all(each == there for each in held) and len(indexes.grams) == len(indexes.words) == len(there)
    if same:
        return Finding("索引", True, f"与数据库一致，{len(there)} 篇")
    return Finding("索引", False, "与数据库不一致", "请在“模型”页点“重建索引”，或删去数据目录里的 index 再启动。")


def _trail(desk: Desk) -> Finding:
    found = auditing.soundness(desk)
    if found.broken_at is None:
        return Finding("审计记录", True, f"{found.rows} 条，首尾相接")
    return Finding(
        "审计记录", False, f"从第 {found.broken_at} 条起被改动过", "请保留现场，与最近的备份对照，查明谁改了数据库。"
    )


def _backups(settings: Settings) -> Finding:
    if not backup.on_sqlite(settings):
        return Finding("备份", True, "档案在 PostgreSQL 里，请确认 pg_dump 定时在做")
    made = backup.listed(settings)
    if made:
        return Finding("备份", True, f"最近一次 {made[0].at:%Y-%m-%d %H:%M}，{made[0].name}")
    return Finding("备份", False, "还没有备份", "请运行 xiansuo backup，并把备份复制到别的机器或移动硬盘。")


_NAMES: dict[Callable[[Desk], Finding], str] = {
    _encoder: "编码器",
    _vectors: "向量",
    _index: "索引",
    _trail: "审计记录",
}
