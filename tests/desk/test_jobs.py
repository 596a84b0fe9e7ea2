"""Jobs are asked for, worked on by one worker at a time, stopped, taken over, and leave no files behind."""

from __future__ import annotations

import datetime as dt
import io
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import matters
from tests.conftest import NOON
from tests.desk.archives import Grams
from tests.desk.asking import BY, cancelled_at, lines, upload
from tests.desk.job_child import LATER, open_desk, worker
from xiansuo.desk import demo, job_kinds, job_work, jobs, models, uploads
from xiansuo.desk.desk import Desk
from xiansuo.desk.job_work import MOST_ATTEMPTS, Worker
from xiansuo.desk.uploads import receiving
from xiansuo.embed import shelf
from xiansuo.errors import FileRefused, FileUnreadable, HomeError, InputError, NotFound, NotNow
from xiansuo.records import Kind
from xiansuo.records.jobs import EncoderArguments, Job, JobKind, JobState, PromptsArguments
from xiansuo.settings import Settings
from xiansuo.store import documents, runs
from xiansuo.store import jobs as stored

PHONE = "13800138000"


@pytest.fixture
def office(settings: Settings) -> Iterator[Desk]:
    with open_desk(settings) as desk:
        yield desk


@pytest.fixture(autouse=True)
def _told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_work, "_TELL", 0)


def letters(*rows: dict[str, Any]) -> bytes:
    return lines(rows or matters.ALL)


def work(desk: Desk, at: dt.datetime = NOON) -> None:
    worker(desk.settings.home, at).run(once=True)


def kept(desk: Desk) -> list[Path]:
    return [path for path in (desk.settings.home / "uploads").rglob("*") if path.is_file()]


def doing(monkeypatch: pytest.MonkeyPatch, do: Callable[..., Any]) -> None:
    """Let clustering be something else."""
    monkeypatch.setitem(job_kinds.KINDS, JobKind.TOPICS, do)


def until(true: Callable[[], bool]) -> None:
    for _ in range(2_000):
        if true():
            return
        time.sleep(0.005)
    raise AssertionError("it never came to it")


def test_an_uploaded_file_is_taken_in_and_forgotten(office: Desk) -> None:
    asked = upload(office, letters(), kind=Kind.REPORT)
    assert (asked.state, asked.by, asked.at) == (JobState.QUEUED, BY, NOON)
    assert len(kept(office)) == 1
    work(office)
    done = jobs.one(office, asked.id)
    assert (done.state, done.attempts, done.started_at, done.ended_at) == (JobState.DONE, 1, NOON, NOON)
    assert done.result is not None
    assert (done.result["added"], done.result["taken"]) == (len(matters.ALL), len(matters.ALL))
    assert kept(office) == []
    with office.database.read() as connection:
        assert sum(documents.count(connection).values()) == len(matters.ALL)


def test_several_files_are_one_import_and_the_same_file_twice_is_one(office: Desk) -> None:
    with receiving() as received:
        for name, rows in (("甲.jsonl", matters.ALL[:2]), ("乙.jsonl", matters.ALL[2:]), ("甲.jsonl", matters.ALL[:2])):
            received.append(uploads.receive(office.settings.home, name, io.BytesIO(letters(*rows))))
        asked = jobs.submit_import(office, received, by=BY, now=NOON)
    work(office)
    result = jobs.one(office, asked.id).result
    assert result is not None
    assert (result["files"], result["added"], result["unchanged"]) == (2, len(matters.ALL), 0)


