"""What each kind of job does. All are idempotent: done again from the start, nothing is lost and nothing doubled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeAlias

from xiansuo.desk import backup, demo, models, proposing, uploads
from xiansuo.desk.adapting import learn
from xiansuo.desk.aligning import aligned
from xiansuo.desk.desk import Desk
from xiansuo.desk.finding import DRAWN_ANEW, Found, find_topics
from xiansuo.desk.importing import ImportSummary, import_path
from xiansuo.desk.progress import Progress
from xiansuo.records.jobs import EncoderArguments, ImportArguments, Job, JobKind, PromptsArguments
from xiansuo.store import jobs, state

Work: TypeAlias = Callable[[Desk, Job, dt.datetime, Progress], dict[str, Any]]
"""Does a job as of a moment, the same at every beginning, and returns its result as JSON."""

_MOST_REMARKS = 200
_ANEW_FOR = "topics.anew_for"


def take_in(desk: Desk, job: Job, now: dt.datetime, progress: Progress) -> dict[str, Any]:
    """Import uploaded files: what is there already is passed over.

    `taken` counts the documents that the job has brought in or corrected, at whichever beginning.
    """
    asked = ImportArguments.model_validate(job.arguments)
    paths = [uploads.where(desk.settings.home, file) for file in asked.files]
    done = import_path(desk, paths, now=now, kind=asked.kind, progress=progress)
    if job.attempts > 1 and not (done.added or done.updated):
        desk.save_indexes()  # all was stored at an earlier beginning that did not come to this
    return _counted(desk, done)


def cluster_anew(desk: Desk, job: Job, now: dt.datetime, progress: Progress) -> dict[str, Any]:
    """Cluster the whole archive anew: asked for once, however often the job begins."""
    with desk.database.write() as connection:
        if state.get(connection, _ANEW_FOR) != str(job.id):
            state.put(connection, DRAWN_ANEW, str(int(state.get(connection, DRAWN_ANEW) or 0) + 1))
            state.put(connection, _ANEW_FOR, str(job.id))
    return _told_of(find_topics(desk, now=now.date(), progress=progress))


def find(desk: Desk, _job: Job, now: dt.datetime, progress: Progress) -> dict[str, Any]:
    """Find the topics and hold the archive against the year's work: what was done at an earlier beginning is kept."""
    found = find_topics(desk, now=now.date(), progress=progress)
    aligned(desk, now=now.date(), progress=progress)
    return _told_of(found)


def use_encoder(desk: Desk, job: Job, now: dt.datetime, progress: Progress) -> dict[str, Any]:
    """Read the archive with another encoder and switch to it: what was read before the job was broken off counts."""
    name = EncoderArguments.model_validate(job.arguments).name
    done = models.switch_model(desk, name, now=now, progress=progress)
    return {"encoder": done.id, "documents": done.documents}


def propose(desk: Desk, job: Job, now: dt.datetime, progress: Progress) -> dict[str, Any]:
    """Propose writing prompts: the batch bears the job's name, and none is proposed twice."""
    asked = PromptsArguments.model_validate(job.arguments)
    progress("找线索", 0, 1)
    done = proposing.propose(desk, by=job.by, now=now, asked=f"job-{job.id}", **dict(asked))
    progress("找线索", 1, 1)
    left_out = [{"name": each.name, "number": each.number, "reason": each.reason} for each in done.left_out]
    numbers = [each.number for each in done.prompts]
    return {"run": done.run, "prompts": numbers, "left_out": left_out, "notes": list(done.notes)}


def build_indexes(desk: Desk, _job: Job, _now: dt.datetime, progress: Progress) -> dict[str, Any]:
    """Build the indexes from the database, whatever the snapshot on the disk says."""
    progress("重建索引", 0, 1)
    desk.save_indexes(anew=True)
    progress("重建索引", 1, 1)
    with desk.reading() as (_, indexes):
        return {"documents": len(indexes.grams)}


def adapt(desk: Desk, _job: Job, now: dt.datetime, progress: Progress) -> dict[str, Any]:
    """Let the encoder learn the archive: it starts from the untrained weights every time."""
    done = learn(desk, now=now, progress=progress)
    told = {"adopted": done.adopted, "encoder": done.encoder, "documents": done.documents}
    return {**told, "read_again": done.read_again}


def load_demo(desk: Desk, _job: Job, _now: dt.datetime, progress: Progress) -> dict[str, Any]:
    """Load the demo corpus; loading it again changes nothing."""
    done = demo.load(desk, progress=progress)
    find_topics(desk, now=demo.DAY, progress=progress)
    progress("发布选题", 0, 1)
    demo.publish(desk)
    progress("发布选题", 1, 1)
    return {**_counted(desk, done.summary), "themes": len(done.themes)}


def back_up(desk: Desk, job: Job, _now: dt.datetime, progress: Progress) -> dict[str, Any]:
    """Back the archive up into a file that bears the job's number: there is one, however often the job begins."""
    made = backup.make(desk, by=job.by, now=job.at.astimezone(), job=job.id, progress=progress)
    return {"name": made.backup.name, "size": made.backup.size, "left_out": list(made.left_out)}


KINDS: dict[JobKind, Work] = {
    JobKind.IMPORT: take_in,
    JobKind.TOPICS: cluster_anew,
    JobKind.FIND: find,
    JobKind.ENCODER: use_encoder,
    JobKind.PROMPTS: propose,
    JobKind.INDEXES: build_indexes,
    JobKind.ADAPT: adapt,
    JobKind.DEMO: load_demo,
    JobKind.BACKUP: back_up,
}
"""What is done for each kind."""


def _told_of(found: Found) -> dict[str, Any]:
    return {"run": found.run, "documents": found.documents, "topics": len(found.named), "changes": len(found.changes)}


def _counted(desk: Desk, done: ImportSummary) -> dict[str, Any]:
    with desk.database.read() as connection:
        taken = jobs.taken_in(connection, done.run)
    counts = {name: getattr(done, name) for name in ("files", "added", "updated", "unchanged", "redacted")}
    remarks = [each.model_dump(mode="json") for each in done.remarks[:_MOST_REMARKS]]
    return {
        "run": done.run,
        **counts,
        "taken": taken,
        "rejected": done.rejected,
        "noted": done.noted,
        "ignored_columns": done.ignored_columns,
        "remarks": remarks,
        "remarks_file": done.remarks_file.name if done.remarks_file else "",
    }
