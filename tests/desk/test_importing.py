"""An import takes every row once, tells what it did not take, and loses nothing when it is broken off."""

from __future__ import annotations

import csv
import datetime as dt
import json
import logging
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests import matters
from tests.conftest import NOON, GramEncoder
from xiansuo.desk.checking import check
from xiansuo.desk.desk import Desk
from xiansuo.desk.importing import import_path
from xiansuo.desk.looking import lookup
from xiansuo.errors import FileUnreadable, HomeError
from xiansuo.index.snapshot import Indexes, open_indexes
from xiansuo.records import Kind
from xiansuo.settings import Settings
from xiansuo.store import documents, state, vectors

from .conftest import told

PHONE = "13905927788"
IDENTITY = "11010519491231002X"
ROOT = Path(__file__).parents[2]
KILLS = random.Random(20261101).sample(range(1, 17), 4)


def answers(desk: Desk, now: dt.datetime) -> bytes:
    draft = matters.LIFT
    return told(check(desk, draft["title"], draft["text"], now=now)) + told(lookup(desk, "小区快递车进门"))


def stored(desk: Desk) -> dict[str, documents.Stored]:
    with desk.database.read() as connection:
        return {each.document.id: each for each in documents.read(connection)}


def test_the_same_file_twice_changes_nothing(office: Desk, letters: Path, now: dt.datetime) -> None:
    first = import_path(office, letters, now=now)
    before = answers(office, now), stored(office)
    second = import_path(office, letters, now=now + dt.timedelta(hours=1))
    assert (first.added, first.updated, first.unchanged) == (6, 0, 0)
    assert (second.added, second.updated, second.unchanged) == (0, 0, 6)
    assert (answers(office, now), stored(office)) == before
    with office.database.read() as connection:
        assert documents.last_change(connection) == 6


def test_the_same_texts_in_another_file_change_nothing(office: Desk, letters: Path, now: dt.datetime) -> None:
    import_path(office, letters, now=now)
    copy = letters.with_name("备份.jsonl")
    copy.write_bytes(letters.read_bytes())
    assert import_path(office, copy, now=now).unchanged == 6


def test_a_corrected_row_is_an_update_and_keeps_its_history(
    office: Desk, letters: Path, tmp_path: Path, now: dt.datetime
) -> None:
    import_path(office, letters, now=now)
    corrected = {**matters.TREES, "text": matters.TREES["text"].replace("两位", "三位"), "采用": "市级 2026-09-20"}
    summary = import_path(office, matters.write(tmp_path / "更正.jsonl", [corrected]), now=now)
    assert (summary.added, summary.updated) == (0, 1)
    kept = stored(office)["甲-06"]
    assert "三位" in kept.document.text
    assert kept.version == 2
    with office.database.read() as connection:
        (earlier,) = documents.history(connection, kept.number)
    assert "两位" in earlier.text
    (hit, *_) = lookup(office, "行道树根拱破人行道").hits
    assert (hit.facts.id, hit.facts.status) == ("甲-06", "市级采用")


def test_a_trial_run_writes_nothing(office: Desk, letters: Path, now: dt.datetime) -> None:
    summary = import_path(office, letters, now=now, dry_run=True)
    assert (summary.added, summary.dry_run) == (6, True)
    with office.database.read() as connection:
        assert documents.last_change(connection) == 0
        assert state.get(connection, state.ENCODER_ID) is None
    assert not (office.settings.home / "index").exists()


def test_rows_that_do_not_say_what_they_are_take_the_given_kind(office: Desk, tmp_path: Path, now: dt.datetime) -> None:
    plain = {"id": "丙-01", "title": matters.WATER["title"], "text": matters.WATER["text"]}
    import_path(office, matters.write(tmp_path / "a.jsonl", [plain, matters.LIFT]), now=now, kind=Kind.REFERENCE)
    assert {id: each.document.kind for id, each in stored(office).items()} == {
        "丙-01": Kind.REFERENCE,
        "甲-01": Kind.SUBMISSION,
    }


def test_what_was_not_taken_is_told_with_file_row_and_reason(office: Desk, tmp_path: Path, now: dt.datetime) -> None:
    rows = [matters.LIFT, {"id": "坏-01", "text": ""}, {**matters.STALLS, "date": "2031-01-01"}, matters.SCHOOL]
    summary = import_path(office, matters.write(tmp_path / "三月.jsonl", rows), now=now)
    assert (summary.added, summary.rejected) == (2, 2)
    assert summary.remarks_file is not None
    with summary.remarks_file.open(encoding="utf-8-sig", newline="") as file:
        header, *told_rows = csv.reader(file)
    assert header == ["文件", "行", "结果", "原因"]
    assert [row[:3] for row in told_rows] == [["三月.jsonl", "2", "未收录"], ["三月.jsonl", "3", "未收录"]]
    assert "将来" in told_rows[1][3]


