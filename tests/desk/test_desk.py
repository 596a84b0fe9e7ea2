"""A desk can be shared between threads, and its indexes always hold what the database holds."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from tests import matters
from tests.conftest import GramEncoder
from xiansuo.desk.checking import check
from xiansuo.desk.desk import Desk
from xiansuo.desk.importing import import_path
from xiansuo.desk.looking import lookup
from xiansuo.errors import HomeError, ModelMissing
from xiansuo.index.snapshot import Indexes, follow
from xiansuo.settings import Settings
from xiansuo.store import documents

from .conftest import told


def test_threads_that_ask_at_once_get_the_same_answer(
    opened: Callable[[Path], Desk], letters: Path, tmp_path: Path, now: dt.datetime
) -> None:
    import_path(opened(tmp_path / "home"), letters, now=now)
    desk = opened(tmp_path / "home")
    start = threading.Barrier(8)

    def ask(_: int) -> bytes:
        start.wait()
        draft = matters.STALLS
        return told(lookup(desk, "夜市油烟")) + told(check(desk, draft["title"], draft["text"], now=now))

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(ask, range(8)))) == 1


def test_threads_see_whole_imports_of_another_program(
    opened: Callable[[Path], Desk], tmp_path: Path, now: dt.datetime
) -> None:
    desk, writer = opened(tmp_path / "home"), opened(tmp_path / "home")
    import_path(writer, matters.write(tmp_path / "a.jsonl", matters.ALL[:1]), now=now)
    finished = threading.Event()

    def ask(_: int) -> None:
        while not finished.is_set():
            with desk.reading() as (connection, indexes):
                stored = sum(1 for _ in documents.read(connection))
                hits = indexes.vectors.search(desk.encoder.encode(["电梯"]), 200, model=desk.encoder.id)
                found = {int(number) for number in hits.numbers[0] if number >= 0}
                assert stored == len(found) == len(indexes.words) == len(indexes.grams)

    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(ask, i) for i in range(4)]
        for i, row in enumerate(matters.ALL[1:]):
            import_path(writer, matters.write(tmp_path / f"{i}.jsonl", [row]), now=now)
        finished.set()
        for each in asked:
            each.result()


def test_a_withdrawn_document_leaves_the_next_answer(office: Desk, letters: Path, now: dt.datetime) -> None:
    import_path(office, letters, now=now)
    assert lookup(office, matters.TREES["title"]).hits[0].facts.id == "甲-06"
    with office.database.write() as connection:
        stored = documents.by_id(connection, "甲-06")
        assert stored is not None
        documents.set_status(connection, stored.number, "withdrawn")
    assert "甲-06" not in {hit.facts.id for hit in lookup(office, matters.TREES["title"]).hits}


def test_damaged_index_files_cost_no_answer(
    opened: Callable[[Path], Desk], letters: Path, tmp_path: Path, now: dt.datetime
) -> None:
    first = opened(tmp_path / "home")
    import_path(first, letters, now=now)
    before = told(lookup(first, "夜市油烟"))
    for name in ("vectors.faiss", "vectors.keys.npy", "words.npz", "grams.npz", "manifest.json"):
        path = tmp_path / "home" / "index" / name
        path.write_bytes(path.read_bytes()[:40])
        assert told(lookup(opened(tmp_path / "home"), "夜市油烟")) == before
        opened(tmp_path / "home").save_indexes()


def test_two_homes_share_nothing(
    opened: Callable[[Path], Desk], letters: Path, tmp_path: Path, now: dt.datetime
) -> None:
    one, two = opened(tmp_path / "one"), opened(tmp_path / "two")
    import_path(one, letters, now=now)
    assert lookup(two, "夜市油烟").hits == ()


def test_a_home_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").touch()
    for home in (tmp_path / "home", tmp_path / "home" / "below"):
        with pytest.raises(HomeError, match="不是文件夹"):
            Desk(Settings(home=home))


def test_a_database_address_that_means_nothing_is_told(tmp_path: Path) -> None:
    with pytest.raises(HomeError, match="XIANSUO_DATABASE"):
        Desk(Settings(home=tmp_path, database="nonsense"))


def test_the_encoder_that_is_set_is_used_until_the_archive_has_one(
    tmp_path: Path, letters: Path, grams: GramEncoder, now: dt.datetime
) -> None:
    with Desk(Settings(home=tmp_path / "home", encoder="没有这个")) as desk:
        with pytest.raises(ModelMissing, match="没有这个"):
            lookup(desk, "夜市油烟")
        desk._encoder = grams
        import_path(desk, letters, now=now)
    with Desk(Settings(home=tmp_path / "home", encoder="static-zh")) as desk:
        assert desk.encoder_name == "没有这个"


def test_an_older_database_put_back_is_not_answered_from_the_newer_index(
    settings: Settings, tmp_path: Path, now: dt.datetime
) -> None:
    def lamps(name: str, low: int, high: int) -> Path:
        path = tmp_path / name
        texts = {i: f"{name}：巷口第{i}盏路灯坏了{i}个月。" for i in range(low, high)}
        rows = [{"id": f"S{i}", "title": f"第{i}盏路灯", "text": text} for i, text in texts.items()]
        path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
        return path

    def opened() -> Desk:
        desk = Desk(settings)
        desk._encoder = GramEncoder()
        return desk

    database, kept = settings.home / "xiansuo.db", tmp_path / "kept.db"
    with opened() as desk:
        import_path(desk, lamps("早.jsonl", 0, 10), now=now)
    shutil.copy(database, kept)
    with opened() as desk:
        import_path(desk, lamps("中.jsonl", 10, 30), now=now)
    for stale in settings.home.glob("xiansuo.db*"):
        stale.unlink()
    shutil.copy(kept, database)
    # Grown past the index's last change again, by other documents.
    with opened() as desk:
        import_path(desk, lamps("晚.jsonl", 100, 140), now=now)
    with opened() as desk, desk.reading() as (connection, indexes):
        fresh = Indexes.empty(desk.encoder.id, desk.encoder.dimension, desk.words.digest)
        follow(fresh, connection, desk.words)
        assert len(indexes.grams) == len(fresh.grams) == 50
        assert len(indexes.vectors) == len(fresh.vectors)
        for stored in documents.read(connection):
            assert np.array_equal(indexes.grams.terms_of(stored.number)[0], fresh.grams.terms_of(stored.number)[0])
