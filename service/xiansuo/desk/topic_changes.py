"""What became of topics between two runs, and from run to run (变化记录)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from xiansuo.desk.desk import Desk
from xiansuo.desk.finding import Found, found_in, runs_of_all
from xiansuo.desk.hot_topic import judged
from xiansuo.errors import NotFound
from xiansuo.records import TopicAction
from xiansuo.store import heads, topic_edits
from xiansuo.store.database import Connection
from xiansuo.topics.edits import found_again
from xiansuo.topics.heat import Window
from xiansuo.topics.track import Change, Fate, changes

LABELS = {
    "new": "新出现",
    "grown": "增加",
    "shrunk": "减少",
    "merged": "并入",
    "split": "拆出",
    "gone": "散去",
    "faded": "降温",
}
"""What each kind of change is called on the screen."""

_RUNS = 30


@dataclass(frozen=True, slots=True)
class NamedChange:
    """A change with the names of the topic and of the others that it speaks of; `fate` is a key of `LABELS`.

    `size` documents were in it before, `now` are in it afterwards.
    """

    fate: str
    id: str
    name: str
    others: tuple[tuple[str, str], ...]
    size: int
    now: int


@dataclass(frozen=True, slots=True)
class TopicDiff:
    """What became of topics from one run to another, with the days that both were made for.

    `before`, `after`: how many topics each has; `same`: how many of them hold the same documents.
    """

    first: str
    first_day: dt.date
    second: str
    second_day: dt.date
    before: int
    after: int
    same: int
    changes: tuple[NamedChange, ...]


@dataclass(frozen=True, slots=True)
class TopicRun:
    """One run: its day, how many documents and topics it has, and how many topics changed in which way since `base`."""

    run: str
    day: dt.date
    base: str
    documents: int
    topics: int
    anew: bool
    changed: dict[str, int]


def diff(desk: Desk, first: str, second: str, *, window: Window = "quarter") -> TopicDiff:
    """Compare two runs, whichever was made first.

    :param window: the window by which a topic is said to have faded: it did not fade in the first run and does now.
    :raises NotFound: one of them is no run of topics.
    """
    with desk.database.read() as connection:
        one, other = _run(connection, first), _run(connection, second)
        found = changes(one.topics, other.topics)
        faded = _fading(connection, other, window) - _fading(connection, one, window)
        names = called(connection, one) | called(connection, other)
    told = [_named(change, names) for change in found]
    for id in sorted(faded & one.topics.keys() & other.topics.keys()):
        told.append(NamedChange("faded", id, names[id], (), len(one.topics[id]), len(other.topics[id])))
    touched = {change.id for change in found}
    same = len(one.topics.keys() & other.topics.keys() - touched)
    order = list(LABELS)
    told.sort(key=lambda change: (order.index(change.fate), -max(change.size, change.now), change.id))
    return TopicDiff(one.run, one.now, other.run, other.now, len(one.topics), len(other.topics), same, tuple(told))


def log(desk: Desk, limit: int = _RUNS, *, window: Window | None = None) -> tuple[TopicRun, ...]:
    """List the runs of the whole archive, newest first, each with what it changed.

    :param window: count those that faded by this window too, as `diff` does; every run is judged anew for that.
    """
    told: list[TopicRun] = []
    faded: dict[str, set[str]] = {}
    with desk.database.read() as connection:
        for run in runs_of_all(connection)[:limit]:
            found = found_in(connection, run["id"])
            if found is None:
                continue
            told.append(_told(found))
            if window is not None and (count := len(_faded(connection, found, window, faded))):
                told[-1] = replace(told[-1], changed={**told[-1].changed, "faded": count})
    return tuple(told)


def called(connection: Connection, found: Found) -> dict[str, str]:
    """Tell what the topics of a run are called: as editors wanted it, else as the run did."""
    names = {each.cluster.id: each.name for each in found.named}
    known, home = found.topics, found.home
    for edit in topic_edits.standing(connection):
        if edit.action is TopicAction.RENAME:
            topic = found_again(edit, known, home)
            if topic:
                names[topic] = edit.name
    return names


def _told(found: Found) -> TopicRun:
    counted: dict[str, int] = {}
    for change in found.changes:
        counted[change.fate.value] = counted.get(change.fate.value, 0) + 1
    anew = found.ground == found.run
    return TopicRun(found.run, found.now, found.base, found.documents, len(found.named), anew, counted)


def _named(change: Change, names: Mapping[str, str]) -> NamedChange:
    others = tuple((id, names.get(id, "")) for id in change.others)
    return NamedChange(change.fate.value, change.id, names.get(change.id, ""), others, change.size, change.now)


def _run(connection: Connection, id: str) -> Found:
    found = found_in(connection, id)
    if found is None:
        raise NotFound(f"没有编号为“{id}”的热点计算。", advice="请用 xiansuo topics log 查看各次计算的编号。")
    return found


def _faded(connection: Connection, found: Found, window: Window, known: dict[str, set[str]]) -> set[str]:
    """Tell which topics of its base fade in a run that did not there; `known` keeps which fade in each run."""
    base = None if found.base in known else found_in(connection, found.base)
    for run in (base, found):
        if run is not None and run.run not in known:
            known[run.run] = _fading(connection, run, window)
    if found.base not in known:
        return set()
    new = {change.id for change in found.changes if change.fate in (Fate.NEW, Fate.SPLIT)}
    return known[found.run] - known[found.base] - new


def _fading(connection: Connection, found: Found, window: Window) -> set[str]:
    numbers = heads.listed(connection, found.now, references=False).values()
    by_id, begins = heads.by_id(connection, numbers), heads.first_day(connection, numbers)
    return {topic.id for topic in judged(found.named, by_id, begins, found.now, window) if topic.standing == "降温"}
