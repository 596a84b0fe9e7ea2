"""Names that stay: a topic keeps its name with its id, and only what is new or has changed is read again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from xiansuo.desk.desk import Desk
from xiansuo.desk.naming import Named, name_all
from xiansuo.desk.progress import Progress, silent
from xiansuo.desk.theming import TEXTS, theme_names
from xiansuo.store import documents
from xiansuo.store.database import Connection
from xiansuo.topics.items import Cluster


@dataclass(frozen=True, slots=True)
class NamedTheme:
    """A theme (主题): topics that are one issue in several places, or several sides of one; largest topic first.

    `phrases` are the words that they share, heaviest first.
    """

    id: str
    name: str
    topics: tuple[str, ...]
    phrases: tuple[str, ...] = ()


# In a large archive, or where one has grown, it is counted in so many documents beside those of the topics how usual
# words are: the first by number, which is chance.
_OTHERS, _LARGE = 1_000, 10_000
# A topic's key phrases are read again where so large a part of its texts has come or gone.
_OTHER = 0.3
# Topics that are named at once there.
_AT_ONCE = 1_000


def name_drawn(
    desk: Desk,
    connection: Connection,
    clusters: Sequence[Cluster],
    before: Sequence[Named],
    listed: Mapping[str, int],
    merged: Mapping[str, str],
    progress: Progress = silent,
) -> tuple[Named, ...]:
    """Name topics, in the order given.

    :param before: the topics of the run that this one builds on.
    :param listed: numbers of all documents by their ids.
    :param merged: what topics were called that an editor has merged, should they be there again.
    """
    known = {each.cluster.id: each for each in before}
    asked = [each for each in clusters if each.id not in known or _has_become_another(known[each.id].cluster, each)]
    names = {each.id: known[each.id].name for each in clusters if each.id in known}
    names |= {each.id: merged[each.id] for each in clusters if each.id in merged and each.id not in names}
    whole = not before and len(listed) <= _LARGE
    others = set(listed.values() if whole else sorted(listed.values())[:_OTHERS])
    told: dict[str, Named] = {}
    step = max(1, len(asked)) if whole else _AT_ONCE
    for low in range(0, len(asked), step):
        progress("命名", low, len(asked))
        some = asked[low : low + step]
        wanted = others | {listed[id] for each in some for id in each.members}
        records = {stored.document.id: stored.document for stored in documents.read(connection, wanted)}
        for named in name_all(desk.words, some, records, names):
            told[named.cluster.id] = named
            names[named.cluster.id] = named.name
    progress("命名", len(asked), len(asked))
    return tuple(told.get(each.id) or replace(known[each.id], cluster=each) for each in clusters)


def _has_become_another(before: Cluster, now: Cluster) -> bool:
    """Tell whether a topic has so many other texts than before that its key phrases may be others too."""
    return len(set(before.central) ^ set(now.central)) > _OTHER * len(before.central)


def name_themes(
    desk: Desk,
    connection: Connection,
    themes: Mapping[str, Sequence[str]],
    named: Sequence[Named],
    before: Sequence[NamedTheme],
    listed: Mapping[str, int],
) -> tuple[NamedTheme, ...]:
    """Name themes, those with most documents first; only what is new is read, and what is none is left out.

    :param themes: the topics of each by their ids.
    :param named: all topics.
    :param before: the themes of the run that this one builds on, whose names stay.
    :param listed: numbers of all documents by their ids.
    """
    by_id = {each.cluster.id: each for each in named}
    known = {each.id: (each.name, each.phrases) for each in before if each.id in themes}
    topics = {
        id: sorted((by_id[each] for each in own), key=lambda each: (-len(each.cluster.members), each.cluster.id))
        for id, own in themes.items()
    }
    order = sorted(topics, key=lambda id: (-sum(len(each.cluster.members) for each in topics[id]), id))
    new = {id: topics[id] for id in order if id not in known}
    if new:
        asked = {listed[id] for own in new.values() for each in own for id in each.cluster.central[:TEXTS]}
        asked |= set(sorted(listed.values())[:_OTHERS])
        records = {stored.document.id: stored.document for stored in documents.read(connection, asked)}
        known |= theme_names(desk.words, new, records, [name for name, _ in known.values()])
    return tuple(
        NamedTheme(id, known[id][0], tuple(each.cluster.id for each in topics[id]), known[id][1])
        for id in order
        if id in known
    )