@pytest.mark.parametrize("name", ["=1+1.jsonl", "+1.jsonl", "-1.jsonl", "@SUM.jsonl"])
def test_no_cell_of_the_remarks_can_start_a_formula(office: Desk, tmp_path: Path, now: dt.datetime, name: str) -> None:
    rows = [matters.LIFT, {"id": "=HYPERLINK(1)", "title": "=2+2", "text": "", "date": "=3+3"}]
    summary = import_path(office, matters.write(tmp_path / name, rows), now=now)
    assert summary.remarks_file is not None
    with summary.remarks_file.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert f"'{name}" in cells
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@")]


def test_one_bad_file_does_not_stop_the_folder(office: Desk, tmp_path: Path, now: dt.datetime) -> None:
    folder = tmp_path / "历年"
    matters.write(folder / "2025.jsonl", matters.ALL[:3])
    matters.write(folder / "2026.jsonl", matters.ALL[3:])
    (folder / "坏.docx").write_bytes(b"PK\x03\x04 damaged")
    (folder / "空.csv").touch()
    summary = import_path(office, folder, now=now)
    assert (summary.files, summary.added, summary.rejected) == (4, 6, 2)
    assert [remark.file for remark in summary.remarks] == ["坏.docx", "空.csv"]
    with pytest.raises(FileUnreadable, match=r"空\.csv"):
        import_path(office, folder / "空.csv", now=now)


def test_the_order_in_which_files_come_changes_no_answer(
    opened: Callable[[Path], Desk], tmp_path: Path, now: dt.datetime
) -> None:
    files = [matters.write(tmp_path / f"{i}.jsonl", [row]) for i, row in enumerate(matters.ALL)]
    found = []
    for home, order in (("one", files), ("two", files[::-1]), ("three", files[3:] + files[:3])):
        desk = opened(tmp_path / home)
        for file in order:
            import_path(desk, file, now=now)
        found.append(answers(desk, now))
    assert found[0] == found[1] == found[2]


