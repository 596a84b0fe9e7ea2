"""Killed at any point, a job is done by the next worker: nothing lost, nothing twice, as if nobody had been killed."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import NOON
from tests.desk.archives import rows as prompt_rows
from tests.desk.job_child import BATCH, LATER, open_desk, worker
from tests.desk.offices import NOW, halves, office, take, told
from xiansuo.desk import importing, job_work, jobs, uploads
from xiansuo.desk.desk import Desk
from xiansuo.desk.finding import find_topics, found_in
from xiansuo.desk.proposing import propose
from xiansuo.desk.uploads import receiving
from xiansuo.index.snapshot import Indexes, open_indexes
from xiansuo.records.jobs import Job, JobKind, JobState, PromptsArguments
from xiansuo.settings import Settings
from xiansuo.store import documents, prompts, runs, vectors

ROOT = Path(__file__).parents[2]
KILLS = 44
ROWS = halves()[0]


@dataclass
class Children:
    """Processes that work on the jobs of a home."""

    process: subprocess.Popen[str]
    first: int = 0
    """How many points were passed the last time until the first job had ended."""

    def work(self, home: Path, last: int = 0) -> tuple[int, int]:
        """Work until nothing waits, or until killed: exit status, and how many points were passed."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{home} {last}\n")
        self.process.stdin.flush()
        status, passed, first = self.process.stdout.readline().split()
        self.first = int(first)
        return int(status), int(passed)


@pytest.fixture(scope="module")
def children() -> Iterator[Children]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "tests.desk.job_child"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": ROOT}
    with subprocess.Popen(command, **pipes, env=environment) as process:
        yield Children(process)
        assert process.stdin is not None
        process.stdin.close()


@pytest.fixture(autouse=True)
def _small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "_BATCH", BATCH)
    monkeypatch.setattr(job_work, "_TELL", 0)


