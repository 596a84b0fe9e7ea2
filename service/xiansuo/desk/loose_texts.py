"""The documents that belong to no topic, each with what it lies nearest to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from pydantic import TypeAdapter

from xiansuo.desk.desk import Desk
from xiansuo.desk.finding import find_topics, listed_for
from xiansuo.desk.progress import Progress, silent
from xiansuo.desk.topic_changes import called
from xiansuo.records import Filter
from xiansuo.store import heads
from xiansuo.topics.items import Loose, State

LooseState = Literal["undecided", "isolated"]

LoosePlace: TypeAlias = tuple[bool, float, str]
"""Where such a document stands in the list: whether it is isolated, how unlike it is to the nearest, its id."""

PLACE: TypeAdapter[LoosePlace] = TypeAdapter(LoosePlace)
"""Reads and writes such places."""

LABELS = {State.UNDECIDED: "暂不归类", State.ISOLATED: "单独一事"}
"""What the states of such a document are called on the screen."""


@dataclass(frozen=True, slots=True)
class NearText:
    """A document that another one is near to, and its topic, both empty where it has none; `likeness` is 0..1."""

    id: str
    title: str
    topic: str
    name: str
    likeness: float


@dataclass(frozen=True, slots=True)
class LooseText:
    """A document of no topic: `state` is `undecided` (between topics) or `isolated` (nothing is like it)."""

    id: str
    title: str
    date: dt.date | None
    state: State
    nearest: tuple[NearText, ...]


def loose_texts(
    desk: Desk,
    *,
    now: dt.date,
    state: LooseState | None = None,
    after: LoosePlace | None = None,
    limit: int = 50,
    progress: Progress = silent,
) -> tuple[LooseText, ...]:
    """List such documents, the undecided first, of these those nearest to something first.

    :param state: only those of this state, where given.
    :param after: only those behind this place.
    """
    found = find_topics(desk, now=now, progress=progress)
    wanted = [each for each in found.loose if state is None or each.state.value == state]
    if after is not None:
        wanted = [each for each in wanted if place_of(each) > after]
    wanted = sorted(wanted, key=place_of)[:limit]
    ids = {each.id for each in wanted} | {near.id for each in wanted for near in each.nearest}
    with desk.database.read() as connection:
        listed = listed_for(connection, now, Filter())
        told = heads.by_id(connection, [listed[id] for id in ids])
        names = called(connection, found)
    home = found.home
    return tuple(_told(each, told, home, names) for each in wanted)


def place_of(each: Loose | LooseText) -> LoosePlace:
    """Tell where such a document stands in the list."""
    nearest = max((near.likeness for near in each.nearest), default=0.0)
    return each.state is not State.UNDECIDED, -nearest, each.id


def _told(each: Loose, told: Mapping[str, heads.Head], home: Mapping[str, str], names: Mapping[str, str]) -> LooseText:
    nearest = []
    for near in each.nearest:
        topic = home.get(near.id, "")
        nearest.append(NearText(near.id, told[near.id].title, topic, names.get(topic, ""), near.likeness))
    return LooseText(each.id, told[each.id].title, told[each.id].date, each.state, tuple(nearest))
