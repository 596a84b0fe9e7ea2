"""What informants said to writing prompts: added to, never changed; the last word of each on a prompt counts."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, insert, select

from xiansuo.records.prompts import PromptFeedback
from xiansuo.store.moments import utc
from xiansuo.store.prompt_tables import prompt_feedback


def add(connection: Connection, said: PromptFeedback) -> int:
    """Store a feedback; the id that it has is not looked at.

    :return: its id.
    """
    row = {**said.model_dump(mode="json", exclude={"id", "at"}), "at": utc(said.at)}
    return int(connection.execute(insert(prompt_feedback).values(row).returning(prompt_feedback.c.id)).scalar_one())


def last_words(connection: Connection, prompt: int | None = None) -> list[PromptFeedback]:
    """Read the last word of every informant on a prompt, or on each of all prompts, oldest first."""
    query = select(prompt_feedback).order_by(prompt_feedback.c.id)
    if prompt is not None:
        query = query.where(prompt_feedback.c.prompt == prompt)
    last: dict[tuple[int, str, str], PromptFeedback] = {}
    for said in map(_read, connection.execute(query)):
        last[said.prompt, said.author, said.unit] = said
    return sorted(last.values(), key=lambda said: said.id)


def _read(row: Row[Any]) -> PromptFeedback:
    return PromptFeedback.model_validate({**row._mapping, "at": utc(row.at)})
