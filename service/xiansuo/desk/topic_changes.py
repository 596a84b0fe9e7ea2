"""What became of topics between two runs, and from run to run (变化记录)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from xiansuo.desk.desk import Desk
from xiansuo.desk.finding import Found, found_in
from xiansuo.desk.hot_topic import fading
from xiansuo.desk.run_keeping import kept, shortened, unknown
from xiansuo.desk.topic_runs import CHANGES, LINE, lines_of_all
from xiansuo.records import TopicAction
from xiansuo.store import heads, runs, topic_edits
from xiansuo.store.database import Connection
from xiansuo.store.heads import Head
from xiansuo.topics.edits import found_again
from xiansuo.topics.heat import Window
from xiansuo.topics.track import Change, Fate, changes

LABELS = {
    "new": "新出现",
    "grown": "增加",
    "shrunk": "减少",
    "changed": "有进有出",
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
    """One run: its day, how many documents and topics it has, and how many topics changed in which way since `base`.

    Of one that is not `whole` only this line is left. `kept` says since when and who keeps it whole, empty for nobody.
    """

    run: str
    day: dt.date
    base: str
    documents: int
    topics: int
    anew: bool
    changed: dict[str, int]
    whole: bool = True
    kept: str = ""


def diff(desk: Desk, first: str, second: str, *, window: Window = "quarter") -> TopicDiff:
    """Compare two runs, whichever was made first.

    :param window: the window by which a topic is said to have faded: it did not fade in the first run and does now.
    :raises NotFound: one of them is no run of topics.
    :raises NotNow: of one of them only the line in the log is left.
    """
    with desk.database.read() as connection:
        one, other = _run(connection, first), _run(connection, second)
        found = changes(one.topics, other.topics)
        judging = _Fading(window)
        faded = judging.of(connection, other) - judging.of(connection, one)
        names = called(connection, one) | called(connection, other)
    told = [_named(change, names) for change in found]
    for id in sorted(faded & one.topics.keys() & other.topics.keys()):
        told.append(NamedChange("faded", id, names[id], (), len(one.topics[id]), len(other.topics[id])))
    touched = {change.id for change in found}
    same = len(one.topics.keys() & other.topics.keys() - touched)
    order = list(LABELS)
    told.sort(key=lambda change: (order.index(change.fate), -max(change.size, change.now), change.id))
    return TopicDiff(one.run, one.now, other.run, other.now, len(one.topics), len(other.topics), same, tuple(told))


def log(
    desk: Desk, limit: int = _RUNS, *, window: Window | None = None, after: str | None = None
) -> tuple[TopicRun, ...]:
    """List the runs of the whole archive, newest first, each with what it changed.

    :param window: count those that faded by this window too, as `diff` does; every whole run is judged anew for that.
    :param after: only the runs behind this one.
    """
    told: list[TopicRun] = []
    judging = _Fading(window) if window else None
    with desk.database.read() as connection:
        by = kept(connection)
        lines = lines_of_all(connection)
        first = 0 if after is None else next((i + 1 for i, run in enumerate(lines) if run["id"] == after), len(lines))
        for run in lines[first : first + limit]:
            if not run["whole"]:
                told.append(_line(connection, run))
                continue
            found = found_in(connection, run["id"])
            if found is None:
                continue
            told.append(_told(found, by.get(found.run, "")))
            if judging and (count := len(judging.since(connection, found))):
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


def _told(found: Found, kept: str) -> TopicRun:
    anew = found.ground == found.run
    counted = _counted(found.changes)
    return TopicRun(found.run, found.now, found.base, found.documents, len(found.named), anew, counted, True, kept)


def _line(connection: Connection, run: Mapping[str, Any]) -> TopicRun:
    """Read what is left of a run."""
    line = (runs.get(connection, run["id"]) or run)["result"]
    day, counted = dt.date.fromisoformat(run["inputs"]["until"]), _counted(CHANGES.validate_python(line["changes"]))
    anew = line["ground"] == run["id"]
    return TopicRun(run["id"], day, line["base"], line["documents"], line["topics"], anew, counted, False)


def _counted(changed: Iterable[Change]) -> dict[str, int]:
    return dict(Counter(change.fate.value for change in changed))


def _named(change: Change, names: Mapping[str, str]) -> NamedChange:
    others = tuple((id, names.get(id, "")) for id in change.others)
    return NamedChange(change.fate.value, change.id, names.get(change.id, ""), others, change.size, change.now)


def _run(connection: Connection, id: str) -> Found:
    found = found_in(connection, id)
    if found is None:
        raise shortened(id) if runs.kind_of(connection, id) == LINE else unknown(id)
    return found


@dataclass(frozen=True, slots=True)
class _Fading:
    """Which topics fade in runs by a window; documents and runs are read once."""

    window: Window
    known: dict[str, set[str]] = field(default_factory=dict)
    heads: dict[int, Head] = field(default_factory=dict)

    def since(self, connection: Connection, found: Found) -> set[str]:
        """Tell which topics of its base fade in a run that did not there."""
        if found.base not in self.known:
            base = found_in(connection, found.base)
            if base is None:
                return set()
            self.of(connection, base)
        new = {change.id for change in found.changes if change.fate in (Fate.NEW, Fate.SPLIT)}
        return self.of(connection, found) - self.known[found.base] - new

    def of(self, connection: Connection, found: Found) -> set[str]:
        """Tell which topics fade in a run."""
        if found.run not in self.known:
            listed = heads.listed(connection, found.now, references=False)
            more = heads.by_id(connection, listed.values() - self.heads.keys())
            self.heads.update({listed[id]: head for id, head in more.items()})
            by_id, begins = (
                {id: self.heads[each] for id, each in listed.items()},
                heads.first_day(connection, listed.values()),
            )
            self.known[found.run] = fading(found.named, by_id, begins, found.now, self.window)
        return self.known[found.run]