def test_documents_vectors_and_changes_are_stored_together_or_not_at_all(
    office: Desk, letters: Path, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("power cut")

    with monkeypatch.context() as patched, pytest.raises(RuntimeError):
        patched.setattr(vectors, "put", broken)
        import_path(office, letters, now=now)
    with office.database.read() as connection:
        assert list(documents.read(connection)) == []
        assert documents.last_change(connection) == 0
        assert vectors.counts(connection) == {}
    assert import_path(office, letters, now=now).added == 6


def test_vectors_of_two_encoders_are_never_mixed(office: Desk, letters: Path, tmp_path: Path, now: dt.datetime) -> None:
    import_path(office, letters, now=now)
    office._encoder = type(office.encoder)("grams@another00000")
    newer = matters.write(tmp_path / "新.jsonl", [{**matters.LIFT, "id": "乙-01"}])
    with pytest.raises(HomeError, match="不一致"):
        import_path(office, newer, now=now)
    with office.database.read() as connection:
        assert vectors.counts(connection) == {"grams@000000000000": 6}
    assert "乙-01" not in stored(office)


def test_telephone_and_identity_numbers_reach_no_table_log_or_file(
    office: Desk, tmp_path: Path, now: dt.datetime, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    said = f"请致电{PHONE}，身份证{IDENTITY}"
    secret = {
        **matters.LIFT,
        "id": "密-01",
        "title": f"电梯停运，{said}",
        "text": f"{matters.LIFT['text']}联系人电话{PHONE}，身份证号{IDENTITY}。",
        "author": f"信息员甲 {PHONE}",
        "unit": f"临江区政协（{PHONE}）",
        "批示": f"请核实，{said}",
        "答复": f"已电话回复{PHONE}，证件{IDENTITY}。",
    }
    rows = [secret, {**matters.STALLS, "date": PHONE}, {**matters.SCHOOL, "采用": f"问{PHONE}、{IDENTITY}"}]
    summary = import_path(office, matters.write(tmp_path / f"来稿{PHONE}.jsonl", rows), now=now)
    check(office, secret["title"], secret["text"], now=now)
    lookup(office, f"电梯停运 {PHONE}")
    assert summary.redacted >= 8
    assert len(summary.remarks) >= 2
    files = [path for path in office.settings.home.rglob("*") if path.is_file()]
    assert {"xiansuo.db", "manifest.json", "vectors.faiss"} <= {path.name for path in files}
    written = b"".join(path.read_bytes() for path in files) + caplog.text.encode() + told(summary)
    for number in (PHONE, IDENTITY):
        for encoding in ("utf-8", "utf-16-le"):
            assert number.encode(encoding) not in written


@pytest.mark.parametrize("steps", KILLS)
def test_a_killed_import_is_taken_up_where_it_stopped(
    opened: Callable[[Path], Desk], tmp_path: Path, now: dt.datetime, steps: int
) -> None:
    rows = [
        {**row, "id": f"{row['id']}-{i}", "text": f"第{i}次反映。{row['text']}"}
        for i in range(20)
        for row in matters.ALL
    ]
    file = matters.write(tmp_path / "多.jsonl", rows)
    home = tmp_path / "home"
    command = [sys.executable, "-m", "tests.desk.importer", str(home), str(file)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": _path()}) as run:
        assert run.stdout is not None
        for _ in range(steps):
            run.stdout.readline()
        time.sleep(random.Random(steps).random() * 0.03)
        run.send_signal(signal.SIGKILL)
        assert run.wait() == -signal.SIGKILL
    desk = opened(home)
    there = len(stored(desk))
    summary = import_path(desk, file, now=now)
    assert there % 8 == 0
    assert (summary.added, summary.updated, summary.unchanged) == (len(rows) - there, 0, there)
    assert set(stored(desk)) == {row["id"] for row in rows}
    with desk.reading() as (connection, indexes):
        model, dimension = desk.encoder.id, desk.encoder.dimension
        assert vectors.counts(connection) == {model: len(rows)}
        saved = open_indexes(home / "index", connection, model, dimension, desk.words)
        rebuilt = open_indexes(tmp_path / "nowhere", connection, model, dimension, desk.words)
        assert seen(indexes, desk) == seen(saved, desk) == seen(rebuilt, desk)


def _path() -> str:
    return os.pathsep.join(path for path in sys.path if path)


def seen(indexes: Indexes, desk: Desk) -> list[Any]:
    """Everything that indexes hold, as their answers show it."""
    queries = desk.encoder.encode([row["title"] for row in matters.ALL])
    hits = indexes.vectors.search(queries, len(indexes.vectors), model=indexes.model)
    numbers = sorted(set(hits.numbers[0].tolist()))
    terms = [part.tolist() for index in (indexes.grams, indexes.words) for n in numbers for part in index.terms_of(n)]
    sizes = len(numbers), len(indexes.grams), len(indexes.words)
    return [indexes.seq, sizes, hits.numbers.tolist(), hits.ordinals.tolist(), hits.scores.tolist(), terms]


def test_two_programs_importing_the_same_rows_store_each_once(tmp_path: Path, settings: Settings) -> None:
    rows = [{"id": f"S{i}", "title": f"第{i}盏路灯", "text": f"巷口第{i}盏路灯坏了三个月。"} for i in range(40)]
    path = tmp_path / "来稿.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    with Desk(settings) as one, Desk(settings) as two, ThreadPoolExecutor(2) as pool:
        for each in (one, two):
            each._encoder = GramEncoder()
        done = list(pool.map(lambda desk: import_path(desk, path, now=NOON), (one, two)))
        assert sum(summary.added for summary in done) == 40
        assert sum(summary.added + summary.unchanged for summary in done) == 80
        with one.database.read() as connection:
            assert len(list(documents.read(connection))) == 40


def test_two_letters_of_one_name_and_day_in_two_files_are_two(tmp_path: Path, settings: Settings) -> None:
    folder = tmp_path / "来信"
    folder.mkdir()
    for name, text in (("a.jsonl", "巷口路灯坏了三个月。"), ("b.jsonl", "菜场门口积水半个月。")):
        row = {"title": "来信", "unit": "望潮区政协", "date": "2026-05-01", "text": text}
        (folder / name).write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    with Desk(settings) as desk:
        desk._encoder = GramEncoder()
        first, second = (import_path(desk, folder, now=NOON) for _ in range(2))
        assert (first.added, first.updated) == (2, 0)
        assert (second.added, second.updated, second.unchanged) == (0, 0, 2)
