"""Names that stay: a topic keeps its name with its id, and only what is new or has changed is read again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xiansuo.desk.desk import Desk
from xiansuo.desk.naming import Named, name_all
from xiansuo.store import documents
from xiansuo.store.database import Connection
from xiansuo.topics.items import Cluster

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
