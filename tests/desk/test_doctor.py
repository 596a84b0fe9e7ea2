"""Each fault of what an archive rests on is found, told with advice, and never hides another."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests import matters
from tests.conftest import NOON, GramEncoder
from xiansuo.desk import auditing, backup, doctor
from xiansuo.desk.desk import Desk
from xiansuo.desk.doctor import examine
from xiansuo.desk.importing import import_path
from xiansuo.embed import shelf
from xiansuo.errors import ModelDamaged
from xiansuo.records import Filter
from xiansuo.settings import Settings
from xiansuo.store import documents


@pytest.fixture(autouse=True)
def _sound(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "load", lambda *_: GramEncoder())
    with Desk(settings) as desk:
        import_path(desk, matters.write(tmp_path / "来稿.jsonl", matters.ALL), now=NOON)
        for n in range(3):
            auditing.note(desk, None, "act", now=NOON, target=str(n))
        backup.make(desk, by="管理员", now=NOON)


def faults(settings: Settings) -> dict[str, str]:
    found = list(examine(settings))
    assert all(bool(each.advice) is not each.good for each in found)
    return {each.what: each.said for each in found if not each.good}


def test_a_sound_archive_passes_and_is_left_as_it_is(settings: Settings) -> None:
    before = (settings.home / "xiansuo.db").read_bytes()
    assert faults(settings) == {}
    assert (settings.home / "xiansuo.db").read_bytes() == before


def test_a_changed_audit_row_is_found(settings: Settings) -> None:
    with Desk(settings) as desk, desk.database.write() as connection:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all()
        for name in names:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql("UPDATE audit SET target = '别的' WHERE seq = 2")
    assert faults(settings) == {"审计记录": "从第 2 条起被改动过"}


def test_an_index_that_differs_is_found(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    right = doctor.open_indexes

    def lossy(*given: Any) -> Any:
        indexes = right(*given)
        indexes.words.delete(documents.matching(given[1], Filter())[:1])
        return indexes

    monkeypatch.setattr(doctor, "open_indexes", lossy)
    assert faults(settings) == {"索引": "与数据库不一致"}


def test_a_damaged_snapshot_costs_nothing(settings: Settings) -> None:
    for path in (settings.home / "index").iterdir():
        path.write_bytes(b"rubbish")
    assert faults(settings) == {}


def test_a_damaged_or_missing_encoder_is_found(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(shelf, "check", lambda *_: ["缺少文件：model.safetensors"])
        assert "缺少文件" in faults(settings)["编码器"]

    def damaged(*_: object) -> None:
        raise ModelDamaged("编码器的文件有问题。", advice="请重新生成。")

    monkeypatch.setattr(shelf, "load", damaged)
    assert set(faults(settings)) == {"编码器", "索引"}


def test_too_little_room_is_found(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(settings.home)._replace(free=10_000_000)
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda *_: usage)
    assert "磁盘" in faults(settings)


def test_a_damaged_database_is_found_and_a_missing_one_not_made(settings: Settings) -> None:
    path = settings.home / "xiansuo.db"
    content = bytearray(path.read_bytes())
    content[8_192:20_000] = b"\xff" * (20_000 - 8_192)
    path.write_bytes(content)
    assert set(faults(settings)) == {"数据库"}
    path.unlink()
    assert set(faults(settings)) == {"数据库"}
    assert not path.exists()
