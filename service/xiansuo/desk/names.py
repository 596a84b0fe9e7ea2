"""Names that stay: a topic keeps its name with its id, and only what is new or has changed is read again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xiansuo.desk.desk import Desk
from xiansuo.desk.naming import Named, name_all
from xiansuo.store import documents
from xiansuo.store.database import Connection
from xiansuo.topics.items import Cluster


@dataclass(frozen=True, slots=True)
class NamedTheme:
    """A theme (主题): topics that are one issue in several places, or several sides of one; largest topic first."""

    id: str
    name: str
    topics: tuple[str, ...]


# Documents beside those of the topics in which it is counted how usual words are: the first by number, which is chance.
_OTHERS = 2_000


def name_drawn(
    desk: Desk, connection: Connection, clusters: Sequence[Cluster], before: Sequence[Named], listed: Mapping[str, int]
) -> tuple[Named, ...]:
    """Name topics, in the order given.

    :param before: the topics of the run that this one builds on.
    :param listed: numbers of all documents by their ids.
    """
    known = {each.cluster.id: each for each in before}
    asked = [each for each in clusters if each.id not in known or known[each.id].cluster != each]
    wanted = {listed[id] for each in asked for id in each.members}
    wanted |= set(listed.values() if not before else sorted(listed.values())[:_OTHERS])
    records = {stored.document.id: stored.document for stored in documents.read(connection, wanted)} if asked else {}
    taken = {each.id: known[each.id].name for each in clusters if each.id in known}
    told = {each.cluster.id: each for each in name_all(desk.words, asked, records, taken)} if asked else {}
    return tuple(told.get(each.id) or known[each.id] for each in clusters)


def name_themes(
    desk: Desk, themes: Mapping[str, Sequence[str]], named: Sequence[Named], before: Sequence[NamedTheme]
) -> tuple[NamedTheme, ...]:
    """Name themes, those with most documents first.

    :param before: the themes of the run that this one builds on, whose names stay.
    """
    known = {each.id: each.name for each in before}
    by_id = {each.cluster.id: each for each in named}
    made = []
    for id, topics in themes.items():
        order = sorted(topics, key=lambda each: (-len(by_id[each].cluster.members), each))
        made.append(NamedTheme(id, known.get(id) or by_id[order[0]].name, tuple(order)))
    return tuple(sorted(made, key=lambda each: (-sum(len(by_id[id].cluster.members) for id in each.topics), each.id)))
