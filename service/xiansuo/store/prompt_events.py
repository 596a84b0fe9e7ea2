"""The history of writing prompts: added to, never changed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from xiansuo.records.prompts import PromptEvent
from xiansuo.store.moments import utc
from xiansuo.store.prompt_tables import prompt_event


def add(connection: Connection, event: PromptEvent) -> int:
    """Store an event; the id that it has is not looked at.

    :return: its id.
    """
    row = {**event.model_dump(mode="json", exclude={"id", "at"}), "at": utc(event.at)}
    return int(connection.execute(insert(prompt_event).values(row).returning(prompt_event.c.id)).scalar_one())


def of(connection: Connection, prompt: int) -> list[PromptEvent]:
    """Read what was done to a prompt, oldest first."""
    query = select(prompt_event).where(prompt_event.c.prompt == prompt).order_by(prompt_event.c.id)
    return [_read(row) for row in connection.execute(query)]


def latest(connection: Connection, limit: int, *, before: int | None = None) -> list[PromptEvent]:
    """Read what was done to all prompts, newest first; only events with ids below `before`, where given."""
    query = select(prompt_event).order_by(prompt_event.c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(prompt_event.c.id < before)
    return [_read(row) for row in connection.execute(query)]


def last_moments(connection: Connection) -> dict[int, dt.datetime]:
    """Read when something was last done to each prompt."""
    query = select(prompt_event.c.prompt, func.max(prompt_event.c.at).label("last")).group_by(prompt_event.c.prompt)
    return {row.prompt: utc(row.last) for row in connection.execute(query)}


def _read(row: Row[Any]) -> PromptEvent:
    return PromptEvent.model_validate({**row._mapping, "at": utc(row.at)})
