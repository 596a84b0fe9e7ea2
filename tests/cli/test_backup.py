"""Backup, restore and doctor on the command line: words, exit status, and nothing replaced by mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import matters
from tests.conftest import NOON
from xiansuo.desk import backup
from xiansuo.desk.desk import Desk
from xiansuo.settings import Settings
from xiansuo.web import vendor

from .conftest import Run

pytestmark = pytest.mark.usefixtures("quick")


@pytest.fixture
def filled(quick: None, xiansuo: Run, tmp_path: Path) -> None:  # noqa: ARG001 - the encoder comes first
    assert xiansuo("import", matters.write(tmp_path / "来稿.jsonl", matters.ALL)).status == 0


@pytest.mark.usefixtures("filled")
def test_there_and_back(xiansuo: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "盘" / "档案.db"
    ran = xiansuo("backup", target)
    assert ran.status == 0
    assert str(target) in ran.out
    assert backup.noted(target) in ran.out
    assert xiansuo("backup", target).status == 1
    monkeypatch.setenv("XIANSUO_HOME", str(tmp_path / "别处"))
    back = xiansuo("restore", target)
    assert back.status == 0
    assert f"已恢复：{len(matters.ALL)} 篇" in back.out
    found = xiansuo("lookup", matters.LIFT["title"], "--json").data["hits"]
    assert found[0]["facts"]["id"] == matters.LIFT["id"]


@pytest.mark.usefixtures("filled")
def test_an_archive_is_replaced_only_by_force_and_kept(xiansuo: Run) -> None:
    told = xiansuo("backup", "--json").data
    path = told["path"]
    assert told["backup"]["sha256"] == backup.noted(Path(path))
    refused = xiansuo("restore", path)
    assert refused.status == 1
    assert "--force" in refused.err
    done = xiansuo("restore", path, "--force", "--json").data
    assert (Path(done["before"]) / "xiansuo.db").is_file()
    assert "原来的保留在" in xiansuo("restore", path, "--force").out


@pytest.mark.usefixtures("filled")
def test_not_while_the_service_runs(xiansuo: Run) -> None:
    path = xiansuo("backup", "--json").data["path"]
    with Desk(Settings()) as desk:
        desk.moment(NOON)
        refused = xiansuo("restore", path, "--force")
    assert refused.status == 1
    assert "停止" in refused.err


def test_a_file_that_is_no_backup_is_refused(xiansuo: Run, tmp_path: Path) -> None:
    wrong = tmp_path / "照片.db"
    wrong.write_bytes(b"\x89PNG")
    ran = xiansuo("restore", wrong)
    assert ran.status == 1
    assert "不是本系统的备份" in ran.err
    assert xiansuo("restore", tmp_path / "没有.db").status == 1


@pytest.mark.usefixtures("filled")
def test_a_sound_home_passes_and_a_home_without_backup_is_told(xiansuo: Run) -> None:
    ran = xiansuo("doctor")
    assert ran.status == 1
    assert [line for line in ran.out.splitlines() if line.startswith("✗")] == ["✗ 备份：还没有备份"]
    xiansuo("backup")
    ran = xiansuo("doctor")
    assert (ran.status, ran.out.count("✗")) == (0, 0)
    looked = [each["what"] for each in xiansuo("doctor", "--json").data]
    assert looked == ["网页文件", "字体", "磁盘", "数据库", "编码器", "向量", "索引", "审计记录", "备份"]


@pytest.mark.usefixtures("filled")
def test_each_fault_is_found(xiansuo: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def faults() -> dict[str, str]:
        return {each["what"]: each["advice"] for each in xiansuo("doctor", "--json").data if not each["good"]}

    xiansuo("backup")
    monkeypatch.setattr(vendor, "damaged", lambda: "htmx.org/htmx.min.js")
    assert "make install" in faults()["网页文件"]
    monkeypatch.undo()
    monkeypatch.setenv("XIANSUO_HOME", str(tmp_path / "home"))
    with Desk(Settings()) as desk, desk.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM vectors")
    assert set(faults()) >= {"向量"}
    database = tmp_path / "home" / "xiansuo.db"
    database.write_bytes(b"\xff" * 9_000)
    assert "xiansuo restore" in faults()["数据库"]
    database.unlink()
    assert "XIANSUO_HOME" in faults()["数据库"]
    assert not database.exists()