def test_no_text_or_number_of_a_person_stands_in_the_row_or_the_log(
    office: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    asked = upload(office, letters({**matters.LIFT, "author": PHONE}, {"text": "只有正文"}), f"../来稿{PHONE}.jsonl")
    work(office)
    with office.database.read() as connection:
        row = stored.get(connection, asked.id)
    assert row is not None
    told = row.model_dump_json() + caplog.text
    assert PHONE not in told
    assert matters.LIFT["text"][:12] not in told
    assert "只有正文" not in told


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\材料\\来稿.docx", "来稿.docx"),
        ("..", "上传的文件"),
        ("", "上传的文件"),
        (".docx", "docx"),
        ("a\x00b<c>.txt", "a_b_c_.txt"),
        ("长" * 300 + ".xlsx", "长" * 60 + ".xlsx"),
    ],
)
def test_names_stay_in_their_folder(office: Desk, name: str, safe: str) -> None:
    assert uploads.safe_name(name) == safe
    upload(office, letters(), name)
    (file,) = kept(office)
    assert file.parent.parent == office.settings.home / "uploads"
    assert file.name == safe


def test_what_cannot_be_an_upload_is_refused_and_leaves_nothing(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FileUnreadable, match="空"):
        upload(office, b"")
    monkeypatch.setattr(uploads, "MAX_FILE_BYTES", 10)
    with pytest.raises(FileRefused, match="上限"):
        upload(office, b"x" * 11)
    with pytest.raises(InputError, match="没有上传"):
        jobs.submit_import(office, [], by=BY, now=NOON)
    assert kept(office) == []
    assert jobs.listed(office).jobs == ()


def test_a_file_stays_as_long_as_another_job_names_it(office: Desk) -> None:
    first, second = upload(office, letters()), upload(office, letters(), key="再来")
    jobs.cancel(office, first.id, now=NOON)
    assert len(kept(office)) == 1
    work(office)
    assert jobs.one(office, second.id).state is JobState.DONE
    assert kept(office) == []


def test_what_was_left_half_received_goes_after_a_day(office: Desk) -> None:
    left = uploads.receive(office.settings.home, "来稿.jsonl", io.BytesIO(letters())).path
    seen = dt.datetime.fromtimestamp(left.stat().st_mtime, dt.UTC)
    uploads.sweep(office.settings.home, office.database, seen + dt.timedelta(hours=1))
    assert left.exists()
    uploads.sweep(office.settings.home, office.database, seen + dt.timedelta(days=2))
    assert not left.exists()


def test_the_same_key_twice_is_one_job(office: Desk) -> None:
    first = upload(office, letters(), key="键")
    assert upload(office, letters(), key="键") == first
    assert upload(office, letters(), key="别的").id != first.id
    with pytest.raises(NotNow, match="另一项"):
        upload(office, letters(matters.LIFT), key="键")
    assert jobs.submit(office, JobKind.TOPICS, by="编辑乙", now=NOON, key="键").id != first.id
    with pytest.raises(InputError, match="太长"):
        jobs.submit(office, JobKind.TOPICS, by=BY, now=NOON, key="键" * 101)
    assert len(jobs.listed(office).jobs) == 3
    assert len(kept(office)) == 1


def test_what_makes_no_sense_is_not_queued(office: Desk) -> None:
    with pytest.raises(InputError, match="参数"):
        jobs.submit(office, JobKind.ENCODER, by=BY, now=NOON)
    with pytest.raises(InputError, match="谁提交"):
        jobs.submit(office, JobKind.TOPICS, by=" ", now=NOON)
    with pytest.raises(NotFound, match="第 7 号"):
        jobs.one(office, 7)
    with pytest.raises(NotFound):
        jobs.cancel(office, 7, now=NOON)


def test_pages_lead_to_the_oldest(office: Desk) -> None:
    ids = [jobs.submit(office, JobKind.TOPICS, by=BY, now=NOON).id for _ in range(5)]
    found, before = [], None
    while (page := jobs.listed(office, before=before, limit=2)).jobs:
        found += [job.id for job in page.jobs]
        if (before := page.before) is None:
            break
    assert found == ids[::-1]


