"""What the database itself keeps of jobs, whoever asks."""

from __future__ import annotations

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import CreateIndex

from tests.conftest import NOON
from xiansuo.records.jobs import Job, JobError, JobKind, JobState
from xiansuo.settings import Settings
from xiansuo.store import jobs
from xiansuo.store.database import Database, open_database
from xiansuo.store.job_tables import job

MINUTE = dt.timedelta(minutes=1)
EAST = dt.datetime(2026, 11, 1, 20, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def put(database: Database, **told: Any) -> int:
    with database.write() as connection:
        return jobs.add(connection, Job(**{"id": 0, "kind": JobKind.TOPICS, "by": "编辑甲", "at": NOON, **told}))


def claim(database: Database, holder: str, now: dt.datetime = NOON) -> Job | None:
    with database.write() as connection:
        return jobs.claim(connection, holder, now=now, until=now + MINUTE)


def read(database: Database, id: int) -> Job:
    with database.read() as connection:
        found = jobs.get(connection, id)
    assert found is not None
    return found


def test_a_job_comes_back_as_it_went_in(database: Database) -> None:
    told = Job(
        id=77,
        kind=JobKind.IMPORT,
        arguments={"files": [{"sha256": "0" * 64, "name": "来稿.docx"}]},
        state=JobState.FAILED,
        stage="读取 来稿.docx",
        done=1,
        total=3,
        result={"added": 1},
        error=JobError(code="input", message="不行。", advice="请改。"),
        by="编辑甲",
        at=EAST,
        started_at=EAST,
        ended_at=EAST,
        holder="工作者",
        until=EAST,
        cancel_asked=True,
        attempts=2,
        key="键",
    )
    id = put(database, **told.model_dump())
    assert read(database, id) == told.model_copy(update={"id": id})
    with database.read() as connection:
        assert jobs.get(connection, id + 1) is None
        assert jobs.named(connection, "编辑甲", "键") == read(database, id)
        assert jobs.named(connection, "编辑乙", "键") is None


def test_a_key_names_one_job_of_a_person(database: Database) -> None:
    put(database, key="键")
    put(database, key="键", by="编辑乙")
    put(database)
    put(database)
    with pytest.raises(Exception, match="UNIQUE"):
        put(database, key="键")


def test_the_oldest_is_taken_first_and_one_at_a_time(database: Database) -> None:
    first, second = put(database), put(database)
    taken = claim(database, "甲")
    assert taken is not None
    assert (taken.id, taken.state, taken.holder, taken.attempts) == (first, JobState.RUNNING, "甲", 1)
    assert (taken.started_at, taken.until) == (NOON, NOON + MINUTE)
    assert claim(database, "乙") is None
    with database.write() as connection:
        assert jobs.end(connection, first, "甲", JobState.DONE, NOON)
    assert (claim(database, "乙") or taken).id == second


def test_a_lease_that_ran_out_is_taken_over_and_the_first_holder_can_write_no_more(database: Database) -> None:
    id, other = put(database), put(database)
    claim(database, "甲")
    assert claim(database, "乙", NOON + MINUTE / 2) is None
    with database.write() as connection:
        assert jobs.renew(connection, id, "甲", NOON + 2 * MINUTE)
    assert claim(database, "乙", NOON + MINUTE) is None
    taken = claim(database, "乙", NOON + 2 * MINUTE)
    assert taken is not None
    assert (taken.id, taken.holder, taken.attempts, taken.started_at) == (id, "乙", 2, NOON)
    with database.write() as connection:
        assert not jobs.renew(connection, id, "甲", NOON + 9 * MINUTE)
        assert jobs.report(connection, id, "甲", "入库", 1, 2) is None
        assert not jobs.end(connection, id, "甲", JobState.DONE, NOON, result={"added": 1})
        assert not jobs.give_back(connection, id, "甲")
    assert read(database, id) == taken
    assert read(database, other).state is JobState.QUEUED


def test_what_is_given_back_is_first_again_and_counts_no_beginning(database: Database) -> None:
    id = put(database)
    put(database)
    claim(database, "甲")
    with database.write() as connection:
        assert jobs.report(connection, id, "甲", "入库", 1, 2) is False
        assert jobs.give_back(connection, id, "甲")
    assert read(database, id).state is JobState.QUEUED
    taken = claim(database, "乙")
    assert taken is not None
    assert (taken.id, taken.attempts, taken.stage, taken.done, taken.total) == (id, 1, "", 0, 0)


def test_cancelling_ends_what_waits_and_asks_who_works(database: Database) -> None:
    running, waiting = put(database), put(database)
    claim(database, "甲")
    with database.write() as connection:
        for id in (running, waiting, 99):
            jobs.ask_to_cancel(connection, id, NOON)
    assert (read(database, waiting).state, read(database, waiting).ended_at) == (JobState.CANCELLED, NOON)
    assert read(database, running).state is JobState.RUNNING
    with database.write() as connection:
        assert jobs.report(connection, running, "甲", "入库", 1, 2) is True
        jobs.ask_to_cancel(connection, running, NOON + MINUTE)  # whoever held it is gone
    assert read(database, running).state is JobState.CANCELLED
    assert read(database, running).holder == ""


def test_lists_go_back_from_the_newest(database: Database) -> None:
    ids = [put(database) for _ in range(5)]
    claim(database, "甲")
    with database.read() as connection:
        assert [each.id for each in jobs.listed(connection, limit=2)] == ids[:-3:-1]
        assert [each.id for each in jobs.listed(connection, before=ids[3], limit=2)] == [ids[2], ids[1]]
        assert [each.id for each in jobs.listed(connection, states=[JobState.RUNNING])] == ids[:1]
        assert [each.id for each in jobs.unfinished(connection)] == ids


def test_of_many_that_ask_at_once_one_gets_the_job(settings: Settings, database: Database) -> None:
    for round in range(10):
        put(database)
        gate = threading.Barrier(6)

        def ask(n: int, gate: threading.Barrier = gate) -> Job | None:
            own = open_database(settings.database_url)
            gate.wait()
            try:
                return claim(own, f"工作者{n}")
            finally:
                own.close()

        with ThreadPoolExecutor(6) as pool:
            (taken,) = [found for found in pool.map(ask, range(6)) if found]
        assert taken.id == round + 1
        with database.write() as connection:
            assert jobs.end(connection, taken.id, taken.holder, JobState.DONE, NOON)


def test_the_database_takes_no_second_running_job(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where two transactions saw the same state: the second is told so, and leaves nothing."""
    first, second = put(database), put(database)
    claim(database, "甲")
    with database.write() as connection:
        row = {**read(database, second).model_dump(mode="json", exclude={"id"}), "at": NOON, "state": "running"}
        with pytest.raises(IntegrityError):
            connection.execute(insert(job).values(row))
    monkeypatch.setattr(jobs, "_read", _blind(jobs._read))
    assert claim(database, "乙") is None
    monkeypatch.undo()
    assert read(database, first).holder == "甲"
    assert read(database, second).state is JobState.QUEUED


def _blind(real: Any) -> Any:
    def looked(row: Any) -> Job | None:
        found: Job | None = real(row)
        return None if found is not None and found.state is JobState.RUNNING else found

    return looked


@pytest.mark.parametrize("name", ["uq_job_running", "uq_job_key"])
def test_postgresql_is_told_the_same_rules(name: str) -> None:
    (index,) = [each for each in job.indexes if each.name == name]
    told = str(CreateIndex(index).compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]
    assert "UNIQUE" in told
    assert ("WHERE state = 'running'" in told) == (name == "uq_job_running")
