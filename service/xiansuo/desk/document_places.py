"""Where a document stands in what the service has made of the archive: its topic, mergings, decisions."""

from __future__ import annotations

from dataclasses import dataclass

from xiansuo.desk.desk import Desk
from xiansuo.desk.finding import found_in
from xiansuo.desk.topic_runs import runs_of_all
from xiansuo.records import TopicAction
from xiansuo.store import decisions, mergings, topic_edits
from xiansuo.store.database import Connection


@dataclass(frozen=True, slots=True)
class Places:
    """The topic's id and name in the newest run over the archive, empty where it has none or there is no run.

    `merged_into` is the document that it is shown under, `merged` those that are shown under it; `decisions` counts
    what editors decided on drafts and this document.
    """

    topic: str = ""
    topic_name: str = ""
    merged_into: str = ""
    merged: tuple[str, ...] = ()
    decisions: int = 0


def places(desk: Desk, id: str) -> Places:
    """Tell where a document stands; one that there is not stands nowhere."""
    with desk.database.read() as connection:
        topic, name = _topic(desk, connection, id)
        standing = mergings.standing(connection)
        into = next((each.canonical for each in standing if id in each.members), "")
        under = tuple(sorted({member for each in standing if each.canonical == id for member in each.members}))
        decided = sum(each.undone_at is None for each in decisions.latest(connection, 1_000, earlier=id))
    return Places(topic, name, into, under, decided)


def _topic(desk: Desk, connection: Connection, id: str) -> tuple[str, str]:
    newest = next(iter(runs_of_all(connection)), None)
    if newest is None:
        return "", ""

    def make() -> dict[str, tuple[str, str]]:
        found = found_in(connection, newest["id"])
        named = found.named if found else ()
        return {member: (each.cluster.id, each.name) for each in named for member in each.cluster.members}

    topic, name = desk.remembered("document topics", newest["id"], make).get(id, ("", ""))
    for edit in topic_edits.standing(connection) if topic else ():
        if edit.action is TopicAction.RENAME and edit.topic == topic:
            name = edit.name
    return topic, name