def test_a_failure_is_told_with_a_way_out_and_others_go_on(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> dict[str, Any]:
        raise [HomeError("放不下了。", advice="请腾地方。"), ValueError(PHONE)][len(begun) - 1]

    begun: list[int] = []
    doing(monkeypatch, lambda *given: begun.append(1) or fail(*given))  # type: ignore[func-returns-value]
    for _ in range(2):
        jobs.submit(office, JobKind.TOPICS, by=BY, now=NOON)
    last = upload(office, letters())
    work(office)
    known, unknown = jobs.one(office, 1).error, jobs.one(office, 2).error
    assert known is not None
    assert (known.code, known.message, known.advice) == ("home", "放不下了。", "请腾地方。")
    assert unknown is not None
    assert (unknown.code, "ValueError" in unknown.message, PHONE in unknown.message) == ("error", True, False)
    assert jobs.one(office, last.id).state is JobState.DONE


def test_a_cancelled_import_stops_and_keeps_what_it_stored(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = upload(office, letters())
    cancelled_at(monkeypatch, office, asked, 4)
    work(office)
    job = jobs.one(office, asked.id)
    assert (job.state, job.stage, job.done, job.result, job.holder) == (
        JobState.CANCELLED,
        "入库 来稿.jsonl",
        4,
        None,
        "",
    )
    with office.database.read() as connection:
        assert sum(documents.count(connection).values()) == 4
    assert kept(office) == []
    with pytest.raises(NotNow, match="已经完成") as refused:
        done = jobs.submit(office, JobKind.INDEXES, by=BY, now=NOON)
        work(office)
        jobs.cancel(office, done.id, now=NOON)
    assert refused.value.advice
    assert jobs.cancel(office, asked.id, now=NOON) == job


def test_a_worker_that_is_stopped_puts_its_job_back(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = threading.Event()

    def slow(_desk: Desk, _job: Job, _now: dt.datetime, progress: Any) -> dict[str, Any]:
        begun.set()
        while True:
            progress("慢慢做", 1, 2)
            time.sleep(0.005)

    doing(monkeypatch, slow)
    jobs.submit(office, JobKind.TOPICS, by=BY, now=NOON)
    working = worker(office.settings.home)
    working.start()
    assert begun.wait(20)
    assert working.stop(20)
    job = jobs.one(office, 1)
    assert (job.state, job.attempts, job.holder, job.until) == (JobState.QUEUED, 0, "", None)
    doing(monkeypatch, lambda *_: {"run": "r"})
    work(office)
    assert jobs.one(office, 1).result == {"run": "r"}


def test_a_worker_that_cannot_stop_says_so(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go = threading.Event(), threading.Event()
    doing(monkeypatch, lambda *_: begun.set() or {"went": go.wait(20)})  # type: ignore[func-returns-value]
    jobs.submit(office, JobKind.TOPICS, by=BY, now=NOON)
    working = worker(office.settings.home)
    working.start()
    assert begun.wait(20)
    assert not working.stop(0.05)
    go.set()
    assert working.stop(20)


def test_a_held_job_is_renewed_and_a_lost_one_is_left_alone(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = [NOON]
    lease = dt.timedelta(seconds=0.12)
    steps: list[JobState] = []

    def paused(desk: Desk, job: Job, _now: dt.datetime, progress: Any) -> dict[str, Any]:
        moment[0] = LATER
        until(lambda: (jobs.one(desk, job.id).until or NOON) > LATER)
        steps.append(jobs.one(desk, job.id).state)
        with desk.database.write() as connection:
            taken = stored.claim(connection, "另一个", now=LATER + lease * 2, until=LATER + lease * 1_000)
        assert taken is not None
        assert taken.attempts == 2
        while True:
            progress("接着做", 1, 2)
            time.sleep(0.005)

    doing(monkeypatch, paused)
    jobs.submit(office, JobKind.TOPICS, by=BY, now=NOON)
    Worker(office.settings, lambda: moment[0], open_desk=open_desk, lease=lease).run(once=True)
    job = jobs.one(office, 1)
    assert steps == [JobState.RUNNING]
    assert (job.state, job.holder, job.attempts) == (JobState.RUNNING, "另一个", 2)


def test_workers_never_work_at_the_same_time_and_do_each_job_once(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside, done, most = [0], [], [0]
    lock = threading.Lock()

    def one(_desk: Desk, job: Job, *_: Any) -> dict[str, Any]:
        with lock:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
        time.sleep(0.01)
        with lock:
            inside[0] -= 1
            done.append(job.id)
        return {}

    doing(monkeypatch, one)
    monkeypatch.setattr(job_work, "_POLL", 0.01)
    ids = [jobs.submit(office, JobKind.TOPICS, by=BY, now=NOON).id for _ in range(12)]
    workers = [worker(office.settings.home) for _ in range(3)]
    assert len({each.name for each in workers}) == 3
    for each in workers:
        each.start()
    until(lambda: jobs.one(office, ids[-1]).state is JobState.DONE)
    assert [each.stop(20) for each in workers] == [True] * 3
    assert done == ids
    assert most == [1]


def test_a_job_that_ends_its_worker_every_time_is_given_up(office: Desk) -> None:
    jobs.submit(office, JobKind.INDEXES, by=BY, now=NOON)
    for n in range(MOST_ATTEMPTS):
        with office.database.write() as connection:
            at = NOON + n * dt.timedelta(hours=1)
            assert stored.claim(connection, f"工作者{n}", now=at, until=at)
    work(office, NOON + dt.timedelta(days=9))
    job = jobs.one(office, 1)
    assert job.state is JobState.FAILED
    assert job.error is not None
    assert f"中断 {MOST_ATTEMPTS} 次" in job.error.message


def test_the_other_kinds_do_what_they_say(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    other = Grams()
    other.id = "other"
    monkeypatch.setattr(shelf, "load", lambda *_: other)
    monkeypatch.setattr(shelf, "find", lambda *_: Path("other"))
    upload(office, letters())
    jobs.submit(office, JobKind.INDEXES, by=BY, now=NOON)
    jobs.submit(office, JobKind.ADAPT, by=BY, now=NOON)
    jobs.submit(office, JobKind.PROMPTS, PromptsArguments(limit=1), by=BY, now=NOON)
    jobs.submit(office, JobKind.ENCODER, EncoderArguments(name="other"), by=BY, now=NOON)
    work(office)
    taken, indexes, adapted, prompts, switched = (jobs.one(office, n) for n in range(1, 6))
    assert taken.result is not None
    assert indexes.result == {"documents": len(matters.ALL)}
    assert adapted.error is not None
    assert "不足" in adapted.error.message
    assert prompts.result is not None
    assert set(prompts.result) == {"run", "prompts", "left_out", "notes"}
    assert switched.result == {"encoder": "other", "documents": len(matters.ALL)}


def test_a_switch_asked_for_again_after_it_was_done_is_told_once(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    upload(office, letters())
    work(office)
    other = Grams()
    other.id = "other"
    monkeypatch.setattr(shelf, "load", lambda *_: other)
    monkeypatch.setattr(shelf, "find", lambda *_: Path("other"))
    for _ in range(2):
        assert models.switch_model(office, "other", now=NOON).documents == len(matters.ALL)
    with office.database.read() as connection:
        assert len(runs.latest(connection, "switch")) == 1


def test_the_demo_is_loaded_by_a_job(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = demo.Loaded(job_kinds.ImportSummary("r", False, added=3), ())
    monkeypatch.setattr(demo, "load", lambda *_, **__: summary)
    monkeypatch.setattr(demo, "publish", lambda _: None)
    jobs.submit(office, JobKind.DEMO, by=BY, now=NOON)
    work(office)
    result = jobs.one(office, 1).result
    assert result is not None
    assert (result["added"], result["themes"]) == (3, 0)
