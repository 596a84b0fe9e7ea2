"""Programs that share an archive: one writes snapshots at a time, the others see what was imported at once."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import matters
from tests.conftest import NOON
from tests.desk.job_child import open_desk
from xiansuo.desk.desk import Desk
from xiansuo.desk.importing import import_path
from xiansuo.index import snapshot
from xiansuo.index.snapshot import Indexes
from xiansuo.settings import Settings

ROOT = Path(__file__).parents[2]
SOON = 2.0


@pytest.fixture
def office(settings: Settings, tmp_path: Path) -> Iterator[Desk]:
    with open_desk(settings) as desk:
        import_path(desk, matters.write(tmp_path / "早先.jsonl", matters.ALL[:1]), now=NOON)
        yield desk


def test_another_process_sees_an_imported_document_within_two_seconds(office: Desk, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.desk.reader", str(office.settings.home)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": ROOT}
    with subprocess.Popen(command, **pipes, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None
        assert reader.stdout.readline() == "ready\n"
        for row in matters.ALL[1:]:
            reader.stdin.write(f"{row['id']} {row['title']}\n")
            reader.stdin.flush()
            import_path(office, matters.write(tmp_path / f"{row['id']}.jsonl", [row]), now=NOON)
            stored = time.monotonic()
            assert reader.stdout.readline() == f"{row['id']}\n"
            assert time.monotonic() - stored < SOON
        reader.stdin.close()


def test_one_writes_snapshots_at_a_time_and_never_an_older_one(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    writing, most, seqs = [0], [0], []
    real = snapshot.save

    def save(indexes: Indexes, folder: Path) -> None:
        writing[0] += 1
        most[0] = max(most[0], writing[0])
        seqs.append(indexes.seq)
        time.sleep(0.02)
        real(indexes, folder)
        writing[0] -= 1

    monkeypatch.setattr(snapshot, "save", save)
    gate = threading.Barrier(4)

    def take(n: int) -> None:
        with open_desk(office.settings) as own:
            gate.wait()
            row = matters.ALL[n]
            import_path(own, matters.write(own.settings.home / f"{n}.jsonl", [row]), now=NOON)

    threads = [threading.Thread(target=take, args=(n,)) for n in range(1, 5)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert most == [1]
    assert seqs == sorted(seqs)
    assert len(seqs) == 4


def test_what_a_killed_writer_left_is_removed(office: Desk) -> None:
    left = office.settings.home / ".index-abc"
    left.mkdir()
    (left / "words.npz").write_bytes(b"half")
    office.save_indexes()
    assert not left.exists()
    assert (office.settings.home / "index" / "manifest.json").is_file()
