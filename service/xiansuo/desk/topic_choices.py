"""The topics that there are now, to choose from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xiansuo.desk.desk import Desk
from xiansuo.desk.finding import find_topics
from xiansuo.desk.topic_changes import called


@dataclass(frozen=True, slots=True)
class TopicChoice:
    """A topic by its name, with how many documents it has."""

    id: str
    name: str
    size: int


def topic_choices(desk: Desk, *, now: dt.date) -> tuple[TopicChoice, ...]:
    """List all topics of the whole archive, the largest first, hidden ones too."""
    found = find_topics(desk, now=now)
    with desk.database.read() as connection:
        names = called(connection, found)
    made = [TopicChoice(id, names[id], len(members)) for id, members in found.topics.items()]
    return tuple(sorted(made, key=lambda each: (-each.size, each.name, each.id)))
