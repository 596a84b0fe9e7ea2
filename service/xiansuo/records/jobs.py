"""Jobs (任务): long work that is asked for now and done by whoever is free, and what each kind must be told."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from xiansuo.records import Kind, Record, Team, Text
from xiansuo.records.words import Labelled


class JobKind(Labelled):
    """What a job does."""

    IMPORT = "import", "导入材料"
    TOPICS = "topics", "重新聚类"
    FIND = "find", "更新热点"
    ENCODER = "encoder", "切换编码器"
    PROMPTS = "prompts", "提出选题"
    INDEXES = "indexes", "重建索引"
    ADAPT = "adapt", "学习档案"
    DEMO = "demo", "载入演示语料"
    BACKUP = "backup", "备份"


class JobState(Labelled):
    """How far a job has come; the last three are its end."""

    QUEUED = "queued", "排队"
    RUNNING = "running", "进行中"
    DONE = "done", "完成"
    FAILED = "failed", "失败"
    CANCELLED = "cancelled", "已取消"

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to the job."""
        return self not in (JobState.QUEUED, JobState.RUNNING)


class JobError(Record):
    """Why a job failed: `code` for programs, `message` and `advice` for people."""

    code: Text
    message: Text
    advice: str = ""


class Job(Record):
    """A piece of long work.

    `arguments` hold what its kind must be told, `result` what came out, neither ever a text body. `stage`, `done` and
    `total` say where it is. Whoever works on it is the `holder` until the moment `until`, put off again and again;
    once that has passed anybody may take the job over and begin anew, and `attempts` counts the beginnings. `key`
    names a submission, so that one sent twice is one job. Moments are in UTC.
    """

    id: int
    kind: JobKind
    arguments: dict[str, Any] = Field(default_factory=dict)
    state: JobState = JobState.QUEUED
    stage: str = ""
    done: int = Field(default=0, ge=0)
    total: int = Field(default=0, ge=0)
    result: dict[str, Any] | None = None
    error: JobError | None = None
    by: Text
    at: dt.datetime
    started_at: dt.datetime | None = None
    ended_at: dt.datetime | None = None
    holder: str = ""
    until: dt.datetime | None = None
    cancel_asked: bool = False
    attempts: int = Field(default=0, ge=0)
    key: str | None = None


class KeptFile(Record):
    """An uploaded file: what names its content, and what it is called."""

    sha256: Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]
    name: Annotated[str, StringConstraints(max_length=100, pattern=r"^[^/\\.][^/\\]*$")]


class NoArguments(Record):
    """There is nothing to say."""


class ImportArguments(Record):
    """Which uploaded files are taken in, and what their documents are where the rows do not say."""

    files: tuple[KeptFile, ...] = Field(min_length=1)
    kind: Kind | None = None


class FindArguments(Record):
    """The last change that the archive had when it was asked for; what has come until it begins counts as well."""

    seq: int = Field(default=0, ge=0)


class EncoderArguments(Record):
    """The name or folder of the encoder to use from now on."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=1_000)]


class PromptsArguments(Record):
    """Whom writing prompts are proposed for, and how many."""

    wish: Annotated[str, StringConstraints(max_length=500)] = ""
    unit: Annotated[str, StringConstraints(max_length=200)] = ""
    team: Team | None = None
    region: Annotated[str, StringConstraints(max_length=200)] = ""
    author: Annotated[str, StringConstraints(max_length=200)] = ""
    theme: Annotated[str, StringConstraints(max_length=200)] = ""
    limit: int = Field(default=10, ge=1, le=100)


ARGUMENTS: dict[JobKind, type[Record]] = {
    JobKind.IMPORT: ImportArguments,
    JobKind.TOPICS: NoArguments,
    JobKind.FIND: FindArguments,
    JobKind.ENCODER: EncoderArguments,
    JobKind.PROMPTS: PromptsArguments,
    JobKind.INDEXES: NoArguments,
    JobKind.ADAPT: NoArguments,
    JobKind.DEMO: NoArguments,
    JobKind.BACKUP: NoArguments,
}
"""What each kind of job must be told."""
