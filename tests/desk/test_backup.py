"""Backups are whole, made while others write, and put back without losing what was there; a kill leaves no half one."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests import matters
from tests.conftest import NOON, GramEncoder
from xiansuo.desk import accounts, auditing, backup, jobs, office, signing_in
from xiansuo.desk.backup import listed, make
from xiansuo.desk.desk import Desk
from xiansuo.desk.doctor import examine
from xiansuo.desk.importing import import_path
from xiansuo.desk.looking import lookup
from xiansuo.desk.restoring import restore
from xiansuo.embed import shelf
from xiansuo.errors import DiskFull, FileUnreadable, HomeError, InputError, NotFound, NotNow
from xiansuo.records.accounts import Role
from xiansuo.records.jobs import JobKind, JobState
from xiansuo.settings import Settings
from xiansuo.store import copies

ROOT = Path(__file__).parents[2]
BY = "管理员"
FIRST, LATER = matters.ALL[:3], matters.ALL[3:]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "load", lambda *_: GramEncoder())


@pytest.fixture
def small(settings: Settings, tmp_path: Path) -> Iterator[Desk]:
    """An archive with some documents, an administrator and settings of its own."""
    with Desk(settings) as desk:
        import_path(desk, matters.write(tmp_path / "先.jsonl", FIRST), now=NOON)
        accounts.add(desk, "guanli", role=Role.ADMIN, by=BY, now=NOON, password="zheng-xie-2026")
        office.settle(desk, by=BY, now=NOON, name="某市政协研究室")
        yield desk


def backed_up(desk: Desk, now: dt.datetime = NOON) -> Path:
    return make(desk, by=BY, now=now).path


def titles(settings: Settings) -> set[str]:
    with Desk(settings) as desk:
        return {hit.facts.id for row in matters.ALL for hit in lookup(desk, str(row["title"])).hits}


def ids(rows: list[dict[str, object]]) -> set[object]:
    return {row["id"] for row in rows}


def test_a_backup_is_one_file_that_holds_all_but_the_index(small: Desk, tmp_path: Path) -> None:
    small.save_indexes()
    path = backed_up(small)
    assert path.parent == small.settings.home / "backups"
    assert sorted(each.name for each in path.parent.iterdir()) == [path.name, f"{path.name}.sha256"]
    (found,) = listed(small.settings)
    assert found.sha256 == hashlib.sha256(path.read_bytes()).hexdigest() == backup.noted(path)
    assert (found.name, found.size, found.at) == (path.name, path.stat().st_size, NOON.replace(tzinfo=None))
    other = Settings(home=tmp_path / "other")
    done = restore(other, path, by=BY, now=NOON)
    assert (done.documents, done.before) == (len(FIRST), None)
    assert not (other.home / "index").exists()
    assert titles(other) == ids(FIRST)
    with Desk(other) as desk:
        assert office.office(desk).name == "某市政协研究室"
        assert signing_in.sign_in(desk, "guanli", "zheng-xie-2026", now=NOON).account.role is Role.ADMIN
        assert [row.action for row in auditing.trail(desk)][1:3] == ["backup.restore", "office.settle"]
        assert auditing.soundness(desk).broken_at is None
    with closing(sqlite3.connect(other.home / "xiansuo.db")) as connection:
        assert not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'backup_file'").fetchall()


def test_a_job_that_begins_again_finds_its_backup(small: Desk) -> None:
    told: list[tuple[str, int, int]] = []
    first = make(small, by=BY, now=NOON, job=7, progress=lambda *each: told.append(each))
    pages = [(done, total) for stage, done, total in told if stage == "复制数据库（页）"]
    assert pages[-1][0] == pages[-1][1] > 1
    assert pages == sorted(pages)
    told.clear()
    again = make(small, by=BY, now=NOON, job=7, progress=lambda *each: told.append(each))
    assert again == first
    assert told == []
    assert make(small, by=BY, now=NOON, job=8).path != first.path
    assert [row.target for row in auditing.trail(small, action="backup.make")] == [
        each.name for each in listed(small.settings)
    ]


def test_a_backup_is_given_up_on_the_way(small: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "_STEPS", 1)

    class Stop(BaseException):
        pass

    for stage in ("复制数据库（页）", "检查副本"):

        def stop(told: str, *_: int, at: str = stage) -> None:
            if told == at:
                raise Stop

        with pytest.raises(Stop):
            make(small, by=BY, now=NOON, progress=stop)
        assert [each for each in (small.settings.home / "backups").iterdir() if not each.name.startswith(".")] == []
        assert listed(small.settings) == []
    assert backed_up(small).is_file()


def test_who_made_it_is_in_the_trail(small: Desk) -> None:
    path = backed_up(small)
    row = auditing.trail(small)[0]
    assert (row.action, row.name, row.target) == ("backup.make", BY, path.name)
    assert row.details["sha256"] == backup.noted(path)


def test_others_write_meanwhile_and_every_backup_is_of_one_moment(small: Desk) -> None:
    stop, failed = threading.Event(), []

    def write() -> None:
        while not stop.is_set():
            try:
                auditing.note(small, None, "writing", now=NOON)
            except HomeError as error:
                failed.append(error)

    writers = [threading.Thread(target=write) for _ in range(2)]
    for each in writers:
        each.start()
    try:
        made = [backed_up(small) for _ in range(4)]
    finally:
        stop.set()
        for each in writers:
            each.join()
    assert failed == []
    assert len({path.name for path in made}) == 4
    lengths = []
    for path in made:
        assert copies.faults(path) == []
        with Desk(Settings(home=path.parent, database=f"sqlite:///{shutil.copyfile(path, f'{path}.copy')}")) as desk:
            found = auditing.soundness(desk)
        assert found.broken_at is None
        lengths.append(found.rows)
    assert lengths == sorted(set(lengths))


@pytest.fixture(scope="module")
def children() -> Iterator[Callable[[Path, int, int], tuple[int, int]]]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "tests.desk.backup_child"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": ROOT}
    with subprocess.Popen(command, **pipes, env=environment) as process:

        def back_up(home: Path, last: int, wait: int) -> tuple[int, int]:
            process.stdin.write(f"{home} {last} {wait}\n")
            process.stdin.flush()
            status, passed = process.stdout.readline().split()
            return int(status), int(passed)

        yield back_up


def test_killed_at_any_point_there_is_no_half_backup(
    small: Desk, children: Callable[[Path, int, int], tuple[int, int]]
) -> None:
    (small.settings.home / "models" / "relation").mkdir(parents=True)
    (small.settings.home / "models" / "relation" / "weights.json").write_bytes(b"x" * 4_000_000)
    home = small.settings.home
    before = backed_up(small, NOON - dt.timedelta(days=1))
    small.close()
    status, passed = children(home, 0, 0)
    assert status == 0
    assert passed >= 12
    kills = [(point, 0) for point in range(1, passed + 1)] + [(0, wait) for wait in range(500, 20_000, 1_500)]
    for point, wait in kills:
        status, _ = children(home, point, wait)
        assert status == -signal.SIGKILL or wait
        for path in (home / "backups").glob("*.db"):
            assert backup.noted(path) == hashlib.sha256(path.read_bytes()).hexdigest()
        assert {each.name for each in listed(Settings(home=home))} >= {before.name}
    with Desk(Settings(home=home)) as desk:
        made = backed_up(desk)
        assert copies.faults(made) == []
        assert auditing.soundness(desk).broken_at is None
    assert not list((home / "backups").glob(f"{backup._COMING}*"))


def test_own_models_travel_and_what_a_recipe_builds_does_not(small: Desk, tmp_path: Path) -> None:
    models = small.settings.home / "models"
    (models / "relation").mkdir(parents=True)
    (models / "relation" / "weights.json").write_text("{}", encoding="utf-8")
    (models / "built").mkdir()
    manifest = '{"name": "built", "recipe": "x", "dimension": 2, "files": {}}'
    (models / "built" / "manifest.json").write_text(manifest, encoding="utf-8")
    made = make(small, by=BY, now=NOON)
    assert made.models == ("relation",)
    assert "xiansuo models build built" in made.left_out[0]
    other = Settings(home=tmp_path / "other")
    (other.home / "models" / "relation").mkdir(parents=True)
    (other.home / "models" / "relation" / "weights.json").write_text("[]", encoding="utf-8")
    done = restore(other, made.path, by=BY, now=NOON)
    assert done.models == ("relation",)
    assert (other.home / "models" / "relation" / "weights.json").read_text(encoding="utf-8") == "{}"
    assert done.before is not None
    assert (done.before / "models" / "relation" / "weights.json").read_text(encoding="utf-8") == "[]"


@pytest.mark.parametrize("name", ["../out.txt", "models/../../out.txt", "/etc/x", "models/a\\b/c", "index/a/b"])
def test_a_file_in_a_backup_stays_in_the_home(small: Desk, tmp_path: Path, name: str) -> None:
    path = backed_up(small)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO backup_file VALUES (?, ?, ?)", (name, hashlib.sha256(b"x").hexdigest(), b"x"))
        connection.commit()
    backup._mark_of(path).unlink()
    with pytest.raises(FileUnreadable, match="来路不明"):
        restore(Settings(home=tmp_path / "deep" / "other"), path, by=BY, now=NOON)
    assert [each.name for each in (tmp_path / "deep").rglob("*") if each.is_file()] == []


def test_what_was_there_stays_beside_and_an_older_history_is_indexed_anew(
    small: Desk, tmp_path: Path, settings: Settings
) -> None:
    path = backed_up(small)
    import_path(small, matters.write(tmp_path / "后.jsonl", LATER), now=NOON)
    small.save_indexes()
    small.close()
    assert titles(settings) == ids(matters.ALL)
    done = restore(settings, path, by=BY, now=NOON, force=True)
    assert done.before is not None
    assert titles(settings) == ids(FIRST)
    with Desk(settings) as desk:  # the two histories part: what comes now must not be taken for what came before
        import_path(desk, matters.write(tmp_path / "另.jsonl", LATER[:1]), now=NOON)
        assert len(lookup(desk, str(LATER[0]["title"])).hits)
    assert titles(settings) == ids([*FIRST, *LATER[:1]])
    assert {each.what for each in examine(settings) if not each.good} == set()
    with Desk(Settings(home=done.before)) as old:
        import_path(old, matters.write(tmp_path / "全.jsonl", matters.ALL), now=NOON)
    assert titles(Settings(home=done.before)) == ids(matters.ALL)


def test_nothing_goes_on_by_itself_after_a_restore(small: Desk, settings: Settings) -> None:
    session = signing_in.open_session(small, accounts.named(small, "guanli"), now=NOON)
    jobs.submit(small, JobKind.INDEXES, by=BY, now=NOON)
    path = backed_up(small)
    small.close()
    done = restore(settings, path, by=BY, now=NOON, force=True)
    assert done.cancelled == 1
    with Desk(settings) as desk:
        assert jobs.one(desk, 1).state is JobState.CANCELLED
        assert signing_in.of_session(desk, session.token, now=NOON) is None


def spoilt(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[5_000:9_000] = b"\xff" * 4_000
    path.write_bytes(content)


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()


@pytest.mark.parametrize(
    ("spoil", "mark", "says"),
    [
        (spoilt, True, "校验和不符"),
        (spoilt, False, "不能用来恢复"),
        (newer, False, "来自更新的版本"),
        (lambda path: path.write_bytes(b"PK\x03\x04 not a database"), False, "不是本系统的备份"),
        (lambda path: path.write_bytes(path.read_bytes()[:20_000]), False, "不能用来恢复"),
        (Path.unlink, False, "没有这个文件"),
    ],
)
def test_what_is_damaged_is_never_put_in_place(
    small: Desk, settings: Settings, spoil: Callable[[Path], None], mark: bool, says: str
) -> None:
    path = backed_up(small)
    small.close()
    if not mark:
        backup._mark_of(path).unlink()
    spoil(path)
    there = (settings.home / "xiansuo.db").read_bytes()
    with pytest.raises(FileUnreadable, match=says):
        restore(settings, path, by=BY, now=NOON, force=True)
    assert (settings.home / "xiansuo.db").read_bytes() == there
    assert titles(settings) == ids(FIRST)


def test_an_archive_is_not_replaced_unasked_nor_while_it_is_used(small: Desk, settings: Settings) -> None:
    path = backed_up(small)
    with pytest.raises(NotNow, match="已有档案"):
        restore(settings, path, by=BY, now=NOON)
    with pytest.raises(NotNow, match="正被使用"):
        restore(settings, path, by=BY, now=NOON, force=True)
    auditing.note(small, None, "still.writing", now=NOON)
    assert not list(settings.home.glob("before-*"))
    small.close()
    assert restore(settings, path, by=BY, now=NOON, force=True).documents == len(FIRST)


def test_a_damaged_archive_is_replaced_with_its_journal(small: Desk, settings: Settings) -> None:
    path = backed_up(small)
    small.close()
    rubbish = b"rubbish" * 1_000
    (settings.home / "xiansuo.db").write_bytes(rubbish)
    (settings.home / "xiansuo.db-wal").write_bytes(rubbish)
    assert [each.good for each in examine(settings) if each.what == "数据库"] == [False]
    done = restore(settings, path, by=BY, now=NOON, force=True)
    assert done.before is not None
    assert (done.before / "xiansuo.db").read_bytes() == rubbish
    assert not (settings.home / "xiansuo.db-wal").exists()
    assert titles(settings) == ids(FIRST)


def test_a_file_that_is_there_is_not_overwritten(small: Desk, tmp_path: Path) -> None:
    target = tmp_path / "deep" / "备份.db"
    make(small, by=BY, now=NOON, into=target)
    assert backup.noted(target) == hashlib.sha256(target.read_bytes()).hexdigest()
    with pytest.raises(InputError, match="已经有了"):
        make(small, by=BY, now=NOON, into=target)
    assert listed(small.settings) == []


def test_only_backups_are_given_out(small: Desk) -> None:
    path = backed_up(small)
    assert backup.place(small.settings, path.name) == path
    for name in ("../xiansuo.db", "xiansuo.db", f"{path.name}.sha256", "xiansuo-20200101-000000.db"):
        with pytest.raises(NotFound):
            backup.place(small.settings, name)


def test_a_full_disk_is_told_and_leaves_nothing(small: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(copies, "_copy", full)
    with pytest.raises(DiskFull):
        backed_up(small)
    assert list((small.settings.home / "backups").iterdir()) == []


def test_an_archive_on_a_server_has_its_own_tools(tmp_path: Path) -> None:
    elsewhere = Settings(home=tmp_path, database="postgresql+pg8000://x@localhost/y")
    assert not backup.on_sqlite(elsewhere)
    with pytest.raises(InputError, match="pg_dump"):
        restore(elsewhere, tmp_path / "x.db", by=BY, now=NOON)
