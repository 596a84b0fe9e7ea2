"""Topics are found in the background, once for each change of the archive; nobody waits for it unawares."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import NOON
from tests.desk.archives import Grams, fill, rows
from tests.desk.asking import BY, cancelled_at, lines, upload
from tests.desk.job_child import LATER, open_desk, worker
from xiansuo.desk import finding_jobs, ground_kept, job_kinds, job_work, jobs
from xiansuo.desk.desk import Desk
from xiansuo.desk.finding import find_topics, found_in
from xiansuo.desk.topics import hot_topics
from xiansuo.embed import shelf
from xiansuo.errors import HomeError, NotReady
from xiansuo.records.jobs import EncoderArguments, JobKind, JobState, PromptsArguments
from xiansuo.settings import Settings
from xiansuo.store import runs

DAY = NOON.date()


@pytest.fixture
def office(settings: Settings) -> Iterator[Desk]:
    with open_desk(settings) as desk:
        yield desk


@pytest.fixture(autouse=True)
def _told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_work, "_TELL", 0)


def work(desk: Desk, at: dt.datetime = NOON) -> int:
    return worker(desk.settings.home, at).run(once=True)


def told(desk: Desk) -> list[tuple[JobKind, JobState, str]]:
    """All jobs, oldest first."""
    return [(job.kind, job.state, job.by) for job in reversed(jobs.listed(desk).jobs)]


def runs_of(desk: Desk) -> list[str]:
    with desk.database.read() as connection:
        return [run["id"] for run in runs.asked(connection, "topics")]


def failing(*_: Any) -> dict[str, Any]:
    raise HomeError("放不下了。", advice="请腾地方。")


def test_an_import_is_followed_by_the_topics_of_what_came(office: Desk) -> None:
    upload(office, lines(rows()))
    assert work(office) == 2
    assert told(office) == [(JobKind.IMPORT, JobState.DONE, BY), (JobKind.FIND, JobState.DONE, BY)]
    (run,) = runs_of(office)
    result = jobs.one(office, 2).result
    assert result is not None
    assert (result["run"], result["documents"]) == (run, len(rows()))
    assert find_topics(office, now=DAY).run == run, "the page finds what the job has kept"
    assert len(runs_of(office)) == 1


def test_what_changed_nothing_is_followed_by_nothing(office: Desk) -> None:
    upload(office, lines(rows()))
    work(office)
    upload(office, lines(rows()))
    jobs.submit(office, JobKind.INDEXES, by=BY, now=NOON)
    assert work(office) == 2
    assert [kind for kind, _, _ in told(office)].count(JobKind.FIND) == 1


def test_several_imports_are_followed_once(office: Desk) -> None:
    for place, row in enumerate(rows()):
        upload(office, lines([row]), by=f"编辑{place}")
    work(office)
    kinds = [kind for kind, _, _ in told(office)]
    assert kinds == [JobKind.IMPORT] * len(rows()) + [JobKind.FIND]
    assert len(runs_of(office)) == 1


def test_an_import_that_failed_or_was_cancelled_on_the_way_is_followed_as_well(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = upload(office, lines(rows()))
    cancelled_at(monkeypatch, office, asked, 4)
    work(office)
    assert [(kind, state) for kind, state, _ in told(office)] == [
        (JobKind.IMPORT, JobState.CANCELLED),
        (JobKind.FIND, JobState.DONE),
    ]


def test_another_encoder_is_followed_as_well(office: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(office, tmp_path, rows())
    find_topics(office, now=DAY)
    other = Grams()
    other.id = "other"
    monkeypatch.setattr(shelf, "load", lambda *_: other)
    monkeypatch.setattr(shelf, "find", lambda *_: Path("other"))
    for _ in range(2):  # the second time nothing is another
        jobs.submit(office, JobKind.ENCODER, EncoderArguments(name="other"), by=BY, now=NOON)
        monkeypatch.setattr("tests.desk.job_child.Grams", lambda: other)
        work(office)
    assert [kind for kind, _, _ in told(office)] == [JobKind.ENCODER, JobKind.FIND, JobKind.ENCODER]


def test_a_finding_that_fails_is_not_followed_by_itself(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(job_kinds.KINDS, JobKind.FIND, failing)
    upload(office, lines(rows()))
    assert work(office) == 2
    assert [state for _, state, _ in told(office)] == [JobState.DONE, JobState.FAILED]


def test_who_waits_gets_one_job_however_many_ask(office: Desk, tmp_path: Path) -> None:
    fill(office, tmp_path, rows())
    asked: list[int] = []
    several = [
        threading.Thread(target=lambda by=by: asked.append(finding_jobs.ask(office, by=by, now=NOON).id))
        for by in ("甲", "乙", "丙", "丁")
    ]
    for each in several:
        each.start()
    for each in several:
        each.join()
    assert set(asked) == {1}
    assert len(asked) == 4
    assert len(told(office)) == 1


def test_a_failed_one_is_looked_at_first_and_a_changed_archive_is_another(
    office: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(office, tmp_path, rows()[:-1])
    with monkeypatch.context() as patch:
        patch.setitem(job_kinds.KINDS, JobKind.FIND, failing)
        finding_jobs.ask(office, by="委员甲", now=NOON)
        work(office)
    failed = finding_jobs.ask(office, by="委员乙", now=NOON)
    assert (failed.id, failed.state) == (1, JobState.FAILED)
    again = finding_jobs.ask_again(office, by="委员乙", now=NOON)
    assert (again.id, again.by) == (2, "委员乙")
    assert finding_jobs.ask_again(office, by="委员丙", now=NOON) == again
    jobs.cancel(office, again.id, now=NOON)
    assert finding_jobs.ask(office, by="委员丙", now=NOON).state is JobState.CANCELLED
    fill(office, tmp_path, rows())
    assert finding_jobs.ask(office, by="委员丙", now=NOON).state is JobState.QUEUED


def test_one_is_told_what_comes_before(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert finding_jobs.awaited(office) is None
    seen: list[finding_jobs.Awaited | None] = []
    monkeypatch.setitem(
        job_kinds.KINDS, JobKind.PROMPTS, lambda *_: seen.append(finding_jobs.awaited(office)) or {"prompts": []}
    )
    monkeypatch.setitem(job_kinds.KINDS, JobKind.INDEXES, lambda *_: {})
    jobs.submit(office, JobKind.INDEXES, by=BY, now=NOON)
    jobs.submit(office, JobKind.PROMPTS, PromptsArguments(), by=BY, now=NOON)
    finding_jobs.ask(office, by=BY, now=NOON)
    jobs.submit(office, JobKind.INDEXES, by=BY, now=NOON)
    waiting = finding_jobs.awaited(office)
    assert waiting is not None
    assert (waiting.job.id, [job.id for job in waiting.ahead]) == (3, [1, 2])
    work(office)
    (while_working,) = seen
    assert while_working is not None
    assert [(job.id, job.state) for job in while_working.ahead] == [(2, JobState.RUNNING)]
    done = finding_jobs.awaited(office)
    assert done is not None
    assert (done.job.state, done.ahead) == (JobState.DONE, ())


def test_a_hurried_desk_leaves_what_takes_long_to_a_job(
    office: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(office, tmp_path, rows())
    with Desk(office.settings, patient=False) as hurried:
        hurried._encoder = Grams()
        monkeypatch.setattr(ground_kept, "_SOON", len(rows()) - 1)
        for _ in range(2):
            with pytest.raises(NotReady):
                hot_topics(hurried, now=DAY)
        assert runs_of(office) == []
        monkeypatch.setattr(ground_kept, "_SOON", len(rows()))
        assert hot_topics(hurried, now=DAY).documents == len(rows())
    assert office.patient


def test_a_few_join_at_once_and_many_by_a_job(office: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ground_kept, "_SOON", 0)
    monkeypatch.setattr(ground_kept, "_SMALL", 1)
    monkeypatch.setattr(ground_kept, "_JOIN_SOON", 1)
    every = rows()
    fill(office, tmp_path, every[:-3])
    find_topics(office, now=DAY)
    with Desk(office.settings, patient=False) as hurried:
        hurried._encoder = Grams()
        fill(office, tmp_path, every[:-2])
        assert find_topics(hurried, now=DAY).documents == len(every) - 2
        tomorrow = DAY + dt.timedelta(days=1)
        assert find_topics(hurried, now=tomorrow).documents == len(every) - 2, "another day is no change"
        fill(office, tmp_path, every)
        with pytest.raises(NotReady):
            find_topics(hurried, now=tomorrow)
        finding_jobs.ask(hurried, by=BY, now=LATER + dt.timedelta(days=1))
        work(office, LATER + dt.timedelta(days=1))
        found = find_topics(hurried, now=tomorrow)
    assert found.documents == len(every)
    with office.database.read() as connection:
        assert found_in(connection, found.run) is not None