def spread(passed: int) -> list[int]:
    """Choose points to be killed at, from the first to the last."""
    return sorted({1 + (passed - 1) * k // (KILLS - 1) for k in range(KILLS)})


def everything(desk: Desk) -> dict[str, Any]:
    """All that the archive holds: documents by number, changes with the mark of their chain, vectors."""
    with desk.database.read() as connection:
        last = documents.last_change(connection)
        return {
            "documents": {each.number: each.document for each in documents.read(connection)},
            "changes": documents.changes(connection, 0),
            "mark": documents.mark_at(connection, last),
            "seq": last,
            "vectors": vectors.counts(connection),
        }


def held(indexes: Indexes) -> list[Any]:
    """All that indexes answer."""
    queries = indexes.vectors.centre()[None]
    hits = indexes.vectors.search(queries, len(indexes.vectors), model=indexes.model)
    numbers = sorted(set(hits.numbers[0].tolist()))
    terms = [part.tolist() for index in (indexes.grams, indexes.words) for n in numbers for part in index.terms_of(n)]
    return [indexes.seq, indexes.mark, hits.numbers.tolist(), hits.scores.tolist(), len(indexes.grams), terms]


def assert_indexes_hold_the_database(home: Path, desk: Desk) -> None:
    with desk.reading() as (connection, indexes):
        told = desk.encoder.id, desk.encoder.dimension, desk.words
        saved = open_indexes(home / "index", connection, *told)
        anew = open_indexes(home / "nowhere", connection, *told)
        assert held(indexes) == held(saved) == held(anew)
        assert len(anew.grams) == sum(1 for _ in documents.read(connection))


def with_import(home: Path) -> Path:
    content = "\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS).encode()
    with open_desk(Settings(home=home)) as desk, receiving() as received:
        received.append(uploads.receive(home, "来稿.jsonl", io.BytesIO(content)))
        jobs.submit_import(desk, received, by="编辑甲", now=NOON)
    return home


def killed_and_finished(children: Children, home: Path, point: int) -> Job:
    status, _ = children.work(home, point)
    assert status == -signal.SIGKILL
    with open_desk(Settings(home=home)) as desk:
        left = jobs.one(desk, 1)
    begun = worker(home).run(once=True)
    assert begun == 0 or left.state is not JobState.RUNNING
    worker(home, LATER).run(once=True)
    with open_desk(Settings(home=home)) as desk:
        return jobs.one(desk, 1)


def test_an_import_killed_anywhere_takes_in_every_document_once(children: Children, tmp_path: Path) -> None:
    start = with_import(tmp_path / "start")
    whole = shutil.copytree(start, tmp_path / "whole")
    status, passed = children.work(whole)
    assert status == 0
    with open_desk(Settings(home=whole)) as desk:
        expected, result = everything(desk), jobs.one(desk, 1).result
    topics = followed(whole)
    assert {each.id for each in expected["documents"].values()} == {row["id"] for row in ROWS}
    assert result is not None
    # Some too while the topics are found that follow.
    points = [*spread(children.first), *range(children.first + 1, passed, (passed - children.first) // 8)]
    assert children.first >= 40
    partly = 0
    for point in points:
        home = shutil.copytree(start, tmp_path / "home")
        job = killed_and_finished(children, home, point)
        assert job.state is JobState.DONE
        assert job.result is not None
        assert (job.result["taken"], job.result["rejected"]) == (len(ROWS), 0)
        partly += job.result["unchanged"] not in (0, len(ROWS))
        with open_desk(Settings(home=home)) as desk:
            assert everything(desk) == expected
            assert_indexes_hold_the_database(home, desk)
        assert followed(home) == topics
        assert list((home / "uploads").iterdir()) == []
        assert list(home.glob(".index-*")) == []
        shutil.rmtree(home)
    assert partly >= 10, "some were killed between two batches"
    assert topics[0] == [JobKind.FIND, JobKind.IMPORT]


def followed(home: Path) -> tuple[list[JobKind], bytes]:
    """The jobs that there are, all done, and the topics that the last one has found."""
    with open_desk(Settings(home=home)) as desk:
        every = jobs.listed(desk).jobs
        assert {job.state for job in every} == {JobState.DONE}
        result = every[0].result
        assert result is not None
        with desk.database.read() as connection:
            found = found_in(connection, result["run"])
        assert found is not None
        return [job.kind for job in every], told(found)


def test_a_clustering_killed_anywhere_ends_with_the_same_topics(children: Children, tmp_path: Path) -> None:
    start = tmp_path / "start"
    with office(start) as desk:
        find_topics(take(desk, ROWS), now=NOW)
        jobs.submit(desk, JobKind.TOPICS, by="编辑甲", now=NOON)
    whole = shutil.copytree(start, tmp_path / "whole")
    status, passed = children.work(whole)
    assert status == 0
    topics, log = clustered(whole)
    assert len(log) == 2
    points = spread(passed)
    assert len(points) >= 40
    for point in points:
        home = shutil.copytree(start, tmp_path / "home")
        assert killed_and_finished(children, home, point).state is JobState.DONE
        assert clustered(home) == (topics, log)
        shutil.rmtree(home)


def clustered(home: Path) -> tuple[bytes, list[str]]:
    """What the job found, and the runs that there are."""
    with office(home) as desk, desk.database.read() as connection:
        result = jobs.one(desk, 1).result
        assert result is not None
        found = found_in(connection, result["run"])
        assert found is not None
        return told(found), [run["id"] for run in runs.asked(connection, "topics")]


def test_prompts_are_proposed_once_wherever_the_batch_was_killed(children: Children, tmp_path: Path) -> None:
    start = tmp_path / "start"
    with office(start) as desk:
        take(desk, prompt_rows())
        asked = PromptsArguments(limit=1)
        jobs.submit(desk, JobKind.PROMPTS, asked, by="编辑甲", now=NOON)
    whole = shutil.copytree(start, tmp_path / "whole")
    status, passed = children.work(whole)
    assert status == 0
    expected = proposed(whole)
    assert len(expected) == 1
    with office(whole) as desk:
        assert propose(desk, by="编辑甲", now=NOON, limit=1).prompts, "there would be more to propose"
    # The last points are those at which something is written.
    for point in [*range(passed - 24, passed + 1, 2)]:
        home = shutil.copytree(start, tmp_path / "home")
        assert killed_and_finished(children, home, point).state is JobState.DONE
        assert proposed(home) == expected
        shutil.rmtree(home)


def proposed(home: Path) -> list[Any]:
    with office(home) as desk, desk.database.read() as connection:
        return [(each.number, each.clue, each.run) for each in prompts.listed(connection)]
