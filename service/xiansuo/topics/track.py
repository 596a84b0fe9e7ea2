"""Topics keep their ids: what a topic is called is what most of its documents were called before.

Ids and what became of them follow from the documents alone. A topic of before goes on as the topic that holds most of
its documents; where two claim an id the larger share has it, of equal ones the id that comes first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from enum import StrEnum

from xiansuo.topics.answers import name_of
from xiansuo.topics.items import Cluster


class Fate(StrEnum):
    """What became of a topic; `CHANGED` is one that has as many documents as before, not the same."""

    NEW = "new"
    GROWN = "grown"
    SHRUNK = "shrunk"
    CHANGED = "changed"
    MERGED = "merged"
    SPLIT = "split"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Change:
    """What became of the topic with this id.

    `others`: for a merged topic the one that it is part of now; for a split-off one that which it was part of. `size`
    documents were in it before (`new`, `split`: 0), `now` are in it afterwards (`merged`, `gone`: 0).
    """

    fate: Fate
    id: str
    others: tuple[str, ...]
    size: int
    now: int


def with_ids(before: Mapping[str, Sequence[str]], drawn: Sequence[Cluster], taken: Set[str]) -> tuple[Cluster, ...]:
    """Give topics the ids that they had before, and new ones where they had none.

    :param before: the documents of each topic of before.
    :param taken: ids that other topics have.
    """
    ids = carried(before, [each.members for each in drawn], taken)
    return tuple(replace(each, id=id) for each, id in zip(drawn, ids, strict=True))


def carried(
    before: Mapping[str, Sequence[str]], groups: Sequence[Sequence[str]], taken: Set[str], *, kind: str = "t"
) -> list[str]:
    """Name groups of documents as most of their documents were named before, the others by what they hold.

    :param kind: what a new name begins with.
    """
    home = home_of(before)
    shared = [Counter(home[id] for id in group if id in home) for group in groups]
    claims = sorted(
        (-count, topic, place)
        for place, found in enumerate(shared)
        for topic, count in found.items()
        if 2 * count >= min(len(before[topic]), sum(found.values()))
    )
    id_of: dict[int, str] = {}
    given = set(taken)
    for _, topic, place in claims:
        if topic not in given and place not in id_of:
            id_of[place] = topic
            given.add(topic)
    for place, group in enumerate(groups):
        if place not in id_of:
            id = name_of(group, kind)
            # A new group may hold just the documents that an earlier one had: that name is another group's now.
            while id in given or id in before:
                id = name_of((id, *group), kind)
            id_of[place] = id
            given.add(id)
    return [id_of[place] for place in range(len(groups))]


def changes(before: Mapping[str, Sequence[str]], after: Mapping[str, Sequence[str]]) -> tuple[Change, ...]:
    """Tell what became of topics, by kind and id; topics with the same documents are left out."""
    was, now = home_of(before), home_of(after)
    found = []
    for id, members in after.items():
        if id in before:
            more, less = len(set(members) - set(before[id])), len(set(before[id]) - set(members))
            if more or less:
                found.append(Change(_grown(len(members) - len(before[id])), id, (), len(before[id]), len(members)))
        else:
            origin = _majority(was.get(each) for each in members)
            fate = Fate.SPLIT if origin in after else Fate.NEW
            found.append(Change(fate, id, (origin,) if fate is Fate.SPLIT else (), 0, len(members)))
    for id, members in before.items():
        if id not in after:
            heir = _majority(now.get(each) for each in members)
            found.append(Change(Fate.MERGED if heir else Fate.GONE, id, (heir,) if heir else (), len(members), 0))
    return tuple(sorted(found, key=lambda change: (change.fate.value, change.id)))


def _grown(by: int) -> Fate:
    if by == 0:
        return Fate.CHANGED
    return Fate.GROWN if by > 0 else Fate.SHRUNK


def home_of(topics: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Tell for each document which topic it is in."""
    return {id: topic for topic, ids in topics.items() for id in ids}


def _majority(topics: Iterable[str | None]) -> str:
    """Name the topic that more than half of some documents belong to."""
    counted = Counter(topics)
    total = sum(counted.values())
    named = sorted((-count, topic) for topic, count in counted.items() if topic is not None and 2 * count > total)
    return named[0][1] if named else ""
