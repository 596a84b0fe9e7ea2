"""From judged pairs to groups of duplicates, each around one canonical document.

A group is a star, not a chain: a member was itself judged a duplicate of the canonical document, or of a document that
was and that differs from one of the two in nothing but words (a confirmed copy). Two links that are only likely never
follow one another, so that no group drifts from one matter into the next.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from xiansuo.records import Document, Relation

_CLOSER = {relation: place for place, relation in enumerate(Relation)}


@dataclass(frozen=True, slots=True)
class Link:
    """A pair that was judged to repeat itself: how the `later` document stands to the `earlier`, with probability 0..1.

    `confirmed`: the judgement is nearly sure.
    """

    later: str
    earlier: str
    relation: Relation
    probability: float
    confirmed: bool

    @property
    def is_copy(self) -> bool:
        """Whether the two are surely the same text."""
        return self.confirmed and self.relation is Relation.COPY

    def other(self, id: str) -> str:
        """Return the other document of the pair."""
        return self.earlier if id == self.later else self.later


@dataclass(frozen=True, slots=True)
class Member:
    """A document that repeats a group's canonical one; `link` was judged, `through` is the copy between, if any."""

    id: str
    link: Link
    through: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A canonical document and those that repeat it, in order of choice."""

    canonical: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Grouping:
    """All groups in order of their canonical documents, and the links that join documents of no common group."""

    groups: tuple[Group, ...]
    apart: tuple[Link, ...]


def order_of_choice(records: Iterable[Document]) -> list[str]:
    """Order ids by how well a document stands for its group: highest adoption first, then earliest date, then id."""
    return [record.id for record in sorted(records, key=_choice)]


def form_groups(links: Iterable[Link], order: Sequence[str]) -> Grouping:
    """Group linked documents; a document is in one group at most, and what is canonical is a member of none.

    :param links: pairs judged to repeat themselves, in any order; of two judgements on one pair the stronger counts.
    :param order: ids of all linked documents, the one that is canonical first.
    :raises KeyError: a linked document is not in `order`.
    """
    place = {id: i for i, id in enumerate(order)}
    near = _strongest(links)
    home: dict[str, str] = {}
    groups = []
    for id in sorted(near, key=place.__getitem__):
        if id not in home:
            members = sorted(_gathered(id, near, home), key=lambda member: place[member.id])
            home.update(dict.fromkeys((id, *(member.id for member in members)), id))
            if members:
                groups.append(Group(id, tuple(members)))
    apart = {
        (link.later, link.earlier): link
        for neighbours in near.values()
        for link in neighbours.values()
        if home[link.later] != home[link.earlier]
    }
    ordered = sorted(apart.values(), key=lambda link: (place[link.earlier], place[link.later]))
    return Grouping(tuple(groups), tuple(ordered))


def _gathered(canonical: str, near: Mapping[str, Mapping[str, Link]], home: Mapping[str, str]) -> Iterator[Member]:
    """Find who belongs to a canonical document: its neighbours, and what a confirmed copy stands between."""
    direct = {id: link for id, link in near[canonical].items() if id not in home}
    for id, link in direct.items():
        yield Member(id, link)
    further: dict[str, list[Member]] = defaultdict(list)
    for between, first in direct.items():
        for id, second in near[between].items():
            if id not in home and id not in direct and id != canonical and (first.is_copy or second.is_copy):
                further[id].append(Member(id, second, between))
    for members in further.values():
        yield min(members, key=lambda member: (*_strength(member.link), member.through))


def _strongest(links: Iterable[Link]) -> dict[str, dict[str, Link]]:
    """Give each document its neighbours with the strongest link to each."""
    near: dict[str, dict[str, Link]] = defaultdict(dict)
    for link in sorted(links, key=_strength):
        if link.later != link.earlier and link.earlier not in near[link.later]:
            near[link.later][link.earlier] = near[link.earlier][link.later] = link
    return {id: neighbours for id, neighbours in near.items() if neighbours}


def _strength(link: Link) -> tuple[bool, int, float, str, str]:
    return (not link.confirmed, _CLOSER[link.relation], -link.probability, link.later, link.earlier)


def _choice(record: Document) -> tuple[int, dt.date, str]:
    adopted = max((adoption.level.height for adoption in record.adoptions), default=-1)
    return (-adopted, record.date or dt.date.max, record.id)
