"""What an import had to say about rows, as the table that it has written down."""

from __future__ import annotations

from pathlib import Path

from xiansuo.desk.desk import Desk
from xiansuo.errors import NotFound
from xiansuo.records.jobs import Job


def remarks_file(desk: Desk, job: Job) -> Path:
    """Return where the table of an import's remarks lies, for Excel.

    :raises NotFound: the job has none, or it was cleared away.
    """
    name = Path(str((job.result or {}).get("remarks_file", ""))).name
    path = desk.settings.home / "imports" / name
    if not name or not path.is_file():
        raise NotFound(f"第 {job.id} 号任务没有行错误表。", advice="没有未收录的行，或表已被清理。")
    return path
