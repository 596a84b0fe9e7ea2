"""The table of jobs; part of the one schema in `schema`."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, DateTime, Index, Integer, String, Table, text

from xiansuo.store.naming import NUMBER, metadata

# Heavy work is done one piece at a time, whoever asks for more at the same moment.
_RUNNING = text("state = 'running'")

job = Table(
    "job",
    metadata,
    Column("id", NUMBER, primary_key=True, autoincrement=True),
    Column("kind", String(20), nullable=False),
    Column("arguments", JSON, nullable=False),
    Column("state", String(20), nullable=False, index=True),
    Column("stage", String(300), nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("result", JSON),
    Column("error", JSON),
    Column("by", String(100), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("started_at", DateTime(timezone=True)),
    Column("ended_at", DateTime(timezone=True)),
    # Who works on it, and until when nobody else may; empty and null where nobody does.
    Column("holder", String(200), nullable=False),
    Column("until", DateTime(timezone=True)),
    Column("cancel_asked", Boolean, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("key", String(100)),
    Index("uq_job_key", "by", "key", unique=True),
    Index("uq_job_running", "state", unique=True, sqlite_where=_RUNNING, postgresql_where=_RUNNING),
    # The number that a person wrote down must never mean another job.
    sqlite_autoincrement=True,
)
