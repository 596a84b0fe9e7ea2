"""Writing prompts: added, and changed only by who has seen them as they are; nothing is deleted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Date, Row, and_, func, literal, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from xiansuo.errors import NotNow
from xiansuo.records.prompts import PromptState, WritingPrompt
from xiansuo.store.moments import utc
from xiansuo.store.prompt_tables import writing_prompt

_BRIEF = [column for column in writing_prompt.c if column.name != "card"]
_NEVER = literal(dt.date.max, Date)
_DUE = func.coalesce(writing_prompt.c.deadline, _NEVER)
_CHANGING = ("title", "angle", "note", "state", "deadline", "commissioned", "several", "published_at")


def add(connection: Connection, prompt: WritingPrompt) -> int | None:
    """Store a prompt; the number that it has is not looked at.

    :return: its number, or None where an open prompt of the same clue is there already.
    """
    row: dict[str, Any] = {
        **prompt.model_dump(mode="json", exclude={"number"}),
        "deadline": prompt.deadline,
        "published_at": prompt.published_at and utc(prompt.published_at),
        "at": utc(prompt.at),
    }
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    made = insert(writing_prompt).values(row).on_conflict_do_nothing().returning(writing_prompt.c.number)
    number = connection.execute(made).scalar_one_or_none()
    return None if number is None else int(number)


def get(connection: Connection, number: int) -> WritingPrompt | None:
    """Read a prompt with its card, or None."""
    row = connection.execute(select(writing_prompt).where(writing_prompt.c.number == number)).one_or_none()
    return None if row is None else _read(row)


def listed(connection: Connection, states: Collection[PromptState] = (), *, cards: bool = False) -> list[WritingPrompt]:
    """Read prompts, oldest first; all where no state is named, and without their cards unless asked for."""
    query = select(*(writing_prompt.c if cards else _BRIEF)).order_by(writing_prompt.c.number)
    if states:
        query = query.where(writing_prompt.c.state.in_([state.value for state in states]))
    return [_read(row) for row in connection.execute(query)]


def by_deadline(
    connection: Connection,
    states: Collection[PromptState] = (),
    *,
    after: tuple[dt.date | None, int] | None = None,
    limit: int,
) -> list[WritingPrompt]:
    """Read prompts with their cards: the next deadline first, those without one last, of one day the newest first.

    :param after: deadline and number of the prompt behind which to begin.
    """
    query = select(writing_prompt).order_by(_DUE, writing_prompt.c.number.desc()).limit(limit)
    if states:
        query = query.where(writing_prompt.c.state.in_([state.value for state in states]))
    if after is not None:
        day = _NEVER if after[0] is None else literal(after[0], Date)
        query = query.where(or_(day < _DUE, and_(day == _DUE, writing_prompt.c.number < after[1])))
    return [_read(row) for row in connection.execute(query)]


def change(connection: Connection, seen: WritingPrompt, to: WritingPrompt) -> WritingPrompt | None:
    """Change a prompt that is still as it was seen.

    :return: the prompt as it stands now, or None where somebody changed it in between: nothing is written then.
    :raises NotNow: another open prompt is on the same clue.
    """
    told = to.model_dump(mode="json", include={"title", "angle", "note", "state", "commissioned", "several"})
    told |= {"deadline": to.deadline, "published_at": to.published_at and utc(to.published_at)}
    as_seen = writing_prompt.c.number == seen.number, writing_prompt.c.changes == seen.changes
    asked = update(writing_prompt).where(*as_seen).values(**told, changes=seen.changes + 1)
    try:
        found = connection.execute(asked).rowcount
    except IntegrityError as error:
        raise NotNow("同一条线索已有另一条选题，不能恢复这一条。", advice="请改用新的一条，或先撤回它。") from error
    return to.model_copy(update={"changes": seen.changes + 1}) if found else None


def changing(prompt: WritingPrompt) -> dict[str, Any]:
    """Return the fields that people change, as they are kept in the history."""
    return prompt.model_dump(mode="json", include=set(_CHANGING))


def changed_back(prompt: WritingPrompt, kept: dict[str, Any]) -> WritingPrompt:
    """Return a prompt with the fields that `changing` kept."""
    return WritingPrompt.model_validate({**prompt.model_dump(), **kept})


def _read(row: Row[Any]) -> WritingPrompt:
    values = {"card": {}, **row._mapping}
    for name in ("at", "published_at"):
        values[name] = values[name] and utc(values[name])
    return WritingPrompt.model_validate(values)
