"""All there is to say of one topic: its theme, the year's central work it fits, proposals with replies, its history."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from xiansuo.desk.aligning import aligned
from xiansuo.desk.desk import Desk
from xiansuo.desk.finding import find_topics, listed_for
from xiansuo.desk.hot_topic import HotTopic
from xiansuo.desk.topic_changes import LABELS
from xiansuo.desk.topic_runs import changes_of_all
from xiansuo.desk.topics import check_window, judged_alone, shown
from xiansuo.recommend.aligning.alignment import about_theme
from xiansuo.records import Filter, Kind, TopicEdit
from xiansuo.store import documents, heads, topic_edits
from xiansuo.store.database import Connection
from xiansuo.topics.heat import Window

_THEMES = 3
_RUNS = 24


@dataclass(frozen=True, slots=True)
class Fitting:
    """A work theme that some of a topic's texts are about: how many of those asked, and the clearest passage."""

    theme: str
    name: str
    texts: int
    asked: int
    passage: str
    document: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A proposal of a topic with its last reply; `grade` is the label of the department's grade, empty for none."""

    id: str
    title: str
    date: dt.date | None
    department: str
    grade: str
    reply: str


@dataclass(frozen=True, slots=True)
class Step:
    """What became of a topic in one run, in words."""

    day: dt.date
    run: str
    told: str


@dataclass(frozen=True, slots=True)
class TopicPage:
    """A topic with what surrounds it; `siblings` are its theme's other topics, hottest first, hidden ones left out."""

    topic: HotTopic
    theme: str
    siblings: tuple[tuple[str, str], ...]
    fitting: tuple[Fitting, ...]
    proposals: tuple[Answered, ...]
    history: tuple[Step, ...]
    edits: tuple[TopicEdit, ...]


def topic_page(desk: Desk, id: str, *, now: dt.date, window: Window = "quarter") -> TopicPage:
    """Gather what there is to say of a topic.

    :raises NotFound: no run knows this id.
    """
    check_window(window)
    found = find_topics(desk, now=now)
    theme = next((each for each in found.themes if id in each.topics), None)
    others = set(theme.topics) - {id} if theme else set()
    with desk.database.read() as connection:
        topic = shown(connection, id, found, window)
        listed = listed_for(connection, now, Filter())
        board = judged_alone(connection, found, others, listed, now, window) if others else []
        siblings = tuple((each.id, each.name) for each in board if not each.hidden)
        edits = tuple(edit for edit in topic_edits.every(connection) if id in (edit.topic, edit.into))
        proposals = _proposals(connection, topic, listed)
        history = _history(connection, id)
    fitting = _fitting(desk, topic, now)
    return TopicPage(topic, theme.name if theme else "", siblings, fitting, proposals, history, edits)


def _fitting(desk: Desk, topic: HotTopic, now: dt.date) -> tuple[Fitting, ...]:
    found = aligned(desk, now=now).by_document
    about = [found[id] for id in topic.members if id in found]
    counted = Counter(each.theme.id for each in about)
    made = []
    for theme in sorted(counted, key=lambda each: (-counted[each], each))[:_THEMES]:
        clearest = about_theme(about, theme)[0]
        passage, document = clearest.passage, clearest.document
        made.append(Fitting(theme, clearest.theme.name, counted[theme], len(topic.members), passage, document))
    return tuple(made)


def _proposals(connection: Connection, topic: HotTopic, listed: Mapping[str, int]) -> tuple[Answered, ...]:
    told = heads.read(connection, [listed[id] for id in topic.members if id in listed])
    wanted = [listed[head.id] for head in told if head.kind is Kind.PROPOSAL]
    records = [stored.document for stored in documents.read(connection, wanted)]
    made = []
    for record in sorted(records, key=lambda record: (record.date or dt.date.min, record.id), reverse=True):
        reply = record.replies[-1] if record.replies else None
        grade = reply.grade.label if reply and reply.grade else ""
        answer = (reply.department, grade, reply.text) if reply else ("", "", "")
        made.append(Answered(record.id, record.title, record.date, *answer))
    return tuple(made)


def _history(connection: Connection, id: str) -> tuple[Step, ...]:
    """Tell what became of a topic from run to run, newest first."""
    steps = []
    for run, day, changed in changes_of_all(connection, _RUNS):
        for change in changed:
            if id == change.id:
                steps.append(Step(day, run, _words(change.fate.value, change.size, change.now)))
            elif id in change.others:
                steps.append(Step(day, run, f"{LABELS[change.fate.value]}：{change.id}"))
    return tuple(steps)


def _words(fate: str, size: int, now: int) -> str:
    if size and size == now:
        return f"换了材料，仍是 {now} 篇"
    return f"{LABELS[fate]}，{size} 篇变为 {now} 篇" if size and now else f"{LABELS[fate]}，{max(size, now)} 篇"
