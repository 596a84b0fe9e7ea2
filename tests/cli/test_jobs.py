"""Jobs on the command line: listed, shown, cancelled, and done by a program of their own."""

from __future__ import annotations

import io
import json
import os
import signal
import threading
import time

import pytest

from tests import matters
from tests.conftest import NOON, GramEncoder
from xiansuo.cli.home import open_desk
from xiansuo.desk import job_kinds, jobs, uploads
from xiansuo.desk.uploads import receiving
from xiansuo.embed import shelf
from xiansuo.records.jobs import Job, JobKind

from .conftest import Run


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "load", lambda *_: GramEncoder())


def asked(kind: JobKind = JobKind.INDEXES) -> Job:
    with open_desk() as desk:
        return jobs.submit(desk, kind, by="编辑甲", now=NOON)


def test_an_empty_list_says_so(xiansuo: Run) -> None:
    assert "没有任务" in xiansuo("jobs").out
    assert xiansuo("jobs", "--json").data == {"jobs": [], "before": None}


def test_jobs_are_listed_newest_first_and_by_pages(xiansuo: Run) -> None:
    for _ in range(3):
        asked()
    ran = xiansuo("jobs", "-n", "2")
    for said in ("编号", "重建索引", "排队", "编辑甲"):
        assert said in ran.out
    assert "--before 2" in ran.err
    page = xiansuo("jobs", "--before", "2", "--json").data
    assert [job["id"] for job in page["jobs"]] == [1]


def test_a_worker_does_what_waits_and_ends(xiansuo: Run) -> None:
    content = "\n".join(json.dumps(row, ensure_ascii=False) for row in matters.ALL).encode()
    with open_desk() as desk, receiving() as received:
        received.append(uploads.receive(desk.settings.home, "来稿.jsonl", io.BytesIO(content)))
        jobs.submit_import(desk, received, by="编辑甲", now=NOON)
    asked(JobKind.ADAPT)
    # The third finds the topics of what has come.
    assert "做过 3 项" in xiansuo("jobs", "work", "--once").err
    shown = xiansuo("jobs", "show", "1").out
    assert "完成" in shown
    assert f"新增：{len(matters.ALL)}" in shown
    assert xiansuo("jobs", "show", "1", "--json").data["result"]["taken"] == len(matters.ALL)
    assert "不足 300 篇" in xiansuo("jobs", "show", "2").out
    assert len(xiansuo("lookup", matters.LIFT["title"], "--json").data["hits"])


def test_what_waits_is_cancelled_what_has_ended_is_not(xiansuo: Run) -> None:
    asked()
    assert "已取消" in xiansuo("jobs", "cancel", "1").out
    asked()
    xiansuo("jobs", "work", "--once")
    refused = xiansuo("jobs", "cancel", "2")
    assert refused.status == 1
    assert "已经完成" in refused.err
    assert xiansuo("jobs", "show", "9").status == 1


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_that_is_told_to_end_puts_its_job_back(
    xiansuo: Run, monkeypatch: pytest.MonkeyPatch, sign: signal.Signals
) -> None:
    begun = threading.Event()

    def slow(*given: object) -> dict[str, object]:
        begun.set()
        while True:
            given[-1]("慢慢做", 1, 2)  # type: ignore[operator]
            time.sleep(0.005)

    def kill() -> None:
        assert begun.wait(20)
        os.kill(os.getpid(), sign)

    monkeypatch.setitem(job_kinds.KINDS, JobKind.INDEXES, slow)
    asked()
    killer = threading.Thread(target=kill)
    before = signal.getsignal(sign)
    killer.start()
    ran = xiansuo("jobs", "work")
    killer.join()
    assert ran.status == 0
    assert signal.getsignal(sign) is before
    job = xiansuo("jobs", "show", "1", "--json").data
    assert (job["state"], job["holder"], job["attempts"]) == ("queued", "", 0)
