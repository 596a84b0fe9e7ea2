"""Imports that are asked for as jobs, and cancelled on the way."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from typing import Any

import pytest

from tests.conftest import NOON
from xiansuo.desk import job_work, jobs, uploads
from xiansuo.desk.desk import Desk
from xiansuo.desk.uploads import receiving
from xiansuo.records.jobs import Job

BY = "编辑甲"


def lines(rows: Sequence[dict[str, Any]]) -> bytes:
    """Write rows as a .jsonl file has them."""
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def upload(desk: Desk, content: bytes, name: str = "来稿.jsonl", *, by: str = BY, **told: Any) -> Job:
    """Ask for the import of a file."""
    with receiving() as received:
        received.append(uploads.receive(desk.settings.home, name, io.BytesIO(content)))
        return jobs.submit_import(desk, received, by=by, now=NOON, **told)


def cancelled_at(monkeypatch: pytest.MonkeyPatch, desk: Desk, asked: Job, stored: int) -> None:
    """Let somebody cancel an import as soon as it has stored so many documents, of which it stores two at a time."""
    monkeypatch.setattr("xiansuo.desk.importing._BATCH", 2)
    real = job_work._Hold.progress

    def cancelling(self: Any, stage: str, done: int, total: int) -> None:
        if stage.startswith("入库") and done >= stored:
            jobs.cancel(desk, asked.id, now=NOON)
        real(self, stage, done, total)

    monkeypatch.setattr(job_work._Hold, "progress", cancelling)
